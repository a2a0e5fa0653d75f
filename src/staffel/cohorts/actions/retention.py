"""What goes when a person or the years ask for it: calendars and teaching at once, proofs after ten years."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, ProtectedError

from staffel.accounts.actions.audit import blank_things
from staffel.cohorts.actions.seats import OPEN, leave
from staffel.cohorts.core.personal import TEN_YEARS
from staffel.cohorts.models import Attendance, CalendarFeed, Cohort, Enrolment, Trainer


@transaction.atomic
def forget(person, *, by) -> tuple[int, int, int]:
    """Close the calendar, give back open places, and delete what proves nothing.

    Return how many calendars, places and teachings went. A place with attendance or an award stays as a proof; whose it was
    is known only as long as the account has a name.
    """
    calendars = CalendarFeed.objects.filter(person=person).delete()[0]
    teachings = Trainer.objects.filter(person=person).delete()[0]
    for enrolment in Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE, cohort__state__in=OPEN):
        leave(enrolment, by=by, reason="Konto gelöscht")
    # Why somebody left, and what a presentation was about, stands in the log as well.
    blank_things(Enrolment._meta.label, list(Enrolment.objects.filter(person=person).values_list("public_id", flat=True)))
    unproven = Enrolment.objects.filter(person=person, attendances__isnull=True)
    return calendars, _delete_unprotected(unproven), teachings


@transaction.atomic
def forget_old(now: datetime) -> tuple[int, int]:
    """Delete attendance, places and teaching of cohorts that ended more than ten years before ``now``.

    Return how many places with their attendance and how many teachings went. A place that an award still names stays, empty.
    """
    last = Cohort.objects.annotate(last=Max("sessions__ends_at")).filter(last__lt=now - timedelta(days=TEN_YEARS))
    cohorts = list(last.values_list("pk", flat=True))
    noted = Attendance.objects.filter(session__cohort__in=cohorts).delete()[0]
    teachings = Trainer.objects.filter(cohort__in=cohorts).delete()[0]
    return noted + _delete_unprotected(Enrolment.objects.filter(cohort__in=cohorts)), teachings


def _delete_unprotected(enrolments) -> int:
    gone = 0
    for enrolment in enrolments.order_by("pk"):
        try:
            with transaction.atomic():
                enrolment.delete()
        except ProtectedError:
            # Something above still rests on it; its own retention comes first.
            continue
        gone += 1
    return gone
