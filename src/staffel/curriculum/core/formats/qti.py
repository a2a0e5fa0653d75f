"""The quizzes of a programme as a content package of QTI 2.1 or 3.0.

Each item is a file; one test holds them all, with a section for each unit that has a quiz.
"""

from collections.abc import Iterator

from lxml import etree

from staffel.curriculum.core.content import Source
from staffel.curriculum.core.formats.fragments import addresses
from staffel.curriculum.core.formats.markup import Entry, Html, element, href, resolve, written
from staffel.curriculum.core.formats.qti_items import SCORE, V2_1, V3_0, Version, finished, identifier, item_file

__all__ = ["V2_1", "V3_0", "Version", "files", "losses"]

TEST = "test.xml"
LOM = "http://ltsc.ieee.org/xsd/LOM"


def losses(source: Source, _version: Version) -> tuple[str, ...]:
    """Return what the package does not carry, as German sentences."""
    without = sum(not source.unit(key).quiz for key in source.outline.units)
    found = [
        "Es gehen nur die Quizfragen mit. Texte, Übungen, Transferaufgaben, Quellen und der Ablauf bleiben zurück.",
        "Dateien gehen nur mit, wenn eine Frage sie zeigt oder verlinkt.",
        "Die Zuordnung der Fragen zu Kompetenzen fehlt.",
    ]
    if without:
        found.append(f"Einheiten ohne Quiz ({without}) kommen nicht vor.")
    return tuple(found)


def files(source: Source, html: Html, version: Version) -> Iterator[Entry]:
    """Return the files of the package, unit by unit, test and manifest at the end."""
    outline = source.outline
    manifest, resources = _manifest(source, version)
    test = etree.Element(
        f"{{{version.namespace}}}assessmentTest",
        {"identifier": f"test.{outline.key}", "title": outline.title},
        nsmap={None: version.namespace},
    )
    score = element(test, "outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float")
    element(element(score, "defaultValue"), "value", "0")
    part = element(test, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    of_test = etree.Element(f"{{{version.manifest}}}resource", identifier="test", type=f"imsqti_test_{version.kind}", href=TEST)
    element(of_test, "file", href=TEST)
    for key in outline.units:
        unit = source.unit(key)
        if not unit.quiz:
            continue
        section = element(part, "assessmentSection", identifier=f"section.{key}", title=unit.title, visible="true")
        with_file = {f"files/{key}/{each.file}": each.file for each in unit.materials if each.file}
        shown: set[str] = set()
        for item in unit.quiz:
            path, name = f"items/{key}/{item.key}.xml", identifier(unit, item)
            content, prompt = item_file(item, unit, html, version, outline.language)
            element(section, "assessmentItemRef", identifier=name, href=href(path))
            resource = element(resources, "resource", identifier=name, type=f"imsqti_item_{version.kind}", href=href(path))
            element(resource, "file", href=href(path))
            for file in _files_in(prompt, path, with_file):
                element(resource, "file", href=href(file))
                shown.add(file)
            element(of_test, "dependency", identifierref=name)
            yield path, content
        for file in sorted(shown):
            yield file, _opener(source, key, with_file[file])
    # A test without a section is none.
    if len(part):
        total = element(element(test, "outcomeProcessing"), "setOutcomeValue", identifier=SCORE)
        element(element(total, "sum"), "testVariables", variableIdentifier=SCORE)
        resources.insert(0, of_test)
        yield TEST, finished(test, version)
    yield "imsmanifest.xml", written(manifest)


def _opener(source: Source, unit: str, name: str):
    return lambda: source.open(unit, name)


def _files_in(prompt: etree._Element, path: str, known: dict[str, str]) -> list[str]:
    inside = (each for each in addresses(prompt) if "://" not in each and not each.startswith(("#", "mailto:", "tel:")))
    return [file for file in (resolve(path, each) for each in inside) if file in known]


def _manifest(source: Source, version: Version) -> tuple[etree._Element, etree._Element]:
    outline = source.outline
    manifest = etree.Element(
        f"{{{version.manifest}}}manifest", {"identifier": f"staffel.{outline.key}"}, nsmap={None: version.manifest, "lom": LOM}
    )
    metadata = element(manifest, "metadata")
    element(metadata, "schema", version.schema)
    element(metadata, "schemaversion", version.schema_version)
    lom = element(metadata, f"{{{LOM}}}lom")
    general = element(lom, "general")
    element(element(general, "title"), "string", outline.title, language=outline.language)
    element(general, "language", outline.language)
    rights = element(lom, "rights")
    restrictions = element(rights, "copyrightAndOtherRestrictions")
    element(restrictions, "source", "LOMv1.0")
    element(restrictions, "value", "yes")
    text = f"{outline.author}, {outline.licence}, Fassung {outline.version}"
    element(element(rights, "description"), "string", text, language=outline.language)
    element(manifest, "organizations")
    return manifest, element(manifest, "resources")
