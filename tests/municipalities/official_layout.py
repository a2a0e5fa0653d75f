"""Files in the layout of the official register, written by us for tests: none of their lines is copied from an official file.

GV100AD after the positions that ``gv100ad-py`` reads, GV-ISys XLSX after ``staffel.municipalities.core.official_file.COLUMNS``.
Both write a ``Snapshot``, so that a test can load, change one thing, and write the file that an office would publish.
"""

import io
from dataclasses import replace
from datetime import date

import xlsxwriter

from staffel.municipalities.core.official_file import COLUMNS, KREIS_KINDS, VERBAND_KINDS
from staffel.municipalities.core.register import Snapshot


def gv100ad(snapshot: Snapshot) -> str:
    """Return ``snapshot`` as GV100AD text with lines of 220 characters."""
    day = f"{snapshot.on:%Y%m%d}"
    lines = []

    def line(record, key, verband, name, *, seat="", kind="", rest=""):
        text = f"{record}{day}{key:<8}{verband:<4}{name[:50]:<50}{seat[:50]:<50}{kind:<2}    {rest}"
        lines.append(f"{text:<220}\r\n")

    for land in sorted({ags[:2] for ags in snapshot.municipalities}):
        line("10", land, "", f"Land {land}", seat="Hauptstadt")
        for code, kreis in sorted(snapshot.kreise.items()):
            if code.startswith(land):
                line("40", code, "", kreis.name, seat=kreis.seat or "", kind=_code(KREIS_KINDS, kreis.kind))
        for code, verband in sorted(snapshot.verbaende.items()):
            if code.startswith(land):
                line("50", code[:5], code[5:], verband.name, seat=verband.seat or "", kind=_code(VERBAND_KINDS, verband.kind))
        for ags, one in sorted(snapshot.municipalities.items()):
            if ags.startswith(land):
                figures = f"{int(one.area_km2 * 100):011}{one.population:011}{one.population // 2:011}    {one.postal_code:<5}"
                line("60", ags, one.ars[5:9], one.name, kind=one.kind_code, rest=figures)
    return "".join(lines)


def workbook(snapshot: Snapshot, *, title: str | None = None, sheet: str = "", note: str = "", codes_as_numbers=False) -> bytes:
    """Return ``snapshot`` as the XLSX file of GV-ISys: a cover sheet, headers in rows 1 to 6, notes below the table."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_numbers": codes_as_numbers}) as book:
        book.add_worksheet("Deckblatt").write(0, 0, "Von Hand für einen Test geschrieben")
        table = book.add_worksheet(sheet or f"Onlineprodukt_Gemeinden{snapshot.on:%d%m%Y}")
        table.write(0, 0, title or f"Alle politisch selbständigen Gemeinden am {snapshot.on:%d.%m.%Y}")
        for column, word in enumerate(COLUMNS):
            table.write(3, column, word)
        number = 6
        for cells in _cells(snapshot):
            table.write_row(number, 0, cells)
            number += 1
        table.write(number + 1, 0, note)
    return stream.getvalue()


def _cells(snapshot: Snapshot):
    for land in sorted({ags[:2] for ags in snapshot.municipalities}):
        yield ["10", "", land, "", "", "", "", f"Land {land}"]
        for code, kreis in sorted(snapshot.kreise.items()):
            if code.startswith(land):
                yield ["40", _code(KREIS_KINDS, kreis.kind), land, code[2], code[3:], "", "", kreis.name]
        for code, verband in sorted(snapshot.verbaende.items()):
            if code.startswith(land):
                kind = _code(VERBAND_KINDS, verband.kind)
                yield ["50", kind, land, code[2], code[3:5], code[5:], "", verband.name]
        for ags, one in sorted(snapshot.municipalities.items()):
            if ags.startswith(land):
                north, east = (f"{part}".replace(".", ",") for part in one.position) if one.position else ("", "")
                keys = ["60", one.kind_code, land, ags[2], ags[3:5], one.ars[5:9], ags[5:], one.name]
                figures = [float(one.area_km2), one.population, one.population // 2, one.population - one.population // 2, 1]
                yield [*keys, *figures, one.postal_code, east, north, "", "", one.urbanisation or "", ""]


def _code(words: dict[str, str], word: str) -> str:
    return next(code for code, known in words.items() if known == word)


def later(snapshot: Snapshot, on: date = date(2026, 3, 31), **levels) -> Snapshot:
    """Return ``snapshot`` as of a later day, with whole levels replaced."""
    return replace(snapshot, on=on, **levels)
