"""Prose: Markdown with a small set of directives, scanned line by line.

A directive stands on lines of its own, not in another one and not in a block of code::

    :::hint Bitte vorher lesen
    Was zwischen den beiden Zeilen steht, ist Markdown.
    :::

======================  ==========================================================
``hint`` [title]        something to keep in mind
``task`` [title]        something to do
``definition`` TERM     what a word means
``example`` TITLE       from practice
``checklist`` [title]   a list, each line ``- …``
``table`` CAPTION       one table with ``|`` between its cells
``figure`` FILE         a picture of the unit; its caption may be empty
``download`` FILE       a file of the unit; its description may be empty
======================  ==========================================================

Anything else that begins with ``:::`` is a mistake, and so are HTML, pictures outside of ``figure`` and links that do not begin
with ``https://``, ``http://``, ``mailto:``, ``tel:`` or ``#``. Code stands between fences of ````` or ``~~~``.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

DIRECTIVES = ("hint", "task", "definition", "example", "checklist", "table", "figure", "download")
WITH_ARGUMENT = {
    "definition": "das erklärte Wort",
    "example": "ein Titel",
    "table": "eine Beschriftung",
    "figure": "der Name der Datei",
    "download": "der Name der Datei",
}
WITHOUT_BODY = ("figure", "download")
LONGEST_ARGUMENT = 200
MOST_OF_A_KIND = 20

_OPEN = re.compile(r":::([a-z][a-z-]*)(?:[ \t]+(.*))?")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*\Z)|~{3,})")
_ITEM = re.compile(r"[-*+] +\S")
_CELL = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_FILE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")
_PARAGRAPH = re.compile(r"(?:.+(?:\n|\Z))+")
_LINE = re.compile(r".+")
_TICKS = re.compile(r"`+")
_HTML = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|\Z)|!|\?)")
_IN_ANGLES = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^\s<>]*>")
_TARGET = re.compile(r"\](?=\([ \t]{0,9}\n?[ \t]{0,9}<?([^\s)>]{0,60}))")
_REFERENCE = re.compile(
    r"^(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?([^\s>]{0,60})", re.MULTILINE
)
_PICTURE = re.compile(r"!\[")
_GOOD = re.compile(r"https?://[^\s/]|mailto:[^\s]|tel:[^\s]|#[^\s]", re.IGNORECASE)
_SCHEMES = ("http", "https", "mailto", "tel")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of prose: ``kind`` is "prose" or the name of a directive, ``text`` Markdown without blank lines at its ends.

    Lines count from 1: ``first_line`` is that of the block (for a directive the one that opens it), ``text_line`` of ``text``.
    """

    kind: str
    argument: str
    text: str
    first_line: int
    text_line: int = 0


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of ``text`` in their order, without mistakes and without empty prose.

    A line with ``:::`` that is a mistake is left as it stands.
    """
    return scan(text)[0]


def mistakes_in(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with ``text`` as (line, German sentence), by line; lines count from 1."""
    return examined(text)[1]


def examined(text: str) -> tuple[tuple[Block, ...], list[tuple[int, str]]]:
    """Return the blocks of ``text`` and what is wrong with it, as the two functions above."""
    found, mistakes = scan(text)
    for block in found:
        mistakes += _mistakes_of(block)
    return found, sorted(mistakes, key=itemgetter(0))


def scan(text: str) -> tuple[tuple[Block, ...], list[tuple[int, str]]]:
    """Return the blocks and what is wrong with the directives' own lines and fences; cheaper than both functions above."""
    if ":::" not in text and "```" not in text and "~~~" not in text:
        stripped = text.strip("\n")
        before = len(text) - len(text.lstrip("\n"))
        return ((Block("prose", "", stripped, before + 1, before + 1),) if text.strip() else ()), []
    return _Scan().over(text)


