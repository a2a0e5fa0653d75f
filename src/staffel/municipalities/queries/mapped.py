"""What a map asks about places: positions and codes in bulk, as plain tuples."""

from datetime import date
from typing import NamedTuple

from django.db.models import Max

from staffel.municipalities.models import Kreis, Municipality
from staffel.municipalities.queries.funding import CURRENT
from staffel.municipalities.queries.members import Standing, standing_members

POSITION = ("ags", "short_name", "population", "latitude", "longitude")


class Position(NamedTuple):
    """A municipality as a point; latitude and longitude in degrees (WGS 84), None where no midpoint is known."""

    ags: str
    name: str
    population: int
    latitude: float | None
    longitude: float | None


class FundedBody(NamedTuple):
    """A member of a project: a municipality, a Kreis, or a Verband with one row for each of its municipalities.

    ``verband`` is the Verband's name, empty for the other levels; ``ags`` is None for a Kreis, and for a Verband whose
    municipalities the register does not name.
    """

    project: str
    title: str
    year: int
    role: str
    member: str
    verband: str
    kreis: str | None
    ags: str | None
    name: str | None
    latitude: float | None
    longitude: float | None


def positions(*, land: str = "") -> list[tuple]:
    """Return the current municipalities, those of one Land by its key, big before small. One query.

    Plain tuples in the order of ``Position``: 10,753 named ones cost the garbage collector 20 ms.
    """
    rows = Municipality.objects.filter(CURRENT, **({"land__code": land} if land else {}))
    return list(rows.order_by("-population", "ags").values_list(*POSITION))


def position(ags: str) -> Position | None:
    """Return one municipality that is not dissolved, or None. One query."""
    rows = Municipality.objects.filter(ags=ags, valid_to__isnull=True)
    row = rows.values_list(*POSITION).first()
    return Position(*row) if row else None


def funded_bodies() -> list[FundedBody]:
    """Return every member of every project once, by year, project and role; Verbände row by row.

    One query for the members (``standing_members``), one more if a Verband is among them.
    """
    members = standing_members()
    inside: dict[int, list[tuple]] = {}
    if verbaende := {member.today.pk for member in members if member.today.level == "verband"}:
        rows = Municipality.objects.filter(verband__in=verbaende).order_by("ags")
        for verband, *place in rows.values_list("verband_id", "ags", "short_name", "latitude", "longitude"):
            inside.setdefault(verband, []).append(tuple(place))
    # Two members that became one place are one body.
    once = {(member.project, member.today[:2]): member for member in reversed(members)}
    return [body for member in reversed(once.values()) for body in _bodies(member, inside)]


_NOBODY = (None, None, None, None)


def _bodies(member: Standing, inside: dict[int, list[tuple]]) -> list[FundedBody]:
    today = member.today
    head = (member.project, member.title, member.year, member.role, member.name)
    if today.level == "municipality":
        return [FundedBody(*head, "", None, today.code, today.name, today.latitude, today.longitude)]
    if today.level == "kreis":
        return [FundedBody(*head, "", today.code, *_NOBODY)]
    return [FundedBody(*head, today.name, None, *place) for place in inside.get(today.pk, [_NOBODY])]


def quintiles() -> dict[str, int | None]:
    """Return the quintile of deprivation of every current Kreis by its key. One query."""
    return dict(Kreis.objects.filter(valid_to__isnull=True).order_by("code").values_list("code", "deprivation_quintile"))


def register_days() -> tuple[date | None, date | None]:
    """Return the newest days of the register and of the populations among current municipalities. One query."""
    days = Municipality.objects.filter(CURRENT).aggregate(register=Max("register_on"), population=Max("population_on"))
    return days["register"], days["population"]
