"""Where a call stands for the public: its state and the clock together."""

from datetime import date, datetime
from enum import StrEnum

from staffel.base.rules import N_


class Phase(StrEnum):
    """A phase of a call as the public sees it; ``label`` is its German word."""

    COMING = "coming"
    OPEN = "open"
    SELECTING = "selecting"
    DECIDED = "decided"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The German word, to be translated where it is shown."""
        return _LABELS[self]


_LABELS = {
    Phase.COMING: N_("kommt noch"),
    Phase.OPEN: N_("offen"),
    Phase.SELECTING: N_("in der Auswahl"),
    Phase.DECIDED: N_("entschieden"),
    Phase.CANCELLED: N_("abgesagt"),
}


def phase_of(state: str, opens_at: datetime, closes_at: datetime, now: datetime) -> Phase | None:
    """Return the phase of a call, None for a draft, which the public does not see.

    An open call whose time is over takes no applications, whether or not the office has closed it.
    """
    if state == "open":
        return Phase.COMING if now < opens_at else Phase.OPEN if now < closes_at else Phase.SELECTING
    return {
        "closed": Phase.SELECTING,
        "published": Phase.DECIDED,
        "ended": Phase.DECIDED,
        "cancelled": Phase.CANCELLED,
    }.get(state)


def days_until(day: date, today: date) -> int:
    """Return how many nights lie between ``today`` and ``day``: 0 today, 1 tomorrow."""
    return (day - today).days