class _Scan:
    """Goes through the lines once; ``kind`` and ``argument`` are those of the open block."""

    def __init__(self):
        self.found: list[Block] = []
        self.mistakes: list[tuple[int, str]] = []
        self.kind, self.argument, self.start = "prose", "", 1
        self.body: list[str] = []
        self.fence, self.fence_line = "", 0

    def over(self, text: str) -> tuple[tuple[Block, ...], list[tuple[int, str]]]:
        number = 0
        for number, line in enumerate(text.split("\n"), start=1):
            if self.fence:
                self.body.append(line)
                closing = line.strip()
                if closing.startswith(self.fence) and not closing.strip(self.fence[0]):
                    self.fence = ""
            elif mark := _FENCE.match(line):
                self.body.append(line)
                self.fence, self.fence_line = mark[1], number
            elif line.lstrip().startswith(":::"):
                self.colons(line.rstrip(), number)
            else:
                self.body.append(line)
        if self.fence:
            self.wrong(self.fence_line, f"Hier beginnt Code, der nicht endet. Es fehlt eine Zeile {self.fence}.")
        elif self.kind != "prose":
            self.wrong(self.start, f"Zu „:::{self.kind}“ fehlt die Zeile :::, mit der es endet.")
        self.end(number + 1)
        return tuple(self.found), self.mistakes

    def wrong(self, line: int, sentence: str) -> None:
        self.mistakes.append((line, sentence))

    def colons(self, line: str, number: int) -> None:
        """Take a line that begins with three colons."""
        opening = _OPEN.fullmatch(line)
        if line == ":::" and self.kind != "prose":
            self.end(number + 1)
            return
        if opening and opening[1] in DIRECTIVES and self.kind == "prose":
            self.end(number)
            self.kind, self.argument = opening[1], (opening[2] or "").strip()
            return
        self.body.append(line)
        if line == ":::":
            self.wrong(number, "Hier endet etwas mit :::, das nicht begonnen hat.")
        elif line.startswith((" ", "\t")):
            self.wrong(number, "Eine Zeile mit ::: beginnt ganz links.")
        elif opening is None:
            self.wrong(number, "Auf ::: folgt ohne Leerzeichen ein Name, zum Beispiel :::hint.")
        elif opening[1] not in DIRECTIVES:
            self.wrong(number, f"„:::{opening[1][:40]}“ ist nicht bekannt. Erlaubt sind {', '.join(DIRECTIVES)}.")
        else:
            self.wrong(number, f"„:::{opening[1]}“ steht in „:::{self.kind}“ aus Zeile {self.start}. Das ist nicht erlaubt.")

    def end(self, next_line: int) -> None:
        """Keep the open block, and begin prose in ``next_line``."""
        first = next((n for n, line in enumerate(self.body) if line.strip()), 0)
        text = "\n".join(self.body[first:]).rstrip()
        if self.kind != "prose":
            self.found.append(Block(self.kind, self.argument, text, self.start, self.start + 1 + first))
        elif text:
            self.found.append(Block(self.kind, self.argument, text, self.start + first, self.start + first))
        self.kind, self.argument, self.start = "prose", "", next_line
        self.body = []


# What stands in a block -----------------------------------------------------------------------------------------------


def _mistakes_of(block: Block) -> list[tuple[int, str]]:
    found = []
    first = block.text_line
    if block.kind != "prose":
        found = [(block.first_line, sentence) for sentence in _mistakes_of_head(block)]
    if block.kind == "checklist":
        found += _mistakes_of_list(block.text, first)
    if block.kind == "table" and block.text:
        found += _mistakes_of_table(block.text, first)
    return found + [(first + line, sentence) for line, sentence in mistakes_of_markdown(block.text)]


def _mistakes_of_head(block: Block) -> list[str]:
    found = []
    if block.kind in WITH_ARGUMENT and not block.argument:
        found.append(f"Nach „:::{block.kind}“ fehlt {WITH_ARGUMENT[block.kind]}.")
    elif block.kind in WITHOUT_BODY and not _FILE.fullmatch(block.argument):
        found.append(f"„{block.argument[:60]}“ ist kein Name einer Datei.")
    if len(block.argument) > LONGEST_ARGUMENT:
        found.append(f"Nach „:::{block.kind}“ stehen mehr als {LONGEST_ARGUMENT} Zeichen.")
    if not block.text.strip() and block.kind not in WITHOUT_BODY:
        found.append(f"„:::{block.kind}“ ist leer.")
    return found


def _mistakes_of_list(text: str, first: int) -> list[tuple[int, str]]:
    for number, line in enumerate(text.split("\n")):
        if line.strip() and not _ITEM.match(line) and (number == 0 or not line.startswith("  ")):
            return [(first + number, "In einer Checkliste beginnt jede Zeile mit - oder ist eingerückt.")]
    return []


def _mistakes_of_table(text: str, first: int) -> list[tuple[int, str]]:
    lines = text.split("\n")
    rows = [_cells(line) for line in lines]
    for number, cells in enumerate(rows):
        if len(cells) < 1 or "|" not in lines[number]:
            return [(first + number, "Hier steht nur eine Tabelle, mit einem | zwischen den Zellen in jeder Zeile.")]
        if len(cells) != len(rows[0]):
            return [(first + number, f"Diese Zeile hat {len(cells)} Zellen, die erste hat {len(rows[0])}.")]
    if len(rows) < 2 or not all(_CELL.fullmatch(cell) for cell in rows[1]):
        return [(first + min(1, len(rows) - 1), "Unter der ersten Zeile einer Tabelle steht eine Zeile wie | --- | --- |.")]
    if len(rows) < 3:
        return [(first + 1, "Die Tabelle hat keine Zeile mit Inhalt.")]
    return []


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    cells = _BAR.split(inner)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [cell.strip() for cell in cells]


