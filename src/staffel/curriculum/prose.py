"""Prose with directives as HTML: hints, tasks, definitions, examples, checklists, tables, figures, downloads.

What a directive is, ``core/text.py`` says; here is what it looks like. Text inside goes through the sieve of
``ui/markdown.py``, the markup around it is made here and escaped.
"""

from collections.abc import Callable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from staffel.curriculum import words
from staffel.curriculum.core import text as directives
from staffel.curriculum.core.content import Material, Unit
from staffel.ui import markdown
from staffel.ui.component import joined
from staffel.ui.templatetags.kit.paths import baton
from staffel.ui.templatetags.kit.words import icon


def render(
    text: str,
    *,
    unit: Unit | None,
    file_path: Callable[[str], str],
    first_heading: int = 3,
    sides: Mapping[str, tuple[int, int]] | None = None,
) -> SafeString:
    """Return ``text`` as HTML to be put into a ``<div class="st-flow st-prose">``.

    Figures and downloads name files of ``unit``, whose materials say title, alternative text, licence and size;
    ``file_path`` returns where the file of a name is fetched, ``sides`` is how large a picture of a name is, in pixels. The
    highest heading becomes that of ``first_heading``.
    A directive with a mistake, which no released version has, is shown as text.
    """
    blocks = directives.blocks(text)
    highest = min(filter(None, (markdown.highest_heading(block.text) for block in blocks)), default=0)
    materials = {material.file: material for material in unit.materials if material.file} if unit else {}

    def prose(body: str) -> SafeString:
        return markdown.render(body, first_heading=first_heading, highest=highest)

    pieces = []
    for block in blocks:
        if block.kind in BOXES:
            pieces.append(BOXES[block.kind](block.argument, prose(block.text)))
        elif block.kind == "table":
            pieces.append(markdown.render_table(block.text, caption=block.argument))
        elif block.kind == "figure" and block.argument in materials:
            material = materials[block.argument]
            size = (sides or {}).get(material.file)
            pieces.append(_figure(material, file_path(material.file), prose(block.text), size))
        elif block.kind == "download" and block.argument in materials:
            material = materials[block.argument]
            pieces.append(_download(material, file_path(material.file), prose(block.text)))
        elif block.kind == "prose":
            pieces.append(prose(block.text))
        else:
            pieces.append(format_html("<pre>{}</pre>", f":::{block.kind} {block.argument}\n{block.text}\n:::"))
    return joined(pieces)


def has_directive(text: str, kind: str) -> bool:
    """Whether ``text`` has a directive of this kind."""
    return any(block.kind == kind for block in directives.blocks(text))


# Boxes ------------------------------------------------------------------------------------------------------------------


def _hint(title: str, body: SafeString) -> SafeString:
    return _box("st-box", icon("info"), title or _("Hinweis"), body)


def _task(title: str, body: SafeString) -> SafeString:
    named = _("Aufgabe: %(title)s") % {"title": title} if title else _("Aufgabe")
    return _box("st-box st-box--task", icon("edit"), named, body)


def _example(title: str, body: SafeString) -> SafeString:
    return _box("st-box st-box--example", baton(), _("Aus der Praxis: %(title)s") % {"title": title}, body)


def _checklist(title: str, body: SafeString) -> SafeString:
    return _box("st-box st-box--checklist", icon("checklist"), title or _("Checkliste"), body)


def _box(css: str, mark: SafeString, title: str, body: SafeString) -> SafeString:
    return format_html(
        '<div class="{}"><p class="st-box__title">{}<span>{}</span></p><div class="st-flow">{}</div></div>',
        css,
        mark,
        title,
        body,
    )


def _definition(term: str, body: SafeString) -> SafeString:
    return format_html('<dl class="st-definition"><dt>{}</dt><dd class="st-flow">{}</dd></dl>', term, body)


BOXES = {"hint": _hint, "task": _task, "definition": _definition, "example": _example, "checklist": _checklist}


# Files ------------------------------------------------------------------------------------------------------------------


def _figure(material: Material, path: str, caption: SafeString, sides: tuple[int, int] | None) -> SafeString:
    source = _("%(author)s, %(licence)s") % {"author": material.author, "licence": words.licence(material.licence)[0]}
    # With both the page keeps the room, and what people read does not jump.
    size = format_html(' width="{}" height="{}"', *sides) if sides else ""
    return format_html(
        '<figure class="st-picture"><img src="{}" alt="{}"{} loading="lazy" decoding="async">'
        '<figcaption>{} <small class="st-muted">{}</small></figcaption></figure>',
        path,
        material.alt,
        size,
        caption,
        source,
    )


def _download(material: Material, path: str, description: SafeString) -> SafeString:
    return format_html(
        '<div class="st-download">{}<div><p><a href="{}" download>{}</a> <span class="st-muted st-small">{}</span></p>{}</div>'
        "</div>",
        icon("download"),
        path,
        material.title,
        file_words(material),
        description,
    )


def file_words(material: Material) -> str:
    """Return kind, size and licence of a file in a line: ``PDF, 1,2 MB, CC BY 4.0``."""
    return ", ".join([words.file_kind(material.file), words.size(material.size), words.licence(material.licence)[0]])
