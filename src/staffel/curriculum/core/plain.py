"""One spelling of YAML, written and read without a library.

Equal values have exactly one spelling, so a file that is written again is the same file, byte by byte. Any reader of YAML 1.1
or 1.2 understands it::

    key: smart-city              a text without quotation marks, where nobody can take it for anything else
    starts: "09:00"              else in double ones, escaped like JSON
    minutes: 240                 whole numbers, true and false, days like 2026-11-25
    summary: >-                  one line that would pass column 100, folded at single blanks
      Ein langer Satz, der hier
      weitergeht.
    text: |-                     several lines
      Erste Zeile

      Dritte Zeile
    units:                       a list, indented by two like everything that belongs to an entry
      - anfang
    rows:
      - key: eins                a list of mappings
        title: Eins

No comments, no blank lines between entries, no empty list or mapping, one line end at the end.
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from sys import intern

WIDTH = 100
DEEPEST = 6
# The nodes of a programme.yaml take six times as much memory as the file (measured). A list of the outermost mapping that is
# longer is read again instead: modules of a large programme, hardly ever a list of a unit.
KEPT = 100
_OUTERMOST = 2
# Letters that are cut into lines at a time, lines that are written at a time.
_WINDOW = 10_000
_GATHERED = 200

# What PyYAML or another reader could take for a line end, an indentation or nothing at all: only escaped.
_ODD = re.compile("[^\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
# Quoted more often than needed: a number, a day or a time in any dialect begins with a digit and has only these.
_NUMBER_LIKE = re.compile(r"[0-9][0-9a-fA-FxXoOtTzZ_.:,+\- ]*")
_FIRST = re.compile(r"""[^-?:,\[\]{}#&*!|>'"%@`~=<+.\s]""")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_ENTRY = re.compile(r"([a-z][a-z0-9_]*):(?: (.+))?\Z")
_VALUE = re.compile(r"true|false|0|[1-9][0-9]{0,17}|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SINGLE_BLANK = re.compile(r"(?<! ) (?! )")

# What YAML 1.1 takes for something else than a text, as PyYAML's resolver has it.
_TYPED = re.compile(
    r"""yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
    |~|null|Null|NULL|
    |=|<<
    |[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
    |[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
    |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
    |[0-9]{4}-[0-9]{2}-[0-9]{2}
    |[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?
     (?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?""",
    re.VERBOSE,
)


@dataclass(slots=True)
class Scalar:
    """A single value. ``quoted``: marked as text. ``literal``: its first line is the line after ``line``, the next follow."""

    text: str
    line: int
    quoted: bool = False
    literal: bool = False


@dataclass(slots=True)
class Sequence:
    """A list of values; ``nodes`` are gone through one after the other, those of a long list are made anew each time."""

    nodes: Collection["Node"]
    line: int


@dataclass(slots=True)
class Mapping:
    """Entries as (name, its line, value) in their order; a name that is no single word is None."""

    entries: list[tuple[str | None, int, "Node"]]
    line: int


Node = Scalar | Sequence | Mapping


class NotCanonical(ValueError):
    """The text is not in the one spelling, first seen in ``line``, which counts from 1."""

    def __init__(self, line: int):
        self.line = line
        super().__init__(f"line {line} is not in canonical form")


def is_typed(text: str) -> bool:
    """Whether YAML 1.1 takes ``text`` without quotation marks for a number, a truth value, a day or nothing."""
    return _TYPED.fullmatch(text) is not None


# Writing ------------------------------------------------------------------------------------------------------------


def write(value: dict) -> str:
    """Return the spelling of a mapping of texts, whole numbers >= 0, truth values, days, lists and mappings.

    Names are of small letters, digits and underscores. Raises ValueError for an unfit name, an empty list or mapping, a list in
    a list, more than ``DEEPEST`` levels, a negative number, and TypeError for any other value.
    """
    lines: list[str] = []
    _write_mapping(lines, value, "", "")
    lines.append("")
    return "\n".join(lines)


def _write_mapping(lines: list[str], value: dict, first_pad: str, pad: str) -> None:
    if not value or len(pad) >= 2 * DEEPEST:
        raise ValueError(f"a mapping of {len(value)} entries on level {len(pad) // 2 + 1} has no spelling")
    start = first_pad
    for name, entry in value.items():
        if not _is_name(name):
            raise ValueError(f"{name!r} is no name of an entry")
        head = f"{start}{name}:"
        start = pad
        if isinstance(entry, dict):
            lines.append(head)
            _write_mapping(lines, entry, pad + "  ", pad + "  ")
        elif isinstance(entry, (list, tuple)):
            lines.append(head)
            _write_sequence(lines, entry, pad + "  ")
        else:
            _write_scalar(lines, head, entry, len(pad) + 2)


def _write_sequence(lines: list[str], value: list | tuple, pad: str) -> None:
    if not value or len(pad) >= 2 * DEEPEST:
        raise ValueError(f"a list of {len(value)} values on level {len(pad) // 2 + 1} has no spelling")
    first = len(lines)
    for entry in value:
        if isinstance(entry, dict):
            _write_mapping(lines, entry, pad + "- ", pad + "  ")
        elif isinstance(entry, (list, tuple)):
            raise ValueError("a list in a list has no spelling")  # noqa: TRY004 - its type is right, its place is not
        else:
            _write_scalar(lines, pad + "-", entry, len(pad) + 2)
        # Each line by itself takes twice as much memory as in its text.
        if len(lines) - first > _GATHERED:
            lines[first:] = ["\n".join(lines[first:])]
            first += 1


def _write_scalar(lines: list[str], head: str, value, indent: int) -> None:
    if isinstance(value, str):
        first, *rest = _spell(value, len(head) + 1, indent)
        lines.append(f"{head} {first}")
        pad = " " * indent
        lines.extend(pad + line if line else "" for line in rest)
    else:
        lines.append(f"{head} {_spell_value(value)}")


def _spell_value(value: int | bool | date) -> str:
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        if value < 0:
            raise ValueError(f"{value} has no spelling, only whole numbers >= 0")
        return str(int(value))
    if type(value) is date:
        return value.isoformat()
    raise TypeError(f"{value!r} has no spelling")


@lru_cache(1024)
def _is_name(name: str) -> bool:
    found = _ENTRY.match(name + ":") if isinstance(name, str) else None
    return found is not None and found[1] == name and name not in _WORDS


def _spell(text: str, column: int, indent: int) -> list[str]:
    """Return the first line, which begins in ``column``, and the lines below, which are indented by ``indent``."""
    if "\n" in text:
        return ["|-", *text.split("\n")] if _fits_block(text) else [_quote(text)]
    spelled = text if _is_plain(text) else _quote(text)
    if column + len(spelled) > WIDTH and _fits_block(text):
        return [">-", *_fold(text, WIDTH - indent)]
    return [spelled]


def _is_plain(text: str) -> bool:
    """Whether a text of one line is the same text without quotation marks, for every reader of YAML."""
    return (
        _FIRST.match(text) is not None
        and ": " not in text
        and " #" not in text
        and text[-1] != ":"
        and not text[-1].isspace()
        and _ODD.search(text) is None
        and _NUMBER_LIKE.fullmatch(text) is None
        and text.lower() not in _WORDS
    )


def _fits_block(text: str) -> bool:
    """Whether a text can stand behind ``>-`` or ``|-``: nothing odd in it, no blank or line end at its ends."""
    return text != "" and text[0] not in " \n" and text[-1] not in " \n" and _ODD.search(text) is None


def _quote(text: str) -> str:
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def _fold(text: str, width: int) -> list[str]:
    """Return the text in lines of at most ``width``, where it has single blanks to break at."""
    if "  " in text:
        return _fold_words(_SINGLE_BLANK.split(text), width)
    lines = []
    start, length = 0, len(text)
    while length - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut < 0:
            cut = text.find(" ", start + width)
        if cut < 0:
            break
        lines.append(text[start:cut])
        start = cut + 1
    lines.append(text[start:])
    return lines


def _fold_words(words: list[str], width: int) -> list[str]:
    lines = []
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return lines


# Reading ------------------------------------------------------------------------------------------------------------


def read(text: str, first_line: int = 1) -> Mapping:
    """Return what ``write`` has written. Raises NotCanonical with the first line that it would have written otherwise."""
    return _Reader(text, first_line).whole()


class _Reader:
    """Goes through the lines once; ``now`` is the one that is next, None after the last, ``line`` its number."""

    def __init__(self, text: str, first_line: int):
        self.text, self.first_line = text, first_line
        self.left = _lines(text)
        self.now, self.line = next(self.left, None), first_line

    def advance(self) -> None:
        """Go to the next line."""
        self.now = next(self.left, None)
        self.line += 1

    def whole(self) -> Mapping:
        if not self.text.endswith("\n"):
            raise NotCanonical(self.line + self.text.count("\n"))
        found = self.mapping(0, 1)
        if self.now is not None:
            raise self.refusal()
        return found

    def refusal(self) -> NotCanonical:
        return NotCanonical(self.line - (self.now is None))

    def mapping(self, indent: int, depth: int) -> Mapping:
        if depth > DEEPEST:
            raise self.refusal()
        entries: list[tuple[str | None, int, Node]] = []
        names = set()
        pad = " " * indent
        start = self.line
        while self.now is not None and self.now.startswith(pad):
            found = _ENTRY.match(self.now, indent)
            if found is None:
                raise self.refusal()
            name, rest = found.groups()
            if name in names or name in _WORDS:
                raise self.refusal()
            names.add(name)
            line = self.line
            if rest is None:
                self.advance()
                node = self.block(indent + 2, depth + 1)
            else:
                node = self.scalar(rest, found.start(2), indent + 2)
            entries.append((intern(name), line, node))
        if not entries:
            raise self.refusal()
        return Mapping(entries, start)

    def block(self, indent: int, depth: int) -> Node:
        if self.now is not None and self.now.startswith(" " * indent + "- "):
            return self.sequence(indent, depth)
        return self.mapping(indent, depth)

    def sequence(self, indent: int, depth: int) -> Sequence:
        if depth > DEEPEST:
            raise self.refusal()
        begun = _Again(self.text, self.first_line, self.line, indent, depth)
        nodes: list[Node] = []
        for node in self.nodes(indent, depth):
            begun.count += 1
            if depth > _OUTERMOST or begun.count <= KEPT:
                nodes.append(node)
            else:
                nodes.clear()
        return Sequence(nodes or begun, begun.line)

    def nodes(self, indent: int, depth: int) -> Iterator[Node]:
        dash, pad = " " * indent + "- ", " " * (indent + 2)
        while self.now is not None and self.now.startswith(dash):
            rest = self.now[indent + 2 :]
            if _ENTRY.match(rest):
                self.now = pad + rest
                yield self.mapping(indent + 2, depth + 1)
            else:
                yield self.scalar(rest, indent + 2, indent + 2)

    def scalar(self, rest: str, column: int, indent: int) -> Scalar:
        """Return the value that begins with ``rest`` in ``column`` of the current line; goes on to the line after it."""
        line = self.line
        if rest in {">-", "|-"}:
            return self.below(rest, column, indent)
        if rest[:1] == '"':
            text = self.unquoted(rest)
            if _spell(text, column, indent) != [rest]:
                raise self.refusal()
            node = Scalar(text, line, quoted=True)
        elif (column + len(rest) <= WIDTH and _is_plain(rest)) or _VALUE.fullmatch(rest):
            node = Scalar(rest, line)
        else:
            raise self.refusal()
        self.advance()
        return node

    def unquoted(self, rest: str) -> str:
        try:
            return json.loads(rest)
        except ValueError:
            raise self.refusal() from None

    def below(self, mark: str, column: int, indent: int) -> Scalar:
        first, pad = self.line, " " * indent
        found = []
        self.advance()
        while self.now is not None and (self.now.startswith(pad) or self.now == ""):
            found.append(self.now[indent:])
            self.advance()
        text = ("\n" if mark == "|-" else " ").join(found)
        spelled = _spell(text, column, indent)
        if spelled != [mark, *found]:
            if spelled[0] != mark:
                raise NotCanonical(first)
            pairs = enumerate(zip(spelled[1:], found, strict=False))
            same = next((number for number, (right, there) in pairs if right != there), len(found) - 1)
            raise NotCanonical(min(first + 1 + max(same, 0), self.line - (self.now is None)))
        return Scalar(text, first, quoted=True, literal=mark == "|-")


@dataclass(slots=True)
class _Again:
    """The values of a long list, which were read once and found right: read again when somebody goes through them."""

    text: str
    first_line: int
    line: int
    indent: int
    depth: int
    count: int = 0

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Node]:
        reader = _Reader(self.text, self.first_line)
        while reader.line < self.line:
            reader.advance()
        return reader.nodes(self.indent, self.depth)

    def __contains__(self, node) -> bool:
        return any(node == one for one in self)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines, as far as they have an end; a list of all of a long text would be three times as large as it is."""
    start = 0
    while end := text.rfind("\n", start, start + _WINDOW) + 1 or text.find("\n", start) + 1:
        yield from text[start : end - 1].split("\n")
        start = end
