import io
import json

from python_calamine import CalamineWorkbook

from staffel.reporting import exports
from staffel.reporting.queries.figures import ExportLine

LINES = (ExportLine("land", "08", "Baden-Württemberg", "people", 3), ExportLine("funded", "yes", "gefördert", "awards", 0))


def test_csv_says_in_each_line_what_it_is():
    assert exports.figures_csv(LINES, "Ein Hinweis.").decode("utf-8-sig").splitlines() == [
        "Merkmal;Schlüssel;Gruppe;Gezählt;Zahl;Hinweis",
        "Land;08;Baden-Württemberg;Menschen mit Urkunde;3;Ein Hinweis.",
        "Förderung;yes;gefördert;Urkunden;0;Ein Hinweis.",
    ]


def test_xlsx_keeps_keys_as_text_and_numbers_as_numbers():
    book = CalamineWorkbook.from_filelike(io.BytesIO(exports.figures_xlsx(LINES, "Ein Hinweis.")))

    assert book.get_sheet_by_name("Zahlen").to_python()[1] == ["Land", "08", "Baden-Württemberg", "Menschen mit Urkunde", 3.0]
    assert book.get_sheet_by_name("Hinweise").to_python() == [["Hinweis", "Ein Hinweis."]]


def test_json_has_one_object_for_each_number():
    assert json.loads(exports.figures_json(LINES[:1], "Ein Hinweis.")) == {
        "remark": "Ein Hinweis.",
        "total": 1,
        "items": [{"group": "land", "key": "08", "name": "Baden-Württemberg", "counted": "people", "number": 3}],
    }
