"""What a map asks about places: positions and codes in bulk, as plain tuples."""

from datetime import date
from typing import NamedTuple

from django.db.models import Max

from staffel.municipalities.models import FundedMember, Kreis, Municipality
from staffel.municipalities.queries.funding import CURRENT

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
    """Return every member of every project, by year, project and role; Verbände row by row. One query."""
    rows = FundedMember.objects.order_by("project__year", "project__code", "pk", "verband__municipalities__ags").values_list(
        "project__code",
        "project__name",
        "project__year",
        "role",
        "name",
        "verband__name",
        "kreis__code",
        "municipality__ags",
        "municipality__short_name",
        "municipality__latitude",
        "municipality__longitude",
        "verband__municipalities__ags",
        "verband__municipalities__short_name",
        "verband__municipalities__latitude",
        "verband__municipalities__longitude",
    )
    found = []
    for row in rows:
        *head, verband, kreis = row[:7]
        own, through = row[7:11], row[11:15]
        found.append(FundedBody(*head, verband or "", kreis, *(own if own[0] else through)))
    return found


def quintiles() -> dict[str, int | None]:
    """Return the quintile of deprivation of every current Kreis by its key. One query."""
    return dict(Kreis.objects.filter(valid_to__isnull=True).order_by("code").values_list("code", "deprivation_quintile"))


def register_days() -> tuple[date | None, date | None]:
    """Return the newest days of the register and of the populations among current municipalities. One query."""
    days = Municipality.objects.filter(CURRENT).aggregate(register=Max("register_on"), population=Max("population_on"))
    return days["register"], days["population"]
