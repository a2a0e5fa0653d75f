"""YAML as checked values that know their line.

Only the plain part of YAML is taken: text, numbers, yes and no, lists and mappings. No anchors, no tags, no second
document, no depth beyond what a programme needs: a file from a foreign hand can neither run anything nor grow in memory.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

import yaml

LARGEST_FILE = 100_000
DEEPEST = 6

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Of the control characters only line ends and tabs belong into a text; PostgreSQL refuses the zero byte, UTF-8 half a pair.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_STRING = "tag:yaml.org,2002:str"
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")
_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


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
    """The mistakes found so far in all files."""

    mistakes: list[Mistake] = field(default_factory=list)

    def add(self, file: str, line: int, sentence: str) -> None:
        """Note one more mistake."""
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


def compose(report: Report, file: str, text: str, *, first_line: int = 1) -> "Entries | None":
    """Return the mapping that ``text`` holds, None if it holds none; ``first_line`` is the line of its first character."""
    try:
        if not _is_plain(report, file, text, first_line):
            return None
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.add(file, first_line + (mark.line if mark else 0), _BROKEN)
        return None
    except yaml.YAMLError:
        report.add(file, first_line, _BROKEN)
        return None
    if not isinstance(node, yaml.MappingNode):
        report.add(file, first_line, "Hier fehlen die Angaben in der Form „name: Wert“.")
        return None
    return Entries(report, file, node, first_line)


_BROKEN = (
    "Ab hier lässt sich die Datei nicht lesen. Oft ist die Einrückung falsch, oder ein Text mit Doppelpunkt steht nicht in "
    "Anführungszeichen."
)


def _is_plain(report: Report, file: str, text: str, first_line: int) -> bool:
    """Whether the text has no anchor, no alias, no tag, one document, and no more than ``DEEPEST`` levels.

    Events come one by one, without recursion and without following an alias.
    """
    depth = documents = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = first_line + event.start_mark.line
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            report.add(file, line, "Verweise mit & und * sind hier nicht erlaubt. Bitte schreiben Sie den Wert aus.")
            return False
        if getattr(event, "tag", None):
            report.add(file, line, "Angaben mit ! sind hier nicht erlaubt. Bitte schreiben Sie nur den Wert.")
            return False
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                report.add(file, line, "Hier beginnt ein zweites Dokument. Eine Datei enthält genau eines.")
                return False
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            report.add(file, line, f"Hier ist zu tief verschachtelt, erlaubt sind {DEEPEST} Ebenen.")
            return False
    return True


class Entries:
    """A mapping whose entries are taken one after the other; what nobody takes is an unknown entry.

    Every ``take`` returns a value of the right type, or a stand-in after a mistake is noted, so that all mistakes
    of a file are found in one go.
    """

    def __init__(self, report: Report, file: str, node: yaml.MappingNode, first_line: int):
        self.report, self.file, self._first_line = report, file, first_line
        self.line = self._line(node)
        self._nodes: dict[str, yaml.Node] = {}
        self._key_lines: dict[str, int] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None:
                self.wrong(self._line(key), "Der Name einer Angabe muss ein einzelnes Wort sein.")
            elif name in self._nodes:
                self.wrong(self._line(key), f"„{name[:60]}“ steht hier ein zweites Mal.")
            else:
                self._nodes[name] = value
                self._key_lines[name] = self._line(key)
        self._left = set(self._nodes)

    def _line(self, node) -> int:
        return self._first_line + node.start_mark.line

    def wrong(self, line: int, sentence: str) -> None:
        """Note a mistake of this file."""
        self.report.add(self.file, line, sentence)

    def line_of(self, name: str) -> int:
        """Return the line of an entry, or of the mapping where the entry is missing."""
        return self._key_lines.get(name, self.line)

    def finish(self) -> None:
        """Note every entry that was not asked for."""
        for name in sorted(self._left, key=self.line_of):
            self.wrong(self.line_of(name), f"„{name[:60]}“ ist hier keine bekannte Angabe.")

    def _take(self, name: str, *, optional: bool = False) -> yaml.Node | None:
        self._left.discard(name)
        node = self._nodes.get(name)
        if node is None and not optional:
            self.wrong(self.line, f"Es fehlt die Angabe „{name}“.")
        return node

    def text(self, name: str, *, longest: int, optional: bool = False) -> str:
        """Return a text without blanks at its ends; empty only if ``optional``."""
        node = self._take(name, optional=optional)
        return "" if node is None else self._text(name, node, longest, optional=optional)

    def _text(self, name: str, node: yaml.Node, longest: int, *, optional: bool = False) -> str:
        line = self._line(node)
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(line, f"„{name}“ muss ein Text sein.")
            return ""
        if node.tag != _STRING and node.value:
            self.wrong(line, f"„{name}“ muss ein Text sein. Bitte setzen Sie {node.value[:60]} in Anführungszeichen.")
            return ""
        # An escape like "\0" makes a character that the file itself does not have.
        text = unicodedata.normalize("NFC", node.value.strip())
        if _UNFIT.search(text):
            self.wrong(line, f"„{name}“ enthält ein Steuerzeichen, das nicht in einen Text gehört.")
        elif not text and not optional:
            self.wrong(line, f"„{name}“ ist leer.")
        elif len(text) > longest:
            self.wrong(line, f"„{name}“ hat {len(text)} Zeichen, erlaubt sind höchstens {longest}.")
        return text

    def key(self, name: str) -> str:
        """Return a short name of small letters, digits and hyphens, at most 60 characters."""
        before = len(self.report.mistakes)
        text = self.text(name, longest=60)
        if len(self.report.mistakes) == before and not is_key(text):
            line = self._line(self._nodes[name])
            self.wrong(line, f"„{text}“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche.")
        return text

    def number(self, name: str, *, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``."""
        node = self._take(name)
        if node is None:
            return least
        value = node.value if isinstance(node, yaml.ScalarNode) and node.tag != _STRING else ""
        if not _WHOLE.fullmatch(value) or not least <= int(value) <= most:
            shown = node.value[:60] if isinstance(node, yaml.ScalarNode) else "eine Liste"
            self.wrong(self._line(node), f"„{name}“ muss eine ganze Zahl von {least} bis {most} sein, nicht {shown or 'leer'}.")
            return least
        return int(value)

    def yes_or_no(self, name: str) -> bool:
        """Return a truth value, written ``yes`` or ``no``, ``true`` or ``false``."""
        node = self._take(name)
        if node is None:
            return False
        value = node.value if isinstance(node, yaml.ScalarNode) and node.tag != _STRING else ""
        if value.lower() not in _YES_OR_NO:
            self.wrong(self._line(node), f"„{name}“ muss yes oder no sein.")
        return _YES_OR_NO.get(value.lower(), False)

    def day(self, name: str) -> date | None:
        """Return a day written ``2026-11-25``, or None if the entry is missing or empty."""
        node = self._take(name, optional=True)
        if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(node.value)):
                return date.fromisoformat(node.value)
        except ValueError:
            pass
        self.wrong(self._line(node), f"„{name}“ muss ein Tag wie 2026-11-25 sein.")
        return None

    def texts(self, name: str, *, longest: int, most: int = 50) -> tuple[tuple[str, int], ...]:
        """Return a list of texts, each with its line; at least one, at most ``most``."""
        return tuple((self._text(name, node, longest), self._line(node)) for node in self._list(name, most))

    def mapping(self, name: str) -> "Entries | None":
        """Return a mapping inside this one."""
        node = self._take(name)
        return None if node is None else self._mapping(name, node)

    def mappings(self, name: str, most: int = 200) -> tuple["Entries", ...]:
        """Return a list of mappings; at least one, at most ``most``."""
        found = (self._mapping(name, node) for node in self._list(name, most))
        return tuple(entries for entries in found if entries is not None)

    def _mapping(self, name: str, node: yaml.Node) -> "Entries | None":
        if not isinstance(node, yaml.MappingNode):
            self.wrong(self._line(node), f"„{name}“ braucht Angaben in der Form „name: Wert“.")
            return None
        return Entries(self.report, self.file, node, self._first_line)

    def _list(self, name: str, most: int) -> list[yaml.Node]:
        node = self._take(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(self._line(node), f"„{name}“ muss eine Liste sein.")
            return []
        if not 1 <= len(node.value) <= most:
            self.wrong(self._line(node), f"„{name}“ hat {len(node.value)} Einträge, erlaubt sind 1 bis {most}.")
            return []
        return node.value


def is_key(text: str) -> bool:
    """Whether ``text`` is a short name of small letters, digits and single hyphens, at most 60 characters."""
    return len(text) <= 60 and _KEY.fullmatch(text) is not None
