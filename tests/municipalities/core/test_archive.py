import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from staffel.municipalities.core import archive
from staffel.municipalities.core.archive import FileRefused, checked_workbook

SHEET = "xl/worksheets/sheet1.xml"
DAMAGED = "Die XLSX-Datei ist beschädigt oder unvollständig."
TOO_FAR = "Die XLSX-Datei hat mehr als 60 Spalten oder 100.000 Zeilen. Ein Gemeindeverzeichnis ist kleiner."


def workbook(*cells):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for cell in cells:
            sheet.write(cell, f"in {cell}")
    return stream.getvalue()


def packed(parts, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as new:
        for name, content in parts:
            new.writestr(name, content)
    return stream.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return {name: old.read(name) for name in old.namelist()}


def with_sheet(content):
    return packed((parts_of(workbook("A1")) | {SHEET: content}).items())


def refusal_of(content):
    with pytest.raises(FileRefused) as refusal:
        checked_workbook(content)
    return str(refusal.value)


def answer(content):
    """Return None for a file that is kept, else the sentence."""
    try:
        checked_workbook(content)
    except FileRefused as refusal:
        return str(refusal)


def test_checked_workbook_reads_as_before():
    cells = CalamineWorkbook.from_filelike(io.BytesIO(checked_workbook(workbook("A1", "BH3")))).get_sheet_by_index(0)

    table = cells.to_python(skip_empty_area=False)
    assert (table[0][0], table[2][59], len(table)) == ("in A1", "in BH3", 3)


def test_checked_workbook_leaves_out_what_is_no_xml():
    parts = parts_of(workbook("A1"))

    kept = parts_of(checked_workbook(packed((parts | {"xl/media/image1.png": b"\x89PNG"}).items())))

    assert kept == parts


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "A100001", "BI1", "XFD1"])
def test_far_off_cell_is_refused(cell):
    assert refusal_of(workbook("A1", cell)) == TOO_FAR


@pytest.mark.parametrize(
    "sheet",
    [
        b'<worksheet><sheetData><row r="1"><c r="xfd1048576"/></row></sheetData></worksheet>',
        b'<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="BI1"/></x:row></x:sheetData></x:worksheet>',
        b'<worksheet><sheetData><row r="100001"/></sheetData></worksheet>',
        b"<worksheet><sheetData><row>" + b"<c/>" * 61 + b"</row></sheetData></worksheet>",
        b"<worksheet><sheetData>" + b"<row/>" * 100_001 + b"</sheetData></worksheet>",
    ],
    ids=["small letters", "prefix", "row", "unnamed cells", "unnamed rows"],
)
def test_table_that_goes_too_far_is_refused_however_it_is_written(sheet):
    assert refusal_of(with_sheet(sheet)) == TOO_FAR


def test_unnamed_cells_begin_anew_in_each_row():
    rows = b"<row>" + b"<c/>" * 60 + b"</row>"

    assert SHEET in parts_of(checked_workbook(with_sheet(b"<worksheet><sheetData>" + rows * 3 + b"</sheetData></worksheet>")))


def test_doctype_is_refused():
    sheet = b'<!DOCTYPE worksheet [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'

    assert refusal_of(with_sheet(sheet)) == "Die XLSX-Datei enthält eine DOCTYPE-Angabe. Ein Gemeindeverzeichnis hat keine."


def test_workbook_that_unpacks_to_too_much_is_refused():
    bomb = with_sheet(b"<worksheet>" + b" " * archive.MOST_UNPACKED + b"</worksheet>")

    assert len(bomb) < 150_000
    assert refusal_of(bomb) == "Die XLSX-Datei ist ausgepackt zu groß für ein Gemeindeverzeichnis."


def test_size_is_measured_and_not_believed():
    content = with_sheet(b"<worksheet>" + b" " * 5000 + b"</worksheet>")
    declared, smaller = (5023).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert content.count(declared) == 2

    # Python reads no more than was declared, and then finds that the sum of the bytes is another.
    assert refusal_of(content.replace(declared, smaller)) == DAMAGED


@pytest.mark.parametrize(
    "content",
    [
        packed(parts_of(workbook("A1")).items(), zipfile.ZIP_BZIP2),
        packed((f"xl/{number}.xml", b"<a/>") for number in range(201)),
        workbook("A1")[:-300],
        with_sheet(b'<?xml version="1.0" encoding="nothing"?><worksheet/>'),
    ],
    ids=["compression", "parts", "cut off", "encoding"],
)
def test_what_no_program_for_tables_writes_is_refused(content):
    assert refusal_of(content) == DAMAGED


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed([(SHEET, b"<a/>"), (SHEET, b"<b/>")])

    assert refusal_of(content) == DAMAGED


def test_encrypted_part_is_refused():
    content = bytearray(workbook("A1"))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1

    assert refusal_of(bytes(content)) == DAMAGED


@given(st.binary(min_size=1, max_size=20), st.integers(0, 6000))
def test_damaged_archive_is_kept_or_refused_but_never_breaks(noise, position):
    content = workbook("A1")

    sentence = answer(content[:position] + noise + content[position + len(noise) :])

    assert sentence is None or sentence.endswith(".")
