"""Strategies for hypothesis: small programmes that are right, with odd texts."""

import hashlib
from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from staffel.curriculum.core.content import (
    Answer,
    Artefact,
    Competency,
    Completion,
    Criterion,
    Exercise,
    Form,
    Item,
    ItemKind,
    Level,
    Material,
    Method,
    Module,
    Objective,
    Outline,
    Reference,
    Step,
    Task,
    Term,
    Timetable,
    Unit,
    UnitKind,
    Whole,
)
from staffel.curriculum.core.lines import fitting

_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff" + _TURNS)
_PIECES = (
    "Wort",
    "zwei Wörter",
    "yes",
    "2026",
    "a: b",
    "c #d",
    "„so“",
    "- x",
    "  ",
    "\xa0",
    "z" * 90,
    "<3",
    "# x",
    "'",
    '"',
    "\\",
)
keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)


def _cut(text):
    """Return what fits in one line of any entry."""
    return fitting(fitting(text.replace("\n", " "))[:90])


one_line = st.one_of(st.text(_LETTERS, max_size=30), st.lists(st.sampled_from(_PIECES), max_size=6).map(" ".join)).map(_cut)
some_line = one_line.map(lambda text: text or "Etwas")
long_line = st.one_of(
    some_line, st.lists(some_line, min_size=2, max_size=8).map(" ".join).map(lambda text: fitting(text)[:900].strip())
)
paragraphs = (
    st.lists(st.one_of(some_line, st.just("")), min_size=1, max_size=6)
    .map("\n".join)
    .map(lambda text: fitting(text) or "Etwas")
)
_prose_parts = st.sampled_from(
    [
        "## Eine Überschrift",
        "Ein Absatz mit **fett**.",
        "- eins\n- zwei",
        "Ein [Verweis](https://www.beispiel.example/x).",
        ":::hint\nEin Hinweis.\n:::",
        ":::task Titel\nTun Sie es.\n:::",
        ":::definition Wort\nBedeutung.\n:::",
        ":::example Titel\nSo.\n:::",
        "```\n:::nichts\n<b>\n```",
        ":::checklist\n- eins\n- zwei\n:::",
        ":::table Zahlen\n| a | b |\n| --- | --- |\n| 1 | 2 |\n:::",
        "yes",
        "2026",
    ]
)
prose = st.lists(_prose_parts, min_size=1, max_size=4).map("\n\n".join)
_maybe = lambda strategy: st.one_of(st.just(""), strategy)  # noqa: E731
_minutes = st.integers(1, 240)
_taught = st.sampled_from(["planen", "reden"])


def _some_of(values):
    return st.lists(st.sampled_from(values), unique=True).map(tuple) if values else st.just(())


def _unique(strategy, **sizes):
    return st.lists(strategy, unique_by=lambda value: value.key, **sizes).map(tuple)


_objectives = st.builds(
    Objective, text=some_line, verb=some_line, level=st.sampled_from(Level), competency=_taught, reaches=st.integers(1, 4)
)
_steps = st.builds(
    Step, minutes=_minutes, phase=some_line, method=some_line, who=some_line, form=st.sampled_from(Form), active=st.booleans(),
    material=one_line, text=long_line, card=st.sampled_from(["", "runde"]),
)  # fmt: skip
_exercises = st.builds(
    Exercise, key=keys, title=some_line, minutes=_minutes, form=st.sampled_from(Form), text=prose,
    competency=st.sampled_from(["", "planen", "reden"]),
)  # fmt: skip
_criteria = st.builds(Criterion, key=keys, title=some_line, levels=st.lists(some_line, min_size=2, max_size=4).map(tuple))


@st.composite
def _tasks(draw):
    artefact, *also = draw(st.lists(st.sampled_from(Artefact), min_size=1, max_size=3, unique=True))
    rubric = draw(_unique(_criteria, max_size=2))
    return Task(draw(some_line), artefact, draw(prose), draw(_maybe(prose)), rubric, also=tuple(also))


_references = st.builds(
    Reference, key=keys, title=some_line, publisher=some_line, year=st.integers(0, 2026),
    link=st.just("https://www.beispiel.example/a?b=c#d"),
    accessed=st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2030, 1, 1))),
)  # fmt: skip


@st.composite
def _methods(draw, key):
    shortest = draw(_minutes)
    return Method(
        key, draw(some_line), draw(long_line), shortest, shortest + draw(st.integers(0, 60)), draw(some_line),
        *(draw(prose) for _ in range(5)), draw(_unique(_references, max_size=2)), draw(_maybe(paragraphs)),
    )  # fmt: skip


@st.composite
def _glossaries(draw):
    names = draw(st.lists(keys, max_size=3, unique=True))
    return tuple(
        Term(key, draw(some_line), draw(prose), draw(_some_of([other for other in names if other != key])),
             draw(_maybe(paragraphs)))
        for key in names
    )  # fmt: skip


