"""A folder of text as a programme.

::

    programme.yaml                      what holds for the whole
    modules/1-grundlagen/module.yaml    title, summary, required
    modules/1-grundlagen/1-aufbruch.md  one unit: front matter between two lines ---, then Markdown

The number before a folder's name is the place of the module, that before a file's name the place of the unit in the
whole programme; what follows is the key. ``programmes/README.md`` describes every entry. Pure: files come as bytes.
"""

import re
from collections import Counter
from collections.abc import Mapping

from staffel.curriculum.core.lines import Entries, Mistake, Report, compose, decode, is_key
from staffel.curriculum.core.numbers import is_number
from staffel.curriculum.core.programme import WEEKDAYS, Competency, Completion, Module, Programme, Timetable, Unit

HEAD = "programme.yaml"
# Read by people, not by us.
BESIDE = ("README.md",)
MOST_FILES = 500
LONGEST_TEXT = 4_000
LONGEST_SUMMARY = 20_000

_STRANGER = (
    "Diese Datei gehört nicht zu einem Programm. Erlaubt sind modules/1-name/module.yaml und modules/1-name/1-name.md; "
    "ein Name besteht aus a bis z, 0 bis 9 und Bindestrichen."
)

_MODULE = re.compile(r"modules/(?P<position>[1-9][0-9]?)-(?P<key>[^/]+)/module\.yaml")
_UNIT = re.compile(r"(?P<folder>modules/[1-9][0-9]?-[^/]+)/(?P<position>[1-9][0-9]{0,2})-(?P<key>[^/]+)\.md")


class NotAProgramme(ValueError):
    """The files hold no programme; ``mistakes`` are all that were found, in the order of files and lines."""

    def __init__(self, mistakes: list[Mistake]):
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


def read_programme(files: Mapping[str, bytes]) -> Programme:
    """Return the programme in ``files``, which maps each path inside the folder, with ``/``, to its bytes.

    Raises NotAProgramme with every mistake, each with its file and line.
    """
    report = Report()
    if len(files) > MOST_FILES:
        report.add(HEAD, 1, f"Der Ordner hat mehr als {MOST_FILES} Dateien. Es ist wohl nicht der eines Programms.")
        raise NotAProgramme(report.mistakes)
    if HEAD not in files:
        report.add(HEAD, 1, "Die Datei fehlt. In ihr steht, was für das ganze Programm gilt.")
    facts = _read_head(report, files[HEAD]) if HEAD in files else {}
    known = {competency.key for competency in facts.get("competencies", ())}
    modules = _read_modules(report, files, known)
    _check_coverage(report, facts, modules)
    if report.mistakes:
        raise NotAProgramme(report.mistakes)
    facts.pop("competency_lines")
    return Programme(**facts, modules=modules)


def _read_head(report: Report, content: bytes) -> dict:
    text = decode(report, HEAD, content)
    entries = compose(report, HEAD, text) if text is not None else None
    if entries is None:
        return {}
    number = entries.text("version", longest=17)
    if number and not is_number(number):
        entries.wrong(entries.line_of("version"), f"„{number}“ ist keine Versionsnummer aus drei Zahlen wie 1.0.0.")
    facts = {
        "key": entries.key("key"),
        "title": entries.text("title", longest=200),
        "summary": entries.text("summary", longest=LONGEST_TEXT),
        "version": number,
        "released_on": entries.day("released_on"),
        "notes": entries.text("notes", longest=LONGEST_TEXT, optional=True),
        "licence": entries.text("licence", longest=40),
        "aim": entries.text("aim", longest=LONGEST_TEXT),
        "audience": entries.text("audience", longest=LONGEST_TEXT),
        "completion": _completion(entries.mapping("completion")),
        "timetable": _timetable(entries.mapping("timetable")),
        "synchronous_percent": entries.number("synchronous_percent", least=0, most=100),
        "fee": entries.yes_or_no("fee"),
    }
    rows = entries.mappings("competencies")
    facts["competencies"] = tuple(_competency(row) for row in rows)
    facts["competency_lines"] = tuple(row.line for row in rows)
    entries.finish()
    for competency, row in zip(facts["competencies"], rows, strict=True):
        first = next(line for other, line in zip(facts["competencies"], facts["competency_lines"], strict=True)
                     if other.key == competency.key)  # fmt: skip
        if competency.key and first != row.line:
            row.wrong(row.line, f"Die Kompetenz „{competency.key}“ steht schon in Zeile {first}.")
    return facts


