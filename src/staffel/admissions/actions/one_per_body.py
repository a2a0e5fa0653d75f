"""ADM-06: one application for each body on a call, asked wherever an application begins to run or runs again."""

from django.db.models import Count, Q

from staffel.admissions.core import rules
from staffel.admissions.models import Application, Call
from staffel.base.rules import RuleBroken
from staffel.municipalities.models import Municipality

State = Application.State
# Nobody else can apply for the body while one of these is there. A draft, and what came to nothing, keeps nobody out.
TAKES_THE_BODY = (State.SUBMITTED, State.RELEASED, State.OFFERED, State.WAITING, State.ACCEPTED)


def others(call: Call, municipality: Municipality, partner: Municipality | None, *, email: str = "", but: int = 0) -> dict:
    """Return how many drafts the address has, and for which of the bodies an application runs. One query."""
    running = Q(state__in=TAKES_THE_BODY)
    asked = {"drafts": Count("pk", filter=Q(state=State.DRAFT, email__iexact=email))}
    places = [place for place in (municipality, partner) if place]
    for place in places:
        asked[f"of_{place.pk}"] = Count("pk", filter=running & (Q(municipality=place) | Q(partner=place)))
    counted = call.applications.exclude(pk=but).aggregate(**asked)
    return {"drafts": counted["drafts"], "taken": [place for place in places if counted[f"of_{place.pk}"]]}


def check_single(known: dict) -> None:
    """Raise RuleBroken ADM-06 if ``others`` found a body that is taken."""
    if known["taken"]:
        place = known["taken"][0]
        raise RuleBroken(rules.ONE_PER_BODY, f"{place.ags} has an application", name=place.short_name)
