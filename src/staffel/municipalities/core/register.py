"""Two states of the official register, and what lies between them.

``diff`` compares, ``describe`` says it in words, ``refusals`` says what stands against taking it over. Pure: the rows come from
``staffel.municipalities.core.official_file`` and from the database.

A municipality that moves to another Kreis gets a new key: it appears as one dissolved and one new place, tied by a succession.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from decimal import Decimal

from staffel.base.rules import N_, Rule
from staffel.municipalities.core import rules
from staffel.municipalities.core.credits import german
from staffel.municipalities.core.loading import NOT_IN_A_VERBAND, read_lines

UNINHABITED = "66"
"""Kind of an area that belongs to no municipality and where nobody lives."""

NAME_CUT = 50
"""GV100AD cuts names after this many characters."""

MOST_DISSOLVED = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class KreisEntry:
    """A Kreis in the register; None: the file does not say."""

    code: str
    name: str
    kind: str
    seat: str | None

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class VerbandEntry:
    """A Verband in the register; ``kreis`` is None for the few areas that lie in no Kreis."""

    code: str
    kreis: str | None
    name: str
    kind: str
    seat: str | None

    @property
    def key(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Entry:
    """A municipality in the register. ``verband`` is None where it belongs to none; other Nones: the file does not say."""

    ags: str
    ars: str
    name: str
    kind_code: str
    kreis: str | None
    verband: str | None
    population: int | None
    area_km2: Decimal | None
    postal_code: str | None
    position: tuple[float, float] | None
    urbanisation: str | None

    @property
    def key(self) -> str:
        return self.ags


@dataclass(frozen=True)
class Snapshot:
    """The register on one day, each level by its key."""

    on: date
    kreise: Mapping[str, KreisEntry]
    verbaende: Mapping[str, VerbandEntry]
    municipalities: Mapping[str, Entry]


@dataclass(frozen=True)
class Change:
    """One place before and after."""

    old: KreisEntry | VerbandEntry | Entry
    new: KreisEntry | VerbandEntry | Entry

    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields that differ."""
        return tuple(one.name for one in fields(self.old) if getattr(self.old, one.name) != getattr(self.new, one.name))


@dataclass(frozen=True)
class LevelDiff:
    """What happened on one level, each in the order of the keys."""

    new: tuple = ()
    dissolved: tuple = ()
    changed: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Diff:
    """What lies between two states of the register."""

    before: date
    on: date
    kreise: LevelDiff
    verbaende: LevelDiff
    municipalities: LevelDiff

    def levels(self) -> tuple[LevelDiff, LevelDiff, LevelDiff]:
        """Return the three levels from the top."""
        return self.kreise, self.verbaende, self.municipalities


@dataclass(frozen=True)
class Succession:
    """``old`` went into ``new``; ``effective_on`` is the first day of the new state, None if not known."""

    old: str
    new: str
    effective_on: date | None = None


# Comparing --------------------------------------------------------------------------------------------------------------


def diff(before: Snapshot, after: Snapshot) -> Diff:
    """Return what happened from ``before`` to ``after``. What ``after`` does not say has not changed."""
    levels = (_diff_level(getattr(before, level), getattr(after, level)) for level in ("kreise", "verbaende", "municipalities"))
    return Diff(before.on, after.on, *levels)


def _diff_level(before: Mapping, after: Mapping) -> LevelDiff:
    changed = []
    for key in sorted(before.keys() & after.keys()):
        new = _filled(before[key], after[key])
        if new != before[key]:
            changed.append(Change(before[key], new))
    return LevelDiff(
        new=tuple(after[key] for key in sorted(after.keys() - before.keys())),
        dissolved=tuple(before[key] for key in sorted(before.keys() - after.keys())),
        changed=tuple(changed),
    )


# None is a statement in these: the place belongs to no Kreis or Verband.
_ALWAYS_SAID = ("kreis", "verband")


def _filled(old, new):
    """Return ``new`` with what it does not say from ``old``; a name that was cut is the old one if that begins with it."""
    kept = {
        one.name: getattr(old, one.name)
        for one in fields(new)
        if getattr(new, one.name) is None and one.name not in _ALWAYS_SAID
    }
    if len(new.name) == NAME_CUT and old.name.startswith(new.name):
        kept["name"] = old.name
    return replace(new, **kept) if kept else new


def apply(change: Diff, before: Snapshot) -> Snapshot:
    """Return the state that ``change`` makes of ``before``."""
    names = ("kreise", "verbaende", "municipalities")
    levels = {name: _apply_level(level, getattr(before, name)) for name, level in zip(names, change.levels(), strict=True)}
    return Snapshot(on=change.on, **levels)


