"""One unit from its files, with every mistake."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from staffel.curriculum.core.content import (
    Answer,
    Artefact,
    Criterion,
    Exercise,
    Form,
    Item,
    ItemKind,
    Level,
    Material,
    Objective,
    Outline,
    Step,
    Task,
    Unit,
    UnitKind,
)
from staffel.curriculum.core.files import PICTURES, Files
from staffel.curriculum.core.lines import Entries, Report, compose
from staffel.curriculum.core.shared_reader import (
    LONGEST_DAY,
    LONGEST_LINE,
    LONGEST_NOTE,
    LONGEST_PROSE,
    MOST,
    check_prose,
    keyed,
    read_text,
    references,
)
from staffel.curriculum.core.writer import ALWAYS_RIGHT, LISTS, METHODS, PROSE, TASK, UNIT

NAMES = frozenset({UNIT, TASK, *(f"{name}.md" for name in PROSE), *(f"{name}.yaml" for name in LISTS)})

_FILE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


def is_file_name(name: str) -> bool:
    """Whether ``name`` can be that of a material: letters, digits, dots, hyphens, low lines, no first dot, at most 100."""
    return _FILE_NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Known:
    """The keys that a programme has, for its units to name."""

    competencies: frozenset[str]
    methods: frozenset[str]

    @classmethod
    def of(cls, outline: Outline) -> "Known":
        """Return the keys of an outline."""
        competencies, methods = outline.competencies, outline.methods
        return cls(frozenset(one.key for one in competencies), frozenset(one.key for one in methods))


@dataclass(slots=True)
class _Reading:
    """What is known while a unit is read; ``wanted`` are the files that its prose names, as (file, line, kind, name)."""

    report: Report
    files: Files
    folder: str
    names: frozenset[str]
    known: Known
    measured: bool
    wanted: list[tuple[str, int, str, str]] = field(default_factory=list)

    def entries(self, name: str) -> Entries | None:
        """Return the entries of a file of the unit."""
        path = self.folder + name
        text = read_text(self.report, self.files, path)
        return None if text is None else compose(self.report, path, text)

    def prose_file(self, name: str) -> str:
        """Return the text of a Markdown file, empty if there is none."""
        if name not in self.names:
            return ""
        path = self.folder + name
        text = read_text(self.report, self.files, path)
        if text is None:
            return ""
        found = text.strip()
        if not found:
            self.report.add(path, 1, "Die Datei ist leer. Bitte schreiben Sie etwas hinein oder löschen Sie sie.")
        elif len(found) > LONGEST_PROSE:
            self.report.add(path, 1, f"Der Text hat {len(found)} Zeichen, erlaubt sind höchstens {LONGEST_PROSE}.")
        else:
            before = len(text) - len(text.lstrip())
            self.check_prose(path, found, 1 + text.count("\n", 0, before), exact=True)
        return found

    def prose(self, entries: Entries, name: str, *, optional: bool = False) -> str:
        """Return the prose of an entry."""
        text, line, exact = entries.prose(name, longest=LONGEST_PROSE, optional=optional)
        if len(text) <= LONGEST_PROSE:
            self.check_prose(entries.file, text, line, exact=exact)
        return text

    def check_prose(self, file: str, text: str, first_line: int, *, exact: bool) -> None:
        """Note the mistakes in prose; its lines are those of the file if ``exact``, else all are ``first_line``."""
        self.wanted += check_prose(self.report, file, text, first_line, exact=exact)

    def competency(self, entries: Entries, *, optional: bool = False) -> str:
        """Return the key of a competency of the programme."""
        found = entries.key("competency", optional=optional)
        if found and found not in self.known.competencies:
            entries.wrong(entries.line_of("competency"), f"Die Kompetenz „{found}“ steht nicht in competencies.yaml.")
        return found


def take_unit(report: Report, files: Files, key: str, names: Iterable[str], known: Known, *, measured: bool = False) -> Unit:
    """Return the unit ``key``, or something like it after mistakes are noted.

    ``names`` are the paths of its files without ``units/KEY/``. With ``measured`` digests and sizes of the materials are taken
    from the files, whatever stands in the text.
    """
    folder = f"units/{key}/"
    reading = _Reading(report, files, folder, frozenset(names), known, measured)
    for name in sorted(reading.names - NAMES):
        if not name.startswith("files/"):
            report.add(folder + name, 1, f"Diese Datei gehört nicht zu einer Einheit. Erlaubt sind {', '.join(sorted(NAMES))}.")
    for name in (UNIT, "summary.md"):
        if name not in reading.names:
            report.add(folder + name, 1, "Die Datei fehlt. Jede Einheit hat unit.yaml und summary.md.")
    facts = _facts(reading) if UNIT in reading.names else _NOTHING
    texts = {name: reading.prose_file(f"{name}.md") for name in PROSE}
    unit = Unit(
        key=key,
        **facts,
        **texts,
        exercises=_rows(reading, "exercises", _exercise),
        quiz=_rows(reading, "quiz", _item),
        task=_task(reading) if TASK in reading.names else None,
    )
    _check_wanted(reading, unit)
    return unit


_NOTHING = {"title": "", "kind": UnitKind.SESSION, "minutes": 0, "objectives": ()}


def _facts(reading: _Reading) -> dict:
    entries = reading.entries(UNIT)
    if entries is None:
        return _NOTHING
    before = len(reading.report.mistakes)
    facts = {
        "title": entries.words("title", longest=200),
        "kind": entries.choice("kind", UnitKind),
        "minutes": entries.number("minutes", least=1, most=LONGEST_DAY),
        "reading_minutes": entries.number("reading_minutes", least=1, most=LONGEST_DAY, optional=True),
        "objectives": tuple(_objective(reading, row) for row in entries.mappings("objectives", MOST)),
        "plan": tuple(_step(reading, row) for row in entries.mappings("plan", MOST, optional=True)),
    }
    total = sum(step.minutes for step in facts["plan"])
    if facts["plan"] and len(reading.report.mistakes) == before and total != facts["minutes"]:
        sentence = f"Die Schritte dauern zusammen {total} Minuten, die Einheit dauert {facts['minutes']}."
        entries.wrong(entries.line_of("plan"), sentence)
    facts["sources"] = references(entries)
    facts["materials"] = _materials(reading, entries.mappings("materials", MOST, optional=True))
    facts["note"] = entries.text("note", longest=LONGEST_NOTE, optional=True)
    entries.finish()
    return facts


def _rows(reading: _Reading, name: str, read: Callable) -> tuple:
    """Return what the list in the file of that name holds."""
    if f"{name}.yaml" not in reading.names:
        return ()
    entries = reading.entries(f"{name}.yaml")
    if entries is None:
        return ()
    word = "Die Übung" if name == "exercises" else "Die Frage"
    found = keyed(entries.mappings(name, MOST), lambda row: read(reading, row), word)
    entries.finish()
    return found


def _objective(reading: _Reading, entries: Entries) -> Objective:
    found = Objective(
        text=entries.words("text", longest=LONGEST_LINE),
        verb=entries.words("verb", longest=100),
        level=entries.choice("level", Level),
        competency=reading.competency(entries),
        reaches=entries.number("reaches", least=1, most=4),
    )
    entries.finish()
    return found


def _step(reading: _Reading, entries: Entries) -> Step:
    found = Step(
        minutes=entries.number("minutes", least=1, most=LONGEST_DAY),
        phase=entries.words("phase", longest=100),
        method=entries.words("method", longest=200),
        who=entries.words("who", longest=200),
        form=entries.choice("form", Form),
        active=entries.yes_or_no("active"),
        material=entries.words("material", longest=LONGEST_LINE, optional=True),
        text=entries.words("text", longest=4 * LONGEST_LINE),
        card=entries.key("card", optional=True),
    )
    if found.card and found.card not in reading.known.methods:
        entries.wrong(entries.line_of("card"), f"Die Methode „{found.card}“ steht nicht in {METHODS}.")
    entries.finish()
    return found


def _exercise(reading: _Reading, entries: Entries) -> Exercise:
    found = Exercise(
        key=entries.key("key"),
        title=entries.words("title", longest=200),
        minutes=entries.number("minutes", least=1, most=LONGEST_DAY),
        form=entries.choice("form", Form),
        text=reading.prose(entries, "text"),
        competency=reading.competency(entries, optional=True),
    )
    entries.finish()
    return found


# The quiz -----------------------------------------------------------------------------------------------------------


def _item(reading: _Reading, entries: Entries) -> Item:
    before = len(reading.report.mistakes)
    key, kind = entries.key("key"), entries.choice("kind", ItemKind)
    competency, prompt = reading.competency(entries), reading.prose(entries, "prompt")
    rows = entries.mappings("answers", MOST)
    answers = tuple(_answer(row, kind) for row in rows)
    feedback = entries.words("feedback", longest=4 * LONGEST_LINE, optional=True)
    entries.finish()
    if len(reading.report.mistakes) == before:
        _check_answers(entries, rows, kind, answers)
    return Item(key, kind, competency, prompt, answers, feedback)


def _answer(entries: Entries, kind: ItemKind) -> Answer:
    always = kind in ALWAYS_RIGHT
    found = Answer(
        text=entries.words("text", longest=LONGEST_LINE),
        right=entries.yes_or_no("right", otherwise=True if always else None),
        feedback=entries.words("feedback", longest=4 * LONGEST_LINE, optional=kind in {ItemKind.ORDER, ItemKind.GAP}),
        partner=entries.words("partner", longest=LONGEST_LINE) if kind is ItemKind.MATCH else "",
    )
    if always and not found.right:
        entries.wrong(entries.line_of("right"), f"Bei „{kind}“ ist jede Antwort richtig. Bitte streichen Sie „right“.")
    entries.finish()
    return found


def _check_answers(entries: Entries, rows: tuple[Entries, ...], kind: ItemKind, answers: tuple[Answer, ...]) -> None:
    line = entries.line_of("answers")
    right = sum(answer.right for answer in answers)
    if kind is not ItemKind.GAP and len(answers) < 2:
        entries.wrong(line, f"Bei „{kind}“ braucht es mindestens zwei Antworten.")
    elif kind is ItemKind.SINGLE and right != 1:
        entries.wrong(line, f"Bei „single“ ist genau eine Antwort richtig, hier sind es {right}.")
    elif kind is ItemKind.MULTIPLE and not right:
        entries.wrong(line, "Bei „multiple“ ist mindestens eine Antwort richtig, hier keine.")
    for name in ("text", "partner"):
        seen: set[str] = set()
        for answer, row in zip(answers, rows, strict=True):
            value = getattr(answer, name)
            if value and value in seen:
                row.wrong(row.line_of(name), f"„{value[:60]}“ steht in dieser Frage schon.")
            seen.add(value)


# The transfer task --------------------------------------------------------------------------------------------------


def _task(reading: _Reading) -> Task | None:
    entries = reading.entries(TASK)
    if entries is None:
        return None
    found = Task(
        title=entries.words("title", longest=200),
        artefact=entries.choice("artefact", Artefact),
        instruction=reading.prose(entries, "instruction"),
        template=reading.prose(entries, "template", optional=True),
        rubric=keyed(entries.mappings("rubric", MOST, optional=True), _criterion, "Das Kriterium"),
        also=entries.choices("also", Artefact),
    )
    if found.artefact in found.also:
        entries.wrong(entries.line_of("also"), f"„{found.artefact}“ steht schon unter „artefact“.")
    entries.finish()
    return found


def _criterion(entries: Entries) -> Criterion:
    levels = entries.texts("levels", longest=LONGEST_LINE)
    if levels and not 2 <= len(levels) <= 4:
        entries.wrong(entries.line_of("levels"), f"Ein Kriterium hat zwei bis vier Stufen, hier sind es {len(levels)}.")
    found = Criterion(entries.key("key"), entries.words("title", longest=200), tuple(text for text, _ in levels))
    entries.finish()
    return found


# Materials ----------------------------------------------------------------------------------------------------------


def _materials(reading: _Reading, rows: tuple[Entries, ...]) -> tuple[Material, ...]:
    there = {name.removeprefix("files/") for name in reading.names if name.startswith("files/")}
    found = []
    lines: dict[str, int] = {}
    for row in rows:
        material = _material(reading, row, there)
        if material.file and lines.setdefault(material.file, row.line) != row.line:
            row.wrong(row.line, f"Die Datei „{material.file}“ steht schon in Zeile {lines[material.file]}.")
        found.append(material)
    _check_names(reading, there, lines)
    return tuple(found)


def _check_names(reading: _Reading, there: set[str], named: dict[str, int]) -> None:
    lower: dict[str, str] = {}
    for name in sorted(there):
        path = f"{reading.folder}files/{name}"
        if not is_file_name(name):
            sentence = (
                "Der Name einer Datei besteht aus A bis Z, a bis z, 0 bis 9, Punkt, Binde- und Unterstrich, beginnt nicht mit "
                "einem Punkt und hat höchstens 100 Zeichen."
            )
            reading.report.add(path, 1, sentence)
        elif name not in named:
            reading.report.add(path, 1, "Diese Datei steht nicht unter „materials“ in unit.yaml.")
        if lower.setdefault(name.lower(), name) != name:
            sentence = f"Neben „{lower[name.lower()]}“ unterscheidet sich dieser Name nur durch Groß- und Kleinschreibung."
            reading.report.add(path, 1, sentence)


def _material(reading: _Reading, entries: Entries, there: set[str]) -> Material:
    found = {
        "title": entries.words("title", longest=LONGEST_LINE),
        "author": entries.words("author", longest=200),
        "licence": entries.licence("licence"),
        "language": entries.language("language"),
        "file": entries.words("file", longest=100, optional=True),
        "link": entries.link("link", optional=True),
        "alt": entries.words("alt", longest=4 * LONGEST_LINE, optional=True),
        "sha256": entries.words("sha256", longest=64, optional=True),
        "size": entries.number("size", least=0, most=10**15, optional=True),
    }
    entries.finish()
    name = found["file"]
    if bool(name) == bool(found["link"]):
        entries.wrong(entries.line, "Ein Material hat entweder „file“ oder „link“.")
    elif not name and (found["sha256"] or found["size"]):
        entries.wrong(entries.line, "„sha256“ und „size“ gehören nur zu einer Datei.")
    elif name and name not in there:
        entries.wrong(entries.line_of("file"), f"Die Datei „{name}“ liegt nicht im Ordner files der Einheit.")
    elif name:
        _measure(reading, entries, found)
    picture = name.lower().endswith(PICTURES)
    if picture and not found["alt"]:
        entries.wrong(entries.line, "Zu einem Bild gehört „alt“: was darauf zu sehen ist, für alle, die es nicht sehen.")
    elif found["alt"] and not picture:
        entries.wrong(entries.line_of("alt"), "„alt“ gehört nur zu einem Bild.")
    return Material(**found)


def _measure(reading: _Reading, entries: Entries, found: dict) -> None:
    """Compare digest and size with the file, or take them from it."""
    path = f"{reading.folder}files/{found['file']}"
    digest, size = reading.files.sha256(path), reading.files.size(path)
    if reading.measured:
        found.update(sha256=digest, size=size)
    elif (found["sha256"], found["size"]) != (digest, size):
        sentence = f"„sha256“ und „size“ passen nicht zur Datei „{found['file']}“. „make format-programmes“ schreibt sie neu."
        entries.wrong(entries.line_of("sha256" if found["sha256"] != digest else "size"), sentence)


def _check_wanted(reading: _Reading, unit: Unit) -> None:
    """Note each figure or download whose file is no material, or no picture."""
    names = {material.file for material in unit.materials if material.file}
    for file, line, kind, name in reading.wanted:
        if name and name not in names:
            reading.report.add(file, line, f"Die Datei „{name[:60]}“ steht nicht unter „materials“ in unit.yaml.")
        elif kind == "figure" and name and not name.lower().endswith(PICTURES):
            reading.report.add(file, line, f"„{name[:60]}“ ist kein Bild. Dafür gibt es :::download.")
