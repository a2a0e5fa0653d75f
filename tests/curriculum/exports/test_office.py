"""A unit and the template of its task as ODT and DOCX: in the style of the house, accessible, and the same each time."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from staffel.curriculum.core.__main__ import Folder
from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.reader import FromFiles
from staffel.curriculum.exports.office import form_document, has_form, unit_document
from staffel.ui import typesetting
from tests.curriculum.exports.access import DRAW, FO, STYLE, SVG, TABLE, TEXT, WP, A, R, W, findings, part
from tests.curriculum.generated import generated

RELEASE = {"office": "Programmbüro", "released_at": datetime(2026, 11, 25, 9, tzinfo=UTC)}
UNIT = RELEASE | {"digest": "ab" * 32}
OURS = FromFiles(Folder(Path(__file__).parents[3] / "programmes" / "smart-city-manager"))
HINT = "Zum Ausfüllen: Ersetzen Sie jedes „…“ durch Ihren Text. Zeilen dürfen Sie ergänzen und streichen."
TEMPLATE = """\
## Das Ziel

…

## Der Plan

- **Titel:** …
- **Beleg?** … Woher: …

| Wer | |
| --- | --- |
| Amt | … |
| Rat | |

Gefragt auf diesem Weg: … Antwort: …

Anruf am: …

1. …
"""

needs_fonts = pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`")
both = pytest.mark.parametrize("form", ["odt", "docx"])


def with_template(template):
    source = generated(2)
    key = source.outline.units[0]
    unit = source.unit(key)
    return Whole(
        source.outline, source.units | {key: replace(unit, task=replace(unit.task, template=template))}, source.files
    ), key


def with_unit(**changes):
    source = generated(2)
    key = source.outline.units[0]
    return Whole(source.outline, source.units | {key: replace(source.unit(key), **changes)}, source.files), key


def words_of(document):
    name = "content.xml" if "content.xml" in zipfile.ZipFile(io.BytesIO(document)).namelist() else "word/document.xml"
    paragraphs = part(document, name).iter(f"{TEXT}p", f"{TEXT}h", f"{W}p")
    return [" / ".join("".join(each.itertext()).split("\n")) for each in paragraphs]


# Accessible -------------------------------------------------------------------------------------------------------------


@needs_fonts
@both
def test_a_unit_has_nothing_that_a_checker_finds(form):
    source = generated(2)

    assert findings(unit_document(source, source.outline.units[0], form, **UNIT)) == []


@both
@pytest.mark.parametrize("key", OURS.outline.units)
def test_our_templates_have_nothing_that_a_checker_finds(form, key):
    assert findings(form_document(OURS, key, form, **RELEASE)) == []


def changed(document, name, *replacements):
    """Return the document with words of one part replaced, each of which is there."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as before, zipfile.ZipFile(result, "w") as after:
        for entry in before.infolist():
            content = before.read(entry).decode("utf-8", "surrogateescape")
            for old, new in replacements if entry.filename == name else ():
                assert old in content
                content = content.replace(old, new)
            after.writestr(entry, content.encode("utf-8", "surrogateescape"))
    return result.getvalue()


