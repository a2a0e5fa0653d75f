import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from staffel.base.sheets import FORMULA_SIGNS, as_csv, as_xlsx, harmless

MOMENT = datetime(2026, 11, 25, 11, 30, tzinfo=UTC)


def test_as_csv_speaks_to_german_excel():
    lines = [("Neu-Ulm", 1, 2.5, date(2026, 11, 25), MOMENT, None), ('mit "Zitat"; und Semikolon', 0, 0.0, None, None, None)]

    assert as_csv(["a", "b", "c", "d", "e", "f"], lines).decode("utf-8-sig") == (
        'a;b;c;d;e;f\r\nNeu-Ulm;1;2,5;25.11.2026;25.11.2026 12:30;\r\n"mit ""Zitat""; und Semikolon";0;0,0;;;\r\n'
    )


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_no_cell_is_a_formula(sign):
    assert as_csv(["a"], [(f"{sign}1+1",)]).decode("utf-8-sig").split("\r\n", 1)[1].lstrip('"').startswith("'")


@given(st.text())
def test_harmless_changes_nothing_else(text):
    assert harmless(text) in (text, f"'{text}")


def test_as_xlsx_keeps_text_as_text():
    content = as_xlsx("Liste", ["a", "b", "c"], [("=1+1", "00123", 5), ("https://example.org", None, 2.5)], {"Quelle": "wir"})

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("Liste").to_python() == [
        ["a", "b", "c"],
        ["=1+1", "00123", 5],
        ["https://example.org", "", 2.5],
    ]
    assert book.get_sheet_by_name("Hinweise").to_python() == [["Quelle", "wir"]]


def test_as_xlsx_writes_days_and_moments_in_local_time():
    content = as_xlsx("Liste", ["a", "b"], [(date(2026, 11, 25), MOMENT)])

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Liste").to_python()
    assert rows[1] == [date(2026, 11, 25), datetime(2026, 11, 25, 12, 30)]
