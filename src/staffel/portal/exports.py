"""The data categories as a file, and a person's own data as JSON."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from staffel.ui.tables import as_csv


def categories_csv(lines: Iterable) -> bytes:
    """Return the data categories as CSV: the core of a record of processing activities (Art. 30 DSGVO)."""
    heads = [_("Bereich"), _("Daten"), _("Wozu"), _("Rechtsgrundlage"), _("Wie lange")]
    return as_csv(heads, ((line.group, line.title, line.purpose, line.basis, line.kept) for line in lines))


def own_data_json(data: dict, at: str) -> bytes:
    """Return what is kept about a person as indented JSON with the moment of the export."""
    return json.dumps({"Stand": at, **data}, ensure_ascii=False, indent=2).encode()
