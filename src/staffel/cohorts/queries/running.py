"""What is asked about cohorts, their places and their next dates."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils import timezone

from staffel.cohorts import permissions
from staffel.cohorts.models import Cohort, Enrolment, Session, Trainer


@dataclass(frozen=True, slots=True)
class NextSession:
    """The date that comes next for somebody; ``role`` is ``participant`` or ``trainer``, ``room_url`` may be empty."""

    public_id: str
    cohort: str
    cohort_name: str
    position: int
    title: str
    starts_at: datetime
    ends_at: datetime
    room_url: str
    role: str


def cohorts_visible_to(person) -> QuerySet[Cohort]:
    """Cohorts ``person`` may see, with version and programme, the newest first. One query."""
    seen = Cohort.objects.filter(permissions.visible_to(person))
    return seen.select_related("version__programme", "module").order_by("-created_at", "-pk")


def cohorts_of_office(person) -> QuerySet[Cohort]:
    """Cohorts ``person`` sees by their office role, with version and programme. One query."""
    seen = Cohort.objects.filter(permissions.office_sees(person))
    return seen.select_related("version__programme", "module", "organisation").order_by("-created_at", "-pk")


def enrolments_visible_to(person) -> QuerySet[Enrolment]:
    """Places ``person`` may look at one by one: their own and those the office or a trainer sees. One query."""
    seen = (
        Q(person=person)
        | Q(cohort__in=Trainer.objects.filter(person=person).values("cohort"))
        | permissions.office_sees_enrolments(person)
    )
    return Enrolment.objects.filter(seen).select_related("cohort__version__programme", "cohort__module", "person")


def next_session_of(person, now: datetime | None = None) -> NextSession | None:
    """Return what ``person`` takes part in or leads next, still if it is going on now; None if nothing is ahead. One query."""
    taking_part = Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE).values("cohort")
    leading = Trainer.objects.filter(person=person).values("cohort")
    row = (
        Session.objects.filter(Q(cohort__in=taking_part) | Q(cohort__in=leading), ends_at__gt=now or timezone.now())
        .exclude(cohort__state=Cohort.State.CANCELLED)
        .annotate(is_taking_part=ExpressionWrapper(Q(cohort__in=taking_part), output_field=BooleanField()))
        .select_related("cohort", "unit")
        .order_by("starts_at", "pk")
        .first()
    )
    if row is None:
        return None
    return NextSession(
        row.public_id,
        row.cohort.public_id,
        row.cohort.name,
        row.position,
        row.unit.title,
        row.starts_at,
        row.ends_at,
        row.room_url or row.cohort.room_url,
        "participant" if row.is_taking_part else "trainer",
    )


def places_left(cohort: Cohort) -> int:
    """Return how many places of ``cohort`` are free, never less than 0. One query."""
    taken = Enrolment.objects.filter(cohort=cohort, state=Enrolment.State.ACTIVE).count()
    return max(cohort.places - taken, 0)
