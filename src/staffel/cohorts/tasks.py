"""Jobs of cohorts."""

from datetime import timedelta

from django.utils import timezone

from staffel.base.jobs import job
from staffel.base.rules import N_
from staffel.cohorts.actions import cohorts, letters


@job("cohorts.tell_moved", title=N_("Verschobene Termine mitteilen"))
def tell_moved(cohort: str, moved: list, event: str, reason: str) -> None:
    """Write to everybody which dates moved."""
    letters.tell_moved(cohort, moved, event, reason)


@job("cohorts.tell_cancelled", title=N_("Absage einer Staffel mitteilen"))
def tell_cancelled(cohort: str, reason: str) -> None:
    """Write to everybody that the cohort does not take place."""
    letters.tell_cancelled(cohort, reason)


@job("cohorts.start_due", every=timedelta(minutes=15), title=N_("Staffeln mit dem ersten Termin beginnen"))
def start_due() -> None:
    """Let cohorts run whose first session has begun."""
    cohorts.start_due_cohorts(timezone.now())


@job("cohorts.remind", every=timedelta(hours=1), title=N_("An den nächsten Termin erinnern"))
def remind() -> None:
    """Write to everybody whose next date is within a day."""
    letters.remind(timezone.now())
