"""The register as each worker holds it in memory, and what people find in it."""

from dataclasses import dataclass
from threading import Lock

from staffel.municipalities.core import search
from staffel.municipalities.core.listing import Dates, Directory, Row
from staffel.municipalities.core.naming import with_kind
from staffel.municipalities.core.places import kreis_path, land_path, municipality_path, size_class
from staffel.municipalities.models import Kreis, Land, Municipality
from staffel.municipalities.queries.members import standing_members
from staffel.municipalities.queries.places import stamp

MOST_SUGGESTIONS = 8
# So many of them are kept for Kreise and Länder, if there are any.
AREA_SUGGESTIONS = 2
# Kinds of municipalities that are a Kreis of their own.
CITY_KINDS = ("Kreisfreie Stadt", "Stadtkreis")

_held: tuple[str, Directory] | None = None
_lock = Lock()


@dataclass(frozen=True)
class Hit:
    """One line of the suggestions. ``kind`` is a ``search.Kind``; ``pieces`` is the name with what matches marked."""

    kind: str
    code: str
    name: str
    pieces: list[tuple[str, bool]]
    path: str
    kreis_name: str
    land_name: str
    population: int
    uninhabited: bool = False
    dissolved: bool = False


@dataclass(frozen=True)
class Suggestions:
    """The first hits of a query, best first; ``total`` counts the municipalities found."""

    hits: tuple[Hit, ...]
    total: int
    guessed: bool = False
    too_short: bool = False
    unknown: search.Number | None = None


def directory() -> Directory:
    """Return the register, read anew only if the data have changed. One query, four more after a change."""
    global _held  # noqa: PLW0603 - one copy for each process is the point
    now = stamp()
    held = _held
    if held is not None and held[0] == now:
        return held[1]
    with _lock:
        if _held is None or _held[0] != now:
            _held = (now, read_directory())
        return _held[1]


def forget() -> None:
    """Drop the register held in memory; tests call it, production never needs to."""
    global _held  # noqa: PLW0603
    with _lock:
        _held = None


def read_directory() -> Directory:
    """Return the register as the database has it now. Four queries."""
    shared: dict = {}
    laender = {land.pk: land for land in Land.objects.all()}
    kreise = {kreis.pk: kreis for kreis in Kreis.objects.all()}
    funded = _funded_bodies()
    rows = [
        _row(values, laender=laender, kreise=kreise, funded=funded, shared=shared)
        for values in Municipality.objects.values_list(*_FIELDS).iterator(chunk_size=2000)
    ]
    return Directory(rows, _areas(laender, kreise))


_FIELDS = (
    "pk", "ags", "ars", "short_name", "name", "second_name", "kind", "counted", "land_id", "kreis_id", "verband_id",
    "verband__code", "verband__name", "population", "area_km2", "postal_code", "latitude", "longitude", "urbanisation",
    "region_type", "valid_from", "valid_to", "successor__ags", "register_on", "population_on", "area_on", "position_on",
    "urbanisation_on", "region_type_on",
)  # fmt: skip


def _row(values, *, laender, kreise, funded, shared) -> Row:
    (
        pk, ags, ars, name, official_name, second_name, kind, counted, land_id, kreis_id, verband_id,
        verband, verband_name, population, area, postal_code, latitude, longitude, urbanisation,
        region_type, valid_from, valid_to, successor, *dates,
    ) = values  # fmt: skip
    land, kreis = laender[land_id], kreise.get(kreis_id)

    def same(value):
        # Thousands of rows have the same word: one copy of it is enough.
        return shared.setdefault(value, value)

    funding = {
        *funded["municipality"].get(pk, ()),
        *funded["verband"].get(verband_id, ()),
        *funded["kreis"].get(kreis_id, ()),
    }
    return Row(
        ags=ags,
        ars=ars,
        name=name,
        official_name=name if official_name == name else official_name,
        second_name=second_name,
        kind=same(kind),
        uninhabited=not counted,
        dissolved=valid_to is not None,
        kreis=kreis.code if kreis else "",
        kreis_name=kreis.name if kreis else "",
        kreis_words=same(with_kind(kreis.kind, kreis.name)) if kreis else "",
        land=land.code,
        land_name=land.name,
        verband=same(verband or ""),
        verband_name=same(verband_name or ""),
        population=population,
        area_km2=None if area is None else float(area),
        postal_code=postal_code,
        latitude=latitude,
        longitude=longitude,
        urbanisation=same(urbanisation),
        region_type=same(region_type),
        size=size_class(population),
        funding=same(tuple(sorted(funding, key=lambda one: (_WAYS.index(one[0]), one[1])))),
        valid_from=valid_from,
        valid_to=valid_to,
        successor=successor or "",
        dates=same(Dates(*dates)),
    )


