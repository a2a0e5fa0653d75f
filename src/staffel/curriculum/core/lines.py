"""YAML as checked values that know their line.

Only the plain part of YAML is taken: text, numbers, yes and no, lists and mappings. No anchors, no tags, no comments, no second
document, no depth beyond what a programme needs: a file from a foreign hand can neither run anything nor grow in memory. What
is in canonical form (``core/plain.py``) is read without a library, what is written by hand with PyYAML.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from staffel.curriculum.core.by_hand import read_freely
from staffel.curriculum.core.plain import Mapping, Node, NotCanonical, Scalar, Sequence, is_typed, read

LARGEST_FILE = 1_000_000
LONGEST_LINK = 2_000
# Nobody reads more, and a folder from a foreign hand could have one in each of its lines.
MOST_MISTAKES = 1_000
# Letters of a programme that are read as written by hand, which takes three seconds for each million if somebody means it.
MOST_BY_HAND = 50_000_000

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Of the control characters only line ends and tabs belong into a text; PostgreSQL refuses the zero byte, UTF-8 half a pair.
# The separators of lines and paragraphs are line ends to YAML and to some editors, but not to others. What turns the direction
# of writing lets people read something else than what is there.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_LINK = re.compile(r"https?://[^\s<>\"\\^`{|}]+")
_LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-x(-[a-z0-9]{1,8})+)?")
_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What is wrong in which line of which file, as a German sentence. Lines count from 1."""

    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}, Zeile {self.line}: {self.sentence}"


@dataclass(slots=True)
class Report:
    """The mistakes found so far in all files. Where they are ``canonical``, another spelling is a mistake, never read.

    ``by_hand`` counts the letters that were read in other spellings.
    """

    mistakes: list[Mistake] = field(default_factory=list)
    canonical: bool = False
    by_hand: int = 0

    @property
    def is_full(self) -> bool:
        """Whether there are so many mistakes that nothing more is noted."""
        return len(self.mistakes) >= MOST_MISTAKES

    def add(self, file: str, line: int, sentence: str) -> None:
        """Note one more mistake, unless there are too many already."""
        if not self.is_full:
            self.mistakes.append(Mistake(file, line, sentence))


def decode(report: Report, file: str, content: bytes) -> str | None:
    """Return the text of a file with plain line ends and composed letters, None if it is no text that can be taken."""
    if len(content) > LARGEST_FILE:
        report.add(file, 1, f"Die Datei hat mehr als {LARGEST_FILE} Bytes. Bitte kürzen Sie sie.")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report.add(
            file, line, "Hier steht ein Zeichen, das nicht in UTF-8 geschrieben ist. Bitte speichern Sie die Datei in UTF-8."
        )
        return None
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    unfit = _UNFIT.search(text)
    if unfit:
        report.add(
            file, text.count("\n", 0, unfit.start()) + 1, "Hier steht ein Steuerzeichen, das nicht in einen Text gehört."
        )
        return None
    return text


def fitting(text: str) -> str:
    """Return ``text`` as a programme can hold it: plain line ends, composed letters, no control characters, no blank ends."""
    text = re.sub("\r\n?|[\u2028\u2029\x85]", "\n", text)
    return unicodedata.normalize("NFC", _UNFIT.sub("", text)).strip()


def compose(report: Report, file: str, text: str, *, first_line: int = 1) -> "Entries | None":
    """Return the mapping that ``text`` holds, None if it holds none; ``first_line`` is the line of its first character."""
    try:
        return Entries(report, file, read(text, first_line))
    except NotCanonical as other:
        if report.canonical:
            report.add(file, other.line, _NOT_CANONICAL)
            return None
        node = _written_by_hand(report, file, text, first_line, other.line)
    return None if node is None else Entries(report, file, node)


_NOT_CANONICAL = "Ab hier ist die Datei nicht in der einheitlichen Schreibweise, die ein Paket verlangt."


_TOO_MUCH_BY_HAND = (
    "Ab hier ist die Datei nicht in der einheitlichen Schreibweise, und so viel wird in freier Schreibweise nicht gelesen. "
    "Bitte bringen Sie den Ordner zuerst in Form."
)


def _written_by_hand(report: Report, file: str, text: str, first_line: int, other_line: int) -> Node | None:
    report.by_hand += len(text)
    if report.by_hand > MOST_BY_HAND:
        report.add(file, other_line, _TOO_MUCH_BY_HAND)
        return None
    found, mistakes = read_freely(text, first_line, other_line)
    for line, sentence in mistakes:
        report.add(file, line, sentence)
    return found


