"""Three-way merging of one value after the other, with a desk that takes down conflicts and looks up what was chosen.

``Sides`` are the three values; where one does not have it, it is ``None``.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, NamedTuple

from staffel.curriculum.core.alignment import pairs
from staffel.curriculum.core.content import Material
from staffel.curriculum.core.prose import Piece, joined, pieces
from staffel.curriculum.core.shape import FIELDS, Field, Place, Sort, called, label, shown, words_in
from staffel.curriculum.core.three_way import Clash, merge_order, merge_prose

OURS = "ours"
THEIRS = "theirs"
BOTH = "both"
TEXT = "text"


class Sides(NamedTuple):
    """One value in the base and on both sides."""

    base: Any
    ours: Any
    theirs: Any

    @property
    def clash(self) -> bool:
        """Whether both sides changed it, and differently."""
        return self.ours not in (self.base, self.theirs) and self.theirs != self.base

    @property
    def agreed(self) -> Any:
        """The value if there is no clash: the changed one."""
        return self.theirs if self.ours == self.base else self.ours

    def of(self, name: str) -> "Sides":
        """Return the fields called ``name`` of the three."""
        return Sides(*(None if side is None else getattr(side, name) for side in self))

    def shown(self) -> list[str]:
        """Return the three as people read them."""
        return [shown(side) for side in self]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that both sides changed differently.

    ``id`` is the place with ``/``, readable and the same in every call. ``kind``: ``text`` (blocks of prose), ``field`` (one
    value), ``list`` (the entries or the order of a list), ``removed`` (one side removed what the other changed, without text).
    The three texts are what is there, as people read it; ``picks`` are the choices that are allowed, ``text`` among them where
    a text of one's own can be given: with blocks for prose, else one line.
    """

    id: str
    place: Place
    label: str
    kind: str
    base: str
    ours: str
    theirs: str
    picks: tuple[str, ...]

    def picked(self, choices: Mapping[str, Mapping[str, str]]) -> str | None:
        """Return what ``choices`` says about this conflict, None if nothing or nothing that is allowed."""
        choice = choices.get(self.id, {})
        pick = choice.get("pick")
        if pick not in self.picks or (pick == TEXT and not isinstance(choice.get("text"), str)):
            return None
        return pick


@dataclass(slots=True)
class Desk:
    """Where conflicts are taken down. ``title`` is that of the unit at hand, ``spare`` what is to be kept besides."""

    choices: Mapping[str, Mapping[str, str]]
    conflicts: list[Conflict] = field(default_factory=list)
    title: str = ""
    spare: list[Material] = field(default_factory=list)

    def pick(self, conflict: Conflict) -> str:
        """Take ``conflict`` down and return what was chosen; ours while it is open."""
        self.conflicts.append(conflict)
        return conflict.picked(self.choices) or OURS

    def conflict(self, place: Place, kind: str, texts: Iterable[str], *more: str) -> Conflict:
        """Return a conflict at ``place``; ours and theirs may always be picked, and ``more``."""
        return Conflict("/".join(place), place, label(place, self.title), kind, *texts, (OURS, THEIRS, *more))

    def side(self, conflict: Conflict, ours: Any, theirs: Any) -> Any:
        """Take ``conflict`` down and return the value of the side that was chosen."""
        return theirs if self.pick(conflict) == THEIRS else ours

    def text(self, conflict: Conflict) -> str:
        """Return the text that was given for ``conflict``, in composed Unicode and with plain line breaks."""
        text = "\n".join(self.choices[conflict.id]["text"].splitlines())
        return unicodedata.normalize("NFC", text).strip()


def merge_fields(desk: Desk, place: Place, table: Sequence[Field], sides: Sides) -> dict[str, Any]:
    """Return the merged fields of values of one dataclass, by name."""
    return {entry.name: merge_value(desk, (*place, entry.name), entry, sides.of(entry.name)) for entry in table}


def merge_value(desk: Desk, place: Place, entry: Field, sides: Sides) -> Any:
    """Return the merged value of one field."""
    if not sides.clash:
        return sides.agreed
    if entry.sort is Sort.PROSE or any(isinstance(side, str) and "\n" in side for side in sides):
        return _prose(desk, place, sides)
    if entry.sort is Sort.ENTRY:
        return _entry(desk, place, sides)
    if entry.sort is Sort.KEYED or (entry.sort is Sort.LISTED and sides.base):
        return merge_entries(desk, place, entry, sides)
    return _whole_list(desk, place, sides) if entry.sort is Sort.LISTED else _scalar(desk, place, sides)


def merge_entries(desk: Desk, place: Place, entry: Field, sides: Sides) -> tuple:
    """Return the merged entries of a list in merged order."""
    lists = [side or () for side in sides]
    named = [called(entries) for entries in lists] if entry.sort is Sort.KEYED else _numbered(*lists)
    result = {}
    for name in dict.fromkeys(name for entries in named for name in entries):
        merged = _entry(desk, (*place, name), Sides(*(entries.get(name) for entries in named)))
        if merged is not None:
            result[name] = merged
    names = [list(entries) for entries in named]
    order = merge_order(*names, set(result))
    if order is None:
        texts = ("\n".join(_headline(entry) for entry in entries.values()) for entries in named)
        order = ordered_by(desk, desk.conflict((*place, "order"), "list", texts), names, set(result))
    return tuple(result[name] for name in order)


