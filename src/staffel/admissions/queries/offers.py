"""What somebody with an offer is shown."""

from dataclasses import dataclass

from django.utils import timezone

from staffel.admissions.models import Offer
from staffel.admissions.queries.board import place_words
from staffel.cohorts.models import Session
from staffel.ui.words import moment, span


@dataclass(frozen=True)
class OfferFacts:
    """An offer as the applicant reads it. ``state`` is that of the offer; an open one whose time is over is "late"."""

    state: str
    call: str
    cohort: str
    place: str
    name: str
    email: str
    answer_by: str
    answered: str
    reason: str
    sessions: tuple[str, ...]


def offers():
    """Return the rows that the link of an offer can lead to."""
    return Offer.objects.select_related(
        "call__cohort", "application__municipality", "application__partner", "application__decision"
    )


def offer_facts(offer: Offer) -> OfferFacts:
    """Return what the page of an offer shows. One query."""
    application = offer.application
    is_late = offer.state == Offer.State.OPEN and offer.answer_by < timezone.now()
    sessions = Session.objects.filter(cohort=offer.call.cohort_id).order_by("position").values_list("starts_at", "ends_at")
    partner = application.partner
    return OfferFacts(
        state="late" if is_late else offer.state,
        call=offer.call.title,
        cohort=offer.call.cohort.name,
        place=place_words(application.municipality.short_name, partner.short_name if partner else ""),
        name=application.name,
        email=application.email,
        answer_by=moment(offer.answer_by),
        answered=moment(offer.answered_at) if offer.answered_at else "",
        reason=application.decision.reason if hasattr(application, "decision") else "",
        sessions=tuple(span(*row) for row in sessions),
    )
