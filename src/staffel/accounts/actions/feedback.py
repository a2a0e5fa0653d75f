"""What happens to feedback: kept, told to the contact of this instance, dealt with, forgotten."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.accounts.actions import letters
from staffel.accounts.actions.audit import record
from staffel.accounts.core import rules
from staffel.accounts.models import Feedback, Person
from staffel.base.addresses import absolute
from staffel.base.rules import RuleBroken


@transaction.atomic
def give_feedback(*, kind: str, text: str, page: str = "", email: str = "") -> Feedback:
    """Keep what somebody wrote, and tell the contact of this instance by letter, without the words and the address.

    The letter only says that something came in: a mailbox keeps no personal data that way.
    """
    feedback = Feedback.objects.create(kind=kind, text=text, page=page, email=email)
    letters.post(
        "accounts.feedback_given",
        event=f"accounts.feedback_given:{feedback.public_id}",
        # A demo without a contact writes to itself, so that the letter can be read.
        to=("", settings.CONTACT or settings.DEFAULT_FROM_EMAIL),
        subject=_("Neue Rückmeldung: %(kind)s") % {"kind": Feedback.Kind(kind).label},
        sentences=[
            _("Jemand hat eine Rückmeldung geschrieben."),
            _("Auf Rückmeldungen zu Barrieren wird innerhalb eines Monats geantwortet."),
        ],
        button=(_("Rückmeldung lesen"), absolute(f"/buero/rueckmeldungen/#r-{feedback.public_id}")),
    )
    return feedback


@transaction.atomic
def close_feedback(feedback: Feedback, *, note: str, by: Person) -> Feedback:
    """Note what became of a feedback. Raises RuleBroken: ACC-21 if it is closed already."""
    feedback = Feedback.objects.select_for_update().get(pk=feedback.pk)
    if feedback.done_at:
        raise RuleBroken(rules.FEEDBACK_OPEN, f"feedback {feedback.public_id} was closed at {feedback.done_at}")
    feedback.done_at, feedback.note = timezone.now(), note
    feedback.save(update_fields=["done_at", "note"])
    record("accounts.feedback_done", feedback, by=by, why=note)
    return feedback
