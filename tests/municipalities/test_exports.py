import csv
import io
import json
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from staffel.municipalities import exports
from staffel.municipalities.queries.listing import MemberLine, ProjectLine
from tests.municipalities.core.test_listing import row

SOURCE = "Quelle: Beispiel, Stand 30.11.2025."
ROWS = [
    row("01001001", "=cmd|' /C calc'!A0", area_km2=1234.5, latitude=53.25, longitude=9.5, funding=(("self", "P-1"),)),
    row("12001002", 'Ort; mit "Zeichen"', uninhabited=True, population=0, valid_to=date(2024, 1, 1), successor="12001001"),
]
PROJECT = ProjectLine(
    code="P-1",
    name="Projekt",
    year=2019,
    category="Großstadt",
    source="https://example.org/",
    members=(
        MemberLine("Ort", "/kommunen/12001001/", "Federführung", "https://example.org/"),
        MemberLine("Amt Ort", "", "Partner", "https://example.org/amt"),
    ),
    laender=("12",),
)


def read_csv(content):
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_is_made_for_german_spreadsheets():
    first, second = read_csv(exports.municipalities_csv(ROWS, SOURCE))

    assert (first["AGS"], first["Fläche in km²"], first["Breite"], first["Menschen"]) == (
        "01001001",
        "1234,5",
        "53,25",
        "1000",
    )
    assert (first["Stand Menschen"], first["Gebietsstand"]) == ("2024-12-31", "2025-11-30")
    assert (first["Modellprojekt"], first["Kennungen der Modellprojekte"]) == ("durch ein eigenes Projekt", "P-1")
    assert (second["Name"], second["Zählt als Kommune"], second["Größenklasse"]) == ('Ort; mit "Zeichen"', "nein", "")
    assert (second["Bestand bis"], second["Nachfolgerin"]) == ("2024-01-01", "12001001")
    assert [line["Quelle"] for line in (first, second)] == [SOURCE, SOURCE]


def test_csv_holds_no_formula():
    assert read_csv(exports.municipalities_csv(ROWS, SOURCE))[0]["Name"] == "'=cmd|' /C calc'!A0"


def test_xlsx_keeps_keys_as_text_and_numbers_as_numbers():
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.municipalities_xlsx(ROWS, SOURCE)))
    head, first, second = book.get_sheet_by_name("Kommunen").to_python()
    cells = dict(zip(head, first, strict=True))

    assert book.sheet_names == ["Kommunen", "Hinweise"]
    assert (cells["AGS"], cells["Name"]) == ("01001001", "=cmd|' /C calc'!A0")
    assert (cells["Menschen"], cells["Fläche in km²"], cells["Stand Menschen"]) == (1000, 1234.5, date(2024, 12, 31))
    assert dict(zip(head, second, strict=True))["Größenklasse"] == ""
    assert book.get_sheet_by_name("Hinweise").to_python() == [["Quelle", SOURCE], ["Lizenz", exports.LICENCE]]


def test_json_holds_the_rows_as_the_api_tells_them():
    content = json.loads(exports.municipalities_json(ROWS, SOURCE))

    assert (content["source"], content["total"]) == (SOURCE, 2)
    assert content["items"] == [exports.municipality_json(one) for one in ROWS]
    assert content["items"][1]["size_class"] is None
    assert content["items"][0]["funding"] == [{"through": "self", "project": "P-1"}]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_projects_have_a_line_for_each_member(kind):
    if kind == "csv":
        lines = [list(line.values()) for line in read_csv(exports.projects_csv([PROJECT]))]
        year = "2019"
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(exports.projects_xlsx([PROJECT], SOURCE)))
        lines = book.get_sheet_by_name("Projekte").to_python()[1:]
        year = 2019

    assert lines == [
        ["P-1", "Projekt", year, "Großstadt", "Ort", "Federführung", "https://example.org/", "https://example.org/"],
        ["P-1", "Projekt", year, "Großstadt", "Amt Ort", "Partner", "https://example.org/", "https://example.org/amt"],
    ]


def test_projects_xlsx_claims_no_licence_of_the_register():
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.projects_xlsx([PROJECT], SOURCE)))

    assert book.get_sheet_by_name("Hinweise").to_python() == [
        ["Quelle", SOURCE],
        ["Herkunft", "Angaben von öffentlichen Seiten. Die Seite steht in jeder Zeile."],
    ]


def test_projects_json():
    assert json.loads(exports.projects_json([PROJECT], SOURCE)) == {
        "source": SOURCE,
        "total": 1,
        "items": [
            {
                "code": "P-1",
                "name": "Projekt",
                "year": 2019,
                "category": "Großstadt",
                "laender": ["12"],
                "members": [
                    {
                        "name": "Ort",
                        "path": "/kommunen/12001001/",
                        "role": "Federführung",
                        "source": "https://example.org/",
                    },
                    {"name": "Amt Ort", "path": None, "role": "Partner", "source": "https://example.org/amt"},
                ],
                "source": "https://example.org/",
            }
        ],
    }
