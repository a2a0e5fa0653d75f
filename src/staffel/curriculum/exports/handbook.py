"""The handbook of a programme, and one unit for who leads it or takes part, as accessible PDF (PDF/UA-1, PDF/A-2a).

The typesetter gets one JSON file and the pictures, never a command: a sentence of a foreign package cannot become one. The same
content gives the same bytes. A handbook is as large as its texts, so it is made once and kept (``actions.downloads``).
"""

import json
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from staffel.curriculum.core.content import Competency, Module, Outline, Source
from staffel.curriculum.exports.paper import column_widths
from staffel.curriculum.exports.unit_parts import (
    CHAPTER,
    TRAINERS_FOLDER,
    Part,
    chapter_of,
    method_card,
    paragraphs,
    term_nodes,
)
from staffel.ui import typesetting, words

TEMPLATE = settings.SOURCE / "curriculum" / "templates" / "curriculum" / "handbook.typ"
STANDARDS = ["a-2a", "ua-1"]


def handbook_pdf(source: Source, *, office: str, digest: str, released_at: datetime) -> bytes:
    """Return the handbook of ``source`` as PDF. No query of its own.

    Raises typesetting.FontsMissing if the fonts were never fetched, TypesettingFailed for pictures that cannot be set.
    """
    document, pictures = document_of(source, office=office, digest=digest, released_at=released_at)
    return _set(document, pictures, released_at)


def unit_pdf(
    source: Source, key: str, *, office: str, digest: str, released_at: datetime, parts: tuple[Part, ...] = TRAINERS_FOLDER
) -> bytes:
    """Return one unit as PDF with these ``parts``: the folder of who leads it, the book of who takes part. Raises as above."""
    document, pictures = unit_document_of(source, key, parts, office=office, digest=digest, released_at=released_at)
    return _set(document, pictures, released_at)


def _set(document: dict, pictures: dict[str, bytes], released_at: datetime) -> bytes:
    files = {
        "main.typ": TEMPLATE.read_bytes(),
        "content.json": json.dumps(_with_shares(document), ensure_ascii=False).encode(),
        "wordmark.svg": typesetting.wordmark().encode(),
        **pictures,
    }
    return typesetting.typeset_apart(files, format="pdf", pdf_standards=STANDARDS, timestamp=int(released_at.timestamp()))


def _with_shares(value):
    """Return the document with the share of the page that each column gets, where a table does not say it in mm."""
    if isinstance(value, list):
        return [_with_shares(each) for each in value]
    if not isinstance(value, dict):
        return value
    shares = {"shares": column_widths(value)} if value.get("type") == "table" and not value.get("columns") else {}
    return {name: _with_shares(each) for name, each in value.items()} | shares


def document_of(source: Source, *, office: str, digest: str, released_at: datetime) -> tuple[dict, dict[str, bytes]]:
    """Return all words of the handbook as ``handbook.typ`` prints them, and the pictures by their name in it."""
    outline = source.outline
    pictures: dict[str, bytes] = {}
    numbers = _numbers(outline)
    modules = [
        {
            "title": _module_title(place, module),
            "kind": "" if module.required else _("Wahlmodul"),
            "summary": paragraphs(module.summary),
            "units": [chapter_of(source, source.unit(key), numbers[key], pictures, CHAPTER) for key in module.units],
        }
        for place, module in enumerate(outline.modules, start=1)
    ]
    names = {term.key: term.term for term in outline.glossary}
    return _facts(outline, office, digest, released_at) | {
        "title": outline.title,
        "over": _("Handbuch"),
        "whole": True,
        "about": _about(outline),
        "competencies": _competencies(outline.competencies),
        "modules": modules,
        "after": [
            {"title": _("Methoden"), "nodes": [node for each in outline.methods for node in method_card(each)]},
            {"title": _("Glossar"), "nodes": [node for each in outline.glossary for node in term_nodes(each, names)]},
        ],
    }, pictures


def unit_document_of(
    source: Source, key: str, parts: tuple[Part, ...], *, office: str, digest: str, released_at: datetime
) -> tuple[dict, dict[str, bytes]]:
    """Return the words of one unit as ``handbook.typ`` prints them, and the pictures by their name in it."""
    outline = source.outline
    pictures: dict[str, bytes] = {}
    place, module = next((place, each) for place, each in enumerate(outline.modules, start=1) if key in each.units)
    chapter = chapter_of(source, source.unit(key), _numbers(outline)[key], pictures, parts)
    title = _module_title(place, module)
    return _facts(outline, office, digest, released_at) | {
        "title": chapter["title"],
        "over": f"{outline.title} {outline.version}",
        "whole": False,
        "about": [],
        "competencies": None,
        "modules": [{"title": title, "kind": "" if module.required else _("Wahlmodul"), "summary": [], "units": [chapter]}],
        "after": [],
    }, pictures


def _facts(outline: Outline, office: str, digest: str, released_at: datetime) -> dict:
    return {
        "language": outline.language,
        "office": office,
        "facts": [
            [_("Version"), _("%(number)s vom %(day)s") % {"number": outline.version, "day": words.day(released_at.date())}],
            [_("Herausgeber"), office],
            [_("Lizenz der Texte"), outline.licence],
            [_("Prüfsumme"), digest],
        ],
        "contents": _("Inhalt"),
        "footer": f"{outline.title} {outline.version}",
        "page": _("Seite"),
    }


def _numbers(outline: Outline) -> dict[str, int]:
    """Return which morning each unit of a required module is; 0 for what people choose."""
    required = (key for module in outline.modules if module.required for key in module.units)
    return dict.fromkeys(outline.units, 0) | {key: number for number, key in enumerate(required, start=1)}


def _module_title(place: int, module: Module) -> str:
    return _("Modul %(number)s: %(title)s") % {"number": place, "title": module.title}


def _about(outline: Outline) -> list[dict]:
    sections = ((_("Worum es geht"), outline.summary), (_("Ziel"), outline.aim), (_("Für wen"), outline.audience))
    return [{"title": title, "nodes": paragraphs(text)} for title, text in sections]


def _competencies(competencies: tuple[Competency, ...]) -> dict:
    return {
        "title": _("Kompetenzen"),
        "level": _("Stufe"),
        "rows": [
            {"title": each.title, "field": each.field, "text": each.text, "levels": list(each.levels)} for each in competencies
        ],
    }
