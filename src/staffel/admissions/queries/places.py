"""What the giving of places asks: how many are left, and who is where on the waiting list."""

from datetime import datetime

from django.db.models import Min, Q
from django.utils import timezone

from staffel.admissions.models import Application, Call, Decision, Offer
from staffel.cohorts.models import Cohort, Enrolment, Session

ON_THE_LIST = (Application.State.RELEASED, Application.State.WAITING)
"""Before the decisions are published, and after."""


def begins_at(cohort: int) -> datetime | None:
    """Return when the first session of a cohort (its id) begins, None without sessions. One query."""
    return Session.objects.filter(cohort=cohort).aggregate(first=Min("starts_at"))["first"]


def places_to_give(call: Call) -> int:
    """Return how many places of the cohort nobody has and nobody is offered. Two queries."""
    taken = Enrolment.objects.filter(cohort=call.cohort_id, state=Enrolment.State.ACTIVE).count()
    return call.cohort.places - taken - Offer.objects.filter(call=call, state=Offer.State.OPEN).count()


def waiting_list_is_open(call: Call) -> bool:
    """Return whether somebody can still move up: published, and the cohort has not begun. One query at most."""
    if call.state != Call.State.PUBLISHED or call.cohort.state != Cohort.State.PLANNED:
        return False
    first = begins_at(call.cohort_id)
    return first is None or first > timezone.now()


def waiting_position(application: Application) -> int | None:
    """Return the place of an application on the waiting list, 1 is next; None if it is not on it. Two queries."""
    own = Decision.objects.filter(_on_the_list(), application=application).values_list("call", "position").first()
    if own is None:
        return None
    call, position = own
    return Decision.objects.filter(_on_the_list(), call=call, position__lte=position).count()


def waiting_positions(call: Call) -> dict[int, int]:
    """Return the place on the waiting list by application id, in order. One query."""
    rows = Decision.objects.filter(_on_the_list(), call=call).order_by("position").values_list("application", flat=True)
    return {application: number for number, application in enumerate(rows, start=1)}


def _on_the_list() -> Q:
    return Q(position__isnull=False, application__state__in=ON_THE_LIST)
