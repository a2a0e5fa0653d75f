"""Lists of municipalities and funded projects, as plain values that templates and exports print."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from staffel.municipalities.core import credits as credit_words
from staffel.municipalities.core.listing import Directory, Funded, Row
from staffel.municipalities.core.places import kreis_path, land_path
from staffel.municipalities.models import Dataset, Kreis, Land
from staffel.municipalities.queries import funding
from staffel.ui.words import whole

PROJECT_SOURCE = "Modellprojekte Smart Cities des Bundes (MPSC): öffentliche Angaben, die Quelle steht bei jedem Projekt."
# Their sources say the month, not the day: the day that stands for it would be invented.
KNOWN_BY_MONTH = frozenset(["funded_projects", "pilot_cohorts"])


class Line(NamedTuple):
    """One line of the list, ready to print. ``note`` says that it is no municipality, or none any more."""

    path: str
    name: str
    second_name: str
    kreis_name: str
    land_name: str
    population: str
    size: str
    funded: str
    note: str


@dataclass(frozen=True)
class ProjectLine:
    """One funded project, ready to print. ``laender`` are the codes of the members' Länder."""

    code: str
    name: str
    year: int
    category: str
    source: str
    members: tuple["MemberLine", ...]
    laender: tuple[str, ...]

    @property
    def member_sources(self) -> tuple[str, ...]:
        """The sources that name members and are not the project's own, each once."""
        return tuple(dict.fromkeys(member.source for member in self.members if member.source != self.source))

    @property
    def category_words(self) -> str:
        """The category with room to break a line at its stroke."""
        return self.category.replace("/", " / ")


class MemberLine(NamedTuple):
    """One member of a project, ready to print; ``path`` is empty without a page."""

    name: str
    path: str
    role: str
    source: str


@dataclass(frozen=True)
class KreisEntry:
    """One Kreis as the API tells it."""

    code: str
    name: str
    official_name: str
    kind: str
    seat: str
    land: str
    land_name: str
    population: int
    population_on: date
    area_km2: float
    area_on: date
    nuts3: str
    latitude: float | None
    longitude: float | None
    deprivation_quintile: int | None
    municipalities: int
    path: str


@dataclass(frozen=True)
class LandEntry:
    """One Land as the API tells it."""

    code: str
    name: str
    iso: str
    capital: str
    population: int
    population_on: date
    area_km2: float
    area_on: date
    municipalities: int
    path: str


def lines(rows: tuple[Row, ...]) -> list[Line]:
    """Return the lines of the list for ``rows``. No query."""
    sizes = {row.size: _(row.size.label) for row in rows}
    words = {way: _(Funded(way).label) for way in ("self", "verband", "kreis")}
    none = _("keines")
    dissolved, uninhabited = _("besteht nicht mehr"), _("unbewohnt, keine Kommune")
    return [
        Line(
            path=row.path,
            name=row.name,
            second_name=row.second_name,
            kreis_name=row.kreis_words,
            land_name=row.land_name,
            population=whole(row.population),
            size="" if row.uninhabited else sizes[row.size],
            funded=words[row.funding[0][0]] if row.funding else none,
            note=dissolved if row.dissolved else uninhabited if row.uninhabited else "",
        )
        for row in rows
    ]


def credit_line(known: Directory) -> str:
    """Return the credit line with the days of what is shown, empty if nothing is loaded. No query."""
    if not known.rows:
        return ""
    dates = known.rows[0].dates
    return credit_words.credit_line(dates.register_on, dates.population_on)


def datasets() -> list[tuple[str, str, int]]:
    """Return title, day or month in words, and number of rows of every loaded source. One query."""
    rows = Dataset.objects.order_by("pk").values_list("key", "title", "as_of", "rows")
    return [(title, date_format(day, "F Y" if key in KNOWN_BY_MONTH else "j. F Y"), count) for key, title, day, count in rows]


def project_lines(known: Directory) -> tuple[ProjectLine, ...]:
    """Return all funded projects by year and code, each with its members, the lead first. Two queries."""
    return tuple(
        ProjectLine(
            code=project.code,
            name=project.name,
            year=project.year,
            category=project.category,
            source=project.source,
            members=tuple(MemberLine(member.name, member.path, member.role_word, member.source) for member in project.members),
            laender=tuple(dict.fromkeys(code for member in project.members if (code := member.code[:2]) in known.laender)),
        )
        for project in funding.funded_projects()
    )


def kreise(known: Directory, **only) -> tuple[KreisEntry, ...]:
    """Return the existing Kreise by code; ``only`` narrows them down, as in ``filter``. One query."""
    rows = Kreis.objects.filter(valid_to__isnull=True, **only).select_related("land").order_by("code")
    return tuple(
        KreisEntry(
            code=row.code,
            name=row.name,
            official_name=row.official_name,
            kind=row.kind,
            seat=row.seat,
            land=row.land.code,
            land_name=row.land.name,
            population=row.population,
            population_on=row.population_on,
            area_km2=float(row.area_km2),
            area_on=row.area_on,
            nuts3=row.nuts3,
            latitude=row.latitude,
            longitude=row.longitude,
            deprivation_quintile=row.deprivation_quintile,
            municipalities=known.count_in("kreis", row.code),
            path=kreis_path(row.code),
        )
        for row in rows
    )


def laender(known: Directory, **only) -> tuple[LandEntry, ...]:
    """Return the Länder by code; ``only`` narrows them down, as in ``filter``. One query."""
    return tuple(
        LandEntry(
            code=row.code,
            name=row.name,
            iso=row.iso,
            capital=row.capital,
            population=row.population,
            population_on=row.population_on,
            area_km2=float(row.area_km2),
            area_on=row.area_on,
            municipalities=known.count_in("land", row.code),
            path=land_path(row.code),
        )
        for row in Land.objects.filter(**only).order_by("code")
    )
