"""The texts of a programme by what they are for, and the sentences in them as somebody reads them aloud."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.shape import Place
from staffel.curriculum.core.text import blocks


class Kind(StrEnum):
    """What a text is for; each kind has its own target of readability."""

    SUMMARY = "summary"
    HANDOUT = "handout"
    GUIDE = "guide"
    EXERCISE = "exercise"
    TASK = "task"
    QUIZ = "quiz"
    METHOD = "method"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Document:
    """All texts of one kind in one place, as prose."""

    kind: Kind
    place: Place
    text: str


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BARE_LINK = re.compile(r"https?://\S+")
_LEAD = re.compile(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+|[ \t]*>[ \t]?")
_HEADING = re.compile(r"#{1,6}[ \t]")
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_MARKS = re.compile(r"[*_`]+")
# A full stop ends no sentence after one or two digits ("am 25. November"), after one of these, or before a small letter.
_ABBREVIATED = re.compile(r"\b(?:bzw|ca|etc|Abs|Art|Nr|Dr|usw|vgl|z|d|B|h|u|a|o|i|S|\d{1,2})\.$")
_END = re.compile(r"(?<=[.?!])[“”\"')\]]*\s+(?=[„\"(A-ZÄÖÜ0-9])|(?<=:)\s+(?=[„A-ZÄÖÜ])|\s+·\s+")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


def documents_of(unit: Unit) -> Iterator[Document]:
    """Yield the texts of a unit; those of the quiz, of the exercises and of the task each as one."""
    place = ("units", unit.key)
    yield Document(Kind.SUMMARY, (*place, "summary"), unit.summary)
    if unit.handout:
        yield Document(Kind.HANDOUT, (*place, "handout"), unit.handout)
    if unit.guide:
        yield Document(Kind.GUIDE, (*place, "guide"), unit.guide)
    if unit.exercises:
        yield Document(Kind.EXERCISE, (*place, "exercises"), "\n\n".join(exercise.text for exercise in unit.exercises))
    if unit.quiz:
        texts = ((item.prompt, *(answer.feedback for answer in item.answers), item.feedback) for item in unit.quiz)
        yield Document(Kind.QUIZ, (*place, "quiz"), "\n\n".join(text for row in texts for text in row if text))
    if unit.task:
        yield Document(Kind.TASK, (*place, "task"), unit.task.instruction)


def documents_of_outline(outline: Outline) -> Iterator[Document]:
    """Yield each method card and all terms of the glossary as one text."""
    for method in outline.methods:
        parts = (method.preparation, method.steps, method.online, method.on_site, method.pitfalls)
        yield Document(Kind.METHOD, ("methods", method.key), "\n\n".join(part for part in parts if part))
    if outline.glossary:
        yield Document(Kind.TERM, ("glossary",), "\n\n".join(term.text for term in outline.glossary))


def words_of(prose: str) -> list[str]:
    """Return every word that somebody reads in ``prose``, those of headings and tables too."""
    shown = _BARE_LINK.sub("", _LINK.sub(r"\1", prose))
    return WORD.findall(shown)


def sentences_of(prose: str) -> list[str]:
    """Return the sentences of ``prose`` without headings, tables, code, marks and addresses.

    An item of a list is at least one sentence. Text between two full stops is one, whatever its length.
    """
    found: list[str] = []
    for block in blocks(prose):
        if block.kind != "table":
            for paragraph in _paragraphs(block.text):
                found += _split(paragraph)
    return found


def _paragraphs(text: str) -> Iterator[str]:
    """Yield what belongs together: a paragraph, an item of a list; headings and tables are left out."""
    kept: list[str] = []
    fenced = False
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        lead = _LEAD.match(line)
        ends = not line.strip() or lead or _HEADING.match(line) or line.lstrip().startswith("|")
        if ends and kept:
            yield " ".join(kept)
            kept = []
        if fenced or not line.strip() or _HEADING.match(line) or line.lstrip().startswith("|"):
            continue
        kept.append(_BOX.sub("", line[lead.end() :] if lead else line).strip())
    if kept:
        yield " ".join(kept)


def _split(paragraph: str) -> list[str]:
    plain = _MARKS.sub("", _BARE_LINK.sub("", _LINK.sub(r"\1", paragraph))).strip()
    found: list[str] = []
    for part in _END.split(plain):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif WORD.search(part):
            found.append(part)
    return found
