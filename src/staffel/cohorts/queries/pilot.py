"""What is asked about the three published Staffeln of the pilot: facts without people."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from staffel.cohorts.models import PilotCohort, PilotSeat
from staffel.municipalities.core.places import municipality_path
from staffel.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class PilotPlace:
    """A municipality in a Staffel."""

    ags: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One entry of a published list; two municipalities where the seat was shared."""

    position: int
    name: str
    municipalities: tuple[PilotPlace, ...]

    @property
    def is_shared(self) -> bool:
        """Whether two municipalities held it together."""
        return len(self.municipalities) > 1


@dataclass(frozen=True, slots=True)
class Staffel:
    """One Staffel as published. ``period`` and ``published`` are words, no more exact than the source.

    ``qualified`` people in this Staffel follow from the totals; ``qualified_is_inferred`` marks what is not published.
    """

    number: int
    starts_on: date
    period: str
    published: str
    source: str
    qualified: int
    qualified_total: int
    qualified_is_inferred: bool
    seats: tuple[Seat, ...]
    municipalities: int


@dataclass(frozen=True, slots=True)
class PilotMunicipality:
    """A municipality of the pilot with the numbers of its Staffeln, for the map."""

    id: int
    ags: str
    name: str
    path: str
    population: int
    latitude: float | None
    longitude: float | None
    staffeln: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PilotFigures:
    """The pilot in numbers."""

    staffeln: int
    people: int
    seats: int
    shared_seats: int
    municipalities: int


def pilot_cohorts() -> tuple[Staffel, ...]:
    """Return the Staffeln by number with their seats in the order of the published lists. Three queries."""
    found, before = [], 0
    for row in PilotCohort.objects.order_by("number").prefetch_related("seats__municipalities"):
        seats = tuple(
            Seat(
                seat.position,
                seat.name,
                tuple(
                    PilotPlace(place.ags, place.short_name, place.path)
                    for place in sorted(seat.municipalities.all(), key=lambda place: place.ags)
                ),
            )
            for seat in sorted(row.seats.all(), key=lambda seat: seat.position)
        )
        found.append(
            Staffel(
                number=row.number,
                starts_on=row.starts_on,
                period=_period(row),
                published=_published(row.published_on),
                source=row.source,
                qualified=row.qualified_total - before,
                qualified_total=row.qualified_total,
                qualified_is_inferred=row.qualified_is_inferred,
                seats=seats,
                municipalities=len({place.ags for seat in seats for place in seat.municipalities}),
            )
        )
        before = row.qualified_total
    return tuple(found)


def staffeln_of(municipality) -> tuple[int, ...]:
    """Return the numbers of the Staffeln in which a municipality (row or facts) held a seat. One query."""
    seats = PilotSeat.objects.filter(municipalities=municipality.id)
    return tuple(seats.order_by("cohort__number").values_list("cohort__number", flat=True).distinct())


def pilot_municipalities() -> tuple[PilotMunicipality, ...]:
    """Return the municipalities of the pilot by name, with the numbers of their Staffeln. One query."""
    rows = (
        Municipality.objects.filter(pilot_seats__isnull=False)
        .order_by("short_name", "ags", "pilot_seats__cohort__number")
        .values_list("pk", "ags", "short_name", "population", "latitude", "longitude", "pilot_seats__cohort__number")
    )
    numbers: dict[tuple, list[int]] = {}
    for *place, number in rows:
        numbers.setdefault(tuple(place), []).append(number)
    return tuple(
        PilotMunicipality(
            pk, ags, name, municipality_path(ags), population, latitude, longitude, tuple(dict.fromkeys(staffeln))
        )
        for (pk, ags, name, population, latitude, longitude), staffeln in numbers.items()
    )


def pilot_holders() -> list[tuple[int, int, PilotPlace]]:
    """Return who held which seat: number of the Staffel, place in its list, municipality. One query, as plain values."""
    rows = PilotSeat.objects.order_by("cohort__number", "position", "municipalities__ags").values_list(
        "cohort__number", "position", "municipalities__ags", "municipalities__short_name"
    )
    return [(number, position, PilotPlace(ags, name, municipality_path(ags))) for number, position, ags, name in rows if ags]


def pilot_figures() -> PilotFigures:
    """Return the pilot in numbers; all are 0 before the lists are loaded. Three queries."""
    heads = PilotCohort.objects.aggregate(staffeln=Count("pk"), people=Max("qualified_total"))
    holders = list(PilotSeat.objects.annotate(holders=Count("municipalities")).values_list("holders", flat=True))
    return PilotFigures(
        staffeln=heads["staffeln"],
        people=heads["people"] or 0,
        seats=len(holders),
        shared_seats=sum(number > 1 for number in holders),
        municipalities=Municipality.objects.filter(pilot_seats__isnull=False).distinct().count(),
    )


def _period(row: PilotCohort) -> str:
    starts = date_format(row.starts_on, "j. F Y" if row.start_precision == "day" else "F Y")
    if row.ends_on is None:
        if row.start_precision == "day":
            return _("ab %(day)s") % {"day": starts}
        return starts
    ends = date_format(row.ends_on, "j. F Y" if row.end_precision == "day" else "F Y")
    if row.start_precision == row.end_precision == "month" and row.starts_on.year == row.ends_on.year:
        starts = date_format(row.starts_on, "F")
    return _("%(start)s bis %(end)s") % {"start": starts, "end": ends}


def _published(text: str) -> str:
    """Return ``2022-05-17`` or ``2022-11`` as words."""
    if len(text) == 10:
        return date_format(date.fromisoformat(text), "j. F Y")
    return date_format(date.fromisoformat(f"{text}-01"), "F Y")
