import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from staffel.ui import tables

HEADS = ["Name", "Zahl"]


@given(st.text(max_size=20))
def test_harmless_text_never_begins_with_a_formula_sign(text):
    assert not tables.harmless(text).startswith(tables.FORMULA_SIGNS)
    assert tables.harmless(text).endswith(text)


def test_csv_is_read_back_with_no_formula():
    content = tables.as_csv(HEADS, [("=1+1", 1.5), ('mit "Zeichen"; und', None)]).decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content), delimiter=";")) == [HEADS, ["'=1+1", "1,5"], ['mit "Zeichen"; und', ""]]


@pytest.mark.parametrize("remarks, sheets", [(None, ["Liste"]), ({"Quelle": "Beispiel"}, ["Liste", "Hinweise"])])
def test_xlsx_is_read_back_with_types(remarks, sheets):
    lines = [("01", 7), ("=1+1", None), ("Tag", date(2026, 1, 2))]
    book = CalamineWorkbook.from_filelike(io.BytesIO(tables.as_xlsx("Liste", HEADS, lines, remarks)))

    assert book.sheet_names == sheets
    assert book.get_sheet_by_name("Liste").to_python() == [HEADS, ["01", 7.0], ["=1+1", ""], ["Tag", date(2026, 1, 2)]]


def test_file_answer_is_a_download():
    answer = tables.file_answer(b"x", name="liste", ending="csv")

    assert (answer["Content-Type"], answer["Content-Disposition"], answer["Cache-Control"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="liste.csv"',
        "private, no-store",
    )


def test_private_file_can_be_shown_and_is_kept_nowhere():
    answer = tables.private_file(b"x", name="urkunde.pdf", content_type="application/pdf", shown=True)

    assert (answer["Content-Type"], answer["Content-Disposition"], answer["Cache-Control"]) == (
        "application/pdf",
        'inline; filename="urkunde.pdf"',
        "private, no-store",
    )


MOMENT = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)


def test_as_csv_speaks_to_german_excel():
    lines = [("Neu-Ulm", 1, 2.5, date(2026, 11, 25), MOMENT, None), ('mit "Zitat"; und Semikolon', 0, 0.0, None, None, None)]

    assert tables.as_csv(["a", "b", "c", "d", "e", "f"], lines).decode("utf-8-sig") == (
        'a;b;c;d;e;f\r\nNeu-Ulm;1;2,5;2026-11-25;2026-11-25 12:30;\r\n"mit ""Zitat""; und Semikolon";0;0,0;;;\r\n'
    )


@pytest.mark.parametrize("sign", tables.FORMULA_SIGNS)
def test_no_cell_is_a_formula(sign):
    assert tables.as_csv(["a"], [(f"{sign}1+1",)]).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'")


def test_as_xlsx_keeps_text_as_text():
    content = tables.as_xlsx(
        "Liste", ["a", "b", "c"], [("=1+1", "00123", 5), ("https://example.org", None, 2.5)], {"Quelle": "wir"}
    )

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("Liste").to_python() == [
        ["a", "b", "c"],
        ["=1+1", "00123", 5],
        ["https://example.org", "", 2.5],
    ]
    assert book.get_sheet_by_name("Hinweise").to_python() == [["Quelle", "wir"]]


def test_as_xlsx_writes_days_and_moments_in_local_time():
    content = tables.as_xlsx("Liste", ["a", "b"], [(date(2026, 11, 25), MOMENT)])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Liste").to_python()
    assert rows[1] == [date(2026, 11, 25), datetime(2026, 11, 25, 12, 30)]