def mistakes_of_markdown(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with Markdown that has no directives, as (line, German sentence); lines count from 0.

    Of each kind no more than the first ``MOST_OF_A_KIND``, so that a hostile text costs no more than its length.
    """
    # What is right with code taken for text is right; most texts need no second look.
    if not _mistakes_outside_code(text) and not _wrong_definitions(text):
        return []
    text = _without_fences(text)
    found = dict.fromkeys(_with_lines(text, _wrong_definitions(text)))
    for shown in _without_spans(text):
        found.update(dict.fromkeys(_with_lines(shown, _mistakes_outside_code(shown))))
    return list(found)


def _with_lines(text: str, found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(text.count("\n", 0, at), sentence) for at, sentence in found]


def _wrong_definitions(text: str) -> list[tuple[int, str]]:
    """Return (place, sentence) for each definition of a link that is a mistake; such a definition goes before code spans."""
    if "]:" not in text:
        return []
    wrong = (link for link in _REFERENCE.finditer(text) if not _GOOD.match(link[1]))
    return [(link.start(1), _BAD_LINK % link[1]) for link in islice(wrong, MOST_OF_A_KIND)]


def _mistakes_outside_code(text: str) -> list[tuple[int, str]]:
    """Return (place, sentence) for each mistake, with code taken for text."""
    found = []
    if "<" in text:
        schemes = (link for link in _unescaped(_IN_ANGLES, text) if link[1].lower() not in _SCHEMES)
        tags = _unescaped(_HTML, _IN_ANGLES.sub(lambda link: " " * len(link[0]), text))
        found += [(link.start(), _BAD_LINK % link[0].strip("<>")[:60]) for link in islice(schemes, MOST_OF_A_KIND)]
        found += [(tag.start(), _HERE_IS_HTML % tag[0][:40]) for tag in islice(tags, MOST_OF_A_KIND)]
    if "![" in text:
        found += [(at.start(), _HERE_IS_A_PICTURE) for at in islice(_unescaped(_PICTURE, text), MOST_OF_A_KIND)]
    if "](" in text:
        links = (link for link in _unescaped(_TARGET, text) if not _GOOD.match(link[1]))
        found += [(link.start(), _BAD_LINK % link[1]) for link in islice(links, MOST_OF_A_KIND)]
    return found


def _unescaped(find: re.Pattern, text: str) -> Iterator[re.Match]:
    """Yield each match that no backslash takes its meaning from."""
    for found in find.finditer(text):
        at = found.start()
        while at and text[at - 1] == "\\":
            at -= 1
        if (found.start() - at) % 2 == 0:
            yield found


_HERE_IS_HTML = "Hier steht HTML: %s. Erlaubt ist nur Markdown; ein einzelnes < schreiben Sie als \\<."
_HERE_IS_A_PICTURE = "Ein Bild steht in :::figure, damit es eine Beschriftung und einen Text für Blinde hat."
_BAD_LINK = "„%s“ ist kein Verweis, der hier geht: Erlaubt sind https://, http://, mailto:, tel: und # für eine Stelle im Text."


def _without_fences(text: str) -> str:
    """Return ``text`` of the same length and lines with blanks in the place of code between fences."""
    if "```" not in text and "~~~" not in text:
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        mark = None if fence else _FENCE.match(line)
        if fence or mark:
            lines.append(" " * len(line))
            closing = line.strip()
            if mark:
                fence = mark[1]
            elif closing.startswith(fence) and not closing.strip(fence[0]):
                fence = ""
        else:
            lines.append(line)
    return "\n".join(lines)


def _without_spans(text: str) -> set[str]:
    """Return ``text`` of the same length and lines with blanks in the place of code spans, once or twice.

    A code span may go on in the next line, but not in the next item of a list or the next quotation. Instead of knowing all of
    Markdown's blocks, what is code only if it may, or only if it may not, is not taken for code.
    """
    if "`" not in text:
        return {text}
    return {find.sub(lambda found: _without_spans_of(found[0]), text) for find in (_PARAGRAPH, _LINE)}


def _without_spans_of(paragraph: str) -> str:
    """Return a paragraph or line with blanks in the place of code spans, which end at as many backticks as they begin with."""
    ticks = list(_TICKS.finditer(paragraph))
    by_length: dict[int, list[int]] = {}
    for number, tick in enumerate(ticks):
        by_length.setdefault(len(tick[0]), []).append(number)
    parts, end, number = [], 0, 0
    while number < len(ticks):
        start = ticks[number].start()
        start += paragraph[start - 1 : start] == "\\"
        same = by_length.get(ticks[number].end() - start, [])
        after = bisect_right(same, number)
        if after < len(same):
            number = same[after]
            parts += [paragraph[end:start], re.sub(".", " ", paragraph[start : ticks[number].end()])]
            end = ticks[number].end()
        number += 1
    return "".join([*parts, paragraph[end:]])
