"""What the demo is filled with: which real municipalities, and what invented people there say.

Pure and without chance: the same register gives the same demo. Municipalities are real, people are not, and look invented.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from staffel.base.rules import N_

# Who shares a seat, as Perleberg and Wittenberge did.
SHARED_EVERY = 13


@dataclass(frozen=True)
class Candidate:
    """A municipality that could apply: its key, the Land's key, population, and whether a model project reaches it."""

    ags: str
    land: str
    population: int
    funded: bool


@dataclass(frozen=True)
class InventedApplication:
    """What one invented person sends: ``number`` counts from 1, ``state`` is where it stands."""

    number: int
    ags: str
    partner: str
    name: str
    function: str
    motivation: str
    state: str
    baseline: tuple[int, ...]
    reason: str


FUNCTIONS = (
    N_("Hauptamt, Organisation"),
    N_("Stabsstelle Digitalisierung"),
    N_("Bauamt, Stadtentwicklung"),
    N_("Wirtschaftsförderung"),
    N_("Kämmerei"),
    N_("Bürgermeisterbüro"),
    N_("Ordnungsamt"),
    N_("Bibliothek und Kultur"),
)
MOTIVATIONS = (
    N_(
        "Bei uns liegt die Digitalisierung auf vielen Schreibtischen und auf keinem ganz. Ich möchte lernen, wie man daraus "
        "eine gemeinsame Linie macht, die der Rat beschließen kann."
    ),
    N_(
        "Wir haben drei Vorhaben begonnen und keines passt zum anderen. Mir fehlt das Handwerk, Ziele und Maßnahmen zu ordnen, "
        "bevor das nächste Angebot auf dem Tisch liegt."
    ),
    N_(
        "Unser Ortskern soll neu geplant werden. Ich möchte, dass Daten, Beteiligung und Technik dabei von Anfang an "
        "mitgedacht werden und nicht am Ende dazukommen."
    ),
    N_(
        "Ich bin allein für das Thema zuständig. Am meisten erhoffe ich mir Kolleginnen und Kollegen aus Kommunen unserer "
        "Größe, die vor denselben Fragen stehen."
    ),
    N_(
        "Der Rat hat eine digitale Strategie bestellt. Ich möchte sie mit den Fachämtern schreiben und nicht einkaufen, und "
        "ich möchte wissen, wie man sie danach am Leben hält."
    ),
    N_(
        "Wir wollen mit den Nachbargemeinden zusammenarbeiten, weil keine von uns es allein schafft. Dafür brauche ich eine "
        "Sprache, die alle verstehen."
    ),
)
REFUSALS = (
    N_("In diesem Halbjahr fehlt uns die Vertretung. Im nächsten Durchgang gern."),
    N_("Die Stelle wird gerade neu besetzt."),
)


def spread(candidates: Iterable[Candidate], count: int, *, salt: str, funded: bool = False) -> list[Candidate]:
    """Return ``count`` candidates, as many from each Land as from any other as far as possible, in an order that looks random.

    The order follows from the SHA-256 of ``salt`` and key. Only municipalities with 1,500 people or more are taken:
    smaller ones rarely have staff of their own to send.
    """
    ranked = sorted(
        (one for one in candidates if one.funded == funded and one.population >= 1_500),
        key=lambda one: hashlib.sha256(f"{salt}{one.ags}".encode()).digest(),
    )
    seen: dict[str, int] = {}
    rounds = []
    for one in ranked:
        seen[one.land] = seen.get(one.land, 0) + 1
        rounds.append((seen[one.land], len(rounds), one))
    return [one for _round, _rank, one in sorted(rounds, key=lambda entry: entry[:2])[:count]]


def applications(eligible: list[Candidate], funded: list[Candidate]) -> list[InventedApplication]:
    """Return one application for each municipality, the funded ones last; every 13th shares its seat with the next eligible."""
    partners = eligible[-(len(eligible) // SHARED_EVERY) :]
    applying = [*eligible[: len(eligible) - len(partners)], *funded]
    found = []
    for at, one in enumerate(applying):
        number = at + 1
        shares = at % SHARED_EVERY == SHARED_EVERY - 1 and at // SHARED_EVERY < len(partners)
        found.append(
            InventedApplication(
                number=number,
                ags=one.ags,
                partner=partners[at // SHARED_EVERY].ags if shares else "",
                name=f"Beispielperson {number:02d}",
                function=FUNCTIONS[at % len(FUNCTIONS)],
                motivation=MOTIVATIONS[at % len(MOTIVATIONS)],
                state=_state(number),
                baseline=tuple(1 + (number * 7 + question * 3) % 5 for question in range(20)),
                reason=REFUSALS[at % len(REFUSALS)],
            )
        )
    return found


def _state(number: int) -> str:
    """Return how far application ``number`` has come: most are released, some wait, some were refused."""
    if number % 9 == 0:
        return "submitted"
    if number % 14 == 0:
        return "refused"
    if number % 19 == 0:
        return "withdrawn"
    return "released"


def first_day(today: date, weekdays: tuple[int, ...], mornings_over: int) -> date:
    """Return the day on which a Staffel began of which ``mornings_over`` mornings are over and the next comes today or later.

    ``weekdays`` counts from Monday as 0. Public holidays are not counted: with one in between a morning less is over.
    """
    day, left = today, mornings_over
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() in weekdays
    return day
