"""Jobs of admissions."""

from datetime import timedelta

from django.utils import timezone

from staffel.admissions.actions import applications, calls, offers, placing, release
from staffel.base.jobs import job
from staffel.base.rules import N_

HOURLY = timedelta(hours=1)
MINUTES = timedelta(minutes=5)

# Letters of applicants and supervisors: written beside the act that they tell of, so that a form answers at once.


@job("admissions.write_started", title=N_("Weg zurück zum Entwurf schicken"))
def write_started(application: str) -> None:
    """Send an applicant the way back to the draft."""
    applications.write_started(application)


@job("admissions.write_link_again", title=N_("Link noch einmal schicken"))
def write_link_again(application: str, asked: str) -> None:
    """Send an applicant the link once more."""
    applications.write_link_again(application, asked)


@job("admissions.write_submitted", title=N_("Eingang einer Bewerbung bestätigen"))
def write_submitted(application: str) -> None:
    """Send an applicant the receipt."""
    applications.write_submitted(application)


@job("admissions.write_release_asked", title=N_("Um eine Freigabe bitten"))
def write_release_asked(release_id: str) -> None:
    """Ask a supervisor for the release."""
    release.write_asked(release_id)


@job("admissions.remind_releases", every=HOURLY, title=N_("An offene Freigaben erinnern"))
def remind_releases() -> None:
    """Remind the supervisors who have not answered."""
    release.remind_releases(timezone.now())


@job("admissions.expire_releases", every=HOURLY, title=N_("Unbeantwortete Freigaben beenden"))
def expire_releases() -> None:
    """End the questions whose time is over."""
    release.expire_releases(timezone.now())


# Calls, places and offers.


@job("admissions.close_calls", every=MINUTES, title=N_("Ausschreibungen nach der Frist schließen"))
def close_calls() -> None:
    """Close the calls whose deadline is over."""
    calls.close_due_calls(timezone.now())


@job("admissions.end_calls", every=MINUTES, title=N_("Ausschreibungen mit dem Beginn der Staffel beenden"))
def end_calls() -> None:
    """End the calls whose cohort has begun."""
    calls.end_due_calls(timezone.now())


@job("admissions.cancel_calls", every=MINUTES, title=N_("Ausschreibungen abgesagter Staffeln absagen"))
def cancel_calls() -> None:
    """Cancel the calls whose cohort is cancelled."""
    calls.cancel_calls_without_cohort()


@job("admissions.lapse_offers", every=MINUTES, title=N_("Unbeantwortete Angebote beenden, Plätze weitergeben"))
def lapse_offers() -> None:
    """End the offers that nobody answered and hand their places on."""
    offers.lapse_offers(timezone.now())


@job("admissions.hand_on_places", every=MINUTES, title=N_("Frei gewordene Plätze der Warteliste anbieten"))
def hand_on_places() -> None:
    """Offer the places to the waiting list that became free in the cohort itself."""
    placing.hand_on_places()


@job("admissions.remind_offers", every=HOURLY, title=N_("An offene Angebote erinnern"))
def remind_offers() -> None:
    """Remind of the offers that end soon."""
    offers.remind_offers(timezone.now())


@job("admissions.tell_decisions", title=N_("Entscheidungen mitteilen"))
def tell_decisions(applications: list[str]) -> None:
    """Write letters on published decisions."""
    placing.tell_decisions(applications)


@job("admissions.tell_cancelled", title=N_("Absage einer Ausschreibung mitteilen"))
def tell_cancelled(applications: list[str], reason: str) -> None:
    """Write letters on a cancelled call."""
    calls.tell_cancelled(applications, reason)


@job("admissions.tell_list_closed", title=N_("Ende der Warteliste mitteilen"))
def tell_list_closed(applications: list[str]) -> None:
    """Write letters on a closed waiting list."""
    calls.tell_list_closed(applications)


@job("admissions.write_welcome", title=N_("Willkommen schicken"))
def write_welcome(offer: str) -> None:
    """Send the welcome to who accepted an offer."""
    offers.write_welcome(offer)