@st.composite
def _items(draw):
    kind = draw(st.sampled_from(ItemKind))
    texts = draw(st.lists(some_line, min_size=2, max_size=4, unique=True))
    partners = draw(st.lists(some_line, min_size=len(texts), max_size=len(texts), unique=True))
    right = draw(st.integers(0, len(texts) - 1))
    chosen = kind in {ItemKind.SINGLE, ItemKind.MULTIPLE}
    free = kind in {ItemKind.ORDER, ItemKind.GAP}
    answers = tuple(
        Answer(
            text=text,
            right=not chosen or at == right or (kind is ItemKind.MULTIPLE and draw(st.booleans())),
            feedback=draw(one_line if free else some_line),
            partner=partners[at] if kind is ItemKind.MATCH else "",
        )
        for at, text in enumerate(texts)
    )
    return Item(draw(keys), kind, draw(_taught), draw(prose), answers, draw(one_line))


@st.composite
def _some_materials(draw):
    names = draw(st.lists(st.sampled_from(["a.svg", "b.txt", "c-1_2.pdf"]), unique=True, max_size=3))
    files = {name: draw(st.binary(max_size=20)) for name in names}
    found = [
        Material(
            draw(some_line), draw(some_line), "CC-BY-4.0", "de", file=name, alt=draw(some_line) if name == "a.svg" else "",
            sha256=hashlib.sha256(content).hexdigest(), size=len(content),
        )
        for name, content in files.items()
    ]  # fmt: skip
    if draw(st.booleans()):
        found.append(Material("Film", draw(some_line), "LicenseRef-x", "de-AT", link="https://www.beispiel.example/film"))
    return tuple(found), files


@st.composite
def units_with_files(draw, key=None):
    """Draw a small right unit of the competencies ``planen`` and ``reden``, and its files by name."""
    plan = draw(st.lists(_steps, max_size=3).map(tuple))
    materials, files = draw(_some_materials())
    unit = Unit(
        key=key or draw(keys),
        title=draw(some_line),
        kind=draw(st.sampled_from(UnitKind)),
        minutes=sum(step.minutes for step in plan) or draw(_minutes),
        objectives=draw(st.lists(_objectives, min_size=1, max_size=3).map(tuple)),
        summary=draw(prose),
        reading_minutes=draw(st.integers(0, 60)),
        plan=plan,
        handout=draw(_maybe(prose)),
        guide=draw(_maybe(prose)),
        slides=draw(_maybe(prose)),
        exercises=draw(_unique(_exercises, max_size=2)),
        quiz=draw(_unique(_items(), max_size=2)),
        task=draw(st.one_of(st.none(), _tasks())),
        sources=draw(_unique(_references, max_size=2)),
        materials=materials,
        note=draw(_maybe(paragraphs)),
    )
    return unit, files


def units(key=None):
    """Draw a small right unit of the competencies ``planen`` and ``reden``."""
    return units_with_files(key).map(lambda found: found[0])


@st.composite
def outlines(draw, most_units=4):
    """Draw a small right outline with the competencies ``planen`` and ``reden``."""
    names = draw(st.lists(keys, min_size=1, max_size=most_units, unique=True))
    cut = draw(st.integers(1, len(names)))
    parts = [part for part in (names[:cut], names[cut:]) if part]
    modules = tuple(
        Module(f"modul-{at}", draw(some_line), draw(long_line), draw(st.booleans()), tuple(part), draw(_maybe(paragraphs)))
        for at, part in enumerate(parts)
    )
    levels = st.one_of(st.just(()), st.lists(some_line, min_size=4, max_size=4).map(tuple))
    competencies = tuple(
        Competency(key, draw(some_line), draw(some_line), draw(long_line), draw(levels), draw(st.sampled_from([(), ("1.2",)])))
        for key in ("planen", "reden")
    )
    return Outline(
        key=draw(keys),
        title=draw(some_line),
        summary=draw(paragraphs),
        version=draw(st.sampled_from(["0.1.0", "1.0.0", "12.3.45"])),
        language=draw(st.sampled_from(["de", "de-AT", "en"])),
        licence=draw(st.sampled_from(["CC-BY-4.0", "CC0-1.0"])),
        author=draw(some_line),
        notes=draw(_maybe(paragraphs)),
        aim=draw(paragraphs),
        audience=draw(paragraphs),
        completion=Completion(draw(st.integers(0, 100)), draw(st.booleans())),
        timetable=Timetable(
            tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3)))),
            draw(st.sampled_from(["09:00", "23:59"])),
            draw(_minutes),
        ),
        synchronous_percent=draw(st.integers(0, 100)),
        fee=draw(st.booleans()),
        competencies=competencies,
        modules=modules,
        methods=(draw(_methods("runde")),),
        glossary=draw(_glossaries()),
        note=draw(_maybe(paragraphs)),
    )


@st.composite
def wholes(draw, most_units=3):
    """Draw a small right programme: every competency is taught, every file is named."""
    outline = draw(outlines(most_units))
    found, files = {}, {}
    for key in outline.units:
        unit, own = draw(units_with_files(key))
        found[key] = unit
        files |= {(key, name): content for name, content in own.items()}
    taught = {key for unit in found.values() for key in unit.competencies}
    first = found[outline.units[0]]
    missing = tuple(
        Objective("Sie können auch das.", "können", Level.APPLY, key, 1) for key in ("planen", "reden") if key not in taught
    )
    found[first.key] = replace(first, objectives=first.objectives + missing)
    return Whole(outline, found, files)
