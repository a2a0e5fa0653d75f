"""A programme as its files, in canonical form: what ``core/reader.py`` reads, it writes again byte by byte.

Entries stand in the order of the fields of ``core/content.py`` and are named like them; optional ones that are empty are left
out. Markdown is the text and one line end. ``core/plain.py`` is the spelling of YAML.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache, partial
from typing import BinaryIO

from staffel.curriculum.core.content import WEEKDAYS, Item, ItemKind, Outline, Source, Timetable, Unit
from staffel.curriculum.core.plain import write

HEAD = "programme.yaml"
COMPETENCIES = "competencies.yaml"
METHODS = "methods.yaml"
GLOSSARY = "glossary.yaml"
# The files of what holds for the whole; only the first two are always there.
OUTLINE = (HEAD, COMPETENCIES, METHODS, GLOSSARY)
UNIT = "unit.yaml"
# Prose of a unit, each in a file of its own.
PROSE = ("summary", "handout", "guide", "slides")
# Lists of a unit, each in a file of its own under an entry of that name.
LISTS = ("exercises", "quiz")
TASK = "task.yaml"

_LISTS_OF_OUTLINE = {"competencies": COMPETENCIES, "methods": METHODS, "glossary": GLOSSARY}
_ELSEWHERE = frozenset({"key", *PROSE, *LISTS, "task"})
# Numbers that are unknown if they are 0.
_UNKNOWN_IF_ZERO = frozenset({"year", "size", "reading_minutes"})
# Of these an answer is right, whatever stands there.
ALWAYS_RIGHT = frozenset({ItemKind.ORDER, ItemKind.MATCH, ItemKind.GAP})

Content = bytes | Callable[[], BinaryIO]


def write_outline(outline: Outline) -> dict[str, bytes]:
    """Return the two to four files of what holds for the whole, by their path."""
    head = _entries(outline)
    lists = {path: (name, head.pop(name, None)) for name, path in _LISTS_OF_OUTLINE.items()}
    files = {HEAD: _bytes(head)}
    return files | {path: _bytes({name: entries}) for path, (name, entries) in lists.items() if entries}


def write_unit(unit: Unit) -> dict[str, bytes]:
    """Return the files of a unit by their path, without its materials."""
    folder = f"units/{unit.key}/"
    entries = _entries(unit)
    files = {folder + UNIT: _bytes({name: value for name, value in entries.items() if name not in _ELSEWHERE})}
    files |= {f"{folder}{name}.md": f"{entries[name]}\n".encode() for name in PROSE if name in entries}
    files |= {f"{folder}{name}.yaml": _bytes({name: entries[name]}) for name in LISTS if name in entries}
    if unit.task:
        files[folder + TASK] = _bytes(entries["task"])
    return files


def files_of(source: Source) -> Iterator[tuple[str, Content]]:
    """Yield every file of a programme as (path, its bytes or a function that opens it), sorted by path, unit by unit."""
    yield from sorted(write_outline(source.outline).items())
    # A slash is after a hyphen: units/a-b/… stands before units/a/….
    for key in sorted(source.outline.units, key=lambda key: key + "/"):
        unit = source.unit(key)
        files: dict[str, Content] = dict(write_unit(unit))
        for material in unit.materials:
            if material.file:
                files[f"units/{key}/files/{material.file}"] = partial(source.open, key, material.file)
        yield from sorted(files.items())


def _bytes(entries: dict) -> bytes:
    return write(entries).encode()


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _entries(value) -> dict:
    """Return the fields of a dataclass as entries, without what is empty."""
    entries = {}
    for name in _names(type(value)):
        found = getattr(value, name)
        if found == "" or found is None or found == () or (name in _UNKNOWN_IF_ZERO and found == 0):
            continue
        entries[name] = _entry(found)
    if type(value) is Item and value.kind in ALWAYS_RIGHT:
        for answer in entries.get("answers", ()):
            if answer["right"]:
                del answer["right"]
    return entries


def _entry(value):
    kind = type(value)
    if kind is tuple:
        return [_entry(part) for part in value]
    if kind is Timetable:
        return _entries(value) | {"weekdays": [WEEKDAYS[day] for day in value.weekdays]}
    if hasattr(kind, "__dataclass_fields__"):
        return _entries(value)
    return value
