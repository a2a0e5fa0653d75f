"""The handbook of a programme, or the folder of one unit, as accessible PDF (PDF/UA-1, PDF/A-2a).

The typesetter gets one JSON file and the pictures, never a command: a sentence of a foreign package cannot become one. The same
content gives the same bytes. A handbook is as large as its texts, so it is made once and kept (``actions.downloads``).
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum.core.content import Competency, Form, Item, ItemKind, Level, Outline, Source, Unit, UnitKind
from staffel.curriculum.core.nodes import nodes_of
from staffel.curriculum.words import clock, qualities
from staffel.ui import typesetting, words

TEMPLATE = settings.SOURCE / "curriculum" / "templates" / "curriculum" / "handbook.typ"
STANDARDS = ["a-2a", "ua-1"]
# What the typesetter can draw; other materials are named, with the place where they lie.
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp")
LARGEST_PICTURE = 10_000_000


def handbook_pdf(
    source: Source, *, office: str, digest: str, released_at: datetime, units: Iterable[str] | None = None
) -> bytes:
    """Return the handbook of ``source``, or of some ``units`` of it, as PDF. No query of its own.

    Raises typesetting.FontsMissing if the fonts were never fetched, TypesettingFailed for pictures that cannot be set.
    """
    wanted = source.outline.units if units is None else tuple(units)
    document, pictures = document_of(source, wanted, office=office, digest=digest, released_at=released_at)
    files = {
        "main.typ": TEMPLATE.read_bytes(),
        "content.json": json.dumps(document, ensure_ascii=False).encode(),
        "wordmark.svg": typesetting.wordmark().encode(),
        **pictures,
    }
    return typesetting.typeset_apart(files, format="pdf", pdf_standards=STANDARDS, timestamp=int(released_at.timestamp()))


def document_of(
    source: Source, units: tuple[str, ...], *, office: str, digest: str, released_at: datetime
) -> tuple[dict, dict[str, bytes]]:
    """Return all words of the handbook as ``handbook.typ`` prints them, and the pictures by their name in it."""
    outline = source.outline
    pictures: dict[str, bytes] = {}
    titles = {competency.key: competency.title for competency in outline.competencies}
    modules = []
    number = 0
    for place, module in enumerate(outline.modules, start=1):
        chapters = []
        for key in module.units:
            number += 1
            if key in units:
                chapters.append(_unit(source, source.unit(key), number, titles, pictures))
        if chapters:
            heading = _("Modul %(number)s: %(title)s") % {"number": place, "title": module.title}
            kind = "" if module.required else _("Wahlmodul")
            modules.append({"title": heading, "kind": kind, "summary": _paragraphs(module.summary), "units": chapters})
    whole = units == outline.units
    return {
        "language": outline.language,
        "title": outline.title if whole else modules[0]["units"][0]["title"],
        "over": _("Handbuch") if whole else f"{outline.title} {outline.version}",
        "office": office,
        "facts": [
            [_("Version"), _("%(number)s vom %(day)s") % {"number": outline.version, "day": words.day(released_at.date())}],
            [_("Herausgeber"), office],
            [_("Lizenz der Texte"), outline.licence],
            [_("Prüfsumme"), digest],
        ],
        "contents": _("Inhalt"),
        "whole": whole,
        "about": _about(outline) if whole else [],
        "competencies": _competencies(outline.competencies) if whole else None,
        "modules": modules,
        "footer": f"{outline.title} {outline.version}",
        "page": _("Seite"),
    }, pictures


def _about(outline: Outline) -> list[dict]:
    sections = ((_("Worum es geht"), outline.summary), (_("Ziel"), outline.aim), (_("Für wen"), outline.audience))
    return [{"title": title, "nodes": _paragraphs(text)} for title, text in sections]


def _competencies(competencies: tuple[Competency, ...]) -> dict:
    return {
        "title": _("Kompetenzen"),
        "level": _("Stufe"),
        "rows": [
            {"title": each.title, "field": each.field, "text": each.text, "levels": list(each.levels)} for each in competencies
        ],
    }


def _unit(source: Source, unit: Unit, number: int, titles: dict[str, str], pictures: dict[str, bytes]) -> dict:
    alternatives = {}
    for material in unit.materials:
        name = f"{unit.key}-{material.file}"
        suffix = PurePosixPath(material.file).suffix.lower()
        if material.file and suffix in PICTURES and material.alt and material.size <= LARGEST_PICTURE:
            with source.open(unit.key, material.file) as file:
                pictures[name] = file.read()
            alternatives[material.file] = (name, material.alt)

    def prose(text: str) -> list[dict]:
        return _with_pictures(nodes_of(text), alternatives, unit)

    parts = [
        _part(_("Ziele"), [_objectives(unit, titles)]),
        _part(_("Worum es geht"), prose(unit.summary)),
        _part(_("Ablauf"), [_plan(unit, source.outline.timetable.starts)] if unit.plan else []),
        _part(_("Handreichung"), prose(unit.handout)),
        _part(_("Übungen"), [node for each in unit.exercises for node in _exercise(each, prose)]),
        _part(unit.task.title if unit.task else "", _task(unit, prose) if unit.task else []),
        _part(_("Selbsttest"), [node for place, item in enumerate(unit.quiz, start=1) for node in _item(place, item, prose)]),
        _part(_("Leitfaden für die Leitung"), prose(unit.guide)),
        _part(_("Quellen"), [_references(unit)] if unit.sources else []),
        _part(_("Material"), [_materials(unit)] if unit.materials else []),
    ]
    word = _("Einheit %(number)s") if unit.kind is UnitKind.SELF_STUDY else _("%(number)s. Vormittag")
    minutes = _("%(minutes)s Minuten") % {"minutes": unit.minutes}
    return {
        "title": unit.title,
        "over": f"{word % {'number': number}} · {minutes}",
        "parts": [part for part in parts if part["nodes"]],
    }


def _part(title: str, nodes: list[dict]) -> dict:
    return {"title": title, "nodes": nodes}


def _with_pictures(nodes: list[dict], alternatives: dict, unit: Unit) -> list[dict]:
    """Return the nodes with each figure's picture and words, and each download's title; others become paragraphs."""
    titles = {material.file: material.title for material in unit.materials if material.file}
    found = []
    for node in nodes:
        if node["type"] == "figure" and node["file"] in alternatives:
            picture, alt = alternatives[node["file"]]
            found.append(node | {"picture": picture, "alt": alt})
        elif node["type"] == "box":
            kind = box_names()[node["kind"]]
            found.append(node | {"title": f"{kind}: {node['title']}" if node["title"] else kind})
        elif node["type"] in ("figure", "download"):
            title = titles.get(node["file"], node["file"])
            found += [_paragraph(_("Datei: %(title)s (%(file)s)") % {"title": title, "file": node["file"]}), *node["nodes"]]
        else:
            found.append(node)
    return found


# Parts of a unit --------------------------------------------------------------------------------------------------------


def _objectives(unit: Unit, titles: dict[str, str]) -> dict:
    names = level_names()
    return {
        "type": "list",
        "ordered": False,
        "start": 1,
        "items": [
            [_paragraph(each.text), _small(f"{names[each.level]} · {titles.get(each.competency, each.competency)}")]
            for each in unit.objectives
        ],
    }


def _plan(unit: Unit, starts: str) -> dict:
    """Return the plan: a session begins at ``starts`` (``09:00``), self-study counts from 0:00."""
    hour, minute = map(int, starts.split(":")) if unit.kind == UnitKind.SESSION else (0, 0)
    first, begins, rows = hour * 60 + minute, 0, []
    for step in unit.plan:
        time = f"{clock(first + begins)}–{clock(first + begins + step.minutes)}"
        what = f"{step.method}. {step.text}" + (f" ({step.material})" if step.material else "")
        everybody = step.form == Form.PLENARY and step.who == _("alle")
        rows.append([time, step.phase, what, step.who if everybody else f"{step.who}, {form_names()[step.form]}"])
        begins += step.minutes
    active = 100 * sum(step.minutes for step in unit.plan if step.active) // max(begins, 1)
    caption = _("%(all)s Minuten, davon %(active)s Prozent eigene Arbeit") % {"all": begins, "active": active}
    return _table(caption, [_("Zeit"), _("Phase"), _("Was geschieht"), _("Wer")], rows, columns=[22, 24, 0, 30])


def _exercise(exercise, prose: Callable[[str], list[dict]]) -> list[dict]:
    facts = _("%(minutes)s Minuten, %(form)s") % {"minutes": exercise.minutes, "form": form_names()[exercise.form]}
    return [_heading(exercise.title), _small(facts), *prose(exercise.text)]


def _task(unit: Unit, prose: Callable[[str], list[dict]]) -> list[dict]:
    nodes = [*prose(unit.task.instruction)]
    if unit.task.template:
        nodes += [_heading(_("Vorlage")), *prose(unit.task.template)]
    if unit.task.rubric:
        most = max(len(criterion.levels) for criterion in unit.task.rubric)
        head = [_("Merkmal"), *qualities(most)]
        rows = [[each.title, *each.levels, *[""] * (most - len(each.levels))] for each in unit.task.rubric]
        nodes += [_heading(_("Rückmeldung")), _table(_("So wird die Aufgabe beurteilt"), head, rows)]
    return nodes


def _item(place: int, item: Item, prose: Callable[[str], list[dict]]) -> list[dict]:
    answers = [_answer(item, number, answer) for number, answer in enumerate(item.answers, start=1)]
    nodes = [
        _heading(_("Frage %(number)s") % {"number": place}),
        *prose(item.prompt),
        {"type": "list", "ordered": item.kind is ItemKind.ORDER, "start": 1, "items": answers},
    ]
    return [*nodes, _small(item.feedback)] if item.feedback else nodes


def _answer(item: Item, number: int, answer) -> list[dict]:
    text = f"{answer.text} → {answer.partner}" if item.kind is ItemKind.MATCH else answer.text
    if item.kind in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        text = f"{text} ({_('richtig') if answer.right else _('falsch')})"
    return [_paragraph(text), _small(answer.feedback)] if answer.feedback else [_paragraph(text)]


def _references(unit: Unit) -> dict:
    items = []
    for each in unit.sources:
        text = ", ".join(part for part in (each.title, each.publisher, str(each.year) if each.year else "") if part)
        runs = [{"text": text}]
        if each.link:
            runs += [{"text": ". "}, {"text": each.link, "link": each.link}]
        if each.accessed:
            runs.append({"text": " " + _("(gelesen am %(day)s)") % {"day": words.day(each.accessed)}})
        items.append([{"type": "paragraph", "runs": runs}])
    return {"type": "list", "ordered": True, "start": 1, "items": items}


def _materials(unit: Unit) -> dict:
    rows = [[each.title, each.file or each.link, each.author, each.licence] for each in unit.materials]
    links = {each.link for each in unit.materials if each.link}
    caption = ngettext("%(count)s Datei oder Verweis", "%(count)s Dateien und Verweise", len(rows)) % {"count": len(rows)}
    table = _table(caption, [_("Titel"), _("Datei oder Adresse"), _("Urheber"), _("Lizenz")], rows)
    for row in table["rows"]:
        row[1] = [run | {"link": run["text"]} if run["text"] in links else run for run in row[1]]
    return table


# Words and nodes --------------------------------------------------------------------------------------------------------


def level_names() -> dict[Level, str]:
    """Return the word for each level of an objective."""
    return {
        Level.REMEMBER: _("erinnern"),
        Level.UNDERSTAND: _("verstehen"),
        Level.APPLY: _("anwenden"),
        Level.ANALYSE: _("analysieren"),
        Level.EVALUATE: _("bewerten"),
        Level.CREATE: _("gestalten"),
    }


def box_names() -> dict[str, str]:
    """Return the word for each kind of box."""
    return {
        "hint": _("Hinweis"),
        "task": _("Aufgabe"),
        "definition": _("Begriff"),
        "example": _("Aus der Praxis"),
        "checklist": _("Checkliste"),
    }


def form_names() -> dict[Form, str]:
    """Return the word for each way of working together."""
    return {
        Form.ALONE: _("allein"),
        Form.PAIRS: _("zu zweit"),
        Form.GROUPS: _("in Gruppen"),
        Form.PLENARY: _("alle zusammen"),
    }


def _paragraphs(text: str) -> list[dict]:
    return [_paragraph(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def _paragraph(text: str) -> dict:
    return {"type": "paragraph", "runs": [{"text": text}]}


def _small(text: str) -> dict:
    return {"type": "small", "runs": [{"text": text}]}


def _heading(text: str) -> dict:
    return {"type": "heading", "level": 1, "runs": [{"text": text}]}


def _table(caption: str, head: list[str], rows: list[list[str]], columns: list[int] | None = None) -> dict:
    """Return a table of plain texts; ``columns`` are widths in mm, 0 for what is left."""
    return {
        "type": "table",
        "caption": [{"text": caption}],
        "head": [[{"text": word}] for word in head],
        "rows": [[[{"text": text}] for text in row] for row in rows],
        "columns": columns or [],
    }
