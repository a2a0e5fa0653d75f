"""HTML of foreign hands as our Markdown: headings, paragraphs, lists, links, emphasis, tables, code, pictures, definitions.

What has no place in our text is left out and counted, so that people are told. Captioned tables, pictures and definitions
become directives where directives may stand: not within lists, quotations and tables.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from staffel.curriculum.core.formats.markdown_words import CODE, Run, at_start, escaped, in_ticks, joined
from staffel.curriculum.core.formats.markup import name
from staffel.curriculum.core.formats.prose_html import directive_of

_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset"),
    *(
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
    ),
    *("pre", "rubricBlock", "section", "summary", "table", "ul"),
}
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_QUIET = {"title", "head", "style", "meta", "link", "colgroup", "col", "caption", "prompt"}
# Left out with all that is in them, and counted.
_LOST = {
    *("script", "iframe", "video", "audio", "object", "embed", "canvas", "svg", "math", "form", "input", "select", "textarea"),
    *("button", "template", "noscript", "applet", "frame", "map"),
}
# Their words stay, their look goes, and nobody misses it.
_PLAIN = {"span", "font", "abbr", "cite", "small", "q", "time", "bdi", "label", "tbody", "thead", "tfoot", "wbr"}
_MARKS = {"strong": "b", "b": "b", "em": "i", "i": "i", "s": "s", "del": "s", "strike": "s"}
_GOOD = ("http", "https", "mailto", "tel")


@dataclass(slots=True)
class Found:
    """What was met on the way: lost elements by name, links that lead nowhere now, pictures as (address, text instead)."""

    lost: Counter = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


class Converter:
    """Turns the HTML of one page into Markdown.

    ``file`` returns the name of a unit's file for an address and the text instead of a picture, or an empty text.
    """

    def __init__(self, file: Callable[[str, str], str] = lambda _address, _alt: ""):
        self._file = file
        self.found = Found()
        self._figures: list[tuple[str, str]] = []
        self._shift = 0
        self._in_link = False

    def text(self, root: etree._Element, *, first_heading: int = 2) -> str:
        """Return the Markdown of what is in ``root``; its highest heading gets the level of ``first_heading``."""
        highest = min((_HEADINGS[name(node)] for node in root.iter() if name(node) in _HEADINGS), default=1)
        self._shift = first_heading - highest
        return "\n\n".join(self._blocks(root, top=True)).strip()

    # Blocks -------------------------------------------------------------------------------------------------------------

    def _blocks(self, parent: etree._Element, *, top: bool = False) -> Iterator[str]:
        """Return the blocks in ``parent``; words between them are paragraphs of their own."""
        inline: list[etree._Element | str] = [parent.text or ""]
        for node in parent:
            if name(node) in _BLOCKS or (name(node) not in _LOST and any(name(each) in _BLOCKS for each in node.iter())):
                yield from self._paragraph(inline, top=top)
                inline = [node.tail or ""]
                kind, argument, shown = directive_of(node) if top else ("", "", [])
                yield from self._directive(kind, argument, shown, node) if kind else self._block(node, top=top)
            else:
                inline += [node, node.tail or ""]
        yield from self._paragraph(inline, top=top)

    def _paragraph(self, parts: list[etree._Element | str], *, top: bool) -> Iterator[str]:
        runs: list[Run] = []
        for part in parts:
            self._add(part, "", runs)
        text = _trimmed(joined(runs))
        if text:
            yield at_start(text)
        yield from self._drawn(top=top)

    def _drawn(self, *, top: bool) -> Iterator[str]:
        """Return the pictures met since, if figures may stand here."""
        while top and self._figures:
            file, caption = self._figures.pop(0)
            yield f":::figure {file}\n{caption}\n:::" if caption else f":::figure {file}\n:::"

    def _block(self, node: etree._Element, *, top: bool) -> Iterator[str]:
        tag = name(node)
        if tag in _HEADINGS:
            text = self._line(node)
            if text:
                # A # at the end would be taken for the end of the heading.
                text = re.sub(r"(?:^|(?<=\s))(#+)$", r"\\\1", text)
                yield f"{'#' * min(max(_HEADINGS[tag] + self._shift, 1), 6)} {text}"
            yield from self._drawn(top=top)
        elif tag in ("ul", "ol"):
            yield from self._list(node)
            yield from self._drawn(top=top)
        elif tag == "blockquote":
            quoted = "\n\n".join(self._blocks(node))
            if quoted:
                yield "\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))
            yield from self._drawn(top=top)
        elif tag == "pre":
            yield from _code("".join(node.itertext()), fenced=top)
        elif tag == "table":
            yield from self._table(node, top=top)
            yield from self._drawn(top=top)
        elif tag == "hr":
            yield "***"
        elif tag == "dl":
            yield from self._definitions(node, top=top)
        elif tag == "figure" and top and (pictures := [each for each in node.iter() if name(each) == "img"]):
            yield from self._figure(node, pictures)
        else:
            yield from self._blocks(node, top=top)

    def _directive(self, kind: str, argument: str, shown: list[etree._Element], node: etree._Element) -> Iterator[str]:
        """Return a directive that our own pages show."""
        for each in shown:
            address = next((part.get("src") or part.get("href") for part in each.iter() if name(part) in ("img", "a")), "")
            alt = next((part.get("alt", "") for part in each.iter() if name(part) == "img"), "")
            if kind in ("figure", "download"):
                argument = self._file(address, alt)
            node.remove(each)
        body = "\n\n".join(self._blocks(node))
        takes_none = kind in ("figure", "download")
        if (argument or kind != "example") and (argument or not takes_none) and (body or takes_none):
            yield f":::{kind} {argument}".rstrip() + (f"\n{body}\n:::" if body else "\n:::")
        else:
            yield from filter(None, (body,))

    def _list(self, node: etree._Element) -> Iterator[str]:
        items, loose = [], False
        number = int(node.get("start", "1")) if node.get("start", "1").isdecimal() else 1
        for item in (each for each in node if name(each) in ("li", "ul", "ol")):
            # Old editors put a list into a list without an item around it.
            blocks = list(self._blocks(item)) if name(item) == "li" else list(self._list(item))
            mark = f"{number}. " if name(node) == "ol" else "- "
            number += 1
            if not blocks:
                continue
            own = any(name(each) == "p" for each in item)
            loose = loose or own
            text = ("\n\n" if own else "\n").join(blocks)
            indent = " " * len(mark)
            items.append(mark + "\n".join(indent + line if line else "" for line in text.split("\n")).lstrip())
        if items:
            yield ("\n\n" if loose else "\n").join(items)

    def _definitions(self, node: etree._Element, *, top: bool) -> Iterator[str]:
        term = ""
        for each in (each for each in node.iter() if name(each) in ("dt", "dd")):
            if name(each) == "dt":
                term = _words(each)
                continue
            body = "\n\n".join(self._blocks(each))
            if top and term and body and len(term) <= 200:
                yield f":::definition {term}\n{body}\n:::"
            else:
                yield from filter(None, (f"**{escaped(term)}**" if term else "", body))
            term = ""
        yield from self._drawn(top=top)

    def _figure(self, node: etree._Element, pictures: list[etree._Element]) -> Iterator[str]:
        before = len(self._figures)
        for picture in pictures:
            self._image(picture)
        captions = [each for each in node.iter() if name(each) == "figcaption"]
        caption = self._line(captions[0]) if captions else ""
        if len(self._figures) == before + 1:
            self._figures[-1] = (self._figures[-1][0], caption)
        elif caption:
            yield caption
        yield from self._drawn(top=True)

    def _table(self, node: etree._Element, *, top: bool) -> Iterator[str]:
        rows = [[each for each in row if name(each) in ("td", "th")] for row in node.iter() if name(row) == "tr"]
        rows = [row for row in rows if row]
        if any(cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for row in rows for cell in row):
            self.found.lost["colspan"] += 1
        caption = next((_words(each) for each in node if name(each) == "caption"), "")
        if not rows:
            return
        width = max(len(row) for row in rows)
        texts = [[self._line(cell).replace("|", "\\|") for cell in row] + [""] * (width - len(row)) for row in rows]
        has_head = all(name(cell) == "th" for cell in rows[0])
        head = texts.pop(0) if has_head else [""] * width
        table = "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * width, *texts))
        if caption and top and texts and len(caption) <= 200:
            yield f":::table {caption}\n{table}\n:::"
        else:
            yield from filter(None, (at_start(escaped(caption)), table))

    # Words --------------------------------------------------------------------------------------------------------------

    def _line(self, node: etree._Element) -> str:
        """Return all words of an element in one line, with their marks."""
        runs: list[Run] = []
        self._inside(node, "", runs)
        return " ".join(joined(runs).replace("\\\n", " ").split())

    def _inside(self, node: etree._Element, marks: str, runs: list[Run]) -> None:
        self._add(node.text or "", marks, runs)
        for each in node:
            gap = " " if name(each) in _BLOCKS else ""
            self._add(gap, marks, runs)
            self._add(each, marks, runs)
            self._add(gap + (each.tail or ""), marks, runs)

    def _add(self, part: etree._Element | str, marks: str, runs: list[Run]) -> None:
        """Add the runs of an element or of a text."""
        if isinstance(part, str):
            runs.append((escaped(part), marks))
            return
        tag = name(part)
        if tag in _LOST:
            self.found.lost[tag] += 1
        elif tag in _WHOLE:
            runs.append((_WHOLE[tag](self, part), {"br": "", "code": CODE}.get(tag, marks)))
        elif tag in _MARKS:
            self._inside(part, marks if _MARKS[tag] in marks else "".join(sorted(marks + _MARKS[tag])), runs)
        elif tag not in _QUIET and tag:
            if tag not in _PLAIN and tag not in _BLOCKS:
                self.found.lost[tag] += 1
            self._inside(part, marks, runs)

    def _image(self, node: etree._Element) -> str:
        address, alt = node.get("src", ""), " ".join(node.get("alt", "").split())
        file = self._file(address, alt)
        self.found.pictures.append((address, alt))
        if file:
            self._figures.append((file, ""))
            return " "
        self.found.lost["img"] += 1
        return escaped(alt)

    def _link(self, node: etree._Element) -> str:
        # A link in a link is none.
        outer, self._in_link = self._in_link, True
        address, inner = node.get("href", "").strip(), self._line(node)
        self._in_link = outer
        if not address or not inner or outer:
            return inner
        scheme = urlsplit(address).scheme.lower() if not address.startswith("#") else "#"
        if scheme in _GOOD and not re.search(r"[\s<>\\]", address) and address != f"{scheme}:":
            return f"[{inner}]({address.replace('(', '%28').replace(')', '%29')})"
        self.found.links.append(address)
        return inner


_WHOLE: dict[str, Callable[[Converter, etree._Element], str]] = {
    "br": lambda _converter, _node: "\\\n",
    "img": Converter._image,
    "a": Converter._link,
    "code": lambda _converter, node: _words(node),
}


def _words(node: etree._Element) -> str:
    return " ".join("".join(node.itertext()).split())


def _trimmed(text: str) -> str:
    """Return words with single blanks between them, without hard breaks at the ends."""
    lines = [" ".join(line.split()) for line in text.split("\\\n")]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\\\n".join(at_start(line) if number else line for number, line in enumerate(lines) if line)


def _code(text: str, *, fenced: bool) -> Iterator[str]:
    """Return code between fences, or line by line where a fence would not be seen: behind the mark of a list or quotation."""
    text = text.strip("\n")
    if fenced and text.strip():
        fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
        yield f"{fence}\n{text}\n{fence}"
    elif text.strip():
        yield "\\\n".join(in_ticks(" ".join(line.split())) for line in text.split("\n") if line.strip())
