"""How many people have an award, and which municipalities they come from: what figures and maps are made of.

Only valid awards count. Those of example cohorts are counted apart, so that no figure passes an invention off as a fact.
"""

import hashlib
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Q

from staffel.cohorts.models import Enrolment
from staffel.cohorts.permissions import office_sees_enrolments
from staffel.credentials.models import Award
from staffel.municipalities.core.places import municipality_path
from staffel.municipalities.models import Dataset, Municipality


@dataclass(frozen=True, slots=True)
class Reached:
    """A municipality with certified people; ``examples`` of the ``people`` are invented."""

    ags: str
    name: str
    path: str
    population: int
    latitude: float | None
    longitude: float | None
    people: int
    examples: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people of one municipality have a valid award; ``examples`` of them are invented."""

    people: int
    examples: int


def stamp() -> str:
    """Return a short text that changes whenever a table of places is loaded or an award is issued or revoked. One query.

    Written by hand, because public pages ask it each time: of places as ``municipalities.queries.places.stamp`` does.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()[:16]


_STAMP = (
    f"SELECT digest, loaded_at FROM {Dataset._meta.db_table} UNION ALL "  # noqa: S608 - the tables' own names
    f"SELECT count(*) || '-' || coalesce(max(id), 0) || '-' || count(revoked_at), NULL FROM {Award._meta.db_table} ORDER BY 1"
)


def reached() -> tuple[Reached, ...]:
    """Return the municipalities whose people have valid awards, by name; a shared seat reaches both. One query."""
    people = Count("enrolments__person", filter=_VALID_OF_PLACE, distinct=True)
    examples = Count("enrolments__person", filter=_VALID_OF_PLACE & Q(enrolments__cohort__is_example=True), distinct=True)
    rows = (
        Municipality.objects.filter(_VALID_OF_PLACE)
        .annotate(people=people, examples=examples)
        .order_by("short_name", "ags")
        .values_list("ags", "short_name", "population", "latitude", "longitude", "people", "examples")
    )
    return tuple(Reached(ags, name, municipality_path(ags), *rest) for ags, name, *rest in rows)


_VALID_OF_PLACE = Q(enrolments__awards__isnull=False, enrolments__awards__revoked_at=None)


def reach_of(ags: str) -> Reach:
    """Return how many people of one municipality have a valid award. One query."""
    valid = Award.objects.filter(revoked_at=None, enrolment__municipalities__ags=ags)
    found = valid.aggregate(
        people=Count("enrolment__person", distinct=True),
        examples=Count("enrolment__person", filter=Q(enrolment__cohort__is_example=True), distinct=True),
    )
    return Reach(found["people"], found["examples"])


def award_bodies() -> list[tuple[int, str | None, bool]]:
    """Return (person, AGS, is an example) of each valid award, a line for each municipality. One query."""
    rows = Award.objects.filter(revoked_at=None, enrolment__isnull=False).annotate(ags=F("enrolment__municipalities__ags"))
    return list(rows.values_list("enrolment__person", "ags", "enrolment__cohort__is_example"))


def awards_counted(person, *, everything: bool = False) -> list[tuple[int, int, str | None]]:
    """Return (award, cohort, AGS) of each valid award, a line for each municipality; reconstructions are left out.

    Those that ``person`` sees by their office role, with ``everything`` all. One query.
    """
    rows = Award.objects.filter(revoked_at=None, enrolment__isnull=False)
    if not everything:
        rows = rows.filter(enrolment__in=Enrolment.objects.filter(office_sees_enrolments(person)).values("pk"))
    return list(rows.values_list("pk", "enrolment__cohort", "enrolment__municipalities__ags"))


def pilot_people() -> dict[int, int]:
    """Return the number of reconstructed awards by the number of the Staffel of the pilot. One query."""
    rows = Award.objects.filter(pilot_cohort__isnull=False, revoked_at=None).values_list("pilot_cohort__number")
    return dict(rows.annotate(people=Count("pk")).order_by("pilot_cohort__number"))
