"""What the self-test of a unit says: each item as it is asked and as it is solved."""

import hashlib
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffel.curriculum import words
from staffel.curriculum.core import content
from staffel.curriculum.core.content import Item, ItemKind


@dataclass(frozen=True)
class Answer:
    """An answer as it is explained: ``mark`` is a letter, a number or empty, ``verdict`` says whether it is right."""

    mark: str
    text: str
    verdict: str
    right: bool
    feedback: str


@dataclass(frozen=True)
class QuizItem:
    """An item as it is asked (``lettered`` if one picks an option, ``partners`` of a match) and as it is solved."""

    number: int
    asked: str
    prompt: SafeString
    lettered: bool
    options: list[str]
    partners: list[str]
    answers: list[Answer]
    feedback: str


def quiz_item(number: int, item: Item, prompt: SafeString) -> QuizItem:
    """Return an item as it is asked and as it is solved.

    What must be put in order or together is asked in an order that depends on the words alone and is never the right one.
    """
    options, partners = [answer.text for answer in item.answers], []
    if item.kind == ItemKind.ORDER:
        options = mixed(options)
    elif item.kind == ItemKind.MATCH:
        partners = mixed([answer.partner for answer in item.answers])
    elif item.kind == ItemKind.GAP:
        options = []
    answers = [_answer(place, item, answer) for place, answer in enumerate(item.answers)]
    lettered = item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE)
    return QuizItem(number, words.kind_of(item), prompt, lettered, options, partners, answers, item.feedback)


def mixed(texts: list[str]) -> list[str]:
    """Return ``texts`` in an order of their own, by digest, which is not the given one unless all are equal."""
    found = sorted(texts, key=lambda text: hashlib.sha256(text.encode()).digest())
    return found if found != texts else [*found[1:], *found[:1]]


def _answer(place: int, item: Item, answer: content.Answer) -> Answer:
    if item.kind == ItemKind.ORDER:
        return Answer(f"{place + 1}.", answer.text, "", True, answer.feedback)
    if item.kind == ItemKind.MATCH:
        paired = _("%(one)s gehört zu: %(other)s") % {"one": answer.text, "other": answer.partner}
        return Answer("", paired, "", True, answer.feedback)
    if item.kind == ItemKind.GAP:
        return Answer("", answer.text, _("richtig"), True, answer.feedback)
    verdict = _("richtig") if answer.right else _("nicht richtig")
    return Answer(f"{letter(place)} ·", answer.text, verdict, answer.right, answer.feedback)


def letter(place: int) -> str:
    """Return what the option at ``place`` is marked with: A, B … Z, AA as browsers count."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)
