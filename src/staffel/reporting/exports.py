"""Figures as files: one line for each number, so that any program can turn them as it likes."""

import json

from django.utils.translation import gettext as _

from staffel.reporting.queries.figures import ExportLine
from staffel.ui.tables import as_csv, as_xlsx

KINDS = {"land": "Land", "size": "Größenklasse", "funded": "Förderung"}


def figures_csv(lines: tuple[ExportLine, ...], remark: str) -> bytes:
    """Return the numbers as CSV with the remark in the last column, so that it goes with every line."""
    return as_csv([*_heads(), _("Hinweis")], [(*cells, remark) for cells in _cells(lines)])


def figures_xlsx(lines: tuple[ExportLine, ...], remark: str) -> bytes:
    """Return the numbers as a workbook with a second sheet that says what they are."""
    return as_xlsx(_("Zahlen"), _heads(), _cells(lines), {_("Hinweis"): remark})


def figures_json(lines: tuple[ExportLine, ...], remark: str) -> bytes:
    """Return the numbers as JSON: ``remark`` and ``items`` with ``group``, ``key``, ``name``, ``counted``, ``number``."""
    items = [
        {"group": line.kind, "key": line.key, "name": line.name, "counted": line.counted, "number": line.number}
        for line in lines
    ]
    return json.dumps({"remark": remark, "total": len(items), "items": items}, ensure_ascii=False).encode()


def _heads() -> list[str]:
    return [_("Merkmal"), _("Schlüssel"), _("Gruppe"), _("Gezählt"), _("Zahl")]


def _cells(lines: tuple[ExportLine, ...]) -> list[tuple]:
    counted = {
        "people": _("Menschen mit Urkunde"),
        "municipalities": _("Erreichte Kommunen"),
        "applications": _("Bewerbungen"),
        "places": _("Teilnahmen"),
        "awards": _("Urkunden"),
    }
    return [(_(KINDS[line.kind]), line.key, line.name, counted[line.counted], line.number) for line in lines]
