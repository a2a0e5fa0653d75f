"""Whether somebody has completed a programme, can still, or no longer can, and why.

Pure and exact: shares are fractions, minutes whole numbers, so that two officials with a pencil get the same answer. Every
conclusion is a tree of reasons; each reason is a sentence with named gaps and the values for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from staffel.base.rules import N_


class State(StrEnum):
    """How it stands with a demand."""

    FULFILLED = "fulfilled"
    POSSIBLE = "possible"
    IMPOSSIBLE = "impossible"

    @property
    def label(self) -> str:
        """The German word, to be translated where it is shown."""
        return _LABELS[self]


_LABELS = {
    State.FULFILLED: N_("erfüllt"),
    State.POSSIBLE: N_("noch möglich"),
    State.IMPOSSIBLE: N_("nicht mehr möglich"),
}


@dataclass(frozen=True, slots=True)
class CompletionRule:
    """What completes: the share of the minutes of all sessions to be attended, and whether a presentation is due."""

    attendance: Fraction
    presentation: bool


@dataclass(frozen=True, slots=True)
class Morning:
    """One session: its number, title and minutes; ``attended`` is None while nobody noted it."""

    position: int
    title: str
    minutes: int
    attended: int | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody's place. ``is_open`` is False once nothing can be added: place given back, or called off."""

    mornings: tuple[Morning, ...]
    presented_on: date | None = None
    topic: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Reason:
    """One demand or one part of it: state, German sentence with named gaps, their values, and what it rests on.

    Values named ``…_minutes`` are whole minutes, to be shown as hours. ``key`` is like ``attendance`` or ``morning-3``.
    """

    key: str
    state: State
    sentence: str
    values: Mapping[str, object]
    parts: tuple["Reason", ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """The conclusion: its state, the demands in order, and the sums in minutes.

    ``needed`` is exact and may be a fraction of a minute; ``missing`` is what is still to be attended, rounded up.
    """

    state: State
    reasons: tuple[Reason, ...]
    attended: int
    total: int
    open: int
    needed: Fraction

    @property
    def is_fulfilled(self) -> bool:
        """Whether everything is there."""
        return self.state is State.FULFILLED

    @property
    def missing(self) -> int:
        """How many minutes are still to be attended, a whole number >= 0."""
        return max(-((self.attended - self.needed) // 1), 0)


def read_rule(rule: Mapping, *, single_module: bool = False) -> CompletionRule:
    """Return the rule of a version, ``{"attendance_percent": 80, "presentation": true}``.

    A single module asks for attendance only: it ends with a confirmation of participation. Raises ValueError for a share
    outside 0 to 100.
    """
    percent = Fraction(str(rule["attendance_percent"]))
    if not 0 <= percent <= 100:
        raise ValueError(f"attendance_percent must be from 0 to 100, got {rule['attendance_percent']!r}")
    return CompletionRule(percent / 100, bool(rule.get("presentation")) and not single_module)


def completion(rule: CompletionRule, facts: Facts, *, parts: bool = True) -> Completion:
    """Return how it stands with ``rule`` by ``facts``: fulfilled if every demand is, impossible as soon as one is.

    Without ``parts`` the mornings are left out of the reasons: boards of a thousand people need none.
    """
    total = sum(morning.minutes for morning in facts.mornings)
    attended = sum(morning.attended or 0 for morning in facts.mornings)
    still_open = sum(morning.minutes for morning in facts.mornings if morning.attended is None) if facts.is_open else 0
    needed = rule.attendance * total
    reasons = [_attendance(rule, facts, attended, still_open, total, parts=parts)]
    if rule.presentation:
        reasons.append(_presentation(facts))
    return Completion(_worst(reason.state for reason in reasons), tuple(reasons), attended, total, still_open, needed)


def _attendance(rule: CompletionRule, facts: Facts, attended: int, still_open: int, total: int, *, parts: bool) -> Reason:
    needed = rule.attendance * total
    values = {
        "attended_minutes": attended,
        "needed_minutes": _up(needed),
        "total_minutes": total,
        "missing_minutes": max(_up(needed) - attended, 0),
        "open_minutes": still_open,
        "percent": _percent(rule.attendance),
    }
    if total == 0:
        # Without sessions nothing was attended; a share of nothing proves nothing.
        state = State.POSSIBLE if facts.is_open else State.IMPOSSIBLE
        sentence = N_("Es gibt noch keine Termine.")
    elif attended >= needed:
        state = State.FULFILLED
        sentence = N_(
            "%(attended_minutes)s von %(total_minutes)s besucht, nötig sind %(needed_minutes)s (%(percent)s Prozent)."
        )
    elif attended + still_open >= needed:
        state = State.POSSIBLE
        sentence = N_(
            "%(attended_minutes)s besucht, nötig sind %(needed_minutes)s von %(total_minutes)s (%(percent)s Prozent). "
            "Es fehlen noch %(missing_minutes)s, möglich sind noch %(open_minutes)s."
        )
    else:
        state = State.IMPOSSIBLE
        sentence = N_(
            "%(attended_minutes)s besucht, nötig sind %(needed_minutes)s von %(total_minutes)s (%(percent)s Prozent). "
            "Es fehlen %(missing_minutes)s, möglich sind nur noch %(open_minutes)s."
        )
    mornings = facts.mornings if parts else ()
    return Reason("attendance", state, sentence, values, tuple(_morning(one, facts) for one in mornings))


def _morning(morning: Morning, facts: Facts) -> Reason:
    values = {
        "number": morning.position,
        "title": morning.title,
        "attended_minutes": morning.attended or 0,
        "length_minutes": morning.minutes,
    }
    if morning.attended is None:
        state = State.POSSIBLE if facts.is_open else State.IMPOSSIBLE
        sentence = N_("%(number)s. %(title)s: noch nicht erfasst, %(length_minutes)s.")
    elif morning.attended >= morning.minutes:
        state, sentence = State.FULFILLED, N_("%(number)s. %(title)s: ganz da, %(attended_minutes)s.")
    elif morning.attended > 0:
        state = State.FULFILLED
        sentence = N_("%(number)s. %(title)s: %(attended_minutes)s von %(length_minutes)s da.")
    else:
        state, sentence = State.IMPOSSIBLE, N_("%(number)s. %(title)s: nicht da.")
    return Reason(f"morning-{morning.position}", state, sentence, values)


def _presentation(facts: Facts) -> Reason:
    if facts.presented_on is not None:
        values = {"day": facts.presented_on, "topic": facts.topic}
        sentence = (
            N_("Abschlusspräsentation am %(day)s gehalten: „%(topic)s“.")
            if facts.topic
            else N_("Abschlusspräsentation am %(day)s gehalten.")
        )
        return Reason("presentation", State.FULFILLED, sentence, values)
    if facts.is_open:
        return Reason("presentation", State.POSSIBLE, N_("Die Abschlusspräsentation steht noch aus."), {})
    return Reason("presentation", State.IMPOSSIBLE, N_("Eine Abschlusspräsentation wurde nicht gehalten."), {})


def _worst(states) -> State:
    found = set(states)
    return next(state for state in (State.IMPOSSIBLE, State.POSSIBLE, State.FULFILLED) if state in found)


def _up(number: Fraction) -> int:
    return -(-number // 1)


def _percent(share: Fraction) -> str:
    percent = share * 100
    return str(int(percent)) if percent.denominator == 1 else f"{float(percent):.2f}".rstrip("0").replace(".", ",")
