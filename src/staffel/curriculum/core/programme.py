"""A programme as plain values: what a folder of text says, what the database holds, what a digest is taken of."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclass(frozen=True, slots=True)
class Competency:
    """What somebody can do afterwards; ``field`` groups competencies."""

    key: str
    field: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One morning; ``position`` counts through the whole programme from 1.

    ``competencies`` are keys, ``summary`` is Markdown.
    """

    position: int
    key: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    competencies: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the programme; ``position`` counts from 1."""

    position: int
    key: str
    title: str
    summary: str
    required: bool
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Completion:
    """What completes the programme: whole percent of the hours attended, and whether a presentation was held."""

    attendance_percent: int
    presentation: bool


@dataclass(frozen=True, slots=True)
class Timetable:
    """The template of its dates: weekdays with Monday as 0, the start as ``HH:MM``, the minutes of one date."""

    weekdays: tuple[int, ...]
    starts: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Programme:
    """One version of a programme with all that belongs to it; without ``released_on`` it is a draft."""

    key: str
    title: str
    summary: str
    version: str
    released_on: date | None
    notes: str
    licence: str
    aim: str
    audience: str
    completion: Completion
    timetable: Timetable
    synchronous_percent: int
    fee: bool
    competencies: tuple[Competency, ...]
    modules: tuple[Module, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """All units in their order."""
        return tuple(unit for module in self.modules for unit in module.units)


def digest(programme: Programme) -> str:
    """Return the SHA-256 of the content as 64 hexadecimal digits: equal content gives an equal digest.

    It is taken of the values as JSON with sorted keys and no blanks, so the order of keys in a file, its line ends and its
    quotation marks do not count.
    """
    text = json.dumps(asdict(programme), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()
