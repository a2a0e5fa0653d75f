"""What kind of change a comparison is, the number that follows from it, and the change log.

====== ==========================================================================================================
kind   what happened
====== ==========================================================================================================
major  a competency added or removed, or its title, description or levels changed; the rule of completion changed;
       a module became required or is no longer; a required module or a unit of a required module removed
minor  a unit, module, exercise, quiz item, source, material, transfer task or criterion of its rubric added or removed,
       or the file of a material changed; a unit moved to another place or module; the kind, minutes, plan or objectives
       of a unit; an answer added or removed, which answers are right, how an item is answered, the competency it asks
       for, or that an exercise practises; a method or a word of the glossary added or removed; the dates, fee, share of
       common hours, language or licence; the codes of a competency
patch  everything else: wording
====== ==========================================================================================================

The highest kind counts. Source: Semantic Versioning 2.0.0, carried over to programmes: major is what changes the worth of a
certificate, minor what changes the teaching.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from staffel.curriculum.core.comparing import Change, Comparison, Kind, UnitChange
from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.numbers import raised
from staffel.curriculum.core.shape import BY_NAME, Place


class Weight(StrEnum):
    """How much a change means, the highest first."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"


WEIGHTS = tuple(Weight)
MAJOR_OF_COMPETENCY = {"title", "text", "levels"}
PATCH_OF_COMPETENCY = {"field", "note"}
MINOR_OF_OUTLINE = {"timetable", "synchronous_percent", "fee", "language", "licence", "key"}
MINOR_OF_UNIT = {"kind", "minutes", "plan", "objectives"}
WITH_ENTRIES = {"exercises", "quiz", "sources", "materials"}
MINOR_OF_ITEM = {"kind", "competency"}
CARDS = {"methods", "glossary"}


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """What changed as German sentences: of the whole, by unit in their order, by competency in their order."""

    outline: tuple[str, ...]
    units: tuple[str, ...]
    competencies: tuple[str, ...]

    @property
    def text(self) -> str:
        """The change log as Markdown, ready for the notes of a version; empty if nothing changed."""
        parts = (("Das Ganze", self.outline), ("Einheiten", self.units), ("Kompetenzen", self.competencies))
        return "\n\n".join(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts if lines)


def kind_of(comparison: Comparison) -> Weight | None:
    """Return the highest kind of all changes, by the table above; None if nothing is different.

    Stops reading at the first major change.
    """
    found: Weight | None = None
    for weight in _weights(comparison):
        if found is None or WEIGHTS.index(weight) < WEIGHTS.index(found):
            found = weight
        if found is Weight.MAJOR:
            break
    return found


def proposed_number(number: str, kind: Weight | str | None) -> str:
    """Return the version number that follows on ``number``: ``1.2.3`` gives ``2.0.0``, ``1.3.0`` or ``1.2.4``.

    Without a kind of change it is the next number for wording.
    """
    return raised(number, WEIGHTS.index(Weight(kind or Weight.PATCH)))


def weight_of(change: Change, old: Outline) -> Weight:
    """Return the kind of one change of the outline or inside a unit; ``old`` says which modules were required."""
    place = change.place
    if place[0] == "units":
        return _weight_in_unit(place, change.kind)
    if place[0] == "completion":
        return Weight.MAJOR
    if place[0] == "competencies":
        return _weight_of_competency(place, change.kind)
    if place[0] == "modules":
        return _weight_of_module(place, change.kind, old)
    new_or_gone = place[0] in CARDS and len(place) == 2 and change.kind is not Kind.MOVED
    return Weight.MINOR if new_or_gone or place[0] in MINOR_OF_OUTLINE else Weight.PATCH


def weight_of_unit(change: UnitChange, old: Outline) -> Weight:
    """Return the highest kind of what happened to one unit."""
    if change.kind is Kind.REMOVED:
        required = {module.key for module in old.modules if module.required}
        return Weight.MAJOR if change.modules[0] in required else Weight.MINOR
    if change.kind in (Kind.ADDED, Kind.MOVED):
        return Weight.MINOR
    return min((weight_of(inner, old) for inner in change.changes), key=WEIGHTS.index)


def change_log(comparison: Comparison) -> ChangeLog:
    """Return what changed by unit and by competency. Equal versions give an equal log; opens each changed unit once."""
    touched: dict[str, list[str]] = {}
    units = []
    for change in comparison.units():
        units.append(_unit_sentence(change, comparison))
        for key in change.competencies:
            touched.setdefault(key, []).append(change.title)
    return ChangeLog(
        tuple(_outline_sentences(comparison.outline)), tuple(units), tuple(_competency_sentences(comparison, touched))
    )


