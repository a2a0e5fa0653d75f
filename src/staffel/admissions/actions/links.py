"""The links by which applicants and supervisors come in."""

from datetime import timedelta

from django.utils import timezone

from staffel.admissions.actions.placing import LINK_AFTERLIFE, OFFER_LINK
from staffel.admissions.models import Application, Offer, Release
from staffel.base.actions import close_links, issue_link

APPLICATION = "admissions.application"
RELEASE = "admissions.release"
# Long enough for every answer that may still come; what is erased before is gone behind its link too.
APPLICATION_DAYS = 400
# An answer comes too late then, but the link still says so instead of failing.
RELEASE_DAYS_AFTER = 60


def application_link(application: Application) -> str:
    """Open a link to an application and return its token; earlier ones stay open."""
    return issue_link(APPLICATION, application.public_id, until=timezone.now() + timedelta(days=APPLICATION_DAYS))


def close_application_links(application: Application) -> int:
    """Close every link to an application and return how many there were."""
    return close_links(APPLICATION, application.public_id)


def release_link(release: Release) -> str:
    """Open a link to the question for the release and return its token."""
    return issue_link(RELEASE, release.public_id, until=release.expires_at + timedelta(days=RELEASE_DAYS_AFTER))


def close_release_links(release: Release) -> int:
    """Close every link to a question and return how many there were."""
    return close_links(RELEASE, release.public_id)


def offer_link(offer: Offer) -> str:
    """Open a link to an offer and return its token, for whoever comes from the page of the application."""
    return issue_link(OFFER_LINK, offer.public_id, until=offer.answer_by + LINK_AFTERLIFE)