class Entries:
    """A mapping whose entries are taken one after the other; what nobody takes is an unknown entry.

    Every ``take`` returns a value of the right type, or a stand-in after a mistake is noted, so that all mistakes
    of a file are found in one go.
    """

    def __init__(self, report: Report, file: str, node: Mapping):
        self.report, self.file = report, file
        self.line = node.line
        self._nodes: dict[str, Node] = {}
        self._lines: dict[str, int] = {}
        for name, line, value in node.entries:
            if name is None:
                self.wrong(line, "Der Name einer Angabe muss ein einzelnes Wort sein.")
            elif name in self._nodes:
                self.wrong(line, f"„{name[:60]}“ steht hier ein zweites Mal.")
            else:
                self._nodes[name] = value
                self._lines[name] = line
        self._left = set(self._nodes)

    def wrong(self, line: int, sentence: str) -> None:
        """Note a mistake of this file."""
        self.report.add(self.file, line, sentence)

    def has(self, name: str) -> bool:
        """Whether there is such an entry."""
        return name in self._nodes

    def line_of(self, name: str) -> int:
        """Return the line of an entry, or of the mapping where the entry is missing."""
        return self._lines.get(name, self.line)

    def finish(self) -> None:
        """Note every entry that was not asked for."""
        for name in sorted(self._left, key=self.line_of):
            self.wrong(self.line_of(name), f"„{name[:60]}“ ist hier keine bekannte Angabe.")

    def _take(self, name: str, *, optional: bool = False) -> Node | None:
        self._left.discard(name)
        node = self._nodes.get(name)
        if node is None and not optional:
            self.wrong(self.line, f"Es fehlt die Angabe „{name}“.")
        return node

    def text(self, name: str, *, longest: int, optional: bool = False) -> str:
        """Return a text without blanks at its ends; empty only if ``optional``."""
        node = self._take(name, optional=optional)
        return "" if node is None else self._text(name, node, longest, optional=optional)

    def words(self, name: str, *, longest: int, optional: bool = False) -> str:
        """Return a text of one line without blanks at its ends; empty only if ``optional``."""
        node = self._take(name, optional=optional)
        return "" if node is None else self._words(name, node, longest, optional=optional)

    def prose(self, name: str, *, longest: int, optional: bool = False) -> tuple[str, int, bool]:
        """Return a text like ``text``, the line of its first letter, and whether its lines are those of the file."""
        node = self._take(name, optional=optional)
        if node is None:
            return "", self.line, False
        text = self._text(name, node, longest, optional=optional)
        if not isinstance(node, Scalar) or not node.literal:
            return text, node.line, False
        before = len(node.text) - len(node.text.lstrip())
        return text, node.line + 1 + node.text.count("\n", 0, before), True

    def _words(self, name: str, node: Node, longest: int, *, optional: bool = False) -> str:
        text = self._text(name, node, longest, optional=optional)
        if "\n" in text:
            self.wrong(node.line, f"„{name}“ muss ein Text ohne Absätze sein.")
        return text

    def _text(self, name: str, node: Node, longest: int, *, optional: bool = False) -> str:
        if not isinstance(node, Scalar):
            self.wrong(node.line, f"„{name}“ muss ein Text sein.")
            return ""
        if not node.quoted and node.text and is_typed(node.text):
            self.wrong(node.line, f"„{name}“ muss ein Text sein. Bitte setzen Sie {node.text[:60]} in Anführungszeichen.")
            return ""
        text = node.text.strip()
        if node.quoted and not text.isascii():
            # An escape like "\0" or "a\u0308" makes a character that the file itself does not have.
            text = unicodedata.normalize("NFC", text)
        if _UNFIT.search(text):
            self.wrong(node.line, f"„{name}“ enthält ein Steuerzeichen, das nicht in einen Text gehört.")
        elif not text and not optional:
            self.wrong(node.line, f"„{name}“ ist leer.")
        elif len(text) > longest:
            self.wrong(node.line, f"„{name}“ hat {len(text)} Zeichen, erlaubt sind höchstens {longest}.")
        return text

    def _shaped(self, name: str, shape: re.Pattern, longest: int, sentence: str, *, optional: bool = False) -> str:
        before = len(self.report.mistakes)
        text = self.words(name, longest=longest, optional=optional)
        if text and len(self.report.mistakes) == before and not shape.fullmatch(text):
            self.wrong(self._nodes[name].line, f"„{text[:200]}“ ist {sentence}")
        return text

    def key(self, name: str, *, optional: bool = False) -> str:
        """Return a short name of small letters, digits and hyphens, at most 60 characters; empty only if ``optional``."""
        sentence = "kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche."
        return self._shaped(name, _KEY, 60, sentence, optional=optional)

    def link(self, name: str, *, optional: bool = False) -> str:
        """Return an address of the web."""
        return self._shaped(
            name, _LINK, LONGEST_LINK, "keine Adresse, die mit https:// oder http:// beginnt.", optional=optional
        )

    def licence(self, name: str) -> str:
        """Return something of the shape of an SPDX identifier."""
        return self._shaped(name, _LICENCE, 40, "kein Lizenzkürzel nach SPDX wie CC-BY-4.0.")

    def language(self, name: str) -> str:
        """Return a language tag."""
        return self._shaped(name, _LANGUAGE, 35, "kein Sprachkürzel wie de oder de-AT.")

    def choice(self, name: str, choices: type[_Choice]) -> _Choice:
        """Return one of ``choices``, the first of them after a mistake."""
        before = len(self.report.mistakes)
        text = self.words(name, longest=60)
        try:
            return choices(text)
        except ValueError:
            if text and len(self.report.mistakes) == before:
                self.wrong(self._nodes[name].line, f"„{text}“ ist hier nicht bekannt. Erlaubt sind {', '.join(choices)}.")
            return next(iter(choices))

    def choices(self, name: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
        """Return a list of some of ``choices``, each once; empty if it is missing."""
        found: list[_Choice] = []
        for text, line in self.texts(name, longest=60, optional=True):
            if text and text not in set(choices):
                self.wrong(line, f"„{text}“ ist hier nicht bekannt. Erlaubt sind {', '.join(choices)}.")
            elif text in found:
                self.wrong(line, f"„{text}“ steht unter „{name}“ schon.")
            elif text:
                found.append(choices(text))
        return tuple(found)

    def number(self, name: str, *, least: int, most: int, optional: bool = False) -> int:
        """Return a whole number from ``least`` to ``most``; 0 if it is ``optional`` and missing."""
        node = self._take(name, optional=optional)
        if node is None:
            return 0 if optional else least
        value = node.text if isinstance(node, Scalar) and not node.quoted else ""
        if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
            shown = node.text[:60] if isinstance(node, Scalar) else "eine Liste"
            self.wrong(node.line, f"„{name}“ muss eine ganze Zahl von {least} bis {most} sein, nicht {shown or 'leer'}.")
            return least
        return int(value)

    def yes_or_no(self, name: str, *, otherwise: bool | None = None) -> bool:
        """Return a truth value, written ``true`` or ``false``, ``yes`` or ``no``; ``otherwise`` if it may be missing."""
        node = self._take(name, optional=otherwise is not None)
        if node is None:
            return otherwise is True
        value = node.text if isinstance(node, Scalar) and not node.quoted else ""
        if value.lower() not in _YES_OR_NO:
            self.wrong(node.line, f"„{name}“ muss true oder false sein.")
        return _YES_OR_NO.get(value.lower(), False)

    def day(self, name: str) -> date | None:
        """Return a day written ``2026-11-25``, or None if the entry is missing or empty."""
        node = self._take(name, optional=True)
        if node is None or (isinstance(node, Scalar) and not node.text):
            return None
        try:
            if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", node.text):
                return date.fromisoformat(node.text)
        except ValueError:
            pass
        self.wrong(node.line, f"„{name}“ muss ein Tag wie 2026-11-25 sein.")
        return None

    def texts(self, name: str, *, longest: int, most: int = 50, optional: bool = False) -> tuple[tuple[str, int], ...]:
        """Return a list of texts of one line, each with its line; at least one unless ``optional``, at most ``most``."""
        found = self._list(name, most, optional=optional)
        return tuple((self._words(name, node, longest), node.line) for node in found)

    def mapping(self, name: str) -> "Entries | None":
        """Return a mapping inside this one."""
        node = self._take(name)
        return None if node is None else self._mapping(name, node)

    def mappings(self, name: str, most: int = 200, *, optional: bool = False) -> tuple["Entries", ...]:
        """Return a list of mappings; at least one unless ``optional``, at most ``most``."""
        return tuple(self.rows(name, most, optional=optional))

    def rows(self, name: str, most: int = 200, *, optional: bool = False) -> "Iterator[Entries]":
        """Yield the same one after the other, so that only one of a long list is in memory."""
        found = (self._mapping(name, node) for node in self._list(name, most, optional=optional))
        return (entries for entries in found if entries is not None)

    def _mapping(self, name: str, node: Node) -> "Entries | None":
        if not isinstance(node, Mapping):
            self.wrong(node.line, f"„{name}“ braucht Angaben in der Form „name: Wert“.")
            return None
        return Entries(self.report, self.file, node)

    def _list(self, name: str, most: int, *, optional: bool = False) -> Collection[Node]:
        node = self._take(name, optional=optional)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            self.wrong(node.line, f"„{name}“ muss eine Liste sein.")
            return []
        if not 1 <= len(node.nodes) <= most:
            self.wrong(node.line, f"„{name}“ hat {len(node.nodes)} Einträge, erlaubt sind 1 bis {most}.")
            return []
        return node.nodes


def is_key(text: str) -> bool:
    """Whether ``text`` is a short name of small letters, digits and single hyphens, at most 60 characters."""
    return len(text) <= 60 and _KEY.fullmatch(text) is not None
