"""The roles that a membership of an organisation gives.

Trainer, participant and assessor are rows of the contexts that know them, alumni is derived: none of them stands here.
"""

from enum import StrEnum

from staffel.base.rules import N_


class Role(StrEnum):
    """A role; ``label`` is its German word, ``acts_as`` how the page frame says it."""

    COORDINATOR = "coordinator"
    LAND_COORDINATOR = "land_coordinator"
    EDITOR = "editor"
    SPONSOR = "sponsor"
    OPERATOR = "operator"

    @property
    def label(self) -> str:
        """The German word, to be translated where it is shown."""
        return _LABELS[self]

    @property
    def sees_people(self) -> bool:
        """Whether the role deals with personal data, so that production asks for a second proof at sign-in."""
        return self is not Role.SPONSOR


_LABELS = {
    Role.COORDINATOR: N_("Programmkoordination"),
    Role.LAND_COORDINATOR: N_("Landeskoordination"),
    Role.EDITOR: N_("Redaktion"),
    Role.SPONSOR: N_("Auftraggeber"),
    Role.OPERATOR: N_("Betrieb"),
}