@pytest.mark.parametrize(
    ("form", "name", "old", "new", "found"),
    [
        ("odt", "meta.xml", "<dc:title>Plan</dc:title>", "", "no title"),
        ("odt", "styles.xml", 'fo:language="de"', 'fo:language="none"', "no language"),
        ("odt", "content.xml", 'text:outline-level="1"', 'text:outline-level="2"', "gap in headings"),
        ("odt", "content.xml", "table:table-header-rows", "table:table-rows", "no head"),
        ("odt", "content.xml", HINT, "", "empty paragraph"),
        ("odt", "content.xml", ">Amt<", ">Amt ____<", "looks like a field"),
        ("odt", "styles.xml", 'fo:color="#4b5163"', 'fo:color="#aaaaaa"', "contrast of #aaaaaa on #ffffff"),
        ("docx", "docProps/core.xml", "<dc:title>Plan</dc:title>", "", "no title"),
        ("docx", "word/styles.xml", '<w:lang w:val="de-DE"', '<w:lang w:val=""', "no language"),
        ("docx", "word/document.xml", 'w:val="Heading1"', 'w:val="Heading2"', "gap in headings"),
        ("docx", "word/document.xml", "<w:tblHeader/>", "", "no head"),
        ("docx", "word/document.xml", HINT, "", "empty paragraph"),
        ("docx", "word/document.xml", ">Amt<", ">Amt ....<", "looks like a field"),
        ("docx", "word/styles.xml", '<w:color w:val="4B5163"/>', '<w:color w:val="AAAAAA"/>', "contrast of #AAAAAA on #ffffff"),
    ],
)
def test_the_checker_finds_what_is_broken(form, name, old, new, found):
    source, key = with_template(TEMPLATE)
    unit = source.unit(key)
    source = Whole(source.outline, source.units | {key: replace(unit, task=replace(unit.task, title="Plan"))}, source.files)
    document = form_document(source, key, form, **RELEASE)

    assert (findings(document), set(findings(changed(document, name, (old, new))))) == ([], {found})


# Words and looks ----------------------------------------------------------------------------------------------------------


@both
def test_a_template_becomes_something_to_write_in(form):
    source, key = with_template(TEMPLATE)
    unit, outline = source.unit(key), source.outline
    words = words_of(form_document(source, key, form, **RELEASE))

    assert words == [
        f"Vorlage · {outline.title} {outline.version}",
        unit.task.title,
        HINT,
        "Das Ziel",
        "…",
        "Der Plan",
        *("Feld", "Eintrag", "Titel", "…", "Beleg?", "…Woher: …"),
        "Dazu:",
        *("Wer", "Feld", "Amt", "…", "Rat", "…"),
        "Dazu:",
        *("Feld", "Eintrag", "Gefragt auf diesem Weg", "…", "Antwort", "…"),
        "Anruf am: …",
        "…",
        f"Vorlage zu „{unit.title}“, {outline.title} {outline.version}. Programmbüro, Lizenz {outline.licence}: "
        "Sie dürfen sie ändern.",
    ]


def test_a_sentence_with_places_in_it_stays_a_sentence():
    source, key = with_template("Wir brauchen …, um … zu tun.\n\n- **Wer:** Amt\n- ohne Namen")
    words = words_of(form_document(source, key, "odt", **RELEASE))

    assert words[3:-1] == ["Wir brauchen …, um … zu tun.", "Wer: Amt", "ohne Namen"]


@both
def test_a_unit_without_template_has_no_form(form):
    source, key = with_unit(task=None)
    without, other = with_template("")

    assert (has_form(source, key), has_form(without, other), has_form(generated(2), key)) == (False, False, True)
    with pytest.raises(ValueError, match="has no template"):
        form_document(source, key, form, **RELEASE)


@needs_fonts
@both
def test_the_same_unit_gives_the_same_bytes(form):
    source = generated(2)
    key = source.outline.units[0]

    assert unit_document(source, key, form, **UNIT) == unit_document(source, key, form, **UNIT)
    assert form_document(source, key, form, **RELEASE) == form_document(source, key, form, **RELEASE)


@needs_fonts
def test_odt_is_a4_with_tables_and_pictures_as_wide_as_the_text():
    source = generated(2)
    unit = source.unit(source.outline.units[0])
    document = unit_document(source, unit.key, "odt", **UNIT)
    content, layout = part(document, "content.xml"), next(part(document, "styles.xml").iter(f"{STYLE}page-layout-properties"))
    paper = (layout.get(f"{FO}page-width"), layout.get(f"{FO}page-height"))
    widths = {}
    for column in content.iter(f"{STYLE}style"):
        if column.get(f"{STYLE}family") == "table-column":
            width = column.find(f"{STYLE}table-column-properties").get(f"{STYLE}column-width")
            table = column.get(f"{STYLE}name").split(".")[0]
            widths[table] = widths.get(table, 0) + float(width.removesuffix("mm"))
    pictures = [float(frame.get(f"{SVG}width").removesuffix("mm")) for frame in content.iter(f"{DRAW}frame")]
    words = {desc.text for desc in content.iter(f"{SVG}desc")}

    assert paper == ("210mm", "297mm")
    assert {round(width) for width in widths.values()} == {166}
    assert max(pictures) <= 166
    assert words == {each.alt for each in unit.materials if each.alt and each.file in unit.handout}


