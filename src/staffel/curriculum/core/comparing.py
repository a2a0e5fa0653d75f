"""What is different between two versions of a programme, place by place.

Units that are equal by their digest are never opened, and the others one after the other when they are asked for: time and
memory follow the changes, not the programme.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from staffel.curriculum.core.alignment import in_order, pairs
from staffel.curriculum.core.content import Module, Outline, Source, Unit
from staffel.curriculum.core.prose import pieces
from staffel.curriculum.core.shape import FIELDS, Field, Place, Sort, called, label, label_inside, shown, words_in
from staffel.curriculum.core.words import Difference, prose_diff, word_diff


class Kind(StrEnum):
    """What happened at a place."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: ``old`` and ``new`` as people read them; one is empty where something was added or removed.

    ``place`` is stable and there once per comparison. Where entries of a list or blocks of prose have no key, the number is
    that in the new version; ``old-3`` or ``old-block-3`` is what was the third one and is gone. Of what was moved the texts are
    where it stood and stands.
    """

    place: Place
    kind: Kind
    old: str
    new: str

    @property
    def label(self) -> str:
        """German words for the place; in a unit without the unit."""
        return label_inside(self.place) if len(self.place) > 2 and self.place[0] == "units" else label(self.place)

    @property
    def words(self) -> Difference:
        """The difference word by word, in prose without regard to how its lines are wrapped."""
        return (prose_diff if "block-" in self.place[-1] else word_diff)(self.old, self.new)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What happened to one unit; ``changes`` are those inside one that both versions have, else empty.

    ``modules`` are the keys of its old and new module, empty where it is not there; ``competencies`` are those that its old
    and new objectives work on. A unit may be moved and have changes inside: then ``kind`` is ``moved``.
    """

    key: str
    title: str
    kind: Kind
    modules: tuple[str, str]
    competencies: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def place(self) -> Place:
        """The place of the unit."""
        return ("units", self.key)

    @property
    def label(self) -> str:
        """German words for the place."""
        return label(self.place, self.title)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two versions: ``outline`` without the units, the units by ``units()``."""

    old: Source
    new: Source
    outline: tuple[Change, ...]

    def units(self) -> Iterator[UnitChange]:
        """Yield what happened to units, in their new order; what was removed comes after what stood before it.

        A unit whose digests differ but whose content does not is no change. Opens one unit of each version at a time.
        """
        home, new_home = homes(self.old.outline), homes(self.new.outline)
        moved = _moved_units(self.old.outline, self.new.outline)
        for key in _interleaved(tuple(home), tuple(new_home)):
            modules = (home.get(key, ""), new_home.get(key, ""))
            if not modules[0] or not modules[1]:
                unit = (self.new if modules[1] else self.old).unit(key)
                kind = Kind.ADDED if modules[1] else Kind.REMOVED
                yield UnitChange(key, unit.title, kind, modules, unit.competencies)
                continue
            changed = self.old.unit_digest(key) != self.new.unit_digest(key)
            if not changed and key not in moved:
                continue
            unit = self.new.unit(key)
            before = self.old.unit(key) if changed else unit
            changes = tuple(unit_changes(before, unit)) if changed else ()
            if changes or key in moved:
                competencies = tuple(dict.fromkeys(unit.competencies + before.competencies))
                kind = Kind.MOVED if key in moved else Kind.CHANGED
                yield UnitChange(key, unit.title, kind, modules, competencies, changes)

    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not self.outline and next(self.units(), None) is None


@dataclass(frozen=True, slots=True)
class ReadOnce(Comparison):
    """A comparison whose units were read and stay in memory, for who asks for them several times."""

    found: tuple[UnitChange, ...] = ()

    def units(self) -> Iterator[UnitChange]:
        """Yield what happened to units."""
        return iter(self.found)


def read_once(comparison: Comparison) -> ReadOnce:
    """Return ``comparison`` with all its units read."""
    return ReadOnce(comparison.old, comparison.new, comparison.outline, tuple(comparison.units()))


def touched(old: Source, new: Source) -> int:
    """Return how many units are at most different between two versions; opens none of them."""
    home, new_home = homes(old.outline), homes(new.outline)
    both = home.keys() & new_home.keys()
    moved = _moved_units(old.outline, new.outline)
    changed = sum(key in moved or old.unit_digest(key) != new.unit_digest(key) for key in both)
    return changed + len(home.keys() ^ new_home.keys())


def compare(old: Source, new: Source) -> Comparison:
    """Return what is different in ``new``; nothing of a unit is read yet."""
    return Comparison(old, new, tuple(outline_changes(old.outline, new.outline)))


def outline_changes(old: Outline, new: Outline) -> Iterator[Change]:
    """Yield the differences of two outlines without those of the order of units."""
    for field in FIELDS[Outline]:
        yield from _field_changes((field.name,), field, getattr(old, field.name), getattr(new, field.name))


def unit_changes(old: Unit, new: Unit) -> Iterator[Change]:
    """Yield the differences inside a unit, in the order of its fields."""
    yield from _entry_changes(("units", new.key), old, new)


def homes(outline: Outline) -> dict[str, str]:
    """Return the module of each unit, in the order of the units."""
    return {key: module.key for module in outline.modules for key in module.units}


def _entry_changes(place: Place, old: Any, new: Any) -> Iterator[Change]:
    for field in FIELDS[type(new)]:
        yield from _field_changes((*place, field.name), field, getattr(old, field.name), getattr(new, field.name))


def _field_changes(place: Place, field: Field, old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if field.sort is Sort.PROSE:
        yield from _prose_changes(place, old, new)
    elif field.sort is Sort.ENTRY and old is not None and new is not None:
        yield from _entry_changes(place, old, new)
    elif field.sort is Sort.KEYED:
        yield from _keyed_changes(place, old, new)
    elif field.sort is Sort.LISTED:
        yield from _listed_changes(place, old, new)
    else:
        yield _change(place, old, new)


def _change(place: Place, old: Any, new: Any) -> Change:
    texts = _text(place, old), _text(place, new)
    return Change(place, _kind(*texts), *texts)


def _text(place: Place, value: Any) -> str:
    if place[-1] == "sha256" and value:
        return f"SHA-256 {value}"
    return shown(value)


def _kind(old: str, new: str) -> Kind:
    return Kind.CHANGED if old and new else Kind.ADDED if new else Kind.REMOVED


def _keyed_changes(place: Place, old: tuple, new: tuple) -> Iterator[Change]:
    before, after = called(old), called(new)
    stayed = in_order(tuple(before), tuple(after))
    numbers = {name: number for number, name in enumerate(before, 1)}
    new_numbers = {name: number for number, name in enumerate(after, 1)}
    for name in _interleaved(tuple(before), tuple(after)):
        here = (*place, name)
        if name not in before or name not in after:
            yield _change(here, before.get(name), after.get(name))
            continue
        if name not in stayed:
            yield Change(here, Kind.MOVED, f"Stelle {numbers[name]}", f"Stelle {new_numbers[name]}")
        if not isinstance(before[name], str):
            yield from _entry_changes(here, before[name], after[name])


def _listed_changes(place: Place, old: tuple, new: tuple) -> Iterator[Change]:
    at = new_at = 0
    for i, j in [*pairs(old, new, words_in), (len(old), len(new))]:
        for number in range(at, i):
            yield _change((*place, f"old-{number + 1}"), old[number], None)
        for number in range(new_at, j):
            yield _change((*place, str(number + 1)), None, new[number])
        if i < len(old) and old[i] != new[j]:
            here = (*place, str(j + 1))
            if isinstance(new[j], str):
                yield _change(here, old[i], new[j])
            else:
                yield from _entry_changes(here, old[i], new[j])
        at, new_at = i + 1, j + 1


def _prose_changes(place: Place, old: str, new: str) -> Iterator[Change]:
    blocks, new_blocks = [piece.text for piece in pieces(old)], [piece.text for piece in pieces(new)]
    if blocks == new_blocks:
        # Only blank lines between blocks are different.
        yield Change(place, Kind.CHANGED, old, new)
        return
    at = new_at = 0
    for i, j in [*pairs(blocks, new_blocks), (len(blocks), len(new_blocks))]:
        for number in range(at, i):
            yield Change((*place, f"old-block-{number + 1}"), Kind.REMOVED, blocks[number], "")
        for number in range(new_at, j):
            yield Change((*place, f"block-{number + 1}"), Kind.ADDED, "", new_blocks[number])
        if i < len(blocks) and blocks[i] != new_blocks[j]:
            yield Change((*place, f"block-{j + 1}"), Kind.CHANGED, blocks[i], new_blocks[j])
        at, new_at = i + 1, j + 1


def _moved_units(old: Outline, new: Outline) -> set[str]:
    """Return the keys of units that stand in another module, or at another place among those of their module."""
    home, new_home = homes(old), homes(new)
    moved = {key for key, module in new_home.items() if home.get(key, module) != module}
    before: dict[str, Module] = {module.key: module for module in old.modules}
    for module in new.modules:
        if module.key in before:
            stayed = in_order(before[module.key].units, module.units)
            moved |= {key for key in module.units if home.get(key) == module.key and key not in stayed}
    return moved


def _interleaved(old: tuple[str, ...], new: tuple[str, ...]) -> list[str]:
    """Return all keys: the new ones in their order, each gone one after the one that stood before it."""
    there = set(new)
    gone: dict[str, list[str]] = {}
    last = ""
    for key in old:
        if key in there:
            last = key
        else:
            gone.setdefault(last, []).append(key)
    result = list(gone.get("", []))
    for key in new:
        result += [key, *gone.get(key, [])]
    return result
