"""Quizzes as QTI 1.2.1 in the profile of Common Cartridge.

It knows one right answer, several right answers, and a gap. Moodle reads the feedback of a question from every condition after
which the next is looked at, so in version 1.1 the conditions of single answers end the search.
"""

from collections.abc import Iterable

from lxml import etree

from staffel.curriculum.core.content import Answer, Item, ItemKind
from staffel.curriculum.core.formats.fragments import as_ascii
from staffel.curriculum.core.formats.markup import element, line_of, written
from staffel.curriculum.core.formats.prose_html import Prose

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PROFILES = {
    ItemKind.SINGLE: "cc.multiple_choice.v0p1",
    ItemKind.MULTIPLE: "cc.multiple_response.v0p1",
    ItemKind.GAP: "cc.fib.v0p1",
}
CARRIED = frozenset(PROFILES)
_ASSESSMENT = (
    ("cc_profile", "cc.exam.v0p1"),
    ("qmd_assessmenttype", "Examination"),
    ("qmd_scoretype", "Percentage"),
    ("qmd_feedbackpermitted", "Yes"),
    ("qmd_hintspermitted", "No"),
    ("qmd_solutionspermitted", "Yes"),
    ("cc_maxattempts", "unlimited"),
)
_RESPONSE = "RESPONSE"
_GENERAL = "general"


def quiz_file(items: Iterable[Item], prose: Prose, *, title: str, goes_on: bool) -> tuple[bytes, etree._Element]:
    """Return the file of a quiz, and its prompts as one element, so that their files can be found.

    ``goes_on`` says whether the feedback of all chosen answers is shown, or that of the first.
    """
    root = etree.Element(f"{{{QTI}}}questestinterop", nsmap={None: QTI})
    assessment = element(root, "assessment", ident=f"quiz.{prose.unit.key}", title=title)
    _metadata(assessment, _ASSESSMENT)
    section = element(assessment, "section", ident=f"section.{prose.unit.key}")
    prompts = etree.Element("div")
    for item in items:
        prompt = prose.of(item.prompt, first_heading=3)
        _item(section, item, prompt, "Yes" if goes_on else "No")
        prompts.append(prompt)
    return written(root, indented=False), prompts


def _metadata(parent: etree._Element, fields: Iterable[tuple[str, str]]) -> None:
    metadata = element(parent, "qtimetadata")
    for label, entry in fields:
        field = element(metadata, "qtimetadatafield")
        element(field, "fieldlabel", label)
        element(field, "fieldentry", entry)


def _item(section: etree._Element, item: Item, prompt: etree._Element, goes_on: str) -> None:
    # Without a title, Moodle names the question by its prompt with all its tags.
    made = element(section, "item", ident=f"item.{item.key}", title=line_of(prompt)[:80])
    _metadata(element(made, "itemmetadata"), (("cc_profile", PROFILES[item.kind]), ("qmd_computerscored", "Yes")))
    presentation = element(made, "presentation")
    _material(presentation, as_ascii(prompt), "text/html")
    if item.kind is ItemKind.GAP:
        response = element(presentation, "response_str", ident=_RESPONSE, rcardinality="Single")
        element(response, "render_fib", prompt="Box", fibtype="String")
    else:
        cardinality = "Single" if item.kind is ItemKind.SINGLE else "Multiple"
        choices = element(element(presentation, "response_lid", ident=_RESPONSE, rcardinality=cardinality), "render_choice")
        for ident, answer in _named(item):
            _material(element(choices, "response_label", ident=ident), answer.text, "text/plain")
    processing = element(made, "resprocessing")
    element(element(processing, "outcomes"), "decvar", varname="SCORE", vartype="Decimal", minvalue="0", maxvalue="100")
    if item.feedback:
        condition = _condition(processing, "Yes")
        element(condition[0], "other")
        _show(condition, _GENERAL)
    _PROCESSING[item.kind](processing, item, goes_on)
    if item.feedback:
        _feedback(made, _GENERAL, item.feedback)
    for ident, answer in _named(item):
        if answer.feedback:
            _feedback(made, f"{ident}_feedback", answer.feedback)


def _named(item: Item) -> list[tuple[str, Answer]]:
    return [(f"answer_{number}", answer) for number, answer in enumerate(item.answers, 1)]


def _single(processing: etree._Element, item: Item, _goes_on: str) -> None:
    for ident, answer in _named(item):
        condition = _condition(processing, "No")
        _equal(condition[0], ident)
        if answer.right:
            element(condition, "setvar", "100", action="Set", varname="SCORE")
        if answer.feedback:
            _show(condition, f"{ident}_feedback")


def _multiple(processing: etree._Element, item: Item, goes_on: str) -> None:
    condition = _condition(processing, "Yes")
    every = element(condition[0], "and")
    for ident, answer in _named(item):
        # Moodle counts the right answers by exactly this spelling of the attribute.
        _equal(every if answer.right else element(every, "not"), ident, case="Yes")
    element(condition, "setvar", "100", action="Set", varname="SCORE")
    for ident, answer in _named(item):
        if answer.feedback:
            condition = _condition(processing, goes_on)
            _equal(condition[0], ident)
            _show(condition, f"{ident}_feedback")


def _gap(processing: etree._Element, item: Item, goes_on: str) -> None:
    condition = _condition(processing, "Yes")
    for answer in item.answers:
        if answer.right:
            _equal(condition[0], answer.text, case="No")
    element(condition, "setvar", "100", action="Set", varname="SCORE")
    for ident, answer in _named(item):
        if answer.feedback or not answer.right:
            condition = _condition(processing, goes_on)
            _equal(condition[0], answer.text, case="No")
            if answer.feedback:
                _show(condition, f"{ident}_feedback")


_PROCESSING = {ItemKind.SINGLE: _single, ItemKind.MULTIPLE: _multiple, ItemKind.GAP: _gap}


def _condition(processing: etree._Element, goes_on: str) -> etree._Element:
    condition = element(processing, "respcondition", **{"continue": goes_on})
    element(condition, "conditionvar")
    return condition


def _equal(parent: etree._Element, value: str, **attributes: str) -> None:
    element(parent, "varequal", value, respident=_RESPONSE, **attributes)


def _show(condition: etree._Element, ident: str) -> None:
    element(condition, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def _feedback(item: etree._Element, ident: str, text: str) -> None:
    _material(element(element(item, "itemfeedback", ident=ident), "flow_mat"), text, "text/plain")


def _material(parent: etree._Element, text: str, kind: str) -> None:
    element(element(parent, "material"), "mattext", text, texttype=kind)
