"""A quiz item as an item of QTI 2.1 or 3.0.

Both say the same in different spelling: ``choiceInteraction`` with ``maxChoices`` became ``qti-choice-interaction`` with
``max-choices``. Items are built in the spelling of 2.1 and rewritten for 3.0.
"""

import re
from dataclasses import dataclass

from lxml import etree

from staffel.curriculum.core.content import Answer, Item, ItemKind, Unit
from staffel.curriculum.core.formats.markup import XML, Html, element, line_of, written
from staffel.curriculum.core.formats.prose_html import Prose
from staffel.curriculum.core.formats.unit_pages import partners, shuffled

RESPONSE, SCORE, FEEDBACK, GENERAL = "RESPONSE", "SCORE", "FEEDBACK", "GENERAL"


@dataclass(frozen=True, slots=True)
class Version:
    """What differs between the versions of the format."""

    number: str
    namespace: str
    manifest: str
    schema: str
    schema_version: str
    kind: str
    kebab: bool


V2_1 = Version(
    "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "QTIv2.1 Package",
    "1.0.0",
    "xmlv2p1",
    kebab=False,
)
V3_0 = Version(
    "3.0",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "QTI Package",
    "3.0.0",
    "xmlv3p0",
    kebab=True,
)

# Elements of QTI in its own spelling; everything else in an item is HTML.
OF_QTI = {
    *("assessmentItem", "responseDeclaration", "correctResponse", "value", "mapping", "mapEntry", "outcomeDeclaration"),
    *("defaultValue", "itemBody", "choiceInteraction", "orderInteraction", "matchInteraction", "textEntryInteraction"),
    *("prompt", "simpleChoice", "simpleMatchSet", "simpleAssociableChoice", "responseProcessing", "responseCondition"),
    *("responseIf", "responseElse", "match", "variable", "correct", "setOutcomeValue", "baseValue", "multiple", "mapResponse"),
    *("stringMatch", "modalFeedback", "contentBody", "assessmentTest", "testPart", "assessmentSection", "assessmentItemRef"),
    *("outcomeProcessing", "sum", "testVariables", "isNull", "not"),
}


def item_file(item: Item, unit: Unit, html: Html, version: Version, language: str) -> tuple[bytes, etree._Element]:
    """Return the bytes of an item, and its prompt, so that its files can be found."""
    prompt = Prose(html, unit, "../../", qti=True).of(item.prompt, first_heading=3)
    root = etree.Element(
        f"{{{version.namespace}}}assessmentItem",
        {"identifier": identifier(unit, item), "title": line_of(prompt)[:80] or item.key, "adaptive": "false"},
        nsmap={None: version.namespace},
    )
    root.set("timeDependent", "false")
    root.set(f"{{{XML}}}lang", language)
    _declarations(root, item)
    body = element(root, "itemBody")
    put(body, prompt)
    _interaction(body, item)
    _processing(element(root, "responseProcessing"), item)
    for name, answer in named(item):
        if answer.feedback:
            _modal(root, name, answer.feedback, version)
    if item.feedback:
        _modal(root, GENERAL, item.feedback, version)
    return finished(root, version), prompt


def identifier(unit: Unit, item: Item) -> str:
    """Return the identifier of an item, unique in the programme."""
    return f"item.{unit.key}.{item.key}"


def named(item: Item) -> list[tuple[str, Answer]]:
    """Return the answers with their identifiers, which number them in the order that the item has."""
    return [(f"A{number}", answer) for number, answer in enumerate(item.answers, 1)]


def put(parent: etree._Element, html: etree._Element) -> etree._Element:
    """Return a copy of HTML as a child of ``parent``, in its namespace."""
    made = element(parent, html.tag, **dict(html.attrib))
    made.text = html.text
    for each in html:
        put(made, each).tail = each.tail
    return made


def finished(root: etree._Element, version: Version) -> bytes:
    """Return the bytes of an item or a test, in the spelling of ``version``."""
    if version.kebab:
        for node in root.iter():
            local = etree.QName(node).localname
            if local in OF_QTI:
                node.tag = f"{{{version.namespace}}}qti-{kebab(local)}"
                for attribute, value in list(node.attrib.items()):
                    if attribute != (spelled := kebab(attribute)) and not attribute.startswith("{"):
                        del node.attrib[attribute]
                        node.set(spelled, value)
    return written(root, indented=False)


def kebab(name: str) -> str:
    """Return ``maxChoices`` as ``max-choices``."""
    return re.sub(r"([A-Z])", lambda found: f"-{found[1].lower()}", name)


# The parts of an item ---------------------------------------------------------------------------------------------------


_CARDINALITIES = {ItemKind.MULTIPLE: "multiple", ItemKind.ORDER: "ordered", ItemKind.MATCH: "multiple"}


