"""Jobs of admissions."""

from datetime import timedelta

from django.utils import timezone

from staffel.admissions.actions import applications, calls, offers, placing, release
from staffel.base.jobs import job

HOURLY = timedelta(hours=1)
MINUTES = timedelta(minutes=5)

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


# Calls, places and offers.


@job("admissions.close_calls", every=MINUTES)
def close_calls() -> None:
    """Close the calls whose deadline is over."""
    calls.close_due_calls(timezone.now())


@job("admissions.end_calls", every=MINUTES)
def end_calls() -> None:
    """End the calls whose cohort has begun."""
    calls.end_due_calls(timezone.now())


@job("admissions.lapse_offers", every=MINUTES)
def lapse_offers() -> None:
    """End the offers that nobody answered and hand their places on."""
    offers.lapse_offers(timezone.now())


@job("admissions.remind_offers", every=HOURLY)
def remind_offers() -> None:
    """Remind of the offers that end soon."""
    offers.remind_offers(timezone.now())


@job("admissions.tell_decisions")
def tell_decisions(applications: list[str]) -> None:
    """Write letters on published decisions."""
    placing.tell_decisions(applications)


@job("admissions.tell_cancelled")
def tell_cancelled(applications: list[str], reason: str) -> None:
    """Write letters on a cancelled call."""
    calls.tell_cancelled(applications, reason)


@job("admissions.tell_list_closed")
def tell_list_closed(applications: list[str]) -> None:
    """Write letters on a closed waiting list."""
    calls.tell_list_closed(applications)


@job("admissions.write_welcome")
def write_welcome(offer: str) -> None:
    """Send the welcome to who accepted an offer."""
    offers.write_welcome(offer)
