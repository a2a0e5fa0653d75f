"""Quizzes of Common Cartridge read: QTI 1.2.1 in the profile that ``quiz12.py`` writes, as other systems write it too."""

from collections.abc import Callable

from lxml import etree

from staffel.curriculum.core.content import Answer, Item, ItemKind
from staffel.curriculum.core.formats.fragments import read_piece
from staffel.curriculum.core.formats.markup import child, children, descendants, line_of, name

_KINDS = {
    "cc.multiple_choice.v0p1": ItemKind.SINGLE,
    "cc.true_false.v0p1": ItemKind.SINGLE,
    "cc.multiple_response.v0p1": ItemKind.MULTIPLE,
    "cc.fib.v0p1": ItemKind.GAP,
}
_NAMES = {"cc.essay.v0p1": "Freitext", "cc.pattern_match.v0p1": "Lücke mit Muster"}
Prompt = Callable[[etree._Element], str]


def title_of(root: etree._Element) -> str:
    """Return the title of a quiz."""
    found = next(descendants(root, "assessment"), None)
    return line_of(found.get("title", "")) if found is not None else ""


def items_of(root: etree._Element, prompt: Prompt, lose: Callable[[str], None]) -> list[Item]:
    """Return the items of a quiz. ``prompt`` makes Markdown of HTML, ``lose`` takes sentences about what is left out."""
    found = []
    for number, item in enumerate(descendants(root, "item"), 1):
        shown = line_of(item.get("title", "")) or f"Nummer {number}"
        profile = _profile(item)
        if profile not in _KINDS:
            kind = _NAMES.get(profile, profile or "unbekannt")
            lose(f"Die Frage „{shown[:80]}“ fehlt: Ihre Art ({kind}) gibt es hier nicht.")
            continue
        found.append(_item(item, _KINDS[profile], prompt))
    return found


def _profile(item: etree._Element) -> str:
    for field in descendants(item, "qtimetadatafield"):
        if line_of(child(field, "fieldlabel")) == "cc_profile":
            return line_of(child(field, "fieldentry"))
    return ""


def _item(item: etree._Element, kind: ItemKind, prompt: Prompt) -> Item:
    presentation = child(item, "presentation")
    if presentation is not None and child(presentation, "flow") is not None:
        presentation = child(presentation, "flow")
    text = child(presentation, "material", "mattext")
    said = children(item, "itemfeedback")
    feedbacks = {each.get("ident", ""): _words(next(descendants(each, "mattext"), None)) for each in said}
    conditions = list(descendants(item, "respcondition"))
    key = item.get("ident", "").rpartition(".")[2] or item.get("title", "")
    general = " ".join(
        _shown(each, feedbacks) for each in conditions if child(each, "conditionvar", "other") is not None and not _scores(each)
    )
    typed = kind is ItemKind.GAP
    answers = _typed(conditions, feedbacks) if typed else _chosen(presentation, conditions, feedbacks)
    return Item(key, kind, "", prompt(_html(text)), tuple(answers), general.strip())


def _chosen(presentation: etree._Element | None, conditions: list, feedbacks: dict[str, str]) -> list[Answer]:
    right, said = set(), {}
    for condition in conditions:
        found = child(condition, "conditionvar")
        if found is None:
            continue
        named = [each for each in descendants(found, "varequal") if name(each.getparent()) != "not"]
        if _scores(condition):
            right |= {line_of(each) for each in named}
        if len(named) == 1 and name(named[0].getparent()) == "conditionvar":
            said.setdefault(line_of(named[0]), _shown(condition, feedbacks))
    labels = descendants(presentation, "response_label") if presentation is not None else ()
    return [
        Answer(_words(next(descendants(label, "mattext"), None)), label.get("ident") in right, said.get(label.get("ident"), ""))
        for label in labels
    ]


def _typed(conditions: list, feedbacks: dict[str, str]) -> list[Answer]:
    right: dict[str, str] = {}
    for condition in conditions:
        if _scores(condition):
            for each in descendants(condition, "varequal"):
                right.setdefault(line_of(each), "")
    for condition in conditions:
        named = list(descendants(condition, "varequal"))
        if len(named) == 1 and line_of(named[0]) in right and (said := _shown(condition, feedbacks)):
            right[line_of(named[0])] = said
    return [Answer(text, right=True, feedback=said) for text, said in right.items()]


def _scores(condition: etree._Element) -> bool:
    """Whether the condition gives points."""
    for each in children(condition, "setvar"):
        try:
            if float(line_of(each)) > 0:
                return True
        except ValueError:
            continue
    return False


def _shown(condition: etree._Element, feedbacks: dict[str, str]) -> str:
    found = (feedbacks.get(each.get("linkrefid", ""), "") for each in children(condition, "displayfeedback"))
    return " ".join(filter(None, found))


def _html(text: etree._Element | None) -> etree._Element:
    """Return the HTML of a text, whether it is written as HTML or as words."""
    content = "".join(text.itertext()) if text is not None else ""
    if text is None or not content.strip():
        return etree.Element("div")
    if text.get("texttype", "text/plain") == "text/html":
        return read_piece(content, "")
    found = etree.Element("div")
    found.text = content
    return found


def _words(text: etree._Element | None) -> str:
    return line_of(_html(text))
