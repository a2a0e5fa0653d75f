"""Jobs of the house itself."""

from datetime import timedelta

from django.utils import timezone

from staffel.base.jobs import job
from staffel.base.jobs.actions import remove_done
from staffel.base.rules import N_


@job("base.remove_done_jobs", every=timedelta(days=1), title=N_("Erledigte Aufträge nach 30 Tagen entfernen"))
def remove_done_jobs() -> None:
    """Remove the rows of jobs that were done long ago."""
    remove_done(timezone.now())
