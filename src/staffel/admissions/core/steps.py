"""The short steps of an application: their order, what each needs, and which are still open."""

from collections.abc import Mapping
from enum import StrEnum

from staffel.admissions.core import baseline
from staffel.base.rules import N_

LONGEST_MOTIVATION = 2_000
LONGEST_REASON = 1_000


class Step(StrEnum):
    """A step by its word in the address; ``label`` is its German title."""

    PLACE = "kommune"
    PERSON = "person"
    MOTIVATION = "motivation"
    BASELINE = "einschaetzung"
    SUPERVISOR = "vorgesetzte"

    @property
    def label(self) -> str:
        """The title, to be translated where it is shown."""
        return _LABELS[self]


_LABELS = {
    Step.PLACE: N_("Kommune"),
    Step.PERSON: N_("Person"),
    Step.MOTIVATION: N_("Motivation"),
    Step.BASELINE: N_("Selbsteinschätzung"),
    Step.SUPERVISOR: N_("Fachvorgesetzte"),
}
# A deputy is welcome, not required: small administrations have none.
_NEEDED = {
    Step.PLACE: ("municipality",),
    Step.PERSON: ("name", "function"),
    Step.MOTIVATION: ("motivation",),
    Step.SUPERVISOR: ("supervisor_name", "supervisor_email"),
}


def is_done(step: Step, values: Mapping[str, object]) -> bool:
    """Whether everything that ``step`` needs is among ``values``, the fields of an application by name."""
    if step is Step.BASELINE:
        return not baseline.unanswered(values["baseline"])
    return all(values[name] for name in _NEEDED[step])


def is_begun(step: Step, values: Mapping[str, object]) -> bool:
    """Whether something of ``step`` is there."""
    if step is Step.BASELINE:
        return bool(values["baseline"])
    return any(values[name] for name in _NEEDED[step])


def open_steps(values: Mapping[str, object]) -> tuple[Step, ...]:
    """Return the steps that are not done, in order."""
    return tuple(step for step in Step if not is_done(step, values))
