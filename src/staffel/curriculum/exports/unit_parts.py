"""The parts of a unit as trees of plain values, for papers: what each part says, and which paper has which parts.

Nodes are those of ``core/nodes.py``; a table may have ``columns``, widths in mm with 0 for what is left. A run that ``cites``
an address names what is found there; the address itself stands beside it, for paper.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum.core.content import Form, Item, ItemKind, Level, Method, Reference, Source, Term, Unit, UnitKind
from staffel.curriculum.core.files import PICTURES
from staffel.curriculum.core.nodes import nodes_of
from staffel.curriculum.words import clock, qualities
from staffel.ui import words

LARGEST_PICTURE = 10_000_000


class Part(StrEnum):
    """A part of a unit on paper."""

    OBJECTIVES = "objectives"
    SUMMARY = "summary"
    PLAN = "plan"
    GUIDE = "guide"
    METHODS = "methods"
    HANDOUT = "handout"
    EXERCISES = "exercises"
    TASK = "task"
    QUESTIONS = "questions"
    ANSWERS = "answers"
    SLIDES = "slides"
    SOURCES = "sources"
    MATERIALS = "materials"


# The whole: in a handbook the method cards stand once, at its end.
CHAPTER = (
    Part.OBJECTIVES,
    Part.SUMMARY,
    Part.PLAN,
    Part.HANDOUT,
    Part.EXERCISES,
    Part.TASK,
    Part.ANSWERS,
    Part.GUIDE,
    Part.SLIDES,
    Part.SOURCES,
    Part.MATERIALS,
)
# In the order in which somebody who leads the morning needs it.
TRAINERS_FOLDER = (
    Part.OBJECTIVES,
    Part.SUMMARY,
    Part.PLAN,
    Part.GUIDE,
    Part.METHODS,
    Part.HANDOUT,
    Part.EXERCISES,
    Part.TASK,
    Part.ANSWERS,
    Part.SLIDES,
    Part.SOURCES,
    Part.MATERIALS,
)
# Without answers, and without what is said about participants.
PARTICIPANTS_BOOK = (
    Part.OBJECTIVES,
    Part.SUMMARY,
    Part.HANDOUT,
    Part.EXERCISES,
    Part.TASK,
    Part.QUESTIONS,
    Part.SOURCES,
    Part.MATERIALS,
)
# What begins on a page of its own where a unit is printed alone, so that it can be taken out and handed on.
APART = frozenset(Part) - {Part.OBJECTIVES, Part.SUMMARY, Part.MATERIALS}


def chapter_of(source: Source, unit: Unit, number: int, pictures: dict[str, bytes], wanted: tuple[Part, ...]) -> dict:
    """Return title, line over it and the ``wanted`` parts of a unit, empty ones left out; its pictures go into ``pictures``.

    ``number`` says which morning it is, 0 for a unit that people choose.
    """
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

    makers: dict[Part, Callable[[], dict]] = {
        Part.OBJECTIVES: lambda: _part(_("Ziele"), [_objectives(source, unit)]),
        Part.SUMMARY: lambda: _part(_("Worum es geht"), prose(unit.summary)),
        Part.PLAN: lambda: _part(_("Ablauf"), [_plan(unit, source.outline.timetable.starts)] if unit.plan else []),
        Part.GUIDE: lambda: _part(_("Leitfaden für die Leitung"), prose(unit.guide)),
        Part.METHODS: lambda: _part(_("Methoden dieses Vormittags"), _cards_of(source, unit)),
        Part.HANDOUT: lambda: _part(_("Handreichung"), prose(unit.handout)),
        Part.EXERCISES: lambda: _part(_("Übungen"), [node for each in unit.exercises for node in _exercise(each, prose)]),
        Part.TASK: lambda: _part(unit.task.title if unit.task else "", _task(unit, prose) if unit.task else []),
        Part.QUESTIONS: lambda: _part(_("Selbsttest"), _quiz(unit, prose, with_answers=False)),
        Part.ANSWERS: lambda: _part(_("Selbsttest"), _quiz(unit, prose, with_answers=True)),
        Part.SLIDES: lambda: _part(_("Folien in Stichworten"), prose(unit.slides)),
        Part.SOURCES: lambda: _part(_("Quellen"), [_references(unit.sources)] if unit.sources else []),
        Part.MATERIALS: lambda: _part(_("Material"), [_materials(unit)] if unit.materials else []),
    }
    parts = [makers[part]() | {"apart": part in APART} for part in wanted]
    minutes = _("%(minutes)s Minuten") % {"minutes": unit.minutes}
    return {
        "title": unit.title,
        "over": f"{_place(unit, number)} · {minutes}",
        "parts": [part for part in parts if part["nodes"]],
    }


def _place(unit: Unit, number: int) -> str:
    if not number:
        return _("Zur Wahl")
    word = _("Einheit %(number)s") if unit.kind is UnitKind.SELF_STUDY else _("%(number)s. Vormittag")
    return word % {"number": number}


def method_card(method: Method) -> list[dict]:
    """Return the nodes of a method card, its title as the heading."""
    minutes = f"{method.shortest}" if method.shortest == method.longest else f"{method.shortest}–{method.longest}"
    facts = _("%(minutes)s Minuten · %(people)s") % {"minutes": minutes, "people": method.people}
    nodes = [_heading(method.title), _small(facts), _paragraph(method.purpose)]
    sections = (
        (_("Vorbereiten"), method.preparation),
        (_("So geht es"), method.steps),
        (_("Im Netz"), method.online),
        (_("Vor Ort"), method.on_site),
        (_("Worauf Sie achten"), method.pitfalls),
    )
    for title, text in sections:
        if text:
            nodes += [_heading(title, level=2), *_prose(text)]
    if method.sources:
        nodes += [_heading(_("Quellen"), level=2), _references(method.sources)]
    return nodes


def term_nodes(term: Term, names: dict[str, str]) -> list[dict]:
    """Return the nodes of a term of the glossary; ``names`` are the words by their keys."""
    # A word is no heading: eighty of them would hide the chapters from whoever listens to the headings.
    nodes = [{"type": "paragraph", "runs": [{"text": term.term, "bold": True}]}, *_prose(term.text)]
    also = [names[key] for key in term.see if key in names]
    return [*nodes, _small(_("Siehe auch: %(terms)s.") % {"terms": ", ".join(also)})] if also else nodes


def paragraphs(text: str) -> list[dict]:
    """Return the paragraphs of a text without Markdown."""
    return [_paragraph(" ".join(part.split())) for part in text.split("\n\n") if part.strip()]


def _prose(text: str) -> list[dict]:
    """Return the nodes of prose that names no files."""
    return [_named(node) for node in nodes_of(text) if node["type"] not in ("figure", "download")]


def _cards_of(source: Source, unit: Unit) -> list[dict]:
    """Return the cards that the steps of the plan name, each once, in the order of the plan."""
    cards = {method.key: method for method in source.outline.methods}
    used = dict.fromkeys(step.card for step in unit.plan if step.card in cards)
    # The first stands below the heading of them all, which would be alone on its page otherwise.
    return [node for key in used for node in ({"type": "page"}, *method_card(cards[key]))][1:]


def _part(title: str, nodes: list[dict]) -> dict:
    return {"title": title, "nodes": nodes}


def _named(node: dict) -> dict:
    """Return a box with the word for its kind before its title, other nodes as they are."""
    if node["type"] != "box":
        return node
    kind = box_names()[node["kind"]]
    return node | {"title": f"{kind}: {node['title']}" if node["title"] else kind}


def _with_pictures(nodes: list[dict], alternatives: dict, unit: Unit) -> list[dict]:
    """Return the nodes with each figure's picture and words, and each download's title; others become paragraphs."""
    titles = {material.file: material.title for material in unit.materials if material.file}
    found = []
    for node in nodes:
        if node["type"] == "figure" and node["file"] in alternatives:
            picture, alt = alternatives[node["file"]]
            found.append(node | {"picture": picture, "alt": alt, "title": titles[node["file"]]})
        elif node["type"] in ("figure", "download"):
            title = titles.get(node["file"], node["file"])
            found += [_paragraph(_("Datei: %(title)s (%(file)s)") % {"title": title, "file": node["file"]}), *node["nodes"]]
        else:
            found.append(_named(node))
    return found


# Parts of a unit --------------------------------------------------------------------------------------------------------


def _objectives(source: Source, unit: Unit) -> dict:
    titles = {competency.key: competency.title for competency in source.outline.competencies}
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
    return _table(caption, [_("Zeit"), _("Phase"), _("Was geschieht"), _("Wer")], rows, columns=[20, 24, 0, 26])


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


def _quiz(unit: Unit, prose: Callable[[str], list[dict]], *, with_answers: bool) -> list[dict]:
    item_nodes = _item if with_answers else _question
    return [node for place, item in enumerate(unit.quiz, start=1) for node in item_nodes(place, item, prose)]


def _question(place: int, item: Item, prose: Callable[[str], list[dict]]) -> list[dict]:
    """Return the question alone; what has an order or belongs together is sorted by its words, a gap is a line to write on."""
    heading = _heading(_("Frage %(number)s") % {"number": place})
    if item.kind is ItemKind.GAP:
        return [heading, *prose(item.prompt), _paragraph(_("Antwort: ____________________"))]
    texts = [answer.text for answer in item.answers]
    if item.kind in (ItemKind.ORDER, ItemKind.MATCH):
        texts.sort()
    nodes = [heading, *prose(item.prompt), _list([_paragraph(text)] for text in texts)]
    if item.kind is ItemKind.MATCH:
        partners = sorted(answer.partner for answer in item.answers)
        nodes += [_paragraph(_("Dazu passt:")), _list([_paragraph(text)] for text in partners)]
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


def _references(sources: tuple[Reference, ...]) -> dict:
    items = []
    for each in sources:
        after = "".join(f", {part}" for part in (each.publisher, str(each.year) if each.year else "") if part)
        runs = [{"text": each.title}, {"text": after}]
        if each.link:
            runs = [runs[0] | {"cites": each.link}, {"text": f"{after}. "}, {"text": each.link, "link": each.link}]
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
        if (address := row[1][0]["text"]) in links:
            row[0], row[1] = [row[0][0] | {"cites": address}], [{"text": address, "link": address}]
    return table


# Words and nodes ------------------------------------------------------------------------------------------------------


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


def _paragraph(text: str) -> dict:
    return {"type": "paragraph", "runs": [{"text": text}]}


def _small(text: str) -> dict:
    return {"type": "small", "runs": [{"text": text}]}


def _heading(text: str, level: int = 1) -> dict:
    return {"type": "heading", "level": level, "runs": [{"text": text}]}


def _list(items: Iterable[list[dict]]) -> dict:
    return {"type": "list", "ordered": False, "start": 1, "items": list(items)}


def _table(caption: str, head: list[str], rows: list[list[str]], columns: list[int] | None = None) -> dict:
    """Return a table of plain texts; ``columns`` are widths in mm, 0 for what is left."""
    return {
        "type": "table",
        "caption": [{"text": caption}],
        "head": [[{"text": word}] for word in head],
        "rows": [[[{"text": text}] for text in row] for row in rows],
        "columns": columns or [],
    }
