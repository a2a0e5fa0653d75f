"""A programme from its files: the whole at once, or unit by unit when they are asked for.

The layout is that of ``core/files.py``, the model that of ``core/content.py``; ``programmes/README.md`` describes every entry.
Every mistake is found in one go and named with its file and line.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from staffel.curriculum.core.cards_reader import take_glossary, take_methods
from staffel.curriculum.core.content import WEEKDAYS, Competency, Completion, Module, Outline, Timetable, Unit, Whole
from staffel.curriculum.core.files import Files, content_digest
from staffel.curriculum.core.lines import Entries, Mistake, Report, compose, is_key
from staffel.curriculum.core.numbers import is_number
from staffel.curriculum.core.paths import below, is_in
from staffel.curriculum.core.shared_reader import LONGEST_DAY, LONGEST_LINE, LONGEST_NOTE, LONGEST_TEXT, read_text
from staffel.curriculum.core.unit_reader import Known, take_unit
from staffel.curriculum.core.writer import COMPETENCIES, GLOSSARY, HEAD, METHODS, OUTLINE

MOST_FILES = 100_000
MOST_UNITS = 10_000
MOST_COMPETENCIES = 500
MANY_MISTAKES = 100

_DIGCOMP = re.compile(r"[1-5]\.[1-6]")
_ESCO = re.compile(r"http://data\.europa\.eu/esco/skill/[0-9a-fA-F-]{1,60}")
_STRANGER = f"Diese Datei gehört nicht zu einem Programm. Erlaubt sind {', '.join(OUTLINE)} und Ordner wie units/name."


class NotAProgramme(ValueError):
    """The files hold no programme; ``mistakes`` are all that were found, in the order of files and lines."""

    def __init__(self, mistakes: list[Mistake]):
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


def read_outline(files: Files) -> Outline:
    """Return what holds for the whole programme. Reads two to four files, whatever the number of units.

    Raises NotAProgramme with the mistakes in these.
    """
    report = Report()
    head = _take_outline(report, files)
    _refuse(report)
    return head.outline


def read_unit(files: Files, outline: Outline, key: str) -> Unit:
    """Return one unit. Raises KeyError for a key that is not in the outline, NotAProgramme with all mistakes in its files."""
    if key not in outline.units:
        raise KeyError(key)
    return _read_unit(files, outline, key, below(files.paths(), f"units/{key}/"))


def read_programme(files: Files) -> Whole:
    """Return the whole programme, its materials too. Raises NotAProgramme with every mistake in all files."""
    units: dict[str, Unit] = {}
    outline = check_programme(files, lambda unit: units.__setitem__(unit.key, unit))
    return Whole(outline, units, _materials_of(files, units))


def check_programme(
    files: Files, each: Callable[[Unit], object] | None = None, *, measured: bool = False, canonical: bool = False
) -> Outline:
    """Read every file and keep none: the memory of one unit, however many there are.

    ``each`` gets each unit, in the order of the outline, mistakes or not. With ``measured`` the digests and sizes of materials
    are taken from the files, not from the text. With ``canonical`` YAML in another spelling is a mistake, and after many
    mistakes no further unit is read. Raises NotAProgramme with every mistake in all files.
    """
    report = Report(canonical=canonical)
    paths = files.paths()
    if len(paths) > MOST_FILES:
        report.add(HEAD, 1, f"Das sind mehr als {MOST_FILES} Dateien. Es ist wohl nicht der Ordner eines Programms.")
        _refuse(report)
    head = _take_outline(report, files)
    folders = _folders(report, paths)
    _check_folders(report, head, folders)
    known = Known.of(head.outline)
    taught: set[str] = set()
    for key in dict.fromkeys(head.outline.units):
        if report.is_full or (canonical and len(report.mistakes) >= MANY_MISTAKES):
            break
        if key in folders:
            unit = take_unit(report, files, key, below(paths, f"units/{key}/"), known, measured=measured)
            taught.update(unit.competencies)
            if each:
                each(unit)
    # Only asked once everything else is right: a unit that cannot be read teaches nothing.
    if not report.mistakes:
        for competency in head.outline.competencies:
            if competency.key not in taught:
                sentence = f"An der Kompetenz „{competency.key}“ arbeitet keine Einheit."
                report.add(COMPETENCIES, head.competency_lines[competency.key], sentence)
    _refuse(report)
    return head.outline


class FromFiles:
    """A programme whose units are read when they are asked for, one at a time; a ``Source``.

    With ``measured`` the digests and sizes of materials are taken from the files, not from the text. Raises NotAProgramme with
    the mistakes of the outline at once, unless that was read before, and with those of a unit when that is asked for.
    """

    def __init__(self, files: Files, *, measured: bool = False, outline: Outline | None = None):
        self.files, self._measured = files, measured
        self.outline = outline or read_outline(files)
        self._paths = files.paths()
        self._keys = frozenset(self.outline.units)

    def _names(self, key: str) -> Sequence[str]:
        if key not in self._keys:
            raise KeyError(key)
        return below(self._paths, f"units/{key}/")

    def unit(self, key: str) -> Unit:
        """Return one unit; raises KeyError for an unknown key."""
        return _read_unit(self.files, self.outline, key, self._names(key), measured=self._measured)

    def unit_digest(self, key: str) -> str:
        """Return the digest of the unit's files, as ``content_digest`` has it."""
        paths = (f"units/{key}/{name}" for name in self._names(key))
        return content_digest((path, self.files.sha256(path)) for path in paths)

    def open(self, key: str, name: str) -> BinaryIO:
        """Return the bytes of a material."""
        if key not in self._keys:
            raise KeyError(key)
        return self.files.open(f"units/{key}/files/{name}")


