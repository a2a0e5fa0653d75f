"""Where each competency is taught, practised and tested."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.teaching.findings import Finding


@dataclass(frozen=True, slots=True)
class Coverage:
    """The keys of the units with an objective (taught), an exercise (practised) and a quiz item (tested) for a competency."""

    taught: tuple[str, ...]
    practised: tuple[str, ...]
    tested: tuple[str, ...]


def coverage(outline: Outline, units: Iterable[Unit]) -> dict[str, Coverage]:
    """Return for each competency of ``outline``, in its order, the units among ``units`` that work on it."""
    found = {competency.key: Coverage((), (), ()) for competency in outline.competencies}
    for unit in units:
        add(found, unit)
    return found


def add(found: dict[str, Coverage], unit: Unit) -> None:
    """Put one more unit into ``found``; competencies that are not in it are left out."""
    taught = {objective.competency for objective in unit.objectives}
    practised = {exercise.competency for exercise in unit.exercises}
    tested = {item.competency for item in unit.quiz}
    for key, old in found.items():
        found[key] = Coverage(
            (*old.taught, unit.key) if key in taught else old.taught,
            (*old.practised, unit.key) if key in practised else old.practised,
            (*old.tested, unit.key) if key in tested else old.tested,
        )


def required_units(outline: Outline) -> frozenset[str]:
    """Return the keys of the units that everybody works through."""
    return frozenset(key for module in outline.modules if module.required for key in module.units)


def findings(outline: Outline, covered: dict[str, Coverage]) -> Iterator[Finding]:
    """Yield each competency that is not taught, not practised or not tested in a required module."""
    for competency in outline.competencies:
        found = covered[competency.key]
        ways = (
            (found.taught, "Kein Lernziel eines Pflichtmoduls arbeitet an dieser Kompetenz."),
            (found.practised, "Keine Übung eines Pflichtmoduls übt diese Kompetenz."),
            (found.tested, "Keine Frage eines Pflichtmoduls prüft diese Kompetenz."),
        )
        for units, sentence in ways:
            if not units:
                yield Finding(("competencies", competency.key), sentence)


def findings_of_unit(unit: Unit) -> Iterator[Finding]:
    """Yield what a unit tests or practises without having it among its objectives, and objectives that nothing tests."""
    place = ("units", unit.key)
    aims = set(unit.competencies)
    for exercise in unit.exercises:
        if not exercise.competency:
            yield Finding((*place, "exercises", exercise.key), "Es fehlt, welche Kompetenz die Übung übt.")
        elif exercise.competency not in aims:
            yield Finding(
                (*place, "exercises", exercise.key), f"„{exercise.competency}“ steht in keinem Lernziel dieser Einheit."
            )
    for item in unit.quiz:
        if item.competency not in aims:
            yield Finding((*place, "quiz", item.key), f"„{item.competency}“ steht in keinem Lernziel dieser Einheit.")
    tested = {item.competency for item in unit.quiz}
    for key in unit.competencies:
        if unit.quiz and key not in tested:
            yield Finding((*place, "quiz"), f"Keine Frage prüft die Kompetenz „{key}“ aus den Lernzielen.")
