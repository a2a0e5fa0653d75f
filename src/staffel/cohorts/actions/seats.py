"""What happens to places in a cohort and to who leads it."""

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.actions.people import person_for
from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules
from staffel.cohorts.models import Cohort, Enrolment, Trainer

OPEN = (Cohort.State.PLANNED, Cohort.State.RUNNING)


@transaction.atomic
def enrol(cohort: Cohort, *, person, municipalities, by) -> Enrolment:
    """Give ``person`` a place for one or two ``municipalities``; who gave one back can have it again.

    Locks the cohort, so that the last place is given once. Raises RuleBroken: COH-02 if the cohort is closed or cancelled,
    COH-03 if it is full, COH-04 if the person has a place.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.state not in OPEN:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    enrolment = Enrolment.objects.filter(cohort=cohort, person=person).first()
    if enrolment and enrolment.state == Enrolment.State.ACTIVE:
        raise RuleBroken(rules.ONE_PLACE_EACH, f"person {person.pk} is in cohort {cohort.pk}")
    taken = Enrolment.objects.filter(cohort=cohort, state=Enrolment.State.ACTIVE).count()
    if taken >= cohort.places:
        raise RuleBroken(rules.PLACE_LEFT, f"cohort {cohort.pk}: {taken} taken", cohort=cohort.name, places=cohort.places)
    if enrolment is None:
        enrolment = Enrolment.objects.create(cohort=cohort, person=person)
        enrolment.municipalities.add(*municipalities)
    else:
        enrolment.state, enrolment.left_at, enrolment.enrolled_at = Enrolment.State.ACTIVE, None, timezone.now()
        enrolment.save(update_fields=["state", "left_at", "enrolled_at"])
        enrolment.municipalities.set(municipalities)
    after = {"Staffel": cohort.public_id, "Kommunen": [place.ags for place in municipalities]}
    record("cohorts.enrolled", enrolment, by=by, after=after)
    return enrolment


@transaction.atomic
def leave(enrolment: Enrolment, *, by, reason: str) -> Enrolment:
    """Give a place back, so that it is free for somebody else.

    Raises RuleBroken: COH-12 without a reason, COH-15 if it was given back, COH-02 if the cohort is closed.
    """
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "leave without a reason")
    cohort = Cohort.objects.select_for_update().get(pk=enrolment.cohort_id)
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.state == Enrolment.State.LEFT:
        raise RuleBroken(rules.IN_THE_COHORT, f"enrolment {enrolment.pk} left at {enrolment.left_at}")
    if cohort.state == Cohort.State.COMPLETED:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    enrolment.state, enrolment.left_at = Enrolment.State.LEFT, timezone.now()
    enrolment.save(update_fields=["state", "left_at"])
    record("cohorts.left", enrolment, by=by, why=reason.strip(), before={"Zustand": "active"}, after={"Zustand": "left"})
    return enrolment


@transaction.atomic
def add_trainer(cohort: Cohort, *, email: str, name: str, by) -> Trainer:
    """Let somebody lead the cohort, by their service e-mail; nothing changes if they do already."""
    person = person_for(email, name=name)
    trainer, is_new = Trainer.objects.get_or_create(cohort=cohort, person=person)
    if is_new:
        record("cohorts.trainer_added", cohort, by=by, after={"Referent:in": person.public_id})
    return trainer


@transaction.atomic
def remove_trainer(trainer: Trainer, *, by) -> None:
    """Take the cohort off somebody who led it; what they noted stays."""
    record("cohorts.trainer_removed", trainer.cohort, by=by, before={"Referent:in": trainer.person.public_id})
    trainer.delete()
