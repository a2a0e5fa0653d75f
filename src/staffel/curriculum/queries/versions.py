"""What is asked about programmes: versions with all that belongs to them, as frozen values without a row behind them."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Q, Sum
from django.urls import reverse

from staffel.curriculum.core import distance_learning, numbers
from staffel.curriculum.models import Competency, Module, Unit, Version

# Shapes -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A released version in a list; ``id`` and ``public_id`` are those of its row.

    ``units``, ``self_study`` (how many of them are done alone) and ``minutes`` are those of the course that everybody works
    through; ``chosen`` is the number of units in modules that people choose.
    """

    id: int
    public_id: str
    key: str
    title: str
    summary: str
    number: str
    released_on: date
    notes: str
    modules: int
    units: int
    self_study: int
    minutes: int
    chosen: int

    @property
    def path(self) -> str:
        """Where the version is shown."""
        return version_path(self.key, self.number)


@dataclass(frozen=True, slots=True)
class CompetencyFacts:
    """What somebody can do afterwards; ``field`` groups competencies."""

    id: int
    key: str
    field: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit; ``position`` counts through the programme from 1, ``competencies`` are keys, ``summary`` is Markdown.

    ``kind`` is that of ``models.Unit.Kind``: a morning together, or self-study.
    """

    id: int
    public_id: str
    position: int
    key: str
    title: str
    kind: str
    minutes: int
    objectives: tuple[str, ...]
    summary: str
    competencies: tuple[str, ...]
    path: str


@dataclass(frozen=True, slots=True)
class ModuleFacts:
    """A part of a version with its units in their order."""

    id: int
    public_id: str
    position: int
    key: str
    title: str
    summary: str
    required: bool
    units: tuple[UnitFacts, ...]

    @property
    def minutes(self) -> int:
        """How long its units take together."""
        return sum(unit.minutes for unit in self.units)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version with all that belongs to it; ``weekdays`` count from Monday as 0, ``starts`` is like ``09:00``."""

    id: int
    public_id: str
    key: str
    title: str
    summary: str
    organisation: str
    number: str
    is_released: bool
    released_on: date | None
    notes: str
    licence: str
    aim: str
    audience: str
    attendance_percent: int
    presentation: bool
    weekdays: tuple[int, ...]
    starts: str
    session_minutes: int
    synchronous_percent: int
    fee: bool
    digest: str
    competencies: tuple[CompetencyFacts, ...]
    modules: tuple[ModuleFacts, ...]

    @property
    def path(self) -> str:
        """Where the version is shown."""
        return version_path(self.key, self.number)

    @property
    def units(self) -> tuple[UnitFacts, ...]:
        """All units in their order."""
        return tuple(unit for module in self.modules for unit in module.units)

    @property
    def course(self) -> tuple[UnitFacts, ...]:
        """The units that everybody works through: those of required modules, or all where no module is required."""
        required = tuple(unit for module in self.modules if module.required for unit in module.units)
        return required or self.units

    @property
    def chosen(self) -> int:
        """How many units are in modules that people choose, beside the course."""
        return len(self.units) - len(self.course)

    @property
    def self_study(self) -> int:
        """How many units of the course are worked through alone."""
        return sum(unit.kind == Unit.Kind.SELF_STUDY for unit in self.course)

    @property
    def minutes(self) -> int:
        """How long the units of the course take."""
        return sum(unit.minutes for unit in self.course)

    @property
    def minutes_together(self) -> int:
        """How long the mornings of the course take, without self-study."""
        return sum(unit.minutes for unit in self.course if unit.kind == Unit.Kind.SESSION)

    @property
    def minutes_needed(self) -> int:
        """How many minutes somebody must attend to complete it, rounded up."""
        return -(-self.minutes_together * self.attendance_percent // 100)

    @property
    def points_to_licence(self) -> bool:
        """Whether fee and share of common hours ask for a look at the law on distance learning."""
        return distance_learning.points_to_licence(fee=self.fee, synchronous_percent=self.synchronous_percent)


def version_path(key: str, number: str) -> str:
    """Return where a released version is shown."""
    return reverse("curriculum:version", args=[key, number])


# What is loaded ---------------------------------------------------------------------------------------------------------


def stamp() -> str:
    """Return a short text that changes when a version is released, its downloads are made or a programme is renamed. One query.

    Written by hand, as that of the municipalities: every public page of the programmes asks it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()[:16]


_STAMP = (
    "SELECT p.title, p.summary, o.name, v.number, v.digest, "
    "(SELECT MAX(d.made_at) FROM curriculum_download d WHERE d.version_id = v.id) FROM curriculum_programme p "
    "JOIN curriculum_version v ON v.programme_id = p.id LEFT JOIN accounts_organisation o ON o.id = p.organisation_id "
    "WHERE v.state = 'released' ORDER BY v.id"
)


# Versions ---------------------------------------------------------------------------------------------------------------


def released_versions(key: str | None = None) -> tuple[VersionLine, ...]:
    """Return the released versions, of one programme or of all, by title and then the highest number first. One query."""
    rows = Version.objects.filter(state=Version.State.RELEASED)
    if key is not None:
        rows = rows.filter(programme__key=key)
    required, alone = Q(modules__required=True), Q(modules__units__kind=Unit.Kind.SELF_STUDY)
    rows = rows.annotate(
        modules_in_all=Count("modules", distinct=True),
        units_in_all=Count("modules__units"),
        alone_in_all=Count("modules__units", filter=alone),
        minutes_in_all=Sum("modules__units__minutes", default=0),
        units_required=Count("modules__units", filter=required),
        alone_required=Count("modules__units", filter=required & alone),
        minutes_required=Sum("modules__units__minutes", filter=required, default=0),
    ).values_list(
        "id",
        "public_id",
        "programme__key",
        "title",
        "summary",
        "number",
        "released_on",
        "notes",
        "modules_in_all",
        "units_in_all",
        "alone_in_all",
        "minutes_in_all",
        "units_required",
        "alone_required",
        "minutes_required",
        "programme__title",
        "programme__summary",
    )
    highest_first = sorted(rows, key=lambda row: numbers.order(row[5]), reverse=True)
    by_programme = sorted(highest_first, key=lambda row: (row[-2], row[2]))
    return tuple(
        VersionLine(*row[:3], title or now_title, summary or now_summary, *row[5:9], *_course(row[9:15]))
        for row in by_programme
        for title, summary, now_title, now_summary in [(row[3], row[4], row[-2], row[-1])]
    )


def _course(counts: tuple[int, ...]) -> tuple[int, int, int, int]:
    """Return units, self-study and minutes of the course, and those to choose; ``counts``: of all, then of the required."""
    everything, required = counts[:3], counts[3:]
    return (*(required if required[0] else everything), everything[0] - (required[0] or everything[0]))


def newest_versions() -> tuple[VersionLine, ...]:
    """Return the highest released version of each programme, by title. One query."""
    highest: dict[str, VersionLine] = {}
    for line in released_versions():
        highest.setdefault(line.key, line)
    return tuple(highest.values())


def newest(key: str) -> VersionFacts | None:
    """Return the highest released version of a programme; None if it has none. Six queries, one if there is none."""
    lines = released_versions(key)
    return version_facts(lines[0].id) if lines else None


def find_version(key: str, number: str) -> VersionFacts | None:
    """Return a released version by its address; None for drafts and unknown ones. Five queries, one if there is none."""
    row = _versions().filter(programme__key=key, number=number, state=Version.State.RELEASED).first()
    return None if row is None else _facts(row)


def version_facts(version: Version | int) -> VersionFacts:
    """Return the facts of a version, a row or its id, drafts too. Five queries. Raises Version.DoesNotExist."""
    return _facts(_versions().get(pk=version.pk if isinstance(version, Version) else version))


def _versions():
    return Version.objects.select_related("programme__organisation")


def _facts(row: Version) -> VersionFacts:
    competencies = Competency.objects.filter(version=row).order_by("position", "pk")
    return VersionFacts(
        id=row.pk,
        public_id=row.public_id,
        key=row.programme.key,
        title=row.title or row.programme.title,
        summary=row.summary or row.programme.summary,
        organisation=row.programme.organisation.name if row.programme.organisation else "",
        number=row.number,
        is_released=row.is_released,
        released_on=row.released_on,
        notes=row.notes,
        licence=row.licence,
        aim=row.aim,
        audience=row.audience,
        attendance_percent=row.completion["attendance_percent"],
        presentation=row.completion["presentation"],
        weekdays=tuple(row.timetable["weekdays"]),
        starts=row.timetable["starts"],
        session_minutes=row.timetable["minutes"],
        synchronous_percent=row.synchronous_percent,
        fee=row.fee,
        digest=row.digest,
        competencies=tuple(
            CompetencyFacts(*values) for values in competencies.values_list("id", "key", "field", "title", "text")
        ),
        modules=_modules(row),
    )


def _modules(row: Version) -> tuple[ModuleFacts, ...]:
    keys: dict[int, list[str]] = {}
    links = Unit.competencies.through.objects.filter(unit__module__version=row).order_by("pk")
    for unit, key in links.values_list("unit_id", "competency__key"):
        keys.setdefault(unit, []).append(key)
    units: dict[int, list[UnitFacts]] = {}
    fields = ("module_id", "id", "public_id", "position", "key", "title", "kind", "minutes", "objectives", "summary")
    for module, pk, public_id, position, key, title, kind, minutes, objectives, summary in (
        Unit.objects.filter(module__version=row).order_by("position", "pk").values_list(*fields)
    ):
        path = reverse("curriculum:unit", args=[row.programme.key, row.number, key])
        competencies = tuple(keys.get(pk, ()))
        units.setdefault(module, []).append(
            UnitFacts(pk, public_id, position, key, title, kind, minutes, tuple(objectives), summary, competencies, path)
        )
    modules = Module.objects.filter(version=row).order_by("position")
    return tuple(
        ModuleFacts(*values, units=tuple(units.get(values[0], ())))
        for values in modules.values_list("id", "public_id", "position", "key", "title", "summary", "required")
    )