def _weights(comparison: Comparison) -> Iterable[Weight]:
    old = comparison.old.outline
    yield from (weight_of(change, old) for change in comparison.outline if change.place != ("version",))
    yield from (weight_of_unit(change, old) for change in comparison.units())


def _weight_of_competency(place: Place, kind: Kind) -> Weight:
    if len(place) == 2:
        return Weight.PATCH if kind is Kind.MOVED else Weight.MAJOR
    if place[2] in MAJOR_OF_COMPETENCY:
        return Weight.MAJOR
    return Weight.PATCH if place[2] in PATCH_OF_COMPETENCY else Weight.MINOR


def _weight_of_module(place: Place, kind: Kind, old: Outline) -> Weight:
    if len(place) == 2:
        required = any(module.key == place[1] and module.required for module in old.modules)
        return Weight.MAJOR if kind is Kind.REMOVED and required else Weight.MINOR
    return Weight.MAJOR if place[2] == "required" else Weight.PATCH


def _weight_in_unit(place: Place, kind: Kind) -> Weight:
    field = place[2]
    if field in MINOR_OF_UNIT:
        return Weight.MINOR
    of_entry = field in WITH_ENTRIES and len(place) == 4
    if (of_entry and kind is not Kind.MOVED) or (field == "task" and len(place) == 3):
        return Weight.MINOR
    if (field == "materials" and place[-1] == "sha256") or place[3:4] == ("rubric",) == place[3:-1]:
        return Weight.MINOR
    if field == "exercises" and place[-1] == "competency":
        return Weight.MINOR
    if field == "quiz" and (place[-1] in ("right", *MINOR_OF_ITEM) or (len(place) == 6 and place[4] == "answers")):
        return Weight.MINOR
    return Weight.PATCH


def _unit_sentence(change: UnitChange, comparison: Comparison) -> str:
    if change.kind is Kind.ADDED:
        return f"„{change.title}“ ist neu."
    if change.kind is Kind.REMOVED:
        return f"„{change.title}“ ist entfallen."
    sentences = []
    if change.kind is Kind.MOVED:
        titles = {module.key: module.title for module in comparison.new.outline.modules}
        moved = change.modules[0] != change.modules[1]
        where = f"im Modul „{titles[change.modules[1]]}“" if moved else "an anderer Stelle"
        sentences.append(f"„{change.title}“ steht jetzt {where}.")
    if change.changes:
        fields = dict.fromkeys(BY_NAME[Unit][inner.place[2]].label for inner in change.changes)
        sentences.append(f"{'Geändert' if sentences else f'In „{change.title}“ ist geändert'}: {', '.join(fields)}.")
    return " ".join(sentences)


def _outline_sentences(changes: Iterable[Change]) -> Iterable[str]:
    labels: dict[str, None] = {}
    for change in changes:
        field = change.place[0]
        if field in ("version", "notes", "competencies"):
            continue
        if field != "modules":
            labels.setdefault(f"{BY_NAME[Outline][field].label} ist geändert.")
        elif len(change.place) == 2 and change.kind is not Kind.MOVED:
            title = (change.new or change.old).split("\n", 1)[0].partition(": ")[2]
            labels.setdefault(f"Das Modul „{title}“ {'ist neu' if change.kind is Kind.ADDED else 'ist entfallen'}.")
        elif change.kind is Kind.MOVED:
            labels.setdefault("Module stehen in anderer Reihenfolge.")
        else:
            labels.setdefault(f"{change.label} ist geändert.")
    return labels


GONE = "ist entfallen"


def _competency_sentences(comparison: Comparison, touched: dict[str, list[str]]) -> Iterable[str]:
    titles = {
        entry.key: entry.title for outline in (comparison.old.outline, comparison.new.outline) for entry in outline.competencies
    }
    own: dict[str, str] = {}
    for change in comparison.outline:
        if change.place[0] == "competencies" and change.kind is not Kind.MOVED:
            whole = len(change.place) == 2
            word = {Kind.ADDED: "ist neu", Kind.REMOVED: GONE}.get(change.kind, "") if whole else "ist geändert"
            own[change.place[1]] = word
    for key, title in titles.items():
        parts = [f"„{title}“ {own[key]}."] if key in own else []
        if key in touched and own.get(key) != GONE:
            names = ", ".join(f"„{name}“" for name in touched[key])
            several = f"arbeiten {len(touched[key])} Einheiten, in denen"
            work = "arbeitet eine Einheit, in der" if len(touched[key]) == 1 else several
            parts.append(f"An „{title}“ {work} etwas anders ist: {names}.")
        if parts:
            yield " ".join(parts)
