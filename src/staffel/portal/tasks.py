"""Jobs that concern several contexts."""

from datetime import timedelta

from django.utils import timezone

from staffel.base.jobs import job
from staffel.base.rules import N_
from staffel.portal.privacy import expire_everything


@job("portal.retention", attempts=3, every=timedelta(days=1), title=N_("Aufbewahrung"))
def retention() -> None:
    """Delete what is over time in every context, and write the report."""
    expire_everything(timezone.now())