@needs_fonts
def test_docx_is_a4_with_tables_and_pictures_as_wide_as_the_text():
    source = generated(2)
    unit = source.unit(source.outline.units[0])
    document = part(unit_document(source, unit.key, "docx", **UNIT), "word/document.xml")
    paper = document.find(f".//{W}sectPr/{W}pgSz")
    tables = [sum(int(column.get(f"{W}w")) for column in grid) for grid in document.iter(f"{W}tblGrid")]
    pictures = [int(each.get("cx")) / 36_000 for each in document.iter(f"{WP}extent")]

    assert {name.removeprefix(W): value for name, value in paper.attrib.items()} == {"w": "11906", "h": "16838"}
    assert [width for width in tables if abs(width - 9411) > 3] == []
    assert (len(tables) > 0, max(pictures) <= 166) == (True, True)
    assert {each.get("descr") for each in document.iter(f"{WP}docPr")} == {
        each.alt for each in unit.materials if each.alt and each.file in unit.handout
    }


@needs_fonts
def test_docx_names_title_author_and_language():
    source = generated(2)
    key = source.outline.units[0]
    core = part(unit_document(source, key, "docx", **UNIT), "docProps/core.xml")
    words = {etree.QName(element).localname: element.text for element in core}

    assert (words["title"], words["creator"], words["language"]) == (source.units[key].title, "Programmbüro", "de")


# In the order of the standard (ECMA-376, part 1, annex A); Word refuses what stands in another.
ORDERS = {
    "pPr": [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "numPr",
        "pBdr",
        "shd",
        "tabs",
        "spacing",
        "ind",
        "outlineLvl",
    ],
    "rPr": ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "sz", "szCs", "u", "lang"],
    "tblPr": ["tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook", "tblCaption"],
    "style": ["name", "basedOn", "next", "semiHidden", "qFormat", "pPr", "rPr", "tblPr", "tblStylePr"],
    "lvl": ["start", "numFmt", "lvlText", "lvlJc", "pPr", "rPr"],
    "sectPr": ["footerReference", "pgSz", "pgMar"],
    "tbl": ["tblPr", "tblGrid", "tr"],
    "numbering": ["abstractNum", "num"],
}


@needs_fonts
def test_docx_has_its_elements_in_the_order_of_the_standard():
    source = generated(2)
    document = unit_document(source, source.outline.units[0], "docx", **UNIT)
    seen = set()
    for name in ("document", "styles", "numbering", "footer"):
        for element in part(document, f"word/{name}.xml").iter(*(f"{W}{name}" for name in ORDERS)):
            kind = etree.QName(element).localname
            inside = [ORDERS[kind].index(etree.QName(each).localname) for each in element]
            assert inside == sorted(inside), etree.tostring(element)
            seen.add(kind)

    assert seen == set(ORDERS)