def _refuse(report: Report) -> None:
    if report.mistakes:
        raise NotAProgramme(report.mistakes)


def _read_unit(files: Files, outline: Outline, key: str, names: Sequence[str], *, measured: bool = False) -> Unit:
    report = Report()
    unit = take_unit(report, files, key, names, Known.of(outline), measured=measured)
    _refuse(report)
    return unit


def _materials_of(files: Files, units: dict[str, Unit]) -> dict[tuple[str, str], bytes]:
    found = {}
    for key, unit in units.items():
        for material in unit.materials:
            if material.file:
                with files.open(f"units/{key}/files/{material.file}") as stream:
                    found[key, material.file] = stream.read()
    return found


# Folders ------------------------------------------------------------------------------------------------------------


def _folders(report: Report, paths: Sequence[str]) -> dict[str, None]:
    """Return the keys of the folders units/KEY, in their order, and note every file that stands elsewhere."""
    found: dict[str, None] = {}
    last = ""
    for path in paths:
        if last and path.startswith(last):
            continue
        place, _, rest = path.partition("/")
        key, slash, _ = rest.partition("/")
        if place == "units" and slash and is_key(key):
            found[key] = None
            last = f"units/{key}/"
        elif path not in OUTLINE:
            report.add(path[:200], 1, _STRANGER)
    return found


def _check_folders(report: Report, head: "_Head", folders: Collection[str]) -> None:
    named = set(head.outline.units)
    for key, line in head.unit_lines.items():
        if key not in folders:
            report.add(HEAD, line, f"Zur Einheit „{key}“ fehlt der Ordner units/{key}.")
    if not head.unit_lines:
        return
    for key in folders:
        if key not in named:
            report.add(f"units/{key}/unit.yaml", 1, f"Die Einheit „{key}“ steht in keinem Modul von {HEAD}.")


# The outline --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Head:
    """The outline, and the lines in which its competencies and units stand, by key."""

    outline: Outline
    competency_lines: dict[str, int]
    unit_lines: dict[str, int]


_NO_OUTLINE = Outline("", "", "", "", "", "", "", "", "", "", Completion(0, False), Timetable((), "", 0), 0, False, (), ())


def _take_outline(report: Report, files: Files) -> _Head:
    head = _Head(_NO_OUTLINE, {}, {})
    paths = files.paths()
    competencies = _take_competencies(report, files, paths, head)
    methods = _take_cards(report, files, paths, METHODS, take_methods)
    glossary = _take_cards(report, files, paths, GLOSSARY, take_glossary)
    if not is_in(paths, HEAD):
        report.add(HEAD, 1, "Die Datei fehlt. In ihr steht, was für das ganze Programm gilt.")
        return head
    text = read_text(report, files, HEAD)
    entries = compose(report, HEAD, text) if text is not None else None
    if entries is None:
        return head
    head.outline = Outline(
        key=entries.key("key"),
        title=entries.words("title", longest=200),
        summary=entries.text("summary", longest=LONGEST_TEXT),
        version=_version(entries),
        language=entries.language("language"),
        licence=entries.licence("licence"),
        author=entries.words("author", longest=200),
        notes=entries.text("notes", longest=LONGEST_TEXT, optional=True),
        aim=entries.text("aim", longest=LONGEST_TEXT),
        audience=entries.text("audience", longest=LONGEST_TEXT),
        completion=_completion(entries.mapping("completion")),
        timetable=_timetable(entries.mapping("timetable")),
        synchronous_percent=entries.number("synchronous_percent", least=0, most=100),
        fee=entries.yes_or_no("fee"),
        competencies=competencies,
        modules=_modules(entries, head),
        methods=methods,
        glossary=glossary,
        note=entries.text("note", longest=LONGEST_NOTE, optional=True),
    )
    entries.finish()
    return head


def _version(entries: Entries) -> str:
    number = entries.words("version", longest=17)
    if number and not is_number(number):
        entries.wrong(entries.line_of("version"), f"„{number}“ ist keine Versionsnummer aus drei Zahlen wie 1.0.0.")
    return number


def _completion(entries: Entries | None) -> Completion:
    if entries is None:
        return _NO_OUTLINE.completion
    found = Completion(entries.number("attendance_percent", least=0, most=100), entries.yes_or_no("presentation"))
    entries.finish()
    return found