def _declarations(root: etree._Element, item: Item) -> None:
    cardinality = _CARDINALITIES.get(item.kind, "single")
    base = {ItemKind.MATCH: "directedPair", ItemKind.GAP: "string"}.get(item.kind, "identifier")
    response = element(root, "responseDeclaration", identifier=RESPONSE, cardinality=cardinality, baseType=base)
    correct = element(response, "correctResponse")
    if item.kind is ItemKind.MATCH:
        to = _targets(item)
        right = [f"{name} {to[answer.partner]}" for name, answer in named(item)]
    elif item.kind is ItemKind.GAP:
        right = [answer.text for answer in item.answers if answer.right][:1]
    else:
        right = [name for name, answer in named(item) if answer.right or item.kind is ItemKind.ORDER]
    for value in right:
        element(correct, "value", value)
    if item.kind is ItemKind.GAP:
        mapping = element(response, "mapping", defaultValue="0")
        for answer in item.answers:
            value = "1" if answer.right else "0"
            element(mapping, "mapEntry", mapKey=answer.text, mappedValue=value, caseSensitive="false")
    score = element(root, "outcomeDeclaration", identifier=SCORE, cardinality="single", baseType="float", normalMaximum="1")
    element(element(score, "defaultValue"), "value", "0")
    if item.feedback or any(answer.feedback for answer in item.answers):
        element(root, "outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple", baseType="identifier")


def _targets(item: Item) -> dict[str, str]:
    return {partner: f"P{number}" for number, partner in enumerate(partners(item), 1)}


def _interaction(body: etree._Element, item: Item) -> None:
    if item.kind is ItemKind.GAP:
        element(element(body, "p"), "textEntryInteraction", responseIdentifier=RESPONSE, expectedLength="30")
        return
    if item.kind is ItemKind.MATCH:
        interaction = element(
            body, "matchInteraction", responseIdentifier=RESPONSE, shuffle="true", maxAssociations=str(len(item.answers))
        )
        first, second = element(interaction, "simpleMatchSet"), element(interaction, "simpleMatchSet")
        for name, answer in named(item):
            element(first, "simpleAssociableChoice", answer.text, identifier=name, matchMax="1")
        for partner, name in _targets(item).items():
            number = sum(answer.partner == partner for answer in item.answers)
            element(second, "simpleAssociableChoice", partner, identifier=name, matchMax=str(number))
        return
    if item.kind is ItemKind.ORDER:
        interaction = element(body, "orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
        names = {id(answer): name for name, answer in named(item)}
        # Not every player shuffles: in the file the right order must not be the given one.
        answers = [(names[id(answer)], answer) for answer in shuffled(item.answers)]
    else:
        most = "1" if item.kind is ItemKind.SINGLE else "0"
        interaction = element(body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="false", maxChoices=most)
        answers = named(item)
    for name, answer in answers:
        element(interaction, "simpleChoice", answer.text, identifier=name)


def _processing(processing: etree._Element, item: Item) -> None:
    if item.kind is ItemKind.GAP:
        element(_set(processing, SCORE), "mapResponse", identifier=RESPONSE)
    else:
        condition = element(processing, "responseCondition")
        found = element(condition, "responseIf")
        both = element(found, "match")
        element(both, "variable", identifier=RESPONSE)
        element(both, "correct", identifier=RESPONSE)
        element(_set(found, SCORE), "baseValue", "1", baseType="float")
        element(_set(element(condition, "responseElse"), SCORE), "baseValue", "0", baseType="float")
    shown = [name for name, answer in named(item) if answer.feedback]
    if not shown and not item.feedback:
        return
    # Always among the feedback, whether there is a text for it or not: players stumble over an outcome without a value.
    if item.kind is ItemKind.GAP:
        _show(processing, [GENERAL])
        for name, answer in named(item):
            if answer.feedback:
                found = element(element(processing, "responseCondition"), "responseIf")
                same = element(found, "stringMatch", caseSensitive="false")
                element(same, "variable", identifier=RESPONSE)
                element(same, "baseValue", answer.text, baseType="string")
                _show(found, [GENERAL, name])
    elif item.kind in (ItemKind.ORDER, ItemKind.MATCH):
        # What is said of a step or a pair explains it, whatever was answered.
        _show(processing, [GENERAL, *shown])
    else:
        _show(processing, [GENERAL], chosen=bool(shown))


def _set(parent: etree._Element, outcome: str) -> etree._Element:
    return element(parent, "setOutcomeValue", identifier=outcome)


def _show(parent: etree._Element, names: list[str], *, chosen: bool = False) -> None:
    values = element(_set(parent, FEEDBACK), "multiple")
    if chosen:
        element(values, "variable", identifier=RESPONSE)
    for name in names:
        element(values, "baseValue", name, baseType="identifier")


def _modal(root: etree._Element, name: str, text: str, version: Version) -> None:
    modal = element(root, "modalFeedback", outcomeIdentifier=FEEDBACK, identifier=name, showHide="show")
    element(element(modal, "contentBody") if version.kebab else modal, "p", text)
