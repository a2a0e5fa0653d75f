"""What the plan of a session says: each step with its times of day, and how much people do themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from staffel.curriculum import words
from staffel.curriculum.core.content import Step, Unit, UnitKind


@dataclass(frozen=True)
class StepLine:
    """A step of the plan with its times of day; ``x`` and ``width`` are its place in the strip.

    ``card`` is the address of the method card, empty where there is none.
    """

    time: str
    length: str
    text: str
    method: str
    card: str
    form: str
    who: str
    material: str
    active: bool
    x: str
    width: str


@dataclass(frozen=True)
class Phase:
    """Steps that follow each other under one name; ``facts`` is when and how long."""

    title: str
    facts: str
    steps: list[StepLine]


@dataclass(frozen=True)
class Plan:
    """The plan of a session: ``active`` is a sentence about the share in which people do something themselves."""

    phases: list[Phase]
    steps: list[StepLine]
    total: str
    minutes: int
    begins: str
    ends: str
    active: str
    picture: str


def plan_of(unit: Unit, starts: str, card_path: Callable[[str], str] = lambda _key: "") -> Plan:
    """Return the plan of ``unit``: a session begins at ``starts`` (``09:00``), self-study counts from 0:00.

    ``card_path`` returns where the method card of a key is read.
    """
    hour, minute = map(int, starts.split(":")) if unit.kind == UnitKind.SESSION else (0, 0)
    first = now = hour * 60 + minute
    phases = []
    for title, group in groupby(unit.plan, key=lambda step: step.phase):
        began, steps = now, []
        for step in group:
            steps.append(_line(step, now, first, card_path))
            now += step.minutes
        phases.append(Phase(title, f"{_span(began, now)}, {words.in_minutes(now - began)}", steps))
    total = now - first
    active = sum(step.minutes for step in unit.plan if step.active)
    return Plan(
        phases=phases,
        steps=[step for phase in phases for step in phase.steps],
        total=words.in_minutes(total),
        minutes=total,
        begins=words.clock(first),
        ends=words.clock(now),
        active=_("In %(active)s von %(total)s Minuten arbeiten die Teilnehmenden selbst, das sind %(percent)s Prozent.")
        % {"active": active, "total": total, "percent": round(100 * active / total) if total else 0},
        picture=_("Ablauf von %(from)s bis %(to)s Uhr; farbig, was die Teilnehmenden selbst tun.")
        % {"from": words.clock(first), "to": words.clock(now)},
    )


def _line(step: Step, now: int, first: int, card_path: Callable[[str], str]) -> StepLine:
    return StepLine(
        time=_span(now, now + step.minutes),
        length=words.in_minutes(step.minutes),
        text=step.text,
        method=step.method,
        card=card_path(step.card) if step.card else "",
        form=str(words.FORMS[step.form]),
        who=step.who,
        material=step.material,
        active=step.active,
        x=f"{now - first + 0.4:.1f}",
        width=f"{step.minutes - 0.8:.1f}",
    )


def _span(start: int, end: int) -> str:
    return f"{words.clock(start)}–{words.clock(end)}"
