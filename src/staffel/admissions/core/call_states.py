"""The way of a call, from the draft to its end: which act leads from which states to which.

Pure. ``step`` is asked by every action that changes the state of a call; an act that is not in the table is refused by ADM-25.

| act | from | to | who |
| --- | --- | --- | --- |
| publish | draft | open | the office |
| close | open | closed | the office with a reason, or the deadline |
| extend | open, closed | open | the office with a reason |
| decide | closed | published | the office |
| end | published | ended | the office, or the first day of the cohort |
| cancel | draft, open, closed, published | cancelled | the office with a reason |
"""

from enum import StrEnum


class Act(StrEnum):
    """What can happen to a call as a whole."""

    PUBLISH = "publish"
    CLOSE = "close"
    EXTEND = "extend"
    DECIDE = "decide"
    END = "end"
    CANCEL = "cancel"


STEPS: dict[Act, tuple[frozenset[str], str]] = {
    Act.PUBLISH: (frozenset({"draft"}), "open"),
    Act.CLOSE: (frozenset({"open"}), "closed"),
    Act.EXTEND: (frozenset({"open", "closed"}), "open"),
    Act.DECIDE: (frozenset({"closed"}), "published"),
    Act.END: (frozenset({"published"}), "ended"),
    Act.CANCEL: (frozenset({"draft", "open", "closed", "published"}), "cancelled"),
}

PATH = ("draft", "open", "closed", "published", "ended")
"""The states of a call that goes its usual way, in order."""


def step(act: Act, state: str) -> str | None:
    """Return the state to which ``act`` leads from ``state``, None where the act is not allowed."""
    sources, target = STEPS[act]
    return target if state in sources else None


def acts_in(state: str) -> tuple[Act, ...]:
    """Return what can be done with a call in ``state``, in the order of the table."""
    return tuple(act for act in Act if state in STEPS[act][0])
