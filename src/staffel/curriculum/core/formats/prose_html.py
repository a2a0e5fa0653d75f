"""Prose with directives as HTML for other systems, and the marks by which ``to_markdown.py`` finds the directives again.

Markdown is made HTML by whoever calls; directives are made here: their look on our own pages needs icons and style sheets that
other systems do not have. The marks are classes, the one attribute that every receiver and QTI 2.1 let pass.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree
from lxml.html import builder as tags

from staffel.curriculum.core.content import Material, Unit
from staffel.curriculum.core.formats.fragments import clean
from staffel.curriculum.core.formats.markup import Html, line_of
from staffel.curriculum.core.text import Block, blocks

LABELS = {"hint": "Hinweis", "task": "Aufgabe", "example": "Aus der Praxis", "checklist": "Checkliste"}
# The classes of a directive, of its label, of its argument in there, and of what is shown but no part of its text.
DIRECTIVE, TITLE, ARGUMENT, SHOWN = "staffel-", "staffel-title", "staffel-argument", "staffel-shown"


def files_of_unit(prefix: str, unit: str) -> Callable[[str], str]:
    """Return how the address of a unit's file is made from its name; ``prefix`` leads from the page to the package's root."""
    return lambda name: f"{prefix}files/{unit}/{quote(name)}"


@dataclass(frozen=True, slots=True)
class Prose:
    """How the prose of a unit is shown on a page: ``html`` makes HTML of Markdown, ``prefix`` leads to the package's root."""

    html: Html
    unit: Unit
    prefix: str
    qti: bool = False

    def file_path(self, name: str) -> str:
        """Return the address of a file of the unit."""
        return files_of_unit(self.prefix, self.unit.key)(name)

    def of(self, text: str, *, first_heading: int = 2) -> etree._Element:
        """Return ``text`` as a ``div`` whose highest heading is that of ``first_heading``."""
        found = blocks(text)
        word = _unused(text)
        # One call for all Markdown between the directives: the levels of its headings belong together.
        parts = [block.text if block.kind == "prose" else f"{word}{number}" for number, block in enumerate(found)]
        root = self._clean("\n\n".join(parts), first_heading)
        for paragraph in list(root.iter("p")):
            number = (paragraph.text or "").removeprefix(word)
            if (paragraph.text or "").startswith(word) and number.isdecimal() and not len(paragraph):
                made = self._directive(found[int(number)], first_heading)
                made.tail = paragraph.tail
                paragraph.getparent().replace(paragraph, made)
        return root

    def _clean(self, text: str, first_heading: int) -> etree._Element:
        return clean(self.html(text), first_heading=first_heading, qti=self.qti)

    def _directive(self, block: Block, first_heading: int) -> etree._Element:
        body = self._clean(block.text, min(first_heading + 1, 6))
        materials = {material.file: material for material in self.unit.materials if material.file}
        if block.kind in LABELS:
            label = tags.STRONG(f"{LABELS[block.kind]}: " if block.argument else LABELS[block.kind])
            if block.argument:
                label.append(tags.SPAN(block.argument, **{"class": ARGUMENT}))
            found = tags.DIV(tags.P(label, **{"class": TITLE}), *body)
        elif block.kind == "definition":
            found = tags.DL(tags.DT(block.argument), tags.DD(*body))
            found[1].text = body.text
        elif block.kind == "table" and len(body) == 1 and body[0].tag == "table":
            found = body[0]
            found.insert(0, tags.CAPTION(block.argument))
        elif block.kind in ("figure", "download") and block.argument in materials:
            found = tags.DIV(self._shown(block.kind, materials[block.argument]), *body)
        else:
            found = body
        found.set("class", f"{DIRECTIVE}{block.kind}")
        return found

    def _shown(self, kind: str, material: Material) -> etree._Element:
        address = self.file_path(material.file)
        if kind == "figure":
            shown = tags.P(tags.IMG(src=address, alt=material.alt))
            shown.append(tags.SMALL(f" {material.author}, {material.licence}"))
        else:
            shown = tags.P(tags.A(material.title, href=address))
            shown[0].tail = f" ({material.file.rpartition('.')[2].upper()}, {material.author}, {material.licence})"
        shown.set("class", SHOWN)
        return shown


def _unused(text: str) -> str:
    """Return a word that ``text`` does not have."""
    word = "STAFFELBLOCK"
    while word in text:
        word += "X"
    return word


def directive_of(node: etree._Element) -> tuple[str, str, list[etree._Element]]:
    """Return kind and argument of the directive that ``node`` shows, and what of it is no text; empty if it shows none."""
    kind = (node.get("class") or "").partition(" ")[0].removeprefix(DIRECTIVE)
    if not (node.get("class") or "").startswith(DIRECTIVE) or kind not in (*LABELS, "figure", "download"):
        return "", "", []
    first = next(iter(node), None)
    if first is None or first.get("class") not in (TITLE, SHOWN):
        return "", "", []
    argument = next((line_of(each) for each in first.iter() if each.get("class") == ARGUMENT), "")
    return kind, argument, [first]
