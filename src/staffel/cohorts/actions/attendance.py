"""What happens to attendance: noted once for everybody, corrected later with before and after in the log."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Person
from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules
from staffel.cohorts.core.timetable import local
from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session


@transaction.atomic
def take_attendance(session: Session, minutes: Mapping[str, int], *, by) -> int:
    """Note how many ``minutes`` somebody was there, by the public id of the enrolment, and return how many entries changed.

    What is noted already and stays the same is left alone, with its time and name. Eight queries for any number of people.
    Raises RuleBroken: COH-02 for a cancelled cohort, COH-09 before the day, COH-10 for more minutes than the session has,
    COH-11 for somebody without a place.
    """
    session = Session.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=session.pk)
    if session.cohort.state == Cohort.State.CANCELLED:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {session.cohort_id} is cancelled", cohort=session.cohort.name)
    day = local(session.starts_at).date()
    if timezone.localdate() < day:
        raise RuleBroken(rules.NOT_BEFORE_THE_DAY, f"session {session.pk} is on {day}", day=f"{day:%d.%m.%Y}")
    length = int((session.ends_at - session.starts_at).total_seconds()) // 60
    if any(not 0 <= number <= length for number in minutes.values()):
        raise RuleBroken(rules.MINUTES_WITHIN, f"{sorted(minutes.values())} of {length}", minutes=length)
    active = Enrolment.objects.filter(cohort=session.cohort_id, state=Enrolment.State.ACTIVE)
    places = dict(active.values_list("public_id", "pk"))
    if unknown := minutes.keys() - places.keys():
        raise RuleBroken(rules.HAS_A_PLACE, f"no active enrolment {sorted(unknown)} in cohort {session.cohort_id}")
    noted = dict(Attendance.objects.filter(session=session).values_list("enrolment__public_id", "minutes"))
    changed = {place: number for place, number in minutes.items() if noted.get(place) != number}
    if not changed:
        return 0
    now, who = timezone.now(), by if isinstance(by, Person) else None
    Attendance.objects.bulk_create(
        [
            Attendance(session=session, enrolment_id=places[place], minutes=number, noted_by=who, noted_at=now)
            for place, number in changed.items()
        ],
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["minutes", "noted_by", "noted_at"],
    )
    before = {place: noted[place] for place in changed if place in noted}
    action = "cohorts.attendance_corrected" if before else "cohorts.attendance_taken"
    record(action, session, by=by, before=before, after=changed)
    return len(changed)
