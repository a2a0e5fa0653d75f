"""Who may see a cohort, its dates and its people, and who may act on it.

The office acts on the cohorts of its organisation, a Land reads the cohorts of its own people, trainers and participants
see theirs. Pure but for the role that a person acts in.
"""

from django.db.models import Q

from staffel.accounts.core.roles import Role
from staffel.cohorts.models import Cohort, Enrolment, Trainer


def visible_to(person) -> Q:
    """Cohorts ``person`` may see: the office those of its organisation, a Land those with people or holidays of its own,
    trainers and participants theirs."""
    seen = Q(pk__in=Trainer.objects.filter(person=person).values("cohort")) | Q(
        pk__in=Enrolment.objects.filter(person=person, state=Enrolment.State.ACTIVE).values("cohort")
    )
    return seen | office_sees(person)


def office_sees(person) -> Q:
    """Cohorts ``person`` sees by the role they act in: those of the own office, or those that concern the own Land."""
    if person.has_role(Role.COORDINATOR):
        return Q(organisation=person.acting.organisation_id)
    if person.has_role(Role.LAND_COORDINATOR):
        organisation = person.acting.organisation_id
        return Q(pk__in=Enrolment.objects.filter(municipalities__land__organisation=organisation).values("cohort")) | Q(
            pk__in=Cohort.laender.through.objects.filter(land__organisation=organisation).values("cohort")
        )
    return Q(pk__in=())


def enrolments_visible_to(person, cohort) -> Q:
    """Places of ``cohort`` ``person`` may see: a Land those of its municipalities, others all."""
    if (
        person.has_role(Role.LAND_COORDINATOR)
        and not Trainer.objects.filter(cohort=cohort, person=person).exists()
        and not Enrolment.objects.filter(cohort=cohort, person=person, state=Enrolment.State.ACTIVE).exists()
    ):
        return Q(pk__in=_of_land(person.acting.organisation_id))
    return Q()


def office_sees_enrolments(person) -> Q:
    """Places ``person`` sees by the role they act in: those of the own office's cohorts, or those of the own Land's people."""
    if person.has_role(Role.COORDINATOR):
        return Q(cohort__organisation=person.acting.organisation_id)
    if person.has_role(Role.LAND_COORDINATOR):
        return Q(pk__in=_of_land(person.acting.organisation_id))
    return Q(pk__in=())


def _of_land(organisation_id: int):
    through = Enrolment.municipalities.through.objects
    return through.filter(municipality__land__organisation=organisation_id).values("enrolment")


def may_see_cohort(person, cohort) -> bool:
    """Everybody who sees it at all."""
    return True


def may_see_office(person, cohort=None) -> bool:
    """The programme office and a Land; which cohorts, ``office_sees`` says."""
    return person.has_role(Role.COORDINATOR, Role.LAND_COORDINATOR)


def may_manage_cohort(person, cohort) -> bool:
    """The programme office that runs it."""
    return person.has_role(Role.COORDINATOR) and person.acting.organisation_id == cohort.organisation_id


def may_plan_cohorts(person) -> bool:
    """The programme office."""
    return person.has_role(Role.COORDINATOR)


def may_take_attendance(person, cohort) -> bool:
    """Its trainers and the programme office that runs it. One query for a trainer."""
    return may_manage_cohort(person, cohort) or Trainer.objects.filter(cohort=cohort, person=person).exists()


def may_read_feed(person) -> bool:
    """Everybody with an account has a calendar of their own."""
    return person.is_authenticated