_WAYS = ("self", "verband", "kreis")


def _funded_bodies() -> dict[str, dict[int, list[tuple[str, str]]]]:
    """Return (through, project code) of every member by level and id; a successor has what the place before it had."""
    found: dict[str, dict[int, list[tuple[str, str]]]] = {"municipality": {}, "kreis": {}, "verband": {}}
    for member in standing_members():
        for level, pk in member.line:
            found[level].setdefault(pk, []).append((member.way, member.project))
    return found


def _areas(laender: dict[int, Land], kreise: dict[int, Kreis]) -> list[search.Area]:
    areas = [
        search.Area(search.Kind.LAND, land.code, land.name, (land.name, f"Land {land.name}"), land.code, land.population)
        for land in laender.values()
    ]
    for kreis in kreise.values():
        # A kreisfreie Stadt is found as a municipality, a dissolved Kreis has no page that says more than its successor's.
        if not kreis.is_city and not kreis.is_dissolved:
            names = tuple({kreis.name, kreis.official_name, f"{kreis.kind} {kreis.name}", f"Landkreis {kreis.name}"})
            land = laender[kreis.land_id].code
            words = with_kind(kreis.kind, kreis.name)
            areas.append(search.Area(search.Kind.KREIS, kreis.code, words, names, land, kreis.population))
    return areas


def suggestions(query: str) -> Suggestions:
    """Return the first hits, municipalities before Kreise and Länder unless these are asked for. One query."""
    known = directory()
    found = known.index.find(query)
    # The last line leads to all hits, if there are more.
    most = MOST_SUGGESTIONS - (len(found.places) + min(len(found.areas), AREA_SUGGESTIONS) > MOST_SUGGESTIONS)
    kept = min(len(found.areas), max(AREA_SUGGESTIONS, most - len(found.places)))
    municipalities = [_municipality_hit(known.rows[at], query) for at in found.places[: most - kept]]
    areas = [_area_hit(known, known.index.areas[at], query) for at in found.areas[:kept]]
    hits = [*areas, *municipalities] if found.areas_first else [*municipalities, *areas]
    return Suggestions(tuple(hits), len(found.places), found.guessed, found.too_short, found.unknown)


def _municipality_hit(row: Row, query: str) -> Hit:
    name = f"{row.name} / {row.second_name}" if row.second_name else row.name
    return Hit(
        kind=search.Kind.MUNICIPALITY,
        code=row.ags,
        name=row.name,
        pieces=search.marked(name, query),
        path=municipality_path(row.ags),
        kreis_name="" if row.kind in CITY_KINDS else row.kreis_words,
        land_name=row.land_name,
        population=row.population,
        uninhabited=row.uninhabited,
        dissolved=row.dissolved,
    )


def _area_hit(known: Directory, area: search.Area, query: str) -> Hit:
    is_land = area.kind == search.Kind.LAND
    return Hit(
        kind=area.kind,
        code=area.code,
        name=area.name,
        pieces=search.marked(area.name, query),
        path=land_path(area.code) if is_land else kreis_path(area.code),
        kreis_name="",
        land_name="" if is_land else known.laender[area.land].name,
        population=area.population,
    )
