"""Merge what two sides made of the same version: ``base`` is that version, ``ours`` our draft, ``theirs`` what was received.

Merged are units, then fields and entries, then blocks of prose and their lines (``merging_values.py`` and ``three_way.py``).
What only one side changed is taken. What both changed differently is a conflict, and a conflict is always reported: nothing
is decided silently and nothing is lost. docs/hand-over/merge.md tells it for people.

``merge(base, x, base)`` and ``merge(base, base, x)`` give x, ``merge(base, x, x)`` too; ours and theirs exchanged give the same
as long as there is no conflict.

A unit that only one side changed is passed through by its digest and never opened, the others are opened one at a time; in
memory are the outlines and the texts of the conflicts. What is merged can break rules that hold between fields: minutes of a
plan that no longer add up, a competency that one side removed and a unit of the other works on. These are no conflicts of
text: whoever takes the result reads it with ``reader.py`` and shows the mistakes.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO

from staffel.curriculum.core.comparing import homes, unit_changes
from staffel.curriculum.core.content import Module, Outline, Source, Unit
from staffel.curriculum.core.merging_values import Conflict, Desk, Sides, merge_entries, merge_fields, ordered_by
from staffel.curriculum.core.shape import BY_NAME, FIELDS, label_inside
from staffel.curriculum.core.three_way import merge_order

NOT_MERGED_AS_FIELDS = {"version", "modules"}
Choices = Mapping[str, Mapping[str, str]]


class ConflictsOpen(ValueError):
    """The result was asked for while conflicts are open: ``conflicts`` are these."""

    def __init__(self, conflicts: tuple[Conflict, ...]):
        super().__init__(f"{len(conflicts)} conflicts are open, the first is {conflicts[0].id}")
        self.conflicts = conflicts


class Merged:
    """What a merge found: ``conflicts`` in the order of the programme, and with all of them settled ``source``."""

    def __init__(self, result: "Result", conflicts: tuple[Conflict, ...], choices: Choices):
        self.conflicts = conflicts
        self.choices = choices
        self._result = result

    def open(self, choices: Choices | None = None) -> tuple[Conflict, ...]:
        """Return the conflicts that ``choices`` (those of the merge if not given) do not settle with a pick that is allowed."""
        given = self.choices if choices is None else choices
        return tuple(conflict for conflict in self.conflicts if conflict.picked(given) is None)

    @property
    def source(self) -> Source:
        """The merged programme, unit by unit. Raises ConflictsOpen as long as conflicts are open."""
        if left := self.open():
            raise ConflictsOpen(left)
        return self._result

    @property
    def preview(self) -> "Result":
        """The merged programme with ours wherever a conflict is open: to look at, not to keep."""
        return self._result


@dataclass(frozen=True, slots=True)
class Home:
    """The module of a unit (empty if it is gone), the side it is taken from (None: merged), and whether somebody chose so."""

    module: str
    source: Source | None
    chosen: bool


class Result:
    """A ``Source`` that merges a unit when it is asked for."""

    def __init__(self, sides: tuple[Source, Source, Source], choices: Choices, number: str):
        self._sides = sides
        self._choices = choices
        self._homes = tuple(homes(side.outline) for side in sides)
        self._from: dict[str, Source | None] = {}
        self.desk = Desk(choices)
        self.outline = self._merged_outline(number)

    def unit(self, key: str) -> Unit:
        """Return one merged unit; raises KeyError for an unknown key."""
        source = self._from[key]
        return source.unit(key) if source else self._merged_unit(key, Desk(self._choices))

    def unit_digest(self, key: str) -> str:
        """Return the digest of a unit: that of the side it was taken from, else one of its content."""
        source = self._from[key]
        return source.unit_digest(key) if source else hashlib.sha256(repr(self.unit(key)).encode()).hexdigest()

    def open(self, key: str, name: str) -> BinaryIO:
        """Return the bytes of a file, from the side whose file has the digest that the merged unit says."""
        source = self._from[key]
        if source:
            return source.open(key, name)
        digests = {entry.file: entry.sha256 for entry in self.unit(key).materials if entry.file}
        digest = digests[name]
        found = [
            (entry.file != name, side, entry.file)
            for side, home in zip(self._sides[1:], self._homes[1:], strict=True)
            if key in home
            for entry in side.unit(key).materials
            if entry.file and entry.sha256 == digest
        ]
        _, side, theirs = min(found, key=lambda entry: entry[0])
        return side.open(key, theirs)

    def merged_units(self) -> tuple[str, ...]:
        """Return the keys of the units that both sides changed, in their order."""
        return tuple(key for key in self.outline.units if self._from[key] is None)

    def _merged_outline(self, number: str) -> Outline:
        sides = Sides(*(side.outline for side in self._sides))
        table = tuple(field for field in FIELDS[Outline] if field.name not in NOT_MERGED_AS_FIELDS)
        values = merge_fields(self.desk, (), table, sides)
        outline = Outline(version=number or sides.ours.version, modules=self._merged_modules(), **values)
        for key, source in self._from.items():
            if source is None:
                self._merged_unit(key, self.desk)
        there = set(outline.units)
        self._from = {key: source for key, source in self._from.items() if key in there}
        return outline

    def _merged_modules(self) -> tuple[Module, ...]:
        lists = Sides(*(side.outline.modules for side in self._sides))
        before = {module.key: set(module.units) for module in lists.base}
        # A module was changed if its fields were, or if units came in: those would be lost with it.
        plain = Sides(
            *(
                tuple(replace(entry, units=tuple(sorted(set(entry.units) - before.get(entry.key, set())))) for entry in modules)
                for modules in lists
            )
        )
        merged = merge_entries(self.desk, ("modules",), BY_NAME[Outline]["modules"], plain)
        modules = {module.key: module for module in merged}
        removed = {conflict.place[1]: conflict for conflict in self.desk.conflicts if conflict.kind == "removed"}
        placed = self._placed(modules, removed)
        if back := set(placed.values()) - set(modules):
            # A module that was removed comes back if somebody chose to keep a unit of it.
            modules |= {module.key: module for side in lists[1:] for module in side if module.key in back}
            names = [[module.key for module in side] for side in lists]
            order = merge_order(*names, set(modules)) or list(modules)
            modules = {key: modules[key] for key in order}
        return tuple(replace(module, units=self._ordered(key, lists, placed)) for key, module in modules.items())

    def _placed(self, modules: Mapping[str, Module], removed: Mapping[str, Conflict]) -> dict[str, str]:
        """Return the module of each unit that is there, and note which side its content comes from."""
        _, ours, theirs = self._homes
        placed: dict[str, str] = {}
        for key in dict.fromkeys([*ours, *theirs]):
            here = self._common_home(key) if key in ours and key in theirs else self._lonely_home(key)
            place = here.module
            if place and place not in modules and not here.chosen:
                # Somebody chose to do without the module: its units are where the side without it has them.
                place = (theirs if removed[place].ours else ours).get(key, "")
            if place:
                placed[key] = place
            self._from[key] = here.source
        return placed

    def _common_home(self, key: str) -> Home:
        source = self._side_of(key)
        sides = Sides(*(home.get(key, "") for home in self._homes))
        if not sides.clash:
            return Home(sides.agreed, source, chosen=False)
        titles = {module.key: module.title for side in self._sides for module in side.outline.modules}
        self.desk.title = self._title(key)
        conflict = self.desk.conflict(("units", key, "module"), "field", [titles.get(home, "") for home in sides])
        return Home(self.desk.side(conflict, sides.ours, sides.theirs), source, chosen=True)

    def _lonely_home(self, key: str) -> Home:
        base, ours, theirs = self._sides
        home, our_home, their_home = self._homes
        side, place = (ours, our_home[key]) if key in our_home else (theirs, their_home[key])
        if key not in home:
            return Home(place, side, chosen=False)
        differs = base.unit_digest(key) != side.unit_digest(key)
        changes = list(unit_changes(base.unit(key), side.unit(key))) if differs else []
        if place == home[key] and not changes:
            return Home("", side, chosen=False)
        self.desk.title = self._title(key)
        said = [
            f"Titel: {self.desk.title}",
            *dict.fromkeys(f"geändert: {label_inside(change.place[:3])}" for change in changes),
        ]
        if place != home[key]:
            said.append("in ein anderes Modul verschoben")
        texts = (base.unit(key).title, *("\n".join(said) if side is one else "" for one in (ours, theirs)))
        conflict = self.desk.conflict(("units", key), "removed", texts)
        return Home(self.desk.side(conflict, our_home, their_home).get(key, ""), side, chosen=True)

    def _title(self, key: str) -> str:
        return next(side.unit(key).title for side, home in zip(self._sides[1:], self._homes[1:], strict=True) if key in home)

    def _side_of(self, key: str) -> Source | None:
        """Return the side whose unit is taken whole; None if both changed it, or both added it, and it must be merged."""
        base, ours, theirs = self._sides
        our_digest, their_digest = ours.unit_digest(key), theirs.unit_digest(key)
        before = base.unit_digest(key) if key in self._homes[0] else None
        if their_digest in (our_digest, before):
            return ours
        return theirs if our_digest == before else None

    def _merged_unit(self, key: str, desk: Desk) -> Unit:
        base, ours, theirs = self._sides
        sides = Sides(base.unit(key) if key in self._homes[0] else None, ours.unit(key), theirs.unit(key))
        desk.title = sides.ours.title
        values = merge_fields(desk, ("units", key), FIELDS[Unit], sides)
        values["materials"] += tuple(desk.spare)
        desk.spare.clear()
        return Unit(key=key, **values)

    def _ordered(self, module: str, lists: Sides, placed: Mapping[str, str]) -> tuple[str, ...]:
        units = [next((entry.units for entry in modules if entry.key == module), ()) for modules in lists]
        kept = {key for key, home in placed.items() if home == module}
        order = merge_order(*units, kept)
        if order is None:
            texts = ("\n".join(side.unit(key).title for key in keys) for side, keys in zip(self._sides, units, strict=True))
            order = ordered_by(self.desk, self.desk.conflict(("modules", module, "order"), "list", texts), units, kept)
        return tuple(order)


def merge(base: Source, ours: Source, theirs: Source, choices: Choices | None = None, *, number: str = "") -> Merged:
    """Return what both sides made of ``base`` together.

    ``choices`` maps the id of a conflict to ``{"pick": "ours" | "theirs" | "both" | "text", "text": "…"}``; which picks a
    conflict allows, it says. Ids and their order depend on the three versions only, never on the choices. The number of the
    version is never a conflict: it is that of ours, or ``number``.
    """
    result = Result((base, ours, theirs), choices or {}, number)
    return Merged(result, tuple(result.desk.conflicts), choices or {})
