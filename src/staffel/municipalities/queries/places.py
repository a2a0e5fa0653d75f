"""What is asked about places: facts with their dates and words, for pages and maps.

Plain frozen values come out, never rows, so that a template cannot cause a query. Words are German or translated already.
"""

import hashlib
from datetime import date

from django.db import connection
from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from staffel.municipalities.core import places
from staffel.municipalities.core.credits import DEPRIVATION_YEAR, credit_line
from staffel.municipalities.core.distance import kilometres
from staffel.municipalities.models import Dataset, Kreis, Land, Municipality
from staffel.municipalities.queries import funding
from staffel.municipalities.queries.funding import CURRENT
from staffel.municipalities.queries.shapes import (
    KreisFacts,
    KreisLine,
    LandFacts,
    MunicipalityFacts,
    MunicipalityLine,
    Neighbour,
    PlaceLink,
    SizeShare,
)
from staffel.ui.words import whole

# What is loaded ---------------------------------------------------------------------------------------------------------


def stamp() -> str:
    """Return a short text that changes whenever a table is loaded or refreshed. One query.

    Written by hand: every public page asks it, and the ORM takes 136 µs where this takes 12.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()[:16]


_STAMP = f"SELECT digest, loaded_at FROM {Dataset._meta.db_table} ORDER BY key"  # noqa: S608 - the table's own name


def digests() -> dict[str, str]:
    """Return the digest of every loaded table by its key. One query."""
    return dict(Dataset.objects.values_list("key", "digest"))


def all_land_codes() -> set[str]:
    """Return the keys of all Länder. One query."""
    return set(Land.objects.values_list("code", flat=True))


def all_ags() -> set[str]:
    """Return the keys of all municipalities, dissolved ones too. One query."""
    return set(Municipality.objects.values_list("ags", flat=True))


# Municipalities ---------------------------------------------------------------------------------------------------------


def municipality_facts(ags: str) -> MunicipalityFacts | None:
    """Return the facts of a municipality, dissolved ones too; None if the key is unknown. Two queries, one if unknown."""
    rows = Municipality.objects.select_related("land", "kreis", "verband", "successor")
    row = rows.filter(ags=ags).first()
    if row is None:
        return None
    size = row.size_class
    return MunicipalityFacts(
        id=row.pk,
        ags=row.ags,
        ars=row.ars,
        name=row.name,
        short_name=row.short_name,
        second_name=row.second_name,
        path=row.path,
        kind=row.kind,
        counted=row.counted,
        land=_land_link(row.land),
        kreis=_kreis_link(row.kreis),
        kreis_id=row.kreis_id,
        is_own_kreis=row.kreis is not None and row.kreis.is_city,
        verband=_verband_link(row.verband),
        verband_id=row.verband_id,
        population=row.population,
        population_on=row.population_on,
        area_km2=_float(row.area_km2),
        area_on=row.area_on,
        density=_density(row.population, row.area_km2),
        postal_code=row.postal_code,
        latitude=row.latitude,
        longitude=row.longitude,
        position_on=row.position_on,
        size_class=str(size),
        size_word=_(size.label) if row.counted else "",
        urbanisation=row.urbanisation,
        urbanisation_word=_word(places.URBANISATION, row.urbanisation),
        urbanisation_on=row.urbanisation_on,
        region_type=row.region_type,
        region_type_word=_word(places.REGION_TYPES, row.region_type),
        region_type_on=row.region_type_on,
        register_on=row.register_on,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=_municipality_link(row.successor),
        predecessors=tuple(_municipality_link(former) for former in row.predecessors.order_by("short_name", "ags")),
        credit=credit_line(row.register_on, row.population_on),
    )


def neighbours_in_kreis(municipality) -> tuple[Neighbour, ...]:
    """Return the other municipalities of the same Kreis, the nearest first and those without a midpoint last. One query.

    ``municipality`` is a row or its facts. Empty without a query where it belongs to no Kreis.
    """
    if municipality.kreis_id is None:
        return ()
    rows = (
        Municipality.objects.filter(CURRENT, kreis=municipality.kreis_id)
        .exclude(pk=municipality.id)
        .values_list("pk", "ags", "short_name", "population", "latitude", "longitude")
    )
    found = []
    for pk, ags, name, population, latitude, longitude in rows:
        known = municipality.latitude is not None and latitude is not None
        distance = kilometres(municipality.latitude, municipality.longitude, latitude, longitude) if known else None
        word = _(places.size_class(population).label)
        found.append(Neighbour(pk, ags, name, places.municipality_path(ags), population, word, distance))
    return tuple(sorted(found, key=lambda place: (place.distance_km is None, place.distance_km or 0.0, place.ags)))


# Kreise and Länder ------------------------------------------------------------------------------------------------------


def kreis_facts(code: str) -> KreisFacts | None:
    """Return the facts of a Kreis with its municipalities; None if the key is unknown. Three queries, one if unknown."""
    row = Kreis.objects.select_related("land", "successor").filter(code=code).first()
    if row is None:
        return None
    lines, register_on = _lines_of(row.pk)
    return KreisFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        official_name=row.official_name,
        path=row.path,
        kind=row.kind,
        is_city=row.is_city,
        seat=row.seat,
        region_name=row.region_name,
        nuts3=row.nuts3,
        land=_land_link(row.land),
        population=row.population,
        population_on=row.population_on,
        area_km2=float(row.area_km2),
        area_on=row.area_on,
        density=_density(row.population, row.area_km2),
        latitude=row.latitude,
        longitude=row.longitude,
        deprivation_score=row.deprivation_score,
        deprivation_quintile=row.deprivation_quintile,
        deprivation_word=_word(places.DEPRIVATION, row.deprivation_quintile),
        deprivation_year=DEPRIVATION_YEAR,
        valid_to=row.valid_to,
        successor=_kreis_link(row.successor),
        predecessors=tuple(_kreis_link(former) for former in row.predecessors.order_by("name", "code")),
        municipalities=lines,
        sizes=_shares(lines),
        register_on=register_on,
        credit=credit_line(register_on or row.population_on, row.population_on),
    )


def _lines_of(kreis: int) -> tuple[tuple[MunicipalityLine, ...], date | None]:
    rows = (
        Municipality.objects.filter(CURRENT, kreis=kreis)
        .order_by("-population", "ags")
        .values_list(
            "pk",
            "ags",
            "short_name",
            "kind",
            "verband__name",
            "population",
            "area_km2",
            "latitude",
            "longitude",
            "register_on",
        )
    )
    lines, newest = [], None
    for pk, ags, name, kind, verband, population, area, latitude, longitude, register_on in rows:
        newest = max(newest or register_on, register_on)
        size = places.size_class(population)
        path = places.municipality_path(ags)
        lines.append(
            MunicipalityLine(
                pk,
                ags,
                name,
                path,
                kind,
                verband or "",
                population,
                _float(area),
                str(size),
                _(size.label),
                latitude,
                longitude,
            )
        )
    return tuple(lines), newest


def land_facts(code: str) -> LandFacts | None:
    """Return the facts of a Land with its Kreise; None if the key is unknown. At most five queries, one if unknown."""
    row = Land.objects.filter(code=code).first()
    if row is None:
        return None
    sizes, register_on = _sizes_of(Municipality.objects.filter(CURRENT, land=row))
    funded_municipalities, funded_projects = funding.count_funded(row.code)
    return LandFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        iso=row.iso,
        path=row.path,
        capital=row.capital,
        population=row.population,
        population_on=row.population_on,
        area_km2=float(row.area_km2),
        area_on=row.area_on,
        density=_density(row.population, row.area_km2),
        municipalities=sum(share.municipalities for share in sizes),
        funded_municipalities=funded_municipalities,
        funded_projects=funded_projects,
        kreise=_kreise_of(row.pk),
        sizes=sizes,
        register_on=register_on,
        credit=credit_line(register_on or row.population_on, row.population_on),
    )


def _sizes_of(municipalities) -> tuple[tuple[SizeShare, ...], date | None]:
    asked = {"register_on": Max("register_on")}
    for size in places.SizeClass:
        inside = Q(population__gte=size.least)
        if size.below is not None:
            inside &= Q(population__lt=size.below)
        asked[f"{size.name}_count"] = Count("pk", filter=inside)
        asked[f"{size.name}_people"] = Coalesce(Sum("population", filter=inside), 0)
    found = municipalities.aggregate(**asked)
    shares = tuple(
        SizeShare(str(size), _(size.label), found[f"{size.name}_count"], found[f"{size.name}_people"])
        for size in places.SizeClass
    )
    return shares, found["register_on"]


def _kreise_of(land: int) -> tuple[KreisLine, ...]:
    rows = (
        Kreis.objects.filter(land=land, valid_to__isnull=True)
        .annotate(count=_count_current(Municipality, "kreis"))
        .order_by("name", "code")
        .values_list("pk", "code", "name", "kind", "population", "area_km2", "count", "deprivation_quintile")
    )
    return tuple(
        KreisLine(pk, code, name, places.kreis_path(code), kind, population, float(area), count, quintile)
        for pk, code, name, kind, population, area, count, quintile in rows
    )


def _count_current(model, field: str):
    """Return the number of current municipalities below a place as a subquery: a join would multiply the rows."""
    rows = model.objects.filter(CURRENT, **{field: OuterRef("pk")}).order_by().values(field)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


# From rows to words -----------------------------------------------------------------------------------------------------


def _shares(lines) -> tuple[SizeShare, ...]:
    people = {str(size): [] for size in places.SizeClass}
    for line in lines:
        people[line.size_class].append(line.population)
    return tuple(
        SizeShare(str(size), _(size.label), len(people[str(size)]), sum(people[str(size)])) for size in places.SizeClass
    )


def size_words(size: places.SizeClass) -> str:
    """Return a size class with its bounds: ``Kleinstadt, 5.000 bis unter 20.000``."""
    if size.below is None:
        words = _("%(size)s, ab %(least)s")
    elif size.least:
        words = _("%(size)s, %(least)s bis unter %(below)s")
    else:
        words = _("%(size)s, unter %(below)s")
    return words % {"size": _(size.label), "least": whole(size.least), "below": whole(size.below or 0)}


def _word(words: dict, code) -> str:
    return _(words[code]) if code in words else ""


def _float(number) -> float | None:
    return None if number is None else float(number)


def _density(population: int, area_km2) -> int | None:
    return round(population / float(area_km2)) if area_km2 else None


def _land_link(land: Land) -> PlaceLink:
    return PlaceLink(land.code, land.name, "Land", land.path)


def _kreis_link(kreis: Kreis | None) -> PlaceLink | None:
    return None if kreis is None else PlaceLink(kreis.code, kreis.name, kreis.kind, kreis.path)


def _verband_link(verband) -> PlaceLink | None:
    return None if verband is None else PlaceLink(verband.code or "", verband.name, verband.kind, "")


def _municipality_link(municipality: Municipality | None) -> PlaceLink | None:
    if municipality is None:
        return None
    return PlaceLink(municipality.ags, municipality.short_name, municipality.kind, municipality.path)
