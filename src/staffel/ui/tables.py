"""Tables as files: CSV and XLSX, for whatever list a person takes along.

CSV is made for German Excel and still easy to read by machines: UTF-8 with a byte order mark, semicolons, decimal comma, CRLF,
quotes as in RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe in front. XLSX keeps keys as
text, so that no leading zero is lost. Cells are text, numbers, days, moments (written in local time) and None.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
# What XLSX allows.
LONGEST_CELL = 32_767
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    Source: OWASP, CSV Injection.

    >>> harmless("=1+1"), harmless("Neu-Ulm")
    ("'=1+1", 'Neu-Ulm')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def as_csv(heads: list[str], lines: Iterable[tuple]) -> bytes:
    """Return the lines as CSV below their heads."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_csv_cell(cell) for cell in line] for line in lines)
    return out.getvalue().encode()


def _csv_cell(cell) -> str | int:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell


def as_xlsx(title: str, heads: list[str], lines: Iterable[tuple], remarks: dict[str, str] | None = None) -> bytes:
    """Return the lines as a workbook with the sheet ``title``; ``remarks`` stand on a second sheet, head by head."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        day, moment = (book.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "dd.mm.yyyy hh:mm"))
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.write_row(0, 0, heads, bold)
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(number, column, cell[:LONGEST_CELL])
                elif isinstance(cell, datetime):
                    sheet.write_datetime(number, column, timezone.localtime(cell).replace(tzinfo=None), moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write_number(number, column, cell)
        if remarks:
            notes = book.add_worksheet(_("Hinweise"))
            notes.set_column(0, 0, 20)
            for number, (head, remark) in enumerate(remarks.items()):
                notes.write_string(number, 0, head, bold)
                notes.write_string(number, 1, remark)
    return out.getvalue()


def file_answer(content: bytes, *, name: str, ending: str) -> HttpResponse:
    """Return ``content`` as a file to download; ``ending`` is ``csv`` or ``xlsx``, ``name`` plain ASCII without ending."""
    return private_file(content, name=f"{name}.{ending}", content_type=CONTENT_TYPES[ending])


def private_file(content: bytes | str, *, name: str, content_type: str, shown: bool = False) -> HttpResponse:
    """Return a file for one person's eyes: no proxy and no browser keeps it. ``shown`` opens it in place of a download."""
    headers = {
        "Content-Disposition": f'{"inline" if shown else "attachment"}; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
