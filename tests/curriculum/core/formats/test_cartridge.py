import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from lxml import html as parse_html

from staffel.curriculum.core.content import ItemKind, Whole
from staffel.curriculum.core.formats import cartridge
from staffel.curriculum.core.formats.markup import resolve
from staffel.curriculum.core.package.writer import write_zip
from tests.curriculum.core.formats.samples import files_in, html
from tests.curriculum.generated import Generated, generated

BOTH = pytest.mark.parametrize("version", [cartridge.V1_1, cartridge.V1_3], ids=["1.1", "1.3"])


def manifest_of(files):
    root = etree.fromstring(files["imsmanifest.xml"])
    return root, {"m": etree.QName(root).namespace, "w": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


def tree(item, names):
    """Return the titles below an item as nested pairs."""
    return [(each.findtext("m:title", namespaces=names), tree(each, names)) for each in item.findall("m:item", names)]


def test_moodle_finds_the_namespace_of_1_1_in_the_first_500_bytes():
    manifest = files_in(cartridge.files(generated(2), html, cartridge.V1_1))["imsmanifest.xml"]

    assert b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' in manifest[:500]


@BOTH
def test_files_show_modules_and_units_as_the_receivers_do(version):
    source = generated(3)
    files = files_in(cartridge.files(source, html, version))
    root, names = manifest_of(files)

    top = root.find("m:organizations/m:organization/m:item", names)
    units = [source.units[key] for key in source.outline.units]
    assert top.find("m:title", names) is None
    shown = tree(top, names)
    assert [title for title, _ in shown] == ["Über dieses Programm", *(m.title for m in source.outline.modules), "Für Lehrende"]
    assert [title for title, _ in shown[1][1]] == [
        f"Überblick: {source.outline.modules[0].title}",
        *(u.title for u in units[:2]),
    ]
    first = units[0].title
    parts = ["Überblick", "Handreichung", "Übungen", "Transferaufgabe", "Quiz", "Weitere Fragen"]
    assert shown[1][1][1][1] == [
        *((f"{part}: {first}", []) for part in parts), ("Stufen des Ausbaus", []), ("Vorlage", []), ("Film", [])
    ]  # fmt: skip
    assert shown[-1][1] == [(f"Leitfaden: {unit.title}", []) for unit in units]


def seen_in_moodle(root, names):
    """Return sections as (summary, what is in them), each thing as (kind, title, indent): what Moodle's reader makes.

    Source: create_instances and create_node_course_sections_section of backup/cc/cc2moodle.php, Moodle 2.3 to 5.1.
    """
    kinds = {each.get("identifier"): each.get("type") for each in root.iterfind(".//m:resource", names)}

    def within(item, depth):
        for each in item.findall("m:item", names):
            kind = kinds.get(each.get("identifierref"), "label")
            yield kind.partition("/")[0], each.findtext("m:title", namespaces=names), depth - 3
            yield from within(each, depth + 1)

    (top,) = root.findall("m:organizations/m:organization/m:item", names)
    return [(each.findtext("m:title", namespaces=names), list(within(each, 3))) for each in top.findall("m:item", names)]


def test_moodle_shows_modules_as_sections_and_units_as_labels_above_their_content():
    source = generated(2)
    sections = seen_in_moodle(*manifest_of(files_in(cartridge.files(source, html, cartridge.V1_1))))

    first = source.units["einheit-1"].title
    # The first section is the one at the top, without a number: modules begin with section 1.
    assert [summary for summary, _ in sections] == [
        "Über dieses Programm", source.outline.modules[0].title, source.outline.modules[1].title, "Für Lehrende"
    ]  # fmt: skip
    assert sections[1][1] == [
        ("webcontent", f"Überblick: {source.outline.modules[0].title}", 0),
        ("label", first, 0),
        ("webcontent", f"Überblick: {first}", 1),
        ("webcontent", f"Handreichung: {first}", 1),
        ("webcontent", f"Übungen: {first}", 1),
        ("webcontent", f"Transferaufgabe: {first}", 1),
        ("imsqti_xmlv1p2", f"Quiz: {first}", 1),
        ("webcontent", f"Weitere Fragen: {first}", 1),
        ("webcontent", "Stufen des Ausbaus", 1),
        ("webcontent", "Vorlage", 1),
        ("imswl_xmlv1p1", "Film", 1),
    ]


@BOTH
def test_manifest_keeps_the_rules_of_its_schema(version):
    files = files_in(cartridge.files(generated(3), html, version))
    root, names = manifest_of(files)

    resources = {each.get("identifier"): each for each in root.iterfind(".//m:resource", names)}
    identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert all(etree.QName(f"x{each}") and each[0].isalpha() for each in identifiers)
    listed = set()
    for resource in resources.values():
        hrefs = [each.get("href") for each in resource.iterfind("m:file", names)]
        assert len(hrefs) == 1
        assert hrefs[0] in files
        listed.add(hrefs[0])
        # Links and quizzes have no address of their own, pages and files have that of their file.
        assert resource.get("href") == (hrefs[0] if resource.get("type") == "webcontent" else None)
        needed = [each.get("identifierref") for each in resource.iterfind("m:dependency", names)]
        assert len(set(needed)) == len(needed)
        assert all(resources[each].get("type") == "webcontent" and each.startswith("file.") for each in needed)
    assert listed | {"imsmanifest.xml"} == set(files)
    for item in root.iterfind(".//m:item[@identifierref]", names):
        assert item.get("identifierref") in resources
        assert item.find("m:item", names) is None


@BOTH
def test_every_page_leads_to_files_that_are_there_and_names_them(version):
    files = files_in(cartridge.files(generated(3), html, version))
    root, names = manifest_of(files)

    needed = {}
    for resource in root.iterfind(".//m:resource", names):
        path = resource.find("m:file", names).get("href")
        needed[path] = {
            root.find(f".//m:resource[@identifier='{each.get('identifierref')}']/m:file", names).get("href")
            for each in resource.iterfind("m:dependency", names)
        }
    for path, content in files.items():
        if path.endswith(".html"):
            page = parse_html.fromstring(content)
            inside = [each for _, _, each, _ in page.iterlinks() if "://" not in each]
            assert {resolve(path, each) for each in inside} == needed[path]
    assert needed["pages/einheit-1/handout.html"] == {"files/einheit-1/stufen.svg", "files/einheit-1/vorlage.txt"}


@BOTH
def test_guides_are_for_instructors_and_nothing_else_is(version):
    files = files_in(cartridge.files(generated(2), html, version))
    root, names = manifest_of(files)

    for resource in root.iterfind(".//m:resource", names):
        of_guide = resource.get("identifier").endswith(".guide")
        roles = [each.text for each in resource.iter() if etree.QName(each).localname == "value"]
        sources = [each.text for each in resource.iter() if etree.QName(each).localname == "source"]
        assert (roles, sources) == (["Instructor"], [f"IMSGLC_CC_Roles{version.point}"]) if of_guide else ([], [])
        assert (resource.get("intendeduse") == "lessonplan") == of_guide


@BOTH
def test_manifest_says_title_language_and_rights(version):
    files = files_in(cartridge.files(generated(2), html, version))
    root, names = manifest_of(files)

    lom = f"{{{version.lom}}}"
    general = root.find(f"m:metadata/{lom}lom/{lom}general", names)
    assert general.findtext(f"{lom}title/{lom}string") == "Erdachtes Programm: ein Beispiel"
    assert general.findtext(f"{lom}language") == "de"
    rights = root.findtext(f"m:metadata/{lom}lom/{lom}rights/{lom}description/{lom}string", namespaces=names)
    assert rights == "Staffel, CC-BY-4.0, Fassung 1.0.0"
    assert root.findtext("m:metadata/m:schemaversion", namespaces=names) == version.number


def test_a_quiz_has_what_moodle_asks_for():
    source = generated(2)
    quiz = etree.fromstring(files_in(cartridge.files(source, html, cartridge.V1_1))["quizzes/einheit-1.xml"])
    names = {"w": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}

    carried = [item for item in source.units["einheit-1"].quiz if item.kind not in (ItemKind.ORDER, ItemKind.MATCH)]
    assert [each.get("ident") for each in quiz.iterfind(".//w:item", names)] == [f"item.{item.key}" for item in carried]
    profiles = {"single": "cc.multiple_choice.v0p1", "multiple": "cc.multiple_response.v0p1", "gap": "cc.fib.v0p1"}
    for item, made in zip(carried, quiz.iterfind(".//w:item", names), strict=True):
        assert made.findtext("w:itemmetadata//w:fieldentry", namespaces=names) == profiles[item.kind]
        # Moodle reads prompts as ISO-8859-1.
        assert made.findtext("w:presentation/w:material/w:mattext", namespaces=names).isascii()
        general = made.iterfind(".//w:respcondition[@continue='Yes']/w:displayfeedback", names)
        assert [each.get("linkrefid") for each in general] == (["general"] if item.feedback else [])
        if item.kind is ItemKind.MULTIPLE:
            scored = made.xpath(
                ".//w:setvar[@varname='SCORE'][.=100]/../w:conditionvar//w:varequal[@case='Yes']", namespaces=names
            )
            assert [each.getparent().tag.endswith("not") for each in scored] == [not answer.right for answer in item.answers]
        if item.kind is ItemKind.GAP:
            right = made.xpath(".//w:setvar[.=100]/../w:conditionvar/w:varequal/text()", namespaces=names)
            assert right == [answer.text for answer in item.answers]


def test_1_3_shows_the_feedback_of_every_chosen_answer():
    quiz = etree.fromstring(files_in(cartridge.files(generated(2), html, cartridge.V1_3))["quizzes/einheit-1.xml"])

    assert [each.get("continue") for each in quiz.xpath("//*[@ident='item.frage-2']//*[local-name()='respcondition']")] == [
        "Yes"
    ] * 4


def test_the_same_programme_gives_the_same_bytes_with_or_without_memory():
    first, second = io.BytesIO(), io.BytesIO()
    write_zip(cartridge.files(generated(3), html, cartridge.V1_1), first)
    write_zip(cartridge.files(Generated(3), html, cartridge.V1_1), second)

    assert first.getvalue() == second.getvalue()
    assert zipfile.ZipFile(first).testzip() is None


def test_losses_name_what_stays_behind():
    source = generated(2)

    assert cartridge.losses(source, cartridge.V1_3)[-2:] == (
        "Fragen zum Ordnen (4) kennt das Format nicht. Sie stehen als Text mit Lösungen auf der Seite „Weitere Fragen“.",
        "Fragen zum Zuordnen (2) kennt das Format nicht. Sie stehen als Text mit Lösungen auf der Seite „Weitere Fragen“.",
    )
    moodle = cartridge.losses(source, cartridge.V1_1)
    assert moodle[: len(moodle) - 3] == cartridge.losses(source, cartridge.V1_3)
    assert [each.split()[0] for each in moodle[-3:]] == ["Moodle", "Moodle", "Hat"]


def test_a_unit_called_modules_does_not_meet_the_pages_of_modules():
    source = generated(2)
    module = replace(source.outline.modules[0], key="overview", units=("modules",))
    outline = replace(source.outline, modules=(module,))
    unit = replace(source.units["einheit-1"], key="modules", materials=())

    files = files_in(cartridge.files(Whole(outline, {"modules": unit}), html, cartridge.V1_1))

    assert "pages/modules/overview.html" in files
    assert "pages/_modules/overview.html" in files
