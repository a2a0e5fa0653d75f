"""One unit, or the template of its transfer task, as a document to go on writing in: ODT and DOCX.

The words are those of the handbook, the looks those of the house, accessible: title and language are set, headings have no
gap, tables a head that is repeated, pictures their words, and nothing is empty. The same content gives the same bytes.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from staffel.curriculum.core.content import Outline, Source
from staffel.curriculum.core.nodes import nodes_of
from staffel.curriculum.exports.docx import docx
from staffel.curriculum.exports.handbook import unit_document_of
from staffel.curriculum.exports.odt import odt
from staffel.curriculum.exports.paper import DOTS_PER_INCH, OPEN, WIDTH, Paper, Picture, picture_of, plain
from staffel.curriculum.exports.unit_parts import TRAINERS_FOLDER
from staffel.ui import typesetting

FORMATS: dict[str, Callable[[Paper], bytes]] = {"odt": odt, "docx": docx}
_DEEPEST = 6
_SUFFIXES = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_LINE = re.compile("_{2,}")
# ``Stand vom (Datum): … Wiederholung am: …``: names, each with its place and nothing else.
_PLACES = re.compile(rf"(?:[^{OPEN}:]+: {OPEN}(?: |$))+")
# ``… Beleg: …``: after a place a name begins that has one of its own.
_NEXT_NAME = re.compile(rf"(?<={OPEN}) (?=[A-ZÄÖÜ][^{OPEN}:]*: {OPEN})")


def unit_document(source: Source, key: str, form: str, *, office: str, digest: str, released_at: datetime) -> bytes:
    """Return one unit as ``odt`` or ``docx``. No query of its own. Raises FontsMissing or TypesettingFailed for a drawing."""
    write = _writer(form)
    document, pictures = unit_document_of(source, key, TRAINERS_FOLDER, office=office, digest=digest, released_at=released_at)
    unit = document["modules"][0]["units"][0]
    nodes: list[dict] = []
    for part in unit["parts"]:
        nodes += [{"type": "page"}] if part["apart"] else []
        nodes += [_heading(part["title"]), *_deeper(_on_screen(part["nodes"]), 1)]
    nodes.append(_heading(_("Über dieses Dokument")))
    nodes += [_paragraph([{"text": f"{label}: ", "bold": True}, {"text": value}]) for label, value in document["facts"]]
    drawn = {name: _picture(name, content) for name, content in pictures.items()}
    over = f"{document['over']} · {unit['over']}"
    return write(_paper(source.outline, nodes, title=unit["title"], over=over, author=office, at=released_at, pictures=drawn))


def has_form(source: Source, key: str) -> bool:
    """Return whether the transfer task of a unit has a template to fill in."""
    task = source.unit(key).task
    return task is not None and bool(task.template)


def form_document(source: Source, key: str, form: str, *, office: str, released_at: datetime) -> bytes:
    """Return the template of a unit's transfer task as ``odt`` or ``docx``, to be filled in and changed. No query of its own.

    Raises ValueError for a unit without template.
    """
    write = _writer(form)
    if not has_form(source, key):
        raise ValueError(f"unit {key!r} has no template")
    outline, unit = source.outline, source.unit(key)
    prose = [node for node in nodes_of(unit.task.template) if node["type"] not in ("figure", "download")]
    hint = _("Zum Ausfüllen: Ersetzen Sie jedes „%(sign)s“ durch Ihren Text. Zeilen dürfen Sie ergänzen und streichen.") % {
        "sign": OPEN
    }
    said = _("Vorlage zu „%(unit)s“, %(programme)s %(version)s. %(office)s, Lizenz %(licence)s: Sie dürfen sie ändern.") % {
        "unit": unit.title,
        "programme": outline.title,
        "version": outline.version,
        "office": office,
        "licence": outline.licence,
    }
    nodes = [{"type": "small", "runs": [{"text": hint}]}, *_apart(_to_fill_in(_deeper(prose, 0)))]
    nodes.append({"type": "imprint", "runs": [{"text": said}]})
    over = f"{_('Vorlage')} · {outline.title} {outline.version}"
    return write(_paper(outline, nodes, title=unit.task.title, over=over, author=office, at=released_at, pictures={}))


def _writer(form: str) -> Callable[[Paper], bytes]:
    if form not in FORMATS:
        raise ValueError(f"a document is one of {tuple(FORMATS)}, got {form!r}")
    return FORMATS[form]


def _paper(outline: Outline, nodes: list[dict], **words) -> Paper:
    return Paper(language=outline.language, page=_("Seite"), of=_("von"), nodes=_without_gaps(nodes), **words)


def _picture(name: str, content: bytes) -> Picture:
    """Return a picture as word processors show it: drawings, and what is not what its name says, become PNG."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _SUFFIXES:
        with suppress(ValueError):
            return picture_of(content, _SUFFIXES[suffix])
    page = f'#set page(width: {WIDTH}mm, height: auto, margin: 0pt)\n#image("drawing{suffix}", width: 100%)\n'.encode()
    drawn = typesetting.typeset_apart({"main.typ": page, f"drawing{suffix}": content}, format="png", ppi=DOTS_PER_INCH)
    return picture_of(drawn, "png")