def _timetable(entries: Entries | None) -> Timetable:
    if entries is None:
        return _NO_OUTLINE.timetable
    days = entries.texts("weekdays", longest=20, most=7)
    for name, line in days:
        if name not in WEEKDAYS:
            entries.wrong(line, f"„{name}“ ist kein Wochentag. Erlaubt sind {', '.join(WEEKDAYS)}.")
    numbers = [WEEKDAYS.index(name) for name, line in days if name in WEEKDAYS]
    if numbers != sorted(set(numbers)):
        entries.wrong(entries.line_of("weekdays"), "Jeder Wochentag steht einmal da, in der Reihenfolge der Woche.")
    starts = entries.words("starts", longest=5)
    if starts and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", starts):
        entries.wrong(entries.line_of("starts"), f"„{starts}“ ist keine Uhrzeit wie 09:00.")
    found = Timetable(tuple(numbers), starts, entries.number("minutes", least=1, most=LONGEST_DAY))
    entries.finish()
    return found


def _modules(entries: Entries, head: _Head) -> tuple[Module, ...]:
    lines: dict[str, int] = {}
    found = []
    for row in entries.rows("modules", MOST_UNITS):
        module = Module(
            key=row.key("key"),
            title=row.words("title", longest=200),
            summary=row.words("summary", longest=LONGEST_TEXT),
            required=row.yes_or_no("required"),
            units=_units(row, head),
            note=row.text("note", longest=LONGEST_NOTE, optional=True),
        )
        row.finish()
        if module.key and lines.setdefault(module.key, row.line) != row.line:
            row.wrong(row.line, f"Das Modul „{module.key}“ steht schon in Zeile {lines[module.key]}.")
        found.append(module)
    if len(head.unit_lines) > MOST_UNITS:
        entries.wrong(entries.line_of("modules"), f"Das sind mehr als {MOST_UNITS} Einheiten.")
    return tuple(found)


def _units(entries: Entries, head: _Head) -> tuple[str, ...]:
    found = []
    for key, line in entries.texts("units", longest=60, most=MOST_UNITS):
        if key and not is_key(key):
            entries.wrong(line, f"„{key}“ ist kein Kurzname: erlaubt sind a bis z, 0 bis 9 und Bindestriche.")
        elif key in head.unit_lines:
            entries.wrong(line, f"Die Einheit „{key}“ steht schon in Zeile {head.unit_lines[key]}.")
        elif key:
            head.unit_lines[key] = line
            found.append(key)
    return tuple(found)


def _take_competencies(report: Report, files: Files, paths: Sequence[str], head: _Head) -> tuple[Competency, ...]:
    if not is_in(paths, COMPETENCIES):
        report.add(COMPETENCIES, 1, "Die Datei fehlt. In ihr steht, was Menschen nach dem Programm können.")
        return ()
    text = read_text(report, files, COMPETENCIES)
    entries = compose(report, COMPETENCIES, text) if text is not None else None
    if entries is None:
        return ()
    found = []
    for row in entries.mappings("competencies", MOST_COMPETENCIES):
        competency = _competency(row)
        first = head.competency_lines.setdefault(competency.key, row.line)
        if competency.key and first != row.line:
            row.wrong(row.line, f"Die Kompetenz „{competency.key}“ steht schon in Zeile {first}.")
        found.append(competency)
    entries.finish()
    return tuple(found)


def _take_cards(report: Report, files: Files, paths: Sequence[str], path: str, take: Callable) -> tuple:
    """Return what a file holds that may be missing."""
    text = read_text(report, files, path) if is_in(paths, path) else None
    entries = compose(report, path, text) if text is not None else None
    return () if entries is None else take(entries)


def _competency(entries: Entries) -> Competency:
    found = Competency(
        key=entries.key("key"),
        field=entries.words("field", longest=100),
        title=entries.words("title", longest=200),
        text=entries.words("text", longest=LONGEST_TEXT),
        levels=_plain_list(entries, "levels", longest=LONGEST_LINE),
        digcomp=_plain_list(entries, "digcomp", longest=3, shape=_DIGCOMP, like="keine Kompetenz aus DigComp 2.2 wie 1.2"),
        esco=_plain_list(entries, "esco", longest=200, shape=_ESCO, like="keine Adresse einer Fähigkeit bei ESCO"),
        note=entries.text("note", longest=LONGEST_NOTE, optional=True),
    )
    if len(found.levels) not in {0, 4}:
        entries.wrong(
            entries.line_of("levels"), f"Eine Kompetenz hat vier Stufen oder keine, hier sind es {len(found.levels)}."
        )
    entries.finish()
    return found


def _plain_list(
    entries: Entries, name: str, *, longest: int, shape: re.Pattern | None = None, like: str = ""
) -> tuple[str, ...]:
    found = entries.texts(name, longest=longest, optional=True)
    for text, line in found:
        if shape and text and not shape.fullmatch(text):
            entries.wrong(line, f"„{text[:200]}“ ist {like}.")
    return tuple(text for text, _ in found)
