"""Tables as files: CSV for German Excel that machines still read, and XLSX; no cell is ever taken for a formula.

CSV is UTF-8 with a byte order mark, semicolons, decimal comma, CRLF, quotes as in RFC 4180; a cell that a spreadsheet would
take for a formula gets an apostrophe in front. Cells are text, numbers, days, moments (written in local time) and None.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import xlsxwriter
from django.utils import timezone

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Source: OWASP, CSV Injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula.

    >>> harmless("=1+1"), harmless("Neu-Ulm")
    ("'=1+1", 'Neu-Ulm')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def as_csv(heads: Sequence[str], lines: Iterable[Sequence]) -> bytes:
    """Return the lines as CSV below their heads."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue().encode()


def as_xlsx(title: str, heads: Sequence[str], lines: Iterable[Sequence], remarks: Mapping[str, str] | None = None) -> bytes:
    """Return the lines as a workbook with the sheet ``title``; ``remarks`` go to a second sheet, "Hinweise"."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet = book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(heads) - 1, 18)
        sheet.write_row(0, 0, heads, bold)
        for row, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                if isinstance(value, str):
                    sheet.write_string(row, column, value[:32_767])
                elif isinstance(value, datetime):
                    sheet.write_datetime(row, column, timezone.localtime(value).replace(tzinfo=None), moment)
                elif isinstance(value, date):
                    sheet.write_datetime(row, column, value, day)
                elif value is not None:
                    sheet.write_number(row, column, value)
        if remarks:
            notes = book.add_worksheet("Hinweise")
            notes.set_column(0, 0, 20)
            for row, (head, remark) in enumerate(remarks.items()):
                notes.write_string(row, 0, head, bold)
                notes.write_string(row, 1, remark)
    return out.getvalue()


def _cell(value) -> str | int:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, float):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return "" if value is None else value
