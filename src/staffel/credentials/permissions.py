"""Who may see an award and its paper, and who may issue and revoke.

The office issues and revokes for the cohorts of its organisation, a Land reads the awards of its own people, everybody has
their own. Whoever has a code may verify it: that is no right of a person, so it does not stand here.
"""

from django.db.models import Q

from staffel.accounts.core.roles import Role
from staffel.cohorts import permissions as cohorts
from staffel.cohorts.models import Enrolment


def visible_to(person) -> Q:
    """Awards ``person`` may see: their own, and those of the people whom their office role sees."""
    seen = Enrolment.objects.filter(cohorts.office_sees_enrolments(person)).values("pk")
    return Q(enrolment__person=person) | Q(enrolment__in=seen)


def may_see_award(person, award) -> bool:
    """Everybody who sees it at all."""
    return True


def may_see_awards(person, cohort) -> bool:
    """The programme office and a Land; which cohorts, ``cohorts.permissions.office_sees`` says."""
    return cohorts.may_see_office(person, cohort)


def may_issue_awards(person, cohort) -> bool:
    """The programme office that runs the cohort."""
    return cohorts.may_manage_cohort(person, cohort)


def may_preview_paper(person, enrolment) -> bool:
    """The programme office that runs the cohort."""
    return cohorts.may_manage_cohort(person, enrolment.cohort)


def may_revoke_award(person, award) -> bool:
    """The programme office that runs the cohort; nobody revokes a reconstruction."""
    return (
        not award.is_reconstruction and person.has_role(Role.COORDINATOR) and may_issue_awards(person, award.enrolment.cohort)
    )
