"""QTI 2.1, 2.2 and 3.0 read as a draft of a programme: each section of a test becomes a unit with a quiz.

Taken are choice, order, match and text entry, one interaction to an item. Anything else is named with its item and its file.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from staffel.curriculum.core.content import Answer, Item, ItemKind, Whole
from staffel.curriculum.core.files import Files
from staffel.curriculum.core.formats.draft import Draft, UnitDraft
from staffel.curriculum.core.formats.markup import (
    NotReadable,
    Rationed,
    child,
    children,
    descendants,
    line_of,
    name,
    parse,
    resolve,
)
from staffel.curriculum.core.formats.qti_items import FEEDBACK, GENERAL
from staffel.curriculum.core.formats.to_markdown import Converter

MANIFEST = "imsmanifest.xml"
ITEM = re.compile(r"imsqti_(item|apipitem)_xmlv(2p[12]|3p0)")
TEST = re.compile(r"imsqti_test_xmlv(2p[12]|3p0)")
MOST_ITEMS = 20_000

_KINDS = {
    "choiceInteraction": "Auswahl",
    "orderInteraction": "Reihenfolge",
    "matchInteraction": "Zuordnung",
    "textEntryInteraction": "Lücke",
}
_KEBAB = re.compile(r"-([a-z])")


class _Lost(Exception):
    """An item cannot be carried; the message is a German sentence."""


def read(files: Files) -> tuple[Whole, tuple[str, ...]]:
    """Return the draft, and what could not be carried. Raises NotReadable, with a sentence."""
    return _Reading(files).read()


class _Reading:
    def __init__(self, files: Files):
        self._files = Rationed(files)
        self._draft = Draft(files)
        self._items = 0

    def read(self) -> tuple[Whole, tuple[str, ...]]:
        manifest = parse(self._files, MANIFEST)
        resources = [(each.get("type", ""), each.get("href", "")) for each in descendants(manifest, "resource")]
        items = [resolve(MANIFEST, href) for kind, href in resources if ITEM.fullmatch(kind) and href]
        tests = [resolve(MANIFEST, href) for kind, href in resources if TEST.fullmatch(kind) and href]
        if not items:
            raise NotReadable("Das Paket enthält keine Fragen in QTI 2.1 oder 3.0.", MANIFEST)
        title = line_of(child(manifest, "metadata", "lom", "general", "title", "string"))
        taken: set[str] = set()
        for path in tests:
            test = _plain(parse(self._files, path))
            title = title or line_of(test.get("title", ""))
            self._draft.module(line_of(test.get("title", "")) or title)
            for section in _sections(test):
                self._section(section, path, taken)
        left = [path for path in items if path not in taken]
        if left:
            self._draft.module(title or "Fragen")
            unit = self._draft.unit(title or "Fragen")
            for path in left:
                self._item(unit, path)
        whole = self._draft.whole(title=title or "Fragen", summary="Dieses Programm besteht aus eingelesenen Quizfragen.")
        return whole, self._draft.losses.all()

    def _section(self, section: etree._Element, path: str, taken: set[str]) -> None:
        identifier = section.get("identifier", "")
        key = identifier.removeprefix("section.") if identifier.startswith("section.") else ""
        unit = self._draft.unit(line_of(section.get("title", "")), key)
        for each in descendants(section, "assessmentItemRef"):
            item = resolve(path, each.get("href", ""))
            taken.add(item)
            self._item(unit, item)

    def _item(self, unit: UnitDraft, path: str) -> None:
        self._items += 1
        if self._items > MOST_ITEMS:
            raise NotReadable(f"Das Paket hat mehr als {MOST_ITEMS} Fragen.", MANIFEST)
        root = _plain(parse(self._files, path))
        shown = line_of(root.get("title", "")) or line_of(root.get("identifier", ""))

        def prompt(body: etree._Element) -> str:
            return self._prompt(unit, path, shown, body)

        try:
            item = _item(root, prompt)
        except _Lost as reason:
            self._draft.losses.add(f"{path}: Die Frage „{shown[:80]}“ fehlt. {reason}")
            return
        self._draft.item(unit, item, path)

    def _prompt(self, unit: UnitDraft, path: str, shown: str, body: etree._Element) -> str:
        def picture(address: str, alt: str) -> str:
            if not address or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", address):
                return ""
            return self._draft.file(unit, resolve(path, address), alt=alt)

        converter = Converter(picture)
        text = converter.text(body)
        if converter.found.lost:
            listed = ", ".join(sorted(converter.found.lost))
            self._draft.losses.add(f"{path}: Im Text der Frage „{shown[:80]}“ fehlen Auszeichnungen oder Bilder ({listed}).")
        return text


def _plain(root: etree._Element) -> etree._Element:
    """Return an item or a test in the spelling of 2.1, without namespaces."""
    for node in root.iter():
        local = name(node)
        if local.startswith("qti-"):
            local = _camel(local.removeprefix("qti-"))
            for attribute, value in list(node.attrib.items()):
                if "-" in attribute and not attribute.startswith(("{", "data-")):
                    node.set(_camel(attribute), value)
        node.tag = local or "unknown"
    return root


def _camel(text: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), text)


def _sections(test: etree._Element) -> Iterator[etree._Element]:
    """Return the sections that hold items themselves or below, the outermost of each."""
    return (section for part in children(test, "testPart") for section in children(part, "assessmentSection"))


# An item ----------------------------------------------------------------------------------------------------------------


def _item(root: etree._Element, prompt: Callable[[etree._Element], str]) -> Item:
    """Return an item in the spelling of 2.1. Raises _Lost with a sentence."""
    if root.tag != "assessmentItem":
        raise _Lost("Die Datei ist keine Frage.")
    body = child(root, "itemBody")
    found = [node for node in body.iter() if node.tag.endswith("Interaction")] if body is not None else []
    if len(found) != 1:
        raise _Lost(f"Sie hat {len(found)} Stellen zum Antworten, übernommen werden Fragen mit einer.")
    interaction = found[0]
    if interaction.tag not in _KINDS:
        raise _Lost(f"Die Art „{interaction.tag}“ gibt es hier nicht, nur {', '.join(_KINDS.values())}.")
    response = next(
        (
            each
            for each in children(root, "responseDeclaration")
            if each.get("identifier") == interaction.get("responseIdentifier")
        ),
        None,
    )
    if response is None:
        raise _Lost("Zu ihr steht keine Lösung im Paket.")
    said = _feedbacks(root)
    kind, answers = _READERS[interaction.tag](interaction, response, said, root)
    general = " ".join(text for identifier, text in said.items() if identifier == GENERAL)
    key = root.get("identifier", "").rpartition(".")[2] or root.get("title", "")
    return Item(key, kind, "", prompt(_without(body, interaction)), tuple(answers), general)


def _without(body: etree._Element, interaction: etree._Element) -> etree._Element:
    """Return the text of an item: its body, with the prompt of the interaction in its place, or a line for a gap."""
    own = child(interaction, "prompt")
    parent = interaction.getparent()
    put = etree.Element("p" if interaction.tag != "textEntryInteraction" else "span")
    put.tail = interaction.tail
    if own is not None:
        put.text = own.text
        put.extend(list(own))
    elif interaction.tag == "textEntryInteraction" and (line_of(parent) or len(parent) > 1):
        put.text = "___"
    parent.replace(interaction, put)
    return body


def _feedbacks(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in children(root, "modalFeedback"):
        if each.get("showHide", "show") == "show" and line_of(each):
            found[each.get("identifier", "")] = line_of(each)
    return found


def _correct(response: etree._Element) -> list[str]:
    correct = child(response, "correctResponse")
    return [line_of(each) for each in children(correct, "value")] if correct is not None else []


def _mapped(response: etree._Element) -> dict[str, float]:
    """Return the points for each answer, without those that are no number."""
    mapping, found = child(response, "mapping"), {}
    for each in children(mapping, "mapEntry") if mapping is not None else ():
        try:
            found[line_of(each.get("mapKey", ""))] = float(each.get("mappedValue", ""))
        except ValueError:
            continue
    return found


def _choice_text(choice: etree._Element) -> tuple[str, str]:
    """Return the words of a choice, and the feedback that stands in it."""
    said = [each for each in choice.iter() if each.tag in ("feedbackInline", "feedbackBlock")]
    inside = " ".join(line_of(each) for each in said)
    for each in said:
        tail, parent, previous = each.tail or "", each.getparent(), each.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + tail
        else:
            parent.text = (parent.text or "") + tail
        parent.remove(each)
    words = line_of(choice)
    pictures = " ".join(line_of(each.get("alt", "")) for each in choice.iter() if each.tag == "img")
    return words or pictures, inside


def _choices(interaction: etree._Element, said: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return words and feedback of the choices by their identifiers."""
    found = {}
    for each in children(interaction, "simpleChoice"):
        words, inside = _choice_text(each)
        identifier = each.get("identifier", "")
        found[identifier] = (words, inside or said.get(identifier, ""))
    return found