def _apply_level(level: LevelDiff, before: Mapping) -> dict:
    gone = {entry.key for entry in level.dissolved}
    result = {key: entry for key, entry in before.items() if key not in gone}
    result |= {entry.key: entry for entry in level.new}
    return result | {change.new.key: change.new for change in level.changed}


def with_uninhabited_areas(file: Snapshot, before: Snapshot) -> Snapshot:
    """Return ``file`` with the uninhabited areas of ``before`` where it names none: not every edition lists them."""
    if any(entry.kind_code == UNINHABITED for entry in file.municipalities.values()):
        return file
    areas = {ags: entry for ags, entry in before.municipalities.items() if entry.kind_code == UNINHABITED}
    singles = {entry.ars[:9] for entry in areas.values()}
    verbaende = {code: before.verbaende[code] for code in singles if code in before.verbaende}
    return replace(file, municipalities=areas | dict(file.municipalities), verbaende=verbaende | dict(file.verbaende))


def without_figures(file: Snapshot, before: Snapshot) -> Snapshot:
    """Return ``file`` without area and population of the places that ``before`` knows: for figures older than the loaded."""
    kept = {
        ags: replace(entry, population=None, area_km2=None) if ags in before.municipalities else entry
        for ags, entry in file.municipalities.items()
    }
    return replace(file, municipalities=kept)


# Successions ------------------------------------------------------------------------------------------------------------


def needs_successor(entry) -> bool:
    """Whether a dissolved place must name one: not a Verband that only says that there is none."""
    return getattr(entry, "kind", None) != NOT_IN_A_VERBAND


class Timeline:
    """When places end and begin, and in whom they live on, by ``successions`` and the day ``on`` of the file."""

    def __init__(self, successions: Sequence[Succession], on: date):
        self._by_old = {one.old: one for one in successions}
        self._on = on

    def successor(self, key: str) -> str | None:
        """Return the key of the place into which a dissolved one went."""
        return self._by_old[key].new if key in self._by_old else None

    def last_day(self, key: str) -> date:
        """Return the last day of a dissolved place: before its change was in force, else before the state of the file."""
        known = self._by_old.get(key)
        return (known.effective_on if known and known.effective_on else self._on) - timedelta(days=1)

    def first_day(self, key: str) -> date:
        """Return the first day of a new place: that of the earliest change that leads to it, else the day of the file."""
        days = [one.effective_on for one in self._by_old.values() if one.new == key and one.effective_on]
        return min(days, default=self._on)


def likely_successors(change: Diff) -> tuple[Succession, ...]:
    """Return pairs of a dissolved and a new place with the same name on the same level: hints, to be checked by a person."""
    found = []
    for level in change.levels():
        by_name: dict[str, list] = {}
        for entry in level.new:
            by_name.setdefault(entry.name, []).append(entry)
        for entry in level.dissolved:
            same = by_name.get(entry.name, [])
            if len(same) == 1 and needs_successor(entry):
                found.append(Succession(entry.key, same[0].key))
    return tuple(found)


def refusals(
    change: Diff, before: Snapshot, successions: Sequence[Succession], *, population_on: date | None, accept_many: bool
) -> list[tuple[Rule, dict]]:
    """Return what stands against taking ``change`` over: rules with the values of their sentences, none if it may go."""
    found: list[tuple[Rule, dict]] = []
    if change.on <= change.before:
        return [(rules.NEWER, {"file": german(change.on), "loaded": german(change.before)})]
    missing, everyone = len(change.municipalities.dissolved), len(before.municipalities)
    if missing > MOST_DISSOLVED * everyone and not accept_many:
        share = f"{100 * missing / everyone:.1f}".replace(".", ",")
        found.append((rules.FEW_DISSOLVED, {"missing": missing, "all": everyone, "share": share}))
    found += _succession_refusals(change, before, successions)
    named = {one.old for one in successions}
    orphans = [
        f"{entry.name} ({entry.key})"
        for level in change.levels()
        for entry in level.dissolved
        if needs_successor(entry) and entry.key not in named
    ]
    if orphans:
        shown = ", ".join(orphans[:5]) + (" …" if len(orphans) > 5 else "")
        found.append((rules.SUCCESSOR_NAMED, {"count": len(orphans), "places": shown}))
    if population_on is None:
        found.append((rules.POPULATION_DAY, {}))
    elif population_on > change.on:
        found.append((rules.COUNTED_BEFORE, {"day": german(population_on), "file": german(change.on)}))
    return found


