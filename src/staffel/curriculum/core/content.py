"""One version of a programme as plain values: what a folder of text says, what a package carries, what a merge works on.

A programme is an **outline** (what holds for the whole, with the keys of its units in their order) and its **units**. A unit is
read when it is asked for, so a programme of 5,000 units takes no more memory than one of 50: ``Source`` is that way of asking.

Texts are without blanks at their ends and in composed Unicode (NFC), with ``\\n`` between lines. *Prose* is Markdown with the
directives of ``core/text.py``; a ``note`` may have several paragraphs; everything else is one line of plain text unless its
entry says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from io import BytesIO
from typing import BinaryIO, Protocol

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


class UnitKind(StrEnum):
    """Whether a unit is held together or worked through alone."""

    SESSION = "session"
    SELF_STUDY = "self-study"


class Level(StrEnum):
    """What an objective asks of somebody, from remembering to creating.

    Source: Anderson/Krathwohl (eds.), A Taxonomy for Learning, Teaching, and Assessing (2001), after Bloom.
    """

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


class ItemKind(StrEnum):
    """How a quiz item is answered.

    ``single``: one answer is right. ``multiple``: one or more are right. ``order``: the answers stand in their right order.
    ``match``: each answer belongs to its ``partner``. ``gap``: a word is typed, the answers are the accepted spellings.
    """

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDER = "order"
    MATCH = "match"
    GAP = "gap"


class Form(StrEnum):
    """Who works together in an exercise or a step of a session."""

    ALONE = "alone"
    PAIRS = "pairs"
    GROUPS = "groups"
    PLENARY = "plenary"


class Artefact(StrEnum):
    """The piece of a municipality's own strategy that a transfer task makes; the strategy workbench has the same keys."""

    MANDATE = "mandate"
    STOCKTAKING = "stocktaking"
    ACTOR_MAP = "actor-map"
    MATURITY_CHECK = "maturity-check"
    VISION = "vision"
    FIELDS_AND_GOALS = "fields-and-goals"
    MEASURE_SHEETS = "measure-sheets"
    PRIORITISING = "prioritising"
    ROADMAP = "roadmap"
    PARTICIPATION_PLAN = "participation-plan"
    PROTECTION_CHECK = "protection-check"
    COUNCIL_PAPER = "council-paper"


