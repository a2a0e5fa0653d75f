"""The audit log as files: CSV, XLSX and JSON."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from staffel.accounts.queries.audit import Line
from staffel.ui.tables import as_csv, as_xlsx

FORMATS = ("csv", "xlsx", "json")


def audit_columns() -> list[str]:
    """Return the heads of the table of the audit log."""
    return [
        _("Position"),
        _("Wann"),
        _("Wer"),
        _("In der Rolle"),
        _("Was"),
        _("Handlung"),
        _("Woran"),
        _("Warum"),
        _("Vorher"),
        _("Nachher"),
        _("Inhalt gelöscht"),
    ]


def audit_cells(lines: Iterable[Line]) -> Iterator[tuple]:
    """Yield the cells of each entry in the order of ``audit_columns``."""
    yes, no = _("ja"), _("nein")
    for line in lines:
        before = "\n".join(f"{what}: {old}" for what, old, _new in line.changes if old)
        after = "\n".join(f"{what}: {new}" for what, _old, new in line.changes if new)
        at = datetime.fromisoformat(line.day)
        facts = (line.who, line.role, line.what, line.action, line.thing, line.why, before, after)
        yield (line.position, at, *facts, yes if line.blanked else no)


def audit_csv(lines: Iterable[Line]) -> bytes:
    """Return the entries as CSV."""
    return as_csv(audit_columns(), audit_cells(lines))


def audit_xlsx(lines: Iterable[Line]) -> bytes:
    """Return the entries as a workbook."""
    return as_xlsx(_("Protokoll"), audit_columns(), audit_cells(lines))


def audit_json(lines: Iterable[Line]) -> bytes:
    """Return the entries as JSON: what a page shows, with the id of each entry and its thing."""
    items = [
        {
            "id": line.public_id,
            "position": line.position,
            "at": line.day,
            "who": line.who,
            "role": line.role,
            "what": line.what,
            "action": line.action,
            "thing": line.thing_key,
            "why": line.why,
            "changes": [{"what": what, "before": old, "after": new} for what, old, new in line.changes],
            "blanked": line.blanked,
        }
        for line in lines
    ]
    return json.dumps({"total": len(items), "items": items}, ensure_ascii=False, separators=(",", ":")).encode()