def _choice(
    interaction: etree._Element, response: etree._Element, said: dict[str, str], _root
) -> tuple[ItemKind, list[Answer]]:
    right = set(_correct(response)) or {key for key, points in _mapped(response).items() if points > 0}
    kind = ItemKind.SINGLE if response.get("cardinality") == "single" else ItemKind.MULTIPLE
    choices = _choices(interaction, said).items()
    return kind, [Answer(words, identifier in right, feedback) for identifier, (words, feedback) in choices]


def _order(interaction: etree._Element, response: etree._Element, said: dict[str, str], _root) -> tuple[ItemKind, list[Answer]]:
    choices = _choices(interaction, said)
    right = _correct(response)
    if sorted(right) != sorted(choices):
        raise _Lost("Ihre Lösung nennt nicht jede Antwort genau einmal.")
    return ItemKind.ORDER, [Answer(choices[each][0], right=True, feedback=choices[each][1]) for each in right]


def _match(interaction: etree._Element, response: etree._Element, said: dict[str, str], _root) -> tuple[ItemKind, list[Answer]]:
    words = {each.get("identifier", ""): _choice_text(each)[0] for each in descendants(interaction, "simpleAssociableChoice")}
    first = child(interaction, "simpleMatchSet")
    sources = [each.get("identifier", "") for each in children(first, "simpleAssociableChoice")] if first is not None else []
    pairs = [pair.split() for pair in _correct(response)] or [
        key.split() for key, value in _mapped(response).items() if value > 0
    ]
    partners = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1] in words}
    if len(pairs) != len(sources) or set(partners) != set(sources):
        raise _Lost("Ihre Lösung ordnet nicht jeder Antwort genau ein Gegenstück zu.")
    return ItemKind.MATCH, [
        Answer(words[each], right=True, feedback=said.get(each, ""), partner=words[partners[each]]) for each in sources
    ]


def _text_entry(
    _interaction: etree._Element, response: etree._Element, said: dict[str, str], root: etree._Element
) -> tuple[ItemKind, list[Answer]]:
    accepted = dict.fromkeys([*_correct(response), *(key for key, points in _mapped(response).items() if points > 0)])
    shown = _shown_for(root)
    return ItemKind.GAP, [
        Answer(
            text, right=True, feedback=" ".join(said[each] for each in shown.get(text, ()) if each in said and each != GENERAL)
        )
        for text in accepted
    ]


def _shown_for(root: etree._Element) -> dict[str, list[str]]:
    """Return which feedback is shown for which typed word."""
    found: dict[str, list[str]] = {}
    for condition in descendants(root, "responseIf", "responseElseIf"):
        words = [line_of(child(each, "baseValue")) for each in children(condition, "stringMatch", "match")]
        for each in children(condition, "setOutcomeValue"):
            if each.get("identifier") == FEEDBACK and len(words) == 1:
                found.setdefault(words[0], []).extend(line_of(value) for value in descendants(each, "baseValue"))
    return found


_READERS = {
    "choiceInteraction": _choice,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "textEntryInteraction": _text_entry,
}