@dataclass(frozen=True, slots=True)
class Competency:
    """What somebody can do afterwards; ``field`` groups competencies.

    ``levels`` says in four sentences what somebody can do on level 1 to 4, or is empty. ``digcomp`` are numbers of DigComp 2.2
    competences like ``1.2``, ``esco`` addresses of ESCO skills; both only where they truly fit.
    """

    key: str
    field: str
    title: str
    text: str
    levels: tuple[str, ...] = ()
    digcomp: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the programme; ``units`` are keys in their order. A key names a unit once in the whole programme."""

    key: str
    title: str
    summary: str
    required: bool
    units: tuple[str, ...]
    note: str = ""


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
class Outline:
    """What holds for the whole programme. ``language`` is a BCP 47 tag like ``de``, ``licence`` an SPDX identifier.

    ``summary``, ``notes``, ``aim`` and ``audience`` may have several paragraphs; ``notes`` says what is new. ``author`` is an
    organisation or "Staffel", never a person by name.
    """

    key: str
    title: str
    summary: str
    version: str
    language: str
    licence: str
    author: str
    notes: str
    aim: str
    audience: str
    completion: Completion
    timetable: Timetable
    synchronous_percent: int
    fee: bool
    competencies: tuple[Competency, ...]
    modules: tuple[Module, ...]
    methods: tuple["Method", ...] = ()
    glossary: tuple["Term", ...] = ()
    note: str = ""

    @property
    def units(self) -> tuple[str, ...]:
        """The keys of all units in their order."""
        return tuple(key for module in self.modules for key in module.units)


@dataclass(frozen=True, slots=True)
class Objective:
    """What people can do after a unit: a whole sentence, its verb, its level, the competency, and the level 1 to 4 of that."""

    text: str
    verb: str
    level: Level
    competency: str
    reaches: int


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a session plan. ``phase`` and ``method`` are words, ``who`` leads it, ``material`` may be empty.

    ``active`` says whether participants do something themselves; ``text`` is what happens. ``card`` is the key of the method
    that describes how it is done, or empty.
    """

    minutes: int
    phase: str
    method: str
    card: str = field(default="", kw_only=True)
    who: str
    form: Form
    active: bool
    material: str
    text: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to do in or after a session; ``text`` is prose, ``competency`` the key of what it practises, or empty."""

    key: str
    title: str
    minutes: int
    form: Form
    competency: str = field(default="", kw_only=True)
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a quiz item; ``partner`` only for ``match``. ``feedback`` says why it is right or wrong.

    ``right`` is true for every answer of ``order``, ``match`` and ``gap``; ``feedback`` may be empty for ``order`` and ``gap``.
    """

    text: str
    right: bool
    feedback: str
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A quiz item; ``prompt`` is prose, ``feedback`` is shown after the answer whatever it was, and may be empty."""

    key: str
    kind: ItemKind
    competency: str
    prompt: str
    answers: tuple[Answer, ...]
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric; ``levels`` describes two to four qualities, the weakest first."""

    key: str
    title: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """The transfer task of a unit: ``instruction`` and ``template`` are prose, ``artefact`` is what it contributes to.

    ``also`` are further pieces that it feeds, each once and without ``artefact``.
    """

    title: str
    artefact: Artefact
    also: tuple[Artefact, ...] = field(default=(), kw_only=True)
    instruction: str
    template: str
    rubric: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that was read: ``link`` may be empty, ``year`` 0 if unknown, ``accessed`` is the day of reading a link."""

    key: str
    title: str
    publisher: str
    year: int
    link: str
    accessed: date | None


@dataclass(frozen=True, slots=True)
class Method:
    """A way of working with people, told so that somebody can use it who never did; steps of session plans name its key.

    It takes ``shortest`` to ``longest`` minutes. ``purpose`` (what it is for) and ``people`` (how many, in which form) are one
    line; ``preparation``, ``steps``, ``online``, ``on_site`` and ``pitfalls`` are prose without files.
    """

    key: str
    title: str
    purpose: str
    shortest: int
    longest: int
    people: str
    preparation: str
    steps: str
    online: str
    on_site: str
    pitfalls: str
    sources: tuple[Reference, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary; ``text`` is prose without files, ``see`` are keys of other terms."""

    key: str
    term: str
    text: str
    see: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """A file of the unit or a link. Exactly one of ``file`` and ``link`` is set; ``file`` is a name in ``files/``.

    ``alt`` is the text instead of a picture, empty for what is none. ``sha256`` (64 hexadecimal digits) and ``size`` (bytes)
    are those of the file; for a link they are empty and 0.
    """

    title: str
    author: str
    licence: str
    language: str
    file: str = ""
    link: str = ""
    alt: str = ""
    sha256: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """One morning or one piece of self-study. ``summary``, ``handout``, ``guide`` and ``slides`` are prose.

    All but the first may be empty; ``guide`` and ``slides`` (what the room sees, in outline) are for trainers. The minutes of
    ``plan``, if there is one, add up to ``minutes``; ``reading_minutes`` says how long the handout takes, 0 if nobody said.
    """

    key: str
    title: str
    kind: UnitKind
    minutes: int
    reading_minutes: int = field(default=0, kw_only=True)
    objectives: tuple[Objective, ...]
    summary: str
    plan: tuple[Step, ...] = ()
    handout: str = ""
    guide: str = ""
    slides: str = ""
    exercises: tuple[Exercise, ...] = ()
    quiz: tuple[Item, ...] = ()
    task: Task | None = None
    sources: tuple[Reference, ...] = ()
    materials: tuple[Material, ...] = ()
    note: str = ""

    @property
    def competencies(self) -> tuple[str, ...]:
        """The keys of the competencies that its objectives work on, each once, in the order of the objectives."""
        return tuple(dict.fromkeys(objective.competency for objective in self.objectives))


class Source(Protocol):
    """A programme to be asked: its outline is at hand, a unit or a file is fetched when it is needed."""

    outline: Outline

    def unit(self, key: str) -> Unit:
        """Return one unit; raises KeyError for a key that the outline does not have."""

    def unit_digest(self, key: str) -> str:
        """Return a digest of all that belongs to the unit, files too: equal digests mean equal units."""

    def open(self, key: str, name: str) -> BinaryIO:
        """Return the bytes of the file ``name`` of the unit ``key``, at their beginning; the caller closes it."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A programme that is in memory as a whole: for tests, small programmes and results. ``files`` by (unit, name)."""

    outline: Outline
    units: Mapping[str, Unit]
    files: Mapping[tuple[str, str], bytes] = field(default_factory=dict)

    def unit(self, key: str) -> Unit:
        """Return one unit; raises KeyError for an unknown key."""
        return self.units[key]

    def unit_digest(self, key: str) -> str:
        """Return a text that is equal for equal units; files count through the digests of the materials."""
        return repr(self.units[key])

    def open(self, key: str, name: str) -> BinaryIO:
        """Return the bytes of a file."""
        return BytesIO(self.files[key, name])
