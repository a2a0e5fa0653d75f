"""What a unit, a module and a programme say on pages of other systems, piece by piece.

A unit has up to six pages: overview, handout, exercises, task, questions that no quiz can carry, and the guide for trainers.
"""

import hashlib
from collections.abc import Callable, Iterable
from urllib.parse import quote

from lxml import etree
from lxml.html import builder as tags

from staffel.curriculum.core.content import Answer, Form, Item, ItemKind, Material, Module, Outline, Reference, Unit, UnitKind
from staffel.curriculum.core.formats.fragments import bullets, clean, heading, link, main, paragraphs, table
from staffel.curriculum.core.formats.markup import Html

KINDS = {UnitKind.SESSION: "Veranstaltung", UnitKind.SELF_STUDY: "Selbststudium"}
FORMS = {Form.ALONE: "allein", Form.PAIRS: "zu zweit", Form.GROUPS: "in Gruppen", Form.PLENARY: "im Plenum"}
Body = list[etree._Element]


def files_of_unit(prefix: str, unit: str) -> Callable[[str], str]:
    """Return how the address of a unit's file is made from its name; ``prefix`` leads from the page to the package's root."""
    return lambda name: f"{prefix}files/{unit}/{quote(name)}"


# Of a unit --------------------------------------------------------------------------------------------------------------


def overview(outline: Outline, unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return what the unit is about, what people can do afterwards, and what was read for it."""
    titles = {competency.key: competency.title for competency in outline.competencies}
    body = [main(html(unit.summary, unit, file_path))]
    body.append(tags.P(f"{KINDS[unit.kind]}, {unit.minutes} Minuten"))
    if unit.objectives:
        rows = ((each.text, titles.get(each.competency, each.competency), str(each.reaches)) for each in unit.objectives)
        body += [heading("Lernziele"), table(("Lernziel", "Kompetenz", "Stufe"), rows)]
    if unit.materials:
        body += [heading("Materialien"), bullets(_material(each, file_path) for each in unit.materials)]
    if unit.sources:
        body += [heading("Quellen"), bullets(_reference(each) for each in unit.sources)]
    return body


def handout(unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return the handout."""
    return [main(html(unit.handout, unit, file_path))]


def exercises(unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return the exercises, one below the other."""
    body = []
    for each in unit.exercises:
        body += [heading(each.title), tags.P(f"{each.minutes} Minuten, {FORMS[each.form]}")]
        body.append(clean(html(each.text, unit, file_path), first_heading=3))
    return body


def task(unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return the transfer task with its template and rubric."""
    found = unit.task
    body = [heading(found.title), clean(html(found.instruction, unit, file_path), first_heading=3)]
    if found.template:
        body += [heading("Vorlage"), clean(html(found.template, unit, file_path), first_heading=3)]
    if found.rubric:
        body.append(heading("Woran Sie gute Arbeit erkennen"))
        for criterion in found.rubric:
            body += [heading(criterion.title, 3), bullets(criterion.levels, ordered=True)]
    return body


def guide(unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return the session plan and the guide for trainers."""
    body = []
    if unit.plan:
        head = ("Minuten", "Phase", "Was geschieht", "Methode", "Wer", "Form", "Material")
        rows = (
            (str(step.minutes), step.phase, step.text, step.method, step.who, FORMS[step.form], step.material)
            for step in unit.plan
        )
        body += [heading("Ablauf"), table(head, rows)]
    if unit.guide:
        body.append(main(html(unit.guide, unit, file_path)))
    return body


def questions(items: Iterable[Item], unit: Unit, html: Html, file_path: Callable[[str], str]) -> Body:
    """Return questions as text, with their solutions at the end."""
    items = tuple(items)
    body, solutions = [], []
    for number, item in enumerate(items, 1):
        body += [heading(f"Frage {number}"), clean(html(item.prompt, unit, file_path), first_heading=3)]
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