def _succession_refusals(change: Diff, before: Snapshot, successions: Sequence[Succession]) -> Iterator[tuple[Rule, dict]]:
    after = apply(change, before)
    fits = set()
    for level, there in zip(change.levels(), (after.kreise, after.verbaende, after.municipalities), strict=True):
        gone = {entry.key for entry in level.dissolved}
        fits |= {(one.old, one.new) for one in successions if one.old in gone and one.new in there}
    seen = set()
    for one in successions:
        if (one.old, one.new) not in fits or one.old in seen:
            yield rules.SUCCESSION_FITS, {"old": one.old, "new": one.new}
        seen.add(one.old)
        if one.effective_on and not change.before < one.effective_on <= change.on:
            days = {"day": german(one.effective_on), "after": german(change.before), "until": german(change.on)}
            yield rules.EFFECTIVE_WITHIN, {"old": one.old} | days


CHANGES_COLUMNS = ("old", "new", "effective_on")


def read_changes(text: str, file: str) -> tuple[Succession, ...]:
    """Return the successions of a changes file: CSV with ``old,new,effective_on``, the last a day or empty. Raises BadRow."""
    found = []
    for line in read_lines(file, text, CHANGES_COLUMNS):
        day = line.words("effective_on", 10, blank=True)
        try:
            effective_on = date.fromisoformat(day) if day else None
        except ValueError:
            raise line.refuse("effective_on", N_("ist kein Tag wie 2026-01-01.")) from None
        found.append(Succession(line.words("old", 9), line.words("new", 9), effective_on))
    return tuple(found)


def names_of(official: str, second: str = "") -> tuple[str, str]:
    """Return the short name and the second-language name in an official one; ``second`` is the one known so far.

    ``Bautzen / Budyšin, Stadt`` is ``("Bautzen", "Budyšin")``, ``Lauenburg/ Elbe, Stadt`` is ``("Lauenburg/Elbe", "")``.
    """
    base = official.split(",", maxsplit=1)[0].strip()
    if " / " in base:
        short, second = base.split(" / ", 1)
        return short.strip(), second.strip()
    if second and base.endswith(f"/{second}"):
        return base.removesuffix(f"/{second}"), second
    return base.replace("/ ", "/"), ""


# In words ---------------------------------------------------------------------------------------------------------------

_LEVEL_WORDS = ("Kreise", "Verbände", "Kommunen")
_FIELD_WORDS = {
    "name": "umbenannt",
    "kind": "andere Art",
    "kind_code": "andere Art",
    "kreis": "anderer Kreis",
    "verband": "anderer Verband",
    "seat": "anderer Sitz",
    "population": "andere Einwohnerzahl",
    "area_km2": "andere Fläche",
    "postal_code": "andere Postleitzahl",
    "position": "andere Lage",
    "urbanisation": "anderer Grad der Verstädterung",
}
# Changes of these are said place by place; of the others only the number.
_NAMED = ("name", "kind", "kind_code", "kreis", "verband")


def describe(change: Diff, *, most: int = 20) -> tuple[str, ...]:
    """Return ``change`` in German lines: numbers for everything, names for at most ``most`` places of each kind."""
    lines = [f"Gebietsstand {german(change.before)} → {german(change.on)}"]
    for word, level in zip(_LEVEL_WORDS, change.levels(), strict=True):
        lines.append(f"{word}: {len(level.new)} neu, {len(level.dissolved)} aufgelöst, {len(level.changed)} geändert.")
        lines += _some([f"  neu: {_named(entry)}" for entry in level.new], most)
        lines += _some([f"  aufgelöst: {_named(entry)}" for entry in level.dissolved], most)
        lines += _described_changes(level, most)
    lines += [f"  Gleicher Name, vermutlich --successor {one.old}={one.new}" for one in likely_successors(change)[:most]]
    return tuple(lines)


def _described_changes(level: LevelDiff, most: int) -> Iterator[str]:
    for field, word in _FIELD_WORDS.items():
        touched = [change for change in level.changed if field in change.fields()]
        if touched and field in _NAMED:
            yield from _some([f"  {word}: {_named(one.old)}: {_step(one, field)}" for one in touched], most)
        elif touched:
            yield f"  {word}: {len(touched)}"


def _step(change: Change, field: str) -> str:
    old, new = (getattr(one, field) or "keiner" for one in (change.old, change.new))
    return f"{old} → {new}"


def _named(entry) -> str:
    return f"{entry.name} ({entry.key})"


def _some(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"  … und {len(lines) - most} weitere"]