@needs_fonts
def test_docx_names_only_styles_and_parts_that_it_has():
    source = generated(2)
    document = unit_document(source, source.outline.units[0], "docx", **UNIT)
    content = part(document, "word/document.xml")
    relations = {each.get("Id"): each for each in part(document, "word/_rels/document.xml.rels")}
    styles = {style.get(f"{W}styleId") for style in part(document, "word/styles.xml").iter(f"{W}style")}
    numbers = {number.get(f"{W}numId") for number in part(document, "word/numbering.xml").iter(f"{W}num")}
    inside = {f"word/{each.get('Target')}" for each in relations.values() if each.get("TargetMode") != "External"}
    used = {each.get(f"{W}val") for each in content.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    asked = {value for each in content.iter() for name, value in each.attrib.items() if name.startswith(R)}
    files = zipfile.ZipFile(io.BytesIO(document)).namelist()

    assert used - styles == set()
    assert {each.get(f"{W}val") for each in content.iter(f"{W}numId")} - numbers == set()
    assert asked - set(relations) == set()
    assert (inside - set(files), len(files), next(content.iter(f"{A}blip"), None) is None) == (set(), len(set(files)), False)


@needs_fonts
def test_odt_names_only_styles_that_it_has():
    source = generated(2)
    document = unit_document(source, source.outline.units[0], "odt", **UNIT)
    content, styles = part(document, "content.xml"), part(document, "styles.xml")
    there = {each.get(f"{STYLE}name") for root in (content, styles) for each in root.iter() if each.get(f"{STYLE}name")}
    used = {
        value
        for each in content.iter()
        for name, value in each.attrib.items()
        if name.endswith("style-name") and not name.endswith("visited-style-name")
    }
    names = [table.get(f"{TABLE}name") for table in content.iter(f"{TABLE}table")]

    assert used - there == set()
    assert len(names) == len(set(names))


@both
def test_numbers_begin_where_the_text_says_and_anew_in_each_list(form):
    source, key = with_template("3. drei\n4. vier\n\nZwischen\n\n1. eins\n   1. innen")
    document = form_document(source, key, form, **RELEASE)

    if form == "odt":
        content = part(document, "content.xml")
        assert [each.get(f"{TEXT}start-value") for each in content.iter(f"{TEXT}list-item")] == ["3", None, None, None]
        return
    numbering = part(document, "word/numbering.xml")
    starts = [(each.get(f"{W}ilvl"), each[0].get(f"{W}val")) for each in numbering.iter(f"{W}lvlOverride")]
    lists = [each.get(f"{W}val") for each in part(document, "word/document.xml").iter(f"{W}numId")]
    assert (starts, lists) == ([("0", "3"), ("0", "1"), ("1", "1")], ["2", "2", "3", "4"])


@both
def test_words_with_several_marks_have_a_style_with_a_name(form):
    source, key = with_template("[***`Titel`***](https://www.beispiel.example/)\n\n| Wer |\n| --- |\n| **Amt** |")
    document = form_document(source, key, form, **RELEASE)

    assert findings(document) == []
    if form == "docx":
        (name,) = {each.get(f"{W}val") for each in part(document, "word/document.xml").iter(f"{W}rStyle")}
        style = next(each for each in part(document, "word/styles.xml").iter(f"{W}style") if each.get(f"{W}styleId") == name)
        looks = [etree.QName(each).localname for each in style.find(f"{W}rPr")]
        assert (name, looks) == (
            "SourceTextStrongEmphasisHyperlink",
            ["rFonts", "b", "bCs", "i", "iCs", "color", "sz", "szCs", "u"],
        )
        assert [ORDERS["rPr"].index(look) for look in looks] == sorted(ORDERS["rPr"].index(look) for look in looks)


@both
def test_signs_that_xml_cannot_carry_are_left_out(form):
    source, key = with_template("Eins\x0bzwei \ufffe & <b>")

    assert words_of(form_document(source, key, form, **RELEASE))[3] == "Einszwei  & <b>"


@needs_fonts
@both
def test_a_text_reaches_no_file(form):
    source, key = with_unit(summary='<img src="/etc/passwd"> [da](file:///etc/passwd)', materials=(), handout="", guide="")
    document = unit_document(source, key, form, **UNIT)
    file = zipfile.ZipFile(io.BytesIO(document))

    assert b"root:" not in b"".join(file.read(name) for name in file.namelist())
    assert [name for name in file.namelist() if "media/" in name or name.startswith("Pictures/")] == []
    content = part(document, "content.xml" if form == "odt" else "word/document.xml")
    assert [each for each in content.iter() if "file:" in str(each.attrib)] == []


def test_another_form_is_refused():
    source = generated(2)

    with pytest.raises(ValueError, match="got 'rtf'"):
        unit_document(source, source.outline.units[0], "rtf", **UNIT)
    with pytest.raises(ValueError, match="got 'rtf'"):
        form_document(source, source.outline.units[0], "rtf", **RELEASE)
