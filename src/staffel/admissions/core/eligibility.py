"""Whether a municipality may take part in a call: the rule of the call, applied to one or two bodies, with reasons.

Pure. Eligibility is a rule of the call, never global: Brandenburg admitted funded model-project towns, the national offer
addresses those that are not funded.

| condition | rule | asked when |
| --- | --- | --- |
| the body exists | ADM-20 | always |
| it counts as a municipality | ADM-21 | always |
| no model project pays for it | ADM-22 | the call is for municipalities that are not funded |
| it lies in a Land of the call | ADM-23 | the call names Länder |
| it is small enough | ADM-24 | the call names a largest population |

A shared seat is eligible if both bodies are: otherwise a body that may not take part would take part through the other one.
"""

from dataclasses import dataclass

from staffel.admissions.core import eligibility_rules as rules
from staffel.base.rules import Rule


@dataclass(frozen=True)
class CallTerms:
    """Who may take part: ``laender`` holds two-digit keys, empty for all; ``largest_population`` None for any size."""

    not_funded_only: bool = True
    laender: frozenset[str] = frozenset()
    largest_population: int | None = None


@dataclass(frozen=True)
class Body:
    """One municipality as the rule sees it. ``funding_note`` says in words through what it is funded, or why it is not."""

    ags: str
    name: str
    land: str
    land_name: str
    population: int
    funded: bool = False
    funding_note: str = ""
    dissolved: bool = False
    counted: bool = True


@dataclass(frozen=True)
class Reason:
    """One condition: the rule, whether it is fulfilled, and a sentence with the gaps of ``values`` (``%(name)s`` …).

    ``note`` is a further sentence, ready to print, empty if there is nothing to add.
    """

    rule: Rule
    fulfilled: bool
    sentence: str
    values: tuple[tuple[str, str | int], ...]
    note: str = ""


@dataclass(frozen=True)
class Verdict:
    """``eligible`` is True if every reason is fulfilled; the reasons stand in the order of the table above, body by body."""

    eligible: bool
    reasons: tuple[Reason, ...]

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons that are not fulfilled."""
        return tuple(reason for reason in self.reasons if not reason.fulfilled)


def check(terms: CallTerms, body: Body, partner: Body | None = None) -> Verdict:
    """Return whether ``body``, with ``partner`` on a shared seat, may take part under ``terms``, and why."""
    bodies = (body,) if partner is None else (body, partner)
    reasons = tuple(reason for one in bodies for reason in _reasons(terms, one))
    return Verdict(all(reason.fulfilled for reason in reasons), reasons)


def _reasons(terms: CallTerms, body: Body):
    name = ("name", body.name)
    yield _reason(rules.EXISTS, not body.dissolved, (name,))
    yield _reason(rules.COUNTED, body.counted, (name,))
    if terms.not_funded_only:
        yield _reason(rules.NOT_FUNDED, not body.funded, (name,), body.funding_note)
    if terms.laender:
        yield _reason(rules.LAND_OF_CALL, body.land in terms.laender, (name, ("land", body.land_name)))
    if terms.largest_population is not None:
        fits = body.population <= terms.largest_population
        values = (name, ("population", body.population), ("largest", terms.largest_population))
        yield _reason(rules.SMALL_ENOUGH, fits, values)


def _reason(rule: Rule, fulfilled: bool, values: tuple, note: str = "") -> Reason:
    yes, no = rules.SENTENCES[rule]
    return Reason(rule, fulfilled, yes if fulfilled else no, values, note)
