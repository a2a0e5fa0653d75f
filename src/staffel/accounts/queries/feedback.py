"""What people wrote to this instance."""

from django.db.models import Count, Q

from staffel.accounts.models import Feedback


def feedback_visible_to(person):
    """All feedback; the guard of each view decides who comes that far. One query."""
    return Feedback.objects.all()


def open_and_done() -> tuple[int, int]:
    """Return how many are open and how many are done. One query."""
    counts = Feedback.objects.aggregate(open=Count("pk", filter=Q(done_at=None)), done=Count("pk", filter=~Q(done_at=None)))
    return counts["open"], counts["done"]


def feedback_list(*, done: bool):
    """Return the open feedback, oldest first, or what is done, newest first. One query when read."""
    rows = Feedback.objects.filter(done_at__isnull=not done)
    return rows.order_by("-done_at" if done else "created_at", "pk")