# Nodes ------------------------------------------------------------------------------------------------------------------


def _heading(title: str) -> dict:
    return {"type": "heading", "level": 1, "runs": [{"text": title}]}


def _paragraph(runs: list[dict]) -> dict:
    return {"type": "paragraph", "runs": runs}


def _on_screen(value):
    """Return nodes for a document that is worked with: no gap drawn as a line like a field, links with words."""
    if isinstance(value, list):
        return [_on_screen(each) for each in value]
    if not isinstance(value, dict):
        return value
    made = {name: _on_screen(each) for name, each in value.items()}
    if "text" in value and value.get("type") != "code":
        made["text"] = _LINE.sub("[…]", value["text"])
        # Nobody wants an address read aloud: the words beside it are the link.
        made["link"] = value.get("cites") or ("" if value.get("link") == value["text"] else value.get("link", ""))
    return made


def _deeper(nodes: list[dict], levels: int) -> list[dict]:
    """Return the nodes with their headings so many levels deeper."""
    return [
        node | {"level": node["level"] + levels}
        if node["type"] == "heading"
        else node | {"nodes": _deeper(node["nodes"], levels)}
        if "nodes" in node
        else node
        for node in nodes
    ]


def _without_gaps(nodes: list[dict]) -> list[dict]:
    """Return the nodes with no heading more than one level below the one before it."""
    last = 0

    def stepped(nodes: list[dict]) -> Iterator[dict]:
        nonlocal last
        for node in nodes:
            if node["type"] == "heading":
                last = min(node["level"], last + 1, _DEEPEST)
                yield node | {"level": last}
            elif "nodes" in node:
                yield node | {"nodes": list(stepped(node["nodes"]))}
            else:
                yield node

    return list(stepped(nodes))


# Templates --------------------------------------------------------------------------------------------------------------


def _to_fill_in(nodes: list[dict]) -> Iterator[dict]:
    """Yield the nodes of a template as something to write in: names with a place become tables, a place alone a frame."""
    for node in nodes:
        kind = node["type"]
        words = plain(node["runs"]) if kind == "paragraph" else ""
        if kind == "table":
            head = [cell if plain(cell).strip() else [{"text": _("Feld")}] for cell in node["head"]]
            yield node | {"roomy": True, "head": head, "rows": [[_in_lines(cell) for cell in row] for row in node["rows"]]}
        elif kind == "list" and not node["ordered"] and (rows := [_field(item) for item in node["items"]]) and None not in rows:
            yield _fields(rows)
        elif words == OPEN:
            yield {"type": "answer", "runs": node["runs"]}
        elif words and _PLACES.fullmatch(words):
            yield from _places([_named(part) for part in _NEXT_NAME.split(words)])
        else:
            yield node


def _places(rows: list[list[list[dict]]]) -> Iterator[dict]:
    """Yield a table for several names, a frame for one: a head above a single row only takes space."""
    if len(rows) > 1:
        yield _fields(rows)
        return
    ((name, entry),) = rows
    yield {"type": "answer", "runs": [{"text": f"{plain(name)}: ", "bold": True}, *entry]}


def _fields(rows: list[list[list[dict]]]) -> dict:
    head = [[{"text": _("Feld")}], [{"text": _("Eintrag")}]]
    return {"type": "table", "caption": [], "head": head, "rows": rows, "fields": True, "roomy": True}


def _field(item: list[dict]) -> list[list[dict]] | None:
    """Return the name and the entry of ``**Name:** …``, or None for what is not of this form."""
    if len(item) != 1 or item[0]["type"] != "paragraph" or not item[0]["runs"][0].get("bold"):
        runs = item[0].get("runs", []) if len(item) == 1 else []
        return _named(plain(runs)) if runs and _PLACES.fullmatch(plain(runs)) else None
    name, *entry = item[0]["runs"]
    if not name["text"].endswith((":", "?")) or not entry:
        return None
    entry[0] = entry[0] | {"text": entry[0].get("text", "").lstrip()}
    return [[{"text": name["text"].removesuffix(":")}], _in_lines(entry)]


def _named(words: str) -> list[list[dict]]:
    """Return name and entry of ``Name: …``."""
    name, entry = words.split(": ", 1)
    return [[{"text": name}], [{"text": entry.strip()}]]


def _in_lines(runs: list[dict]) -> list[dict]:
    """Return an entry with each further name in it on a line of its own; one without words gets the sign to write at."""
    made: list[dict] = []
    for run in runs if plain(runs).strip() else [{"text": OPEN}]:
        for place, part in enumerate(_NEXT_NAME.split(run.get("text", ""))):
            made += [{"break": True}] if place else []
            made.append(run | {"text": part} if "text" in run else run)
    return made


def _apart(nodes: Iterator[dict]) -> Iterator[dict]:
    """Yield the nodes with words between two tables: Word would make one of them."""
    before = ""
    for node in nodes:
        if node["type"] == before == "table" and not node["caption"]:
            node |= {"caption": [{"text": _("Dazu:")}]}
        yield node
        before = node["type"]