def ordered_by(desk: Desk, conflict: Conflict, names: Sequence[Sequence[str]], kept: set[str]) -> list[str]:
    """Take ``conflict`` down and return ``kept`` in the order of the side that was chosen."""
    _, ours, theirs = names
    # With the other side as its own base only the chosen side has changed the order.
    first, other = desk.side(conflict, (ours, theirs), (theirs, ours))
    return merge_order(other, first, other, kept) or []


def _entry(desk: Desk, place: Place, sides: Sides) -> Any:
    """Return one merged entry, None if it is not to be there."""
    if not sides.clash:
        return sides.agreed
    if sides.ours is None or sides.theirs is None:
        return desk.side(desk.conflict(place, "removed", sides.shown()), sides.ours, sides.theirs)
    if isinstance(sides.ours, str):
        return _scalar(desk, place, sides)
    if isinstance(sides.ours, Material):
        return _material(desk, place, sides)
    return replace(sides.ours, **merge_fields(desk, place, FIELDS[type(sides.ours)], sides))


def _material(desk: Desk, place: Place, sides: Sides) -> Material:
    table = [entry for entry in FIELDS[Material] if entry.name != "sha256"]
    merged = replace(sides.ours, **merge_fields(desk, place, table, sides))
    files = Sides(*(None if side is None else (side.sha256, side.size) for side in sides))
    chosen = files.agreed
    if files.clash:
        texts = ("" if side is None else f"SHA-256 {side[0]}, {side[1]} Bytes" for side in files)
        pick = desk.pick(desk.conflict((*place, "sha256"), "field", texts, BOTH))
        chosen = files.theirs if pick == THEIRS else files.ours
        if pick == BOTH:
            desk.spare.append(replace(sides.theirs, file=_other_name(sides.theirs.file, sides.theirs.sha256)))
    return replace(merged, sha256=chosen[0], size=chosen[1])


def _other_name(name: str, digest: str) -> str:
    """Return a name for a second file of the same name: that with the first eight digits of its digest."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{digest[:8]}.{ending}" if dot else f"{name}-{digest[:8]}"


def _prose(desk: Desk, place: Place, sides: Sides) -> str:
    result: list[Piece] = []
    for part in merge_prose(*(side or "" for side in sides)):
        if not isinstance(part, Clash):
            result.append(part)
            continue
        texts = (joined(side) for side in (part.base, part.ours, part.theirs))
        conflict = desk.conflict((*place, part.name), "text", texts, BOTH, TEXT)
        pick = desk.pick(conflict)
        if pick == TEXT:
            result += pieces(desk.text(conflict))
        else:
            result += part.ours if pick in (OURS, BOTH) else ()
            result += part.theirs if pick in (THEIRS, BOTH) else ()
    return joined(result)


def _whole_list(desk: Desk, place: Place, sides: Sides) -> tuple:
    # Both lists of a competency's or criterion's levels would be too many: there are as many levels as there are.
    both = () if place[-1] == "levels" else (BOTH,)
    pick = desk.pick(desk.conflict(place, "list", sides.shown(), *both))
    together = (*sides.ours, *(entry for entry in sides.theirs if entry not in sides.ours))
    return {OURS: sides.ours, THEIRS: sides.theirs, BOTH: together}[pick]


def _scalar(desk: Desk, place: Place, sides: Sides) -> Any:
    own = (TEXT,) if type(sides.ours) is str and type(sides.theirs) is str else ()
    conflict = desk.conflict(place, "field", sides.shown(), *own)
    pick = desk.pick(conflict)
    if pick == TEXT:
        return " ".join(desk.text(conflict).split())
    return sides.theirs if pick == THEIRS else sides.ours


def _numbered(base: tuple, ours: tuple, theirs: tuple) -> list[dict[str, Any]]:
    """Return the entries of lists without keys by names: the number in the base, or for a new one a digest of its text."""
    result = [{str(number): entry for number, entry in enumerate(base, 1)}]
    for side in (ours, theirs):
        known = {j: str(i + 1) for i, j in pairs(base, side, words_in)}
        named: dict[str, Any] = {}
        for at, entry in enumerate(side):
            name = known.get(at) or f"new-{sha256(repr(entry).encode()).hexdigest()[:8]}"
            while name in named:
                name += "+"
            named[name] = entry
        result.append(named)
    return result


def _headline(entry: Any) -> str:
    """Return the line by which people know an entry."""
    if isinstance(entry, str):
        return shown(entry)
    return next(text for name in ("title", "term", "prompt", "text") if (text := getattr(entry, name, "")))
