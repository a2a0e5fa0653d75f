"""What happens in learning: a presentation is noted, corrected and withdrawn."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Person
from staffel.base.rules import RuleBroken
from staffel.cohorts.models import Cohort, Enrolment
from staffel.learning.core import rules
from staffel.learning.core.personal import TEN_YEARS
from staffel.learning.models import Presentation


@transaction.atomic
def note_presentation(enrolment: Enrolment, *, held_on: date, title: str = "", by) -> Presentation:
    """Note that somebody has held the final presentation, or correct its day and topic.

    Raises RuleBroken: LRN-01 for a day in the future, LRN-02 for a place that was given back.
    """
    if held_on > timezone.localdate():
        raise RuleBroken(rules.NOT_IN_THE_FUTURE, f"held on {held_on}", day=f"{held_on:%d.%m.%Y}")
    # Locked: two who note it at once would both find none.
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if enrolment.state != Enrolment.State.ACTIVE:
        raise RuleBroken(rules.TAKES_PART, f"enrolment {enrolment.pk} is {enrolment.state}")
    row = Presentation.objects.filter(enrolment=enrolment).first()
    before = _values(row) if row else {}
    row = row or Presentation(enrolment=enrolment)
    row.held_on, row.title = held_on, title.strip()
    row.noted_by, row.noted_at = (by if isinstance(by, Person) else None), timezone.now()
    row.save()
    record("learning.presentation_noted", enrolment, by=by, before=before, after=_values(row))
    return row


@transaction.atomic
def withdraw_presentation(enrolment: Enrolment, *, reason: str, by) -> None:
    """Take back that somebody has held the presentation. Raises RuleBroken: LRN-03 if none is noted, LRN-04 for no reason."""
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "withdraw without a reason")
    row = Presentation.objects.select_for_update().filter(enrolment=enrolment).first()
    if row is None:
        raise RuleBroken(rules.PRESENTATION_HELD, f"enrolment {enrolment.pk} has no presentation")
    record("learning.presentation_withdrawn", enrolment, by=by, why=reason.strip(), before=_values(row))
    row.delete()


def _values(row: Presentation) -> dict:
    return {"Gehalten am": row.held_on.isoformat(), "Thema": row.title}


@transaction.atomic
def forget_topics(person) -> int:
    """Blank the topics of the presentations of ``person``, and return how many presentations stay."""
    rows = Presentation.objects.filter(enrolment__person=person)
    rows.update(title="")
    return rows.count()


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete the presentations of cohorts that ended more than ten years before ``now``, and return how many."""
    last = Cohort.objects.annotate(last=Max("sessions__ends_at")).filter(last__lt=now - timedelta(days=TEN_YEARS))
    return Presentation.objects.filter(enrolment__cohort__in=last.values("pk")).delete()[0]