def _completion(entries: Entries | None) -> Completion:
    if entries is None:
        return Completion(0, False)
    found = Completion(entries.number("attendance_percent", least=0, most=100), entries.yes_or_no("presentation"))
    entries.finish()
    return found


def _timetable(entries: Entries | None) -> Timetable:
    if entries is None:
        return Timetable((), "", 0)
    days = entries.texts("weekdays", longest=20, most=7)
    for name, line in days:
        if name not in WEEKDAYS:
            entries.wrong(line, f"„{name}“ ist kein Wochentag. Erlaubt sind {', '.join(WEEKDAYS)}.")
    numbers = [WEEKDAYS.index(name) for name, line in days if name in WEEKDAYS]
    if numbers != sorted(set(numbers)):
        entries.wrong(entries.line_of("weekdays"), "Jeder Wochentag steht einmal da, in der Reihenfolge der Woche.")
    starts = entries.text("starts", longest=5)
    if starts and not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", starts):
        entries.wrong(entries.line_of("starts"), f"„{starts}“ ist keine Uhrzeit wie 09:00.")
    found = Timetable(tuple(numbers), starts, entries.number("minutes", least=1, most=1440))
    entries.finish()
    return found


def _competency(entries: Entries) -> Competency:
    found = Competency(
        key=entries.key("key"),
        field=entries.text("field", longest=100),
        title=entries.text("title", longest=200),
        text=entries.text("text", longest=LONGEST_TEXT),
    )
    entries.finish()
    return found


def _read_modules(report: Report, files: Mapping[str, bytes], known: set[str]) -> tuple[Module, ...]:
    heads: list[tuple[int, str]] = []
    units: dict[str, list[Unit]] = {}
    places: list[tuple[int, str]] = []
    for path in sorted(files):
        head, leaf = _MODULE.fullmatch(path), _UNIT.fullmatch(path)
        found = head or leaf
        if path == HEAD or path in BESIDE:
            continue
        if found is None or not is_key(found["key"]):
            report.add(path[:200], 1, _STRANGER)
        elif head:
            heads.append((int(head["position"]), path))
        else:
            places.append((int(leaf["position"]), path))
            units.setdefault(leaf["folder"], []).append(_read_unit(report, path, leaf, files[path], known))
    heads.sort()
    places.sort()
    if not heads and not report.mistakes:
        report.add(HEAD, 1, "Das Programm hat keine Module. Sie stehen in Ordnern wie modules/1-grundlagen.")
    _check_row(report, heads, "Modul")
    _check_row(report, places, "Einheit")
    _check_keys(report, [path for _, path in heads], lambda path: _MODULE.fullmatch(path)["key"], "Modul")
    _check_keys(report, [path for _, path in places], lambda path: _UNIT.fullmatch(path)["key"], "Einheit")
    modules = tuple(_read_module(report, path, files[path], units.pop(path.rpartition("/")[0], [])) for _, path in heads)
    for folder in sorted(units):
        report.add(f"{folder}/module.yaml", 1, "Die Datei fehlt. In ihr stehen Titel und Zusammenfassung des Moduls.")
    order = [unit.position for module in modules for unit in module.units]
    if order != sorted(order) and not report.mistakes:
        report.add(HEAD, 1, "Die Einheiten stehen in anderer Reihenfolge als ihre Module.")
    return modules


