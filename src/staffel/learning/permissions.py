"""Who may see how it stands with the completion of somebody, and who may note a presentation."""

from staffel.accounts.core.roles import Role
from staffel.cohorts import permissions as cohorts
from staffel.cohorts.models import Enrolment


def may_see_board(person, cohort) -> bool:
    """Its trainers, the programme office that runs it and the Land for its own people; not the participants."""
    return person.has_role(Role.LAND_COORDINATOR) or cohorts.may_take_attendance(person, cohort)


def may_note_presentation(person, cohort) -> bool:
    """Its trainers and the programme office that runs it."""
    return cohorts.may_take_attendance(person, cohort)


def may_see_completion(person, enrolment: Enrolment) -> bool:
    """Everybody who sees the place at all: the person, the trainers, the office, the Land."""
    return True
