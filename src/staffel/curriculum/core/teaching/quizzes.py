"""Whether a quiz can be answered by knowing only, and every answer teaches something."""

import re
from collections import Counter
from collections.abc import Iterator

from staffel.curriculum.core.content import Item, ItemKind, Unit
from staffel.curriculum.core.teaching.findings import Finding

LEAST_ITEMS = 12
LEAST_KINDS = 4
# With four places and five items, one place may have the right answer twice; three times invites guessing.
MOST_APART = 1
_OF_OTHERS = re.compile(
    r"\b(?:alle|alles|keine?[rs]?|beides?|sämtliche)\s+(?:der\s+)?(?:genannten?|(?:anderen )?Antworten|oben|davon|vorigen)\b",
    re.IGNORECASE,
)


def findings(unit: Unit) -> Iterator[Finding]:
    """Yield what is wrong with the quiz of a unit that is held together; without a handout none is expected."""
    if not unit.handout:
        return
    place = ("units", unit.key, "quiz")
    kinds = {item.kind for item in unit.quiz}
    if len(unit.quiz) < LEAST_ITEMS:
        yield Finding(place, f"Das Quiz hat {len(unit.quiz)} Fragen; gewollt sind mindestens {LEAST_ITEMS}.")
    if len(kinds) < LEAST_KINDS:
        yield Finding(place, f"Die Fragen sind von {len(kinds)} Arten; gewollt sind mindestens {LEAST_KINDS}.")
    for item in unit.quiz:
        yield from (Finding((*place, item.key), sentence) for sentence in _wrong_with(item))
    yield from (Finding(place, sentence) for sentence in _guessable(unit))


def _wrong_with(item: Item) -> Iterator[str]:
    for answer in item.answers:
        if _OF_OTHERS.search(answer.text):
            yield f"Die Antwort „{answer.text}“ sagt etwas über die anderen statt über die Sache."
        if not answer.feedback and item.kind not in (ItemKind.ORDER, ItemKind.GAP):
            yield f"Zur Antwort „{answer.text}“ fehlt die Rückmeldung."
    if item.kind in (ItemKind.ORDER, ItemKind.GAP) and not (item.feedback or all(answer.feedback for answer in item.answers)):
        yield "Es fehlt eine Rückmeldung, die die Antwort erklärt."
    if item.kind is ItemKind.MULTIPLE and all(answer.right for answer in item.answers):
        yield "Alle Antworten sind richtig. So zeigt die Frage nicht, wer unterscheiden kann."
    texts = Counter(answer.text for answer in item.answers)
    yield from (f"Die Antwort „{text}“ steht mehrmals da." for text, count in texts.items() if count > 1)


def _guessable(unit: Unit) -> Iterator[str]:
    """Yield why somebody could guess: the right answers of single choice gather in one place, or are always the longest."""
    single = [item for item in unit.quiz if item.kind is ItemKind.SINGLE]
    if not single:
        return
    most = max(len(item.answers) for item in single)
    places = Counter(next(n for n, answer in enumerate(item.answers) if answer.right) for item in single)
    counts = [places[place] for place in range(min(len(item.answers) for item in single))]
    if len(single) >= most and max(counts) - min(counts) > MOST_APART:
        yield (
            "Die richtigen Antworten stehen nicht gleichmäßig verteilt: "
            + ", ".join(f"Platz {place} {count}-mal" for place, count in enumerate(counts, start=1))
            + "."
        )
    longest = sum(_longest_is_right(item) for item in single)
    if len(single) >= 3 and longest > 0.6 * len(single):
        yield f"Bei {longest} von {len(single)} Fragen ist die längste Antwort die richtige."


def _longest_is_right(item: Item) -> bool:
    lengths = sorted((len(answer.text), answer.right) for answer in item.answers)
    return lengths[-1][1] and lengths[-1][0] > lengths[-2][0]
