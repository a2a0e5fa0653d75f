"""Jobs of admissions."""

from datetime import timedelta

from django.utils import timezone

from staffel.admissions.actions import applications, release
from staffel.base.jobs import job

HOURLY = timedelta(hours=1)

# Letters of applicants and supervisors: written beside the act that they tell of, so that a form answers at once.


@job("admissions.write_started")
def write_started(application: str) -> None:
    """Send an applicant the way back to the draft."""
    applications.write_started(application)


@job("admissions.write_link_again")
def write_link_again(application: str, asked: str) -> None:
    """Send an applicant the link once more."""
    applications.write_link_again(application, asked)


@job("admissions.write_submitted")
def write_submitted(application: str) -> None:
    """Send an applicant the receipt."""
    applications.write_submitted(application)


@job("admissions.write_release_asked")
def write_release_asked(release_id: str) -> None:
    """Ask a supervisor for the release."""
    release.write_asked(release_id)


@job("admissions.remind_releases", every=HOURLY)
def remind_releases() -> None:
    """Remind the supervisors who have not answered."""
    release.remind_releases(timezone.now())


@job("admissions.expire_releases", every=HOURLY)
def expire_releases() -> None:
    """End the questions whose time is over."""
    release.expire_releases(timezone.now())