def _check_row(report: Report, numbered: list[tuple[int, str]], word: str) -> None:
    """Note where the numbers of files do not run 1, 2, 3 without gap or repetition."""
    for expected, (position, path) in enumerate(numbered, start=1):
        if position != expected:
            report.add(path, 1, f"{word} {position} steht an Stelle {expected}. Die Nummern laufen ab 1 ohne Lücke durch.")
            return


def _check_keys(report: Report, paths: list[str], key, word: str) -> None:
    for name, count in Counter(map(key, paths)).items():
        if count > 1:
            last = [path for path in paths if key(path) == name][-1]
            report.add(last, 1, f"{word}: Der Kurzname „{name}“ ist schon vergeben.")


def _read_module(report: Report, path: str, content: bytes, units: list[Unit]) -> Module:
    found = _MODULE.fullmatch(path)
    position, key = int(found["position"]), found["key"]
    units = tuple(sorted(units, key=lambda unit: unit.position))
    if not units:
        report.add(path, 1, "Das Modul hat keine Einheit. Eine Einheit ist eine Datei wie 1-aufbruch.md im selben Ordner.")
    text = decode(report, path, content)
    entries = compose(report, path, text) if text is not None else None
    if entries is None:
        return Module(position, key, "", "", True, units)
    module = Module(
        position=position,
        key=key,
        title=entries.text("title", longest=200),
        summary=entries.text("summary", longest=LONGEST_TEXT),
        required=entries.yes_or_no("required"),
        units=units,
    )
    entries.finish()
    return module


def _read_unit(report: Report, path: str, found: re.Match, content: bytes, known: set[str]) -> Unit:
    position, key = int(found["position"]), found["key"]
    nothing = Unit(position, key, "", 0, (), (), "")
    text = decode(report, path, content)
    if text is None:
        return nothing
    head, body, body_line = _front_matter(text)
    if head is None:
        report.add(path, 1, "Die Datei muss mit Angaben zwischen zwei Zeilen --- beginnen.")
        return nothing
    entries = compose(report, path, head, first_line=2)
    if entries is None:
        return nothing
    competencies = entries.texts("competencies", longest=60)
    for n, (name, line) in enumerate(competencies):
        if name and known and name not in known:
            entries.wrong(line, f"Die Kompetenz „{name}“ steht nicht in {HEAD}.")
        if name in {earlier for earlier, _ in competencies[:n]}:
            entries.wrong(line, f"Die Kompetenz „{name}“ steht hier ein zweites Mal.")
    unit = Unit(
        position=position,
        key=key,
        title=entries.text("title", longest=200),
        minutes=entries.number("minutes", least=1, most=1440),
        objectives=tuple(text for text, _ in entries.texts("objectives", longest=400)),
        competencies=tuple(name for name, _ in competencies),
        summary=body.strip(),
    )
    entries.finish()
    if not unit.summary:
        report.add(path, body_line, "Nach den Angaben fehlt die Zusammenfassung.")
    elif len(unit.summary) > LONGEST_SUMMARY:
        report.add(path, body_line, f"Die Zusammenfassung hat mehr als {LONGEST_SUMMARY} Zeichen.")
    return unit


def _front_matter(text: str) -> tuple[str | None, str, int]:
    """Return what stands between the first two lines ``---``, what follows, and the line where that begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, "", 1
    for n, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:n]) + "\n", "\n".join(lines[n + 1 :]), n + 2
    return None, "", 1


def _check_coverage(report: Report, facts: dict, modules: tuple[Module, ...]) -> None:
    """Note each competency that no unit works on; only asked once everything else is right."""
    if report.mistakes or not facts:
        return
    taught = {key for module in modules for unit in module.units for key in unit.competencies}
    for competency, line in zip(facts["competencies"], facts["competency_lines"], strict=True):
        if competency.key not in taught:
            report.add(HEAD, line, f"An der Kompetenz „{competency.key}“ arbeitet keine Einheit.")
