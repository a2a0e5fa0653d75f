import csv
import io
from datetime import date

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

    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "text/csv; charset=utf-8",
        'attachment; filename="liste.csv"',
    )
