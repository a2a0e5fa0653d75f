import io

import pytest
from lxml import etree

from staffel.curriculum.core.content import ItemKind
from staffel.curriculum.core.formats import qti
from staffel.curriculum.core.formats.qti_items import OF_QTI, kebab
from staffel.curriculum.core.package.writer import write_zip
from tests.curriculum.core.formats.samples import files_in, html
from tests.curriculum.generated import Generated, generated

BOTH = pytest.mark.parametrize("version", [qti.V2_1, qti.V3_0], ids=["2.1", "3.0"])
HTML = {
    "a",
    "caption",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "h3",
    "h4",
    "img",
    "li",
    "ol",
    "p",
    "small",
    "span",
    "strong",
    "ul",
}


def named(root, name):
    """Return the elements that 2.1 calls ``name``, whichever the version."""
    return [each for each in root.iter() if etree.QName(each).localname in (name, f"qti-{kebab(name)}")]


def value(element, name):
    return element.get(name) or element.get(kebab(name))


@BOTH
def test_manifest_names_every_file_and_every_item(version):
    files = files_in(qti.files(generated(3), html, version))
    root = etree.fromstring(files["imsmanifest.xml"])
    names = {"m": version.manifest}

    assert root.tag == f"{{{version.manifest}}}manifest"
    assert root.findtext("m:metadata/m:schema", namespaces=names) == version.schema
    assert root.findtext("m:metadata/m:schemaversion", namespaces=names) == version.schema_version
    resources = {each.get("identifier"): each for each in root.iterfind(".//m:resource", names)}
    identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert {each.get("href") for each in root.iterfind(".//m:file", names)} | {"imsmanifest.xml"} == set(files)
    assert {each.get("identifierref") for each in root.iterfind(".//m:dependency", names)} == set(resources) - {"test"}
    kinds = [each.get("type") for each in resources.values()]
    assert kinds == [f"imsqti_test_{version.kind}", *[f"imsqti_item_{version.kind}"] * (len(resources) - 1)]


@BOTH
def test_the_test_has_a_section_for_each_unit_and_refers_to_items_by_their_identifiers(version):
    source = generated(3)
    files = files_in(qti.files(source, html, version))
    test = etree.fromstring(files["test.xml"])

    assert etree.QName(test).namespace == version.namespace
    assert [each.get("title") for each in named(test, "assessmentSection")] == [unit.title for unit in source.units.values()]
    for reference in named(test, "assessmentItemRef"):
        item = etree.fromstring(files[reference.get("href")])
        assert item.get("identifier") == reference.get("identifier")
        assert item.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"


@BOTH
def test_items_are_in_one_namespace_and_know_every_identifier_that_they_use(version):
    files = files_in(qti.files(generated(3), html, version))
    of_qti = {f"qti-{kebab(name)}" if version.kebab else name for name in OF_QTI}

    for path, content in files.items():
        if not path.startswith("items/"):
            continue
        root = etree.fromstring(content)
        assert {etree.QName(each).namespace for each in root.iter()} == {version.namespace}
        assert {etree.QName(each).localname for each in root.iter()} <= of_qti | HTML
        declared = {
            each.get("identifier") for each in [*named(root, "responseDeclaration"), *named(root, "outcomeDeclaration")]
        }
        used = {
            each.get("identifier")
            for name in ("variable", "correct", "mapResponse", "setOutcomeValue")
            for each in named(root, name)
        }
        assert used <= declared
        choices = {each.get("identifier") for name in ("simpleChoice", "simpleAssociableChoice") for each in named(root, name)}
        correct = {word for each in named(root, "correctResponse") for word in " ".join(each.itertext()).split()}
        assert correct <= choices or value(named(root, "responseDeclaration")[0], "baseType") == "string"
        for modal in named(root, "modalFeedback"):
            assert value(modal, "outcomeIdentifier") == "FEEDBACK"
            assert modal.get("identifier") in choices | {"GENERAL"}
        # Not every player shuffles.
        if named(root, "orderInteraction"):
            given = [each.get("identifier") for each in named(root, "simpleChoice")]
            assert given != sorted(given)


@BOTH
def test_each_kind_has_its_interaction(version):
    source = generated(2)
    files = files_in(qti.files(source, html, version))
    interactions = {
        ItemKind.SINGLE: ("choiceInteraction", "single", "identifier"),
        ItemKind.MULTIPLE: ("choiceInteraction", "multiple", "identifier"),
        ItemKind.ORDER: ("orderInteraction", "ordered", "identifier"),
        ItemKind.MATCH: ("matchInteraction", "multiple", "directedPair"),
        ItemKind.GAP: ("textEntryInteraction", "single", "string"),
    }

    for item in source.units["einheit-1"].quiz:
        root = etree.fromstring(files[f"items/einheit-1/{item.key}.xml"])
        interaction, cardinality, base = interactions[item.kind]
        (response,) = named(root, "responseDeclaration")
        assert len(named(root, interaction)) == 1
        assert (response.get("cardinality"), value(response, "baseType")) == (cardinality, base)
        assert named(root, "outcomeDeclaration")[0].get("identifier") == "SCORE"


def test_the_same_programme_gives_the_same_bytes_with_or_without_memory():
    first, second = io.BytesIO(), io.BytesIO()
    write_zip(qti.files(generated(3), html, qti.V3_0), first)
    write_zip(qti.files(Generated(3), html, qti.V3_0), second)

    assert first.getvalue() == second.getvalue()


def test_without_a_quiz_there_is_no_test():
    source = generated(2)
    for key, unit in source.units.items():
        source.units[key] = type(unit)(unit.key, unit.title, unit.kind, unit.minutes, unit.objectives, unit.summary)

    assert list(files_in(qti.files(source, html, qti.V2_1))) == ["imsmanifest.xml"]
    assert qti.losses(source, qti.V2_1)[-1] == "Einheiten ohne Quiz (2) kommen nicht vor."
