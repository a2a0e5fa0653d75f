"""The register and the funded projects as files: CSV, XLSX and JSON.

The formats themselves are those of ``staffel.ui.tables``.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from staffel.municipalities.core.listing import Funded, Row
from staffel.municipalities.core.places import REGION_TYPES, URBANISATION
from staffel.municipalities.queries.listing import KreisEntry, LandEntry, ProjectLine
from staffel.ui.tables import as_csv, as_xlsx

LICENCE = "https://www.govdata.de/dl-de/by-2-0"


# Municipalities ---------------------------------------------------------------------------------------------------------


def columns() -> list[str]:
    """Return the heads of the table of municipalities."""
    return [
        _("AGS"),
        _("Regionalschlüssel"),
        _("Name"),
        _("Amtlicher Name"),
        _("Zweitsprachiger Name"),
        _("Art"),
        _("Zählt als Kommune"),
        _("Land"),
        _("Kreisschlüssel"),
        _("Kreis"),
        _("Verband"),
        _("Menschen"),
        _("Stand Menschen"),
        _("Größenklasse"),
        _("Fläche in km²"),
        _("Stand Fläche"),
        _("Postleitzahl der Verwaltung"),
        _("Breite"),
        _("Länge"),
        _("Verstädterung"),
        _("Raumtyp (RegioStaR 7)"),
        _("Modellprojekt"),
        _("Kennungen der Modellprojekte"),
        _("Gebietsstand"),
        _("Bestand bis"),
        _("Nachfolgerin"),
    ]


def cells(rows: Iterable[Row]) -> Iterator[tuple]:
    """Yield the cells of each row: text, numbers, dates and None, in the order of ``columns``."""
    words = {code: _(text) for code, text in (REGION_TYPES | URBANISATION).items()}
    ways = {str(way): _(way.label) for way in Funded}
    yes, no = _("ja"), _("nein")
    sizes: dict[str, str] = {}
    for row in rows:
        size = sizes.get(row.size) or sizes.setdefault(row.size, _(row.size.label))
        yield (
            row.ags,
            row.ars,
            row.name,
            row.official_name,
            row.second_name,
            row.kind,
            no if row.uninhabited else yes,
            row.land_name,
            row.kreis,
            row.kreis_words,
            row.verband_name,
            row.population,
            row.dates.population_on,
            "" if row.uninhabited else size,
            row.area_km2,
            row.dates.area_on,
            row.postal_code,
            row.latitude,
            row.longitude,
            words.get(row.urbanisation, ""),
            words.get(row.region_type, ""),
            ways[row.funding[0][0]] if row.funding else ways[Funded.NO],
            " ".join(project for _way, project in row.funding),
            row.dates.register_on,
            row.valid_to,
            row.successor,
        )


def municipalities_csv(rows: Iterable[Row], source: str) -> bytes:
    """Return the rows as CSV with the credit line in the last column, so that it goes with every row."""
    return as_csv([*columns(), _("Quelle")], ((*line, source) for line in cells(rows)))


def municipalities_xlsx(rows: Iterable[Row], source: str) -> bytes:
    """Return the rows as a workbook with a second sheet that says where they come from."""
    return as_xlsx(_("Kommunen"), columns(), cells(rows), {_("Quelle"): source, _("Lizenz"): LICENCE})


def municipality_json(row: Row) -> dict:
    """Return one municipality as the API tells it; the same keys in the same order for every row."""
    dates = row.dates
    return {
        "ags": row.ags,
        "ars": row.ars,
        "name": row.name,
        "official_name": row.official_name,
        "second_name": row.second_name or None,
        "kind": row.kind,
        "counted": not row.uninhabited,
        "land": {"code": row.land, "name": row.land_name},
        "kreis": {"code": row.kreis, "name": row.kreis_name} if row.kreis else None,
        "verband": {"code": row.verband, "name": row.verband_name} if row.verband else None,
        "population": row.population,
        "population_on": _day(dates.population_on),
        "size_class": None if row.uninhabited else row.size.value,
        "area_km2": row.area_km2,
        "area_on": _day(dates.area_on),
        "postal_code": row.postal_code or None,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "position_on": _day(dates.position_on),
        "urbanisation": row.urbanisation or None,
        "urbanisation_on": _day(dates.urbanisation_on),
        "region_type": row.region_type or None,
        "region_type_on": _day(dates.region_type_on),
        "funding": [{"through": way, "project": project} for way, project in row.funding],
        "register_on": _day(dates.register_on),
        "valid_from": _day(row.valid_from),
        "valid_to": _day(row.valid_to),
        "successor": row.successor or None,
        "path": row.path,
    }


def municipalities_json(rows: Iterable[Row], source: str) -> bytes:
    """Return the rows as one JSON object with source and licence."""
    items = [municipality_json(row) for row in rows]
    return as_json({"source": source, "licence": LICENCE, "total": len(items), "items": items})


# Kreise and Länder ------------------------------------------------------------------------------------------------------


def kreis_json(kreis: KreisEntry) -> dict:
    """Return one Kreis as the API tells it."""
    return {
        "code": kreis.code,
        "name": kreis.name,
        "official_name": kreis.official_name,
        "kind": kreis.kind,
        "seat": kreis.seat or None,
        "land": {"code": kreis.land, "name": kreis.land_name},
        "municipalities": kreis.municipalities,
        "population": kreis.population,
        "population_on": _day(kreis.population_on),
        "area_km2": kreis.area_km2,
        "area_on": _day(kreis.area_on),
        "nuts3": kreis.nuts3 or None,
        "latitude": kreis.latitude,
        "longitude": kreis.longitude,
        "deprivation_quintile": kreis.deprivation_quintile,
        "path": kreis.path,
    }


def land_json(land: LandEntry) -> dict:
    """Return one Land as the API tells it."""
    return {
        "code": land.code,
        "name": land.name,
        "iso": land.iso,
        "capital": land.capital,
        "municipalities": land.municipalities,
        "population": land.population,
        "population_on": _day(land.population_on),
        "area_km2": land.area_km2,
        "area_on": _day(land.area_on),
        "path": land.path,
    }


# Funded projects --------------------------------------------------------------------------------------------------------


def project_json(project: ProjectLine) -> dict:
    """Return one funded project as the API tells it."""
    return {
        "code": project.code,
        "name": project.name,
        "year": project.year,
        "category": project.category or None,
        "laender": list(project.laender),
        "members": [member._asdict() | {"path": member.path or None} for member in project.members],
        "source": project.source,
    }


def project_columns() -> list[str]:
    """Return the heads of the table of funded projects, one line for each member."""
    return [
        _("Kennung"),
        _("Projekt"),
        _("Jahr"),
        _("Kategorie"),
        _("Beteiligt"),
        _("Rolle"),
        _("Quelle zum Projekt"),
        _("Quelle zur Beteiligung"),
    ]


def project_cells(projects: Iterable[ProjectLine]) -> Iterator[tuple]:
    """Yield one line for each member of each project."""
    for project in projects:
        head = (project.code, project.name, project.year, project.category)
        for member in project.members:
            yield *head, member.name, member.role, project.source, member.source


def projects_csv(projects: Iterable[ProjectLine]) -> bytes:
    """Return the projects as CSV; both sources stand in each line."""
    return as_csv(project_columns(), project_cells(projects))


def projects_xlsx(projects: Iterable[ProjectLine], source: str) -> bytes:
    """Return the projects as a workbook. Facts from public pages have no licence of ours or of the register."""
    origin = _("Angaben von öffentlichen Seiten. Die Seite steht in jeder Zeile.")
    return as_xlsx(_("Projekte"), project_columns(), project_cells(projects), {_("Quelle"): source, _("Herkunft"): origin})


def projects_json(projects: Iterable[ProjectLine], source: str) -> bytes:
    """Return the projects as one JSON object with its source."""
    items = [project_json(project) for project in projects]
    return as_json({"source": source, "total": len(items), "items": items})


# Formats ----------------------------------------------------------------------------------------------------------------


def as_json(content: dict) -> bytes:
    """Return compact UTF-8 JSON."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
