"""Which of the things that wait is the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Next:
    """One sentence, one date, one button: ``due`` orders them, ``when`` says it in words."""

    due: datetime | None
    sentence: str
    when: str
    href: str = ""
    button: str = ""


def first_of(steps: Iterable[Next]) -> Next | None:
    """Return the step that is due first, the earlier named one if two are; None if there is none.

    A step without a date comes last.
    """
    latest = datetime.max.replace(tzinfo=UTC)
    return min(steps, key=lambda step: step.due or latest, default=None)
