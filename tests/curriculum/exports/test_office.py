"""A unit as ODT and DOCX: structure, language, alternative texts; and nothing reached from inside a text."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from lxml import etree

from staffel.curriculum.core.content import Whole
from staffel.curriculum.exports import office
from staffel.curriculum.exports.office import ConversionFailed, unit_document
from staffel.ui import typesetting
from tests.curriculum.generated import generated

RELEASE = {"office": "Programmbüro", "digest": "ab" * 32, "released_at": datetime(2026, 11, 25, 9, tzinfo=UTC)}
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

needs_fonts = pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`")


def part(document: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(document)) as file:
        return etree.fromstring(file.read(name))


@needs_fonts
@pytest.mark.parametrize("form", ["odt", "docx"])
def test_the_same_unit_gives_the_same_bytes(form):
    source = generated(2)

    assert unit_document(source, source.outline.units[0], form, **RELEASE) == unit_document(
        source, source.outline.units[0], form, **RELEASE
    )


@needs_fonts
def test_odt_has_headings_in_order_table_heads_and_alternative_texts():
    source = generated(2)
    unit = source.units[source.outline.units[0]]
    content = part(unit_document(source, unit.key, "odt", **RELEASE), "content.xml")
    levels = [int(heading.get(f"{TEXT}outline-level")) for heading in content.iter(f"{TEXT}h")]
    tables = list(content.iter(f"{TABLE}table"))

    assert levels[0] == 2
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert [table for table in tables if table.find(f"{TABLE}table-header-rows") is None] == []
    assert {"".join(each.itertext()) for each in content.iter(f"{SVG}title", f"{SVG}desc")} >= {
        material.alt for material in unit.materials if material.alt and material.file in unit.handout
    }


@needs_fonts
def test_odt_is_a4_with_tables_and_pictures_as_wide_as_the_text():
    source = generated(2)
    document = unit_document(source, source.outline.units[0], "odt", **RELEASE)
    layouts = [
        {name.split("}")[1]: value for name, value in each.attrib.items() if "}page-" in name}
        for each in part(document, "styles.xml").iter(f"{STYLE}page-layout-properties")
        if each.get(f"{FO}page-width")
    ]
    content = part(document, "content.xml")
    widths = [each.get(f"{STYLE}rel-column-width") for each in content.iter(f"{STYLE}table-column-properties")]
    pictures = [float(each.get(f"{SVG}width").removesuffix("pt")) for each in content.iter(f"{DRAW}frame")]

    assert layouts == [{"page-height": "297mm", "page-width": "210mm"}]
    assert None not in widths
    assert widths
    assert pictures
    assert max(pictures) <= 451


@needs_fonts
def test_docx_is_a4_and_says_how_wide_columns_are():
    source = generated(2)
    document = part(unit_document(source, source.outline.units[0], "docx", **RELEASE), "word/document.xml")
    paper = document.find(f".//{W}sectPr/{W}pgSz")
    tables = [[int(column.get(f"{W}w")) for column in grid] for grid in document.iter(f"{W}tblGrid")]

    assert {name.removeprefix(W): value for name, value in paper.attrib.items()} == {"w": "11906", "h": "16838"}
    assert [sum(widths) for widths in tables if not 7850 < sum(widths) <= 7920] == []
    assert tables


@needs_fonts
def test_docx_names_title_author_and_language():
    source = generated(2)
    key = source.outline.units[0]
    core = part(unit_document(source, key, "docx", **RELEASE), "docProps/core.xml")
    words = {etree.QName(element).localname: element.text for element in core}

    assert (words["title"], words["creator"], words["language"]) == (source.units[key].title, "Programmbüro", "de")


@needs_fonts
def test_a_text_reaches_no_file():
    source = generated(2)
    key = source.outline.units[0]
    unit = replace(
        source.units[key], summary='<img src="/etc/passwd"> [da](file:///etc/passwd)', materials=(), handout="", guide=""
    )

    document = unit_document(Whole(source.outline, source.units | {key: unit}), key, "odt", **RELEASE)

    assert b"root:" not in b"".join(zipfile.ZipFile(io.BytesIO(document)).read(name) for name in ("content.xml", "meta.xml"))
    assert [name for name in zipfile.ZipFile(io.BytesIO(document)).namelist() if name.startswith("Pictures/")] == []


@needs_fonts
def test_a_converter_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 0.001)
    source = generated(2)

    with pytest.raises(ConversionFailed, match="pandoc took more than"):
        unit_document(source, source.outline.units[0], "odt", **RELEASE)


def test_another_form_is_refused():
    source = generated(2)

    with pytest.raises(ValueError, match="got 'rtf'"):
        unit_document(source, source.outline.units[0], "rtf", **RELEASE)
