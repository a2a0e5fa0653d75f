"""What a unit, a module and a programme say on pages of other systems, piece by piece.

A unit has up to six pages: overview, handout, exercises, task, questions that no quiz can carry, and the guide for trainers.
"""

import hashlib
from collections.abc import Callable, Iterable

from lxml import etree
from lxml.html import builder as tags

from staffel.curriculum.core.content import Answer, Form, Item, ItemKind, Material, Module, Outline, Reference, UnitKind
from staffel.curriculum.core.formats.fragments import bullets, heading, link, main, paragraphs, table
from staffel.curriculum.core.formats.prose_html import Prose

KINDS = {UnitKind.SESSION: "Veranstaltung", UnitKind.SELF_STUDY: "Selbststudium"}
FORMS = {Form.ALONE: "allein", Form.PAIRS: "zu zweit", Form.GROUPS: "in Gruppen", Form.PLENARY: "im Plenum"}
Body = list[etree._Element]


# Of a unit --------------------------------------------------------------------------------------------------------------


def overview(outline: Outline, prose: Prose) -> Body:
    """Return what the unit is about, what people can do afterwards, and what was read for it."""
    unit = prose.unit
    titles = {competency.key: competency.title for competency in outline.competencies}
    body = [main([prose.of(unit.summary)])]
    body.append(tags.P(f"{KINDS[unit.kind]}, {unit.minutes} Minuten"))
    if unit.objectives:
        rows = ((each.text, titles.get(each.competency, each.competency), str(each.reaches)) for each in unit.objectives)
        body += [heading("Lernziele"), table(("Lernziel", "Kompetenz", "Stufe"), rows)]
    if unit.materials:
        body += [heading("Materialien"), bullets(_material(each, prose.file_path) for each in unit.materials)]
    if unit.sources:
        body += [heading("Quellen"), bullets(_reference(each) for each in unit.sources)]
    return body


def handout(prose: Prose) -> Body:
    """Return the handout."""
    return [main([prose.of(prose.unit.handout)])]


def exercises(prose: Prose) -> Body:
    """Return the exercises, one below the other."""
    body = []
    for each in prose.unit.exercises:
        body += [heading(each.title), tags.P(f"{each.minutes} Minuten, {FORMS[each.form]}")]
        body.append(prose.of(each.text, first_heading=3))
    return body


def task(prose: Prose) -> Body:
    """Return the transfer task with its template and rubric."""
    found = prose.unit.task
    body = [heading(found.title), prose.of(found.instruction, first_heading=3)]
    if found.template:
        body += [heading("Vorlage"), prose.of(found.template, first_heading=3)]
    if found.rubric:
        body.append(heading("Woran Sie gute Arbeit erkennen"))
        for criterion in found.rubric:
            body += [heading(criterion.title, 3), bullets(criterion.levels, ordered=True)]
    return body


def guide(prose: Prose) -> Body:
    """Return the session plan, the guide for trainers and the outline of the slides."""
    body, unit = [], prose.unit
    if unit.plan:
        head = ("Minuten", "Phase", "Was geschieht", "Methode", "Wer", "Form", "Material")
        rows = (
            (str(step.minutes), step.phase, step.text, step.method, step.who, FORMS[step.form], step.material)
            for step in unit.plan
        )
        body += [heading("Ablauf"), table(head, rows)]
    if unit.guide:
        body.append(main([prose.of(unit.guide)]))
    if unit.slides:
        body += [heading("Folien"), prose.of(unit.slides, first_heading=3)]
    return body


def questions(items: Iterable[Item], prose: Prose) -> Body:
    """Return questions as text, with their solutions at the end."""
    items = tuple(items)
    body, solutions = [], []
    for number, item in enumerate(items, 1):
        body += [heading(f"Frage {number}"), prose.of(item.prompt, first_heading=3)]
        if item.kind is ItemKind.MATCH:
            body += [tags.P("Ordnen Sie zu:"), bullets(answer.text for answer in item.answers)]
            body += [tags.P("Zur Auswahl:"), bullets(partners(item))]
        elif item.kind is not ItemKind.GAP:
            body.append(bullets(answer.text for answer in shuffled(item.answers) if item.kind is ItemKind.ORDER or answer.text))
        solutions += [heading(f"Frage {number}", 3), bullets(map(_solution, item.answers), ordered=item.kind is ItemKind.ORDER)]
        solutions += paragraphs(item.feedback)
    return [*body, heading("Lösungen"), *solutions]


def _solution(answer: Answer) -> str:
    pair = f"{answer.text}: {answer.partner}" if answer.partner else answer.text
    return f"{pair} ({answer.feedback})" if answer.feedback else pair


def partners(item: Item) -> tuple[str, ...]:
    """Return the partners of a matching item, each once, in the order of the alphabet."""
    return tuple(sorted({answer.partner for answer in item.answers}))


def shuffled(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Return answers in an order that says nothing of their right order, and is the same every time."""
    mixed = sorted(answers, key=lambda answer: hashlib.sha256(answer.text.encode()).digest())
    return tuple(mixed[1:] + mixed[:1] if mixed == list(answers) else mixed)


def _material(found: Material, file_path: Callable[[str], str]) -> etree._Element:
    line = tags.SPAN(link(found.title, found.link or file_path(found.file)))
    line[0].tail = f", {found.author}, {found.licence}"
    return line


def _reference(found: Reference) -> etree._Element:
    line = tags.SPAN(", ".join(filter(None, (found.title, found.publisher, str(found.year or "")))))
    if found.link:
        line.text += ", "
        line.append(link(found.link, found.link))
        if found.accessed:
            line[-1].tail = f" (abgerufen am {found.accessed:%d.%m.%Y})"
    return line


# Of a module and the programme ------------------------------------------------------------------------------------------


def module_page(module: Module, units: Iterable[tuple[str, int]]) -> Body:
    """Return what a module is about; ``units`` are the titles and minutes of its units."""
    body = [main(paragraphs(module.summary))]
    body.append(tags.P("Dieses Modul ist Pflicht." if module.required else "Dieses Modul ist eine Wahl."))
    return [*body, heading("Einheiten"), bullets((f"{title}, {minutes} Minuten" for title, minutes in units), ordered=True)]


def programme_page(outline: Outline) -> Body:
    """Return what the programme is, for whom, what people can do afterwards, who wrote it, and under which licence."""
    body = [main(paragraphs(outline.summary), "summary")]
    for title, part, text in (("Ziel", "aim", outline.aim), ("Für wen", "audience", outline.audience)):
        if text:
            body += [heading(title), main(paragraphs(text), part)]
    body += [heading("Module"), bullets((module.title for module in outline.modules), ordered=True), heading("Kompetenzen")]
    body.append(table(("Kompetenz", "Bereich", "Was Sie können"), ((c.title, c.field, c.text) for c in outline.competencies)))
    body.append(heading("Herkunft"))
    body.append(tags.P(f"{outline.title}, Fassung {outline.version}, von {outline.author}, Lizenz {outline.licence}."))
    return body
