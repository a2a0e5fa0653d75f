"""Whether the minutes add up, people do something themselves, and reading takes as long as is said."""

from collections.abc import Iterator

from staffel.curriculum.core.content import Outline, Unit, UnitKind
from staffel.curriculum.core.teaching.findings import Finding, number
from staffel.curriculum.core.teaching.prose import words_of

LEAST_ACTIVE = 0.55
# Adults read 238 words of English non-fiction a minute (Brysbaert, Journal of Memory and Language 109, 2019); German words are
# longer and a handout is worked through, so fewer count here.
WORDS_A_MINUTE = 180
MOST_OFF = 0.15


def findings_of_unit(outline: Outline, unit: Unit) -> Iterator[Finding]:
    """Yield what is wrong with the minutes of a unit; the minutes of a morning are those of the timetable."""
    place = ("units", unit.key)
    if unit.kind is UnitKind.SESSION and unit.minutes != outline.timetable.minutes:
        yield Finding(
            (*place, "minutes"), f"Die Einheit hat {unit.minutes} Minuten, ein Termin hat {outline.timetable.minutes}."
        )
    if unit.kind is UnitKind.SESSION and not unit.plan:
        yield Finding((*place, "plan"), "Der Ablauf fehlt.")
    planned = sum(step.minutes for step in unit.plan)
    active = sum(step.minutes for step in unit.plan if step.active)
    if unit.plan and planned != unit.minutes:
        yield Finding((*place, "plan"), f"Die Schritte haben zusammen {planned} Minuten, die Einheit hat {unit.minutes}.")
    if unit.plan and active < LEAST_ACTIVE * planned:
        yield Finding(
            (*place, "plan"),
            f"In {active} von {planned} Minuten tun die Teilnehmenden selbst etwas; gewollt sind mindestens "
            f"{number(100 * LEAST_ACTIVE)} Prozent.",
        )
    yield from _reading(unit)


def reading_minutes(unit: Unit) -> float:
    """Return how long the handout takes to read, in minutes."""
    return len(words_of(unit.handout)) / WORDS_A_MINUTE


def _reading(unit: Unit) -> Iterator[Finding]:
    if not unit.handout:
        return
    place = ("units", unit.key, "reading_minutes")
    measured = reading_minutes(unit)
    if not unit.reading_minutes:
        yield Finding(place, f"Die Lesezeit fehlt. Gemessen sind {number(measured)} Minuten.")
    elif abs(unit.reading_minutes - measured) > MOST_OFF * measured:
        yield Finding(place, f"Angegeben sind {unit.reading_minutes} Minuten, gemessen {number(measured)}.")
