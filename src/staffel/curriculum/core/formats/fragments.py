"""Pieces of HTML: cleaned for other systems, put together to pages, and read as words.

Other systems have neither our style sheets nor our icons. What is left is the HTML that Moodle, Canvas, ILIAS and the players
of QTI show alike, and that is XHTML when QTI asks for it.
"""

import re
from collections.abc import Iterable

import lxml.html
from lxml import etree
from lxml.html import builder as tags

from staffel.curriculum.core.formats.markup import NotReadable, line_of

_DROPPED = {
    "svg",
    "script",
    "style",
    "template",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "math",
    "link",
    "meta",
}
_RENAMED = {"b": "strong", "i": "em", "figure": "div", "section": "div", "article": "div", "aside": "div", "figcaption": "p"}
_KEPT = {
    *("a", "abbr", "blockquote", "br", "caption", "cite", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5"),
    *("h6", "hr", "img", "kbd", "li", "ol", "p", "pre", "q", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr", "ul", "small", "s", "del"),
}
# The content model of QTI has neither of these.
_NOT_IN_QTI = {"s": "span", "del": "span"}
_ATTRIBUTES = {
    "a": ("href",),
    "img": ("src", "alt"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("scope", "colspan", "rowspan"),
}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def clean(html: str, *, first_heading: int = 2, qti: bool = False) -> etree._Element:
    """Return HTML as a ``div`` whose highest heading is that of ``first_heading``, without classes, scripts and icons."""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for node in list(root.iterdescendants()):
        if not isinstance(node.tag, str) or node.tag in _DROPPED:
            node.drop_tree()
    for node in list(root.iterdescendants()):
        node.tag = _RENAMED.get(node.tag, node.tag)
        if qti:
            node.tag = _NOT_IN_QTI.get(node.tag, node.tag)
        kept = _ATTRIBUTES.get(node.tag, ())
        for attribute in list(node.attrib):
            if attribute not in kept or (qti and attribute == "start"):
                del node.attrib[attribute]
        if node.tag == "img" and "alt" not in node.attrib:
            node.set("alt", "")
        if node.tag not in _KEPT:
            node.drop_tag()
    _move_headings(root, first_heading)
    return root


def _move_headings(root: etree._Element, first: int) -> None:
    found = [node for node in root.iter() if node.tag in _HEADINGS]
    highest = min((int(node.tag[1]) for node in found), default=0)
    for node in found:
        node.tag = f"h{min(int(node.tag[1]) - highest + first, 6)}"


def addresses(root: etree._Element) -> list[str]:
    """Return what ``root`` links to or shows, each once, in its order."""
    found = [node.get(attribute) for node in root.iter() for attribute in ("href", "src") if node.get(attribute)]
    return list(dict.fromkeys(found))


def page(title: str, body: Iterable[etree._Element], *, language: str, head: Iterable[etree._Element] = ()) -> bytes:
    """Return a whole page, with its title as the heading."""
    document = tags.HTML(
        tags.HEAD(tags.META(charset="utf-8"), tags.TITLE(title), *head), tags.BODY(tags.H1(title), *body), lang=language
    )
    return lxml.html.tostring(document, doctype="<!DOCTYPE html>", encoding="utf-8") + b"\n"


def mark(part: str, **facts: str) -> list[etree._Element]:
    """Return what stands in the head of a page, so that our own reader knows what it is."""
    return [tags.META(name=f"staffel-{name}", content=value) for name, value in ({"part": part} | facts).items()]


def main(pieces: Iterable[etree._Element], part: str = "") -> etree._Element:
    """Return the text of a page that our own reader takes back; ``part`` where a page has several."""
    found = etree.Element("main")
    found.extend(pieces)
    if part:
        found.set("data-part", part)
    return found


def heading(text: str, level: int = 2) -> etree._Element:
    """Return a heading."""
    made = etree.Element(f"h{level}")
    made.text = text
    return made


def paragraphs(text: str) -> list[etree._Element]:
    """Return a plain text as paragraphs; an empty line begins a new one."""
    return [tags.P(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def bullets(lines: Iterable[str | etree._Element], *, ordered: bool = False) -> etree._Element:
    """Return a list."""
    return (tags.OL if ordered else tags.UL)(*(tags.LI(line) for line in lines))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> etree._Element:
    """Return a table whose first column heads its rows."""
    return tags.TABLE(
        tags.THEAD(tags.TR(*(tags.TH(cell, scope="col") for cell in head))),
        tags.TBODY(*(tags.TR(*((tags.TD if column else tags.TH)(cell) for column, cell in enumerate(row))) for row in rows)),
    )


def link(text: str, address: str) -> etree._Element:
    """Return a link."""
    return tags.A(text, href=address)


def as_ascii(root: etree._Element) -> str:
    """Return an element as XHTML in ASCII: Moodle reads the text of a question as ISO-8859-1 and would break each umlaut."""
    return etree.tostring(root, encoding="ascii", with_tail=False).decode()


# Reading ----------------------------------------------------------------------------------------------------------------

DEEPEST = 100


def read_piece(html: str, where: str) -> etree._Element:
    """Return a piece of HTML from foreign hands as a ``div``. Raises NotReadable if it is nested too deep."""
    if not html.strip():
        return etree.Element("div")
    try:
        root = lxml.html.fragment_fromstring(html.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, ValueError):
        root = etree.Element("div")
        root.text = line_of(html)
    return _not_too_deep(root, where)


def read_page(content: bytes, where: str) -> etree._Element:
    """Return a page from foreign hands, in UTF-8 or in what it says. Raises NotReadable if it is nested too deep."""
    try:
        text: str | bytes = re.sub(r"^\s*<\?xml[^>]*>", "", content.decode("utf-8-sig")).replace("\x00", "")
    except UnicodeDecodeError:
        text = content
    if not text.strip():
        return etree.Element("html")
    try:
        return _not_too_deep(lxml.html.document_fromstring(text), where)
    except (etree.ParserError, ValueError, LookupError):
        raise NotReadable("Die Datei ist keine lesbare Seite in HTML.", where) from None


def _not_too_deep(root: etree._Element, where: str) -> etree._Element:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise NotReadable(f"Die Seite ist tiefer als {DEEPEST} Ebenen verschachtelt.", where)
    return root
