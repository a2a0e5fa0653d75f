"""What happens to dates: one is moved, all from one on are shifted, days off and rooms change."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.base import jobs
from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules
from staffel.cohorts.models import Attendance, Cohort, DayOff, Session
from staffel.cohorts.queries.dates import shifted

OPEN = (Cohort.State.PLANNED, Cohort.State.RUNNING)


@transaction.atomic
def move_session(session: Session, *, starts_at: datetime, by, reason: str = "") -> Session:
    """Let one session begin at ``starts_at``, as long as before; everybody in the cohort gets a letter.

    Nothing happens if it begins then already. Raises RuleBroken: COH-02 for a closed cohort, COH-07 if it would leave its
    place between its neighbours, COH-08 if attendance was noted.
    """
    cohort, sessions = _locked(session.cohort_id)
    moved = next(row for row in sessions if row.pk == session.pk)
    if moved.starts_at == starts_at:
        return moved
    _check_not_held([moved])
    ends_at = starts_at + (moved.ends_at - moved.starts_at)
    before = [row for row in sessions if row.position < moved.position]
    after = [row for row in sessions if row.position > moved.position]
    if (before and before[-1].ends_at > starts_at) or (after and after[0].starts_at < ends_at):
        raise RuleBroken(rules.DATES_IN_ORDER, f"session {moved.pk} to {starts_at}")
    old = moved.starts_at
    _move([(moved, starts_at, ends_at)])
    record("cohorts.session_moved", moved, by=by, why=reason, before={"Beginn": _text(old)}, after={"Beginn": _text(starts_at)})
    _tell(cohort, [(moved, old)], reason)
    return moved


@transaction.atomic
def shift_all(session: Session, *, starts_on: date, by, reason: str = "") -> int:
    """Plan ``session`` and all that follow anew from ``starts_on`` on by the template, and return how many moved.

    Holidays and days off are left out as in the beginning; everybody gets one letter. Raises RuleBroken: COH-02 for a closed
    cohort, COH-06 if the days do not suffice, COH-07 if the first one would lie before its predecessor, COH-08 if attendance
    was noted for one of them.
    """
    cohort, sessions = _locked(session.cohort_id)
    plan = shifted(cohort, session, starts_on)
    by_id = {row.public_id: row for row in sessions}
    changes = [(by_id[one.public_id], one.starts_at, one.ends_at) for one in plan.changes if one.moved]
    _check_not_held([row for row, *_times in changes])
    previous = [row for row in sessions if row.position < session.position]
    if previous and plan.changes[0].starts_at < previous[-1].ends_at:
        raise RuleBroken(rules.DATES_IN_ORDER, f"session {session.pk} from {starts_on}")
    if not changes:
        return 0
    old = [(row, row.starts_at) for row, *_times in changes]
    _move(changes)
    record(
        "cohorts.sessions_shifted",
        cohort,
        by=by,
        why=reason,
        before={str(row.position): _text(starts) for row, starts in old},
        after={str(row.position): _text(row.starts_at) for row, _starts in old},
    )
    _tell(cohort, old, reason)
    return len(changes)


@transaction.atomic
def change_room(cohort: Cohort, *, room_url: str, by) -> Cohort:
    """Let the cohort meet under another address. Raises RuleBroken: COH-02 for a closed cohort."""
    cohort, sessions = _locked(cohort.pk)
    before, cohort.room_url = cohort.room_url, room_url
    if before == room_url:
        return cohort
    cohort.save(update_fields=["room_url"])
    now = timezone.now()
    for row in sessions:
        if row.ends_at > now and not row.room_url:
            row.revision += 1
            row.changed_at = now
    Session.objects.bulk_update(sessions, ["revision", "changed_at"])
    record("cohorts.room_changed", cohort, by=by, before={"Raum": before}, after={"Raum": room_url})
    return cohort


@transaction.atomic
def add_day_off(cohort: Cohort, *, first_day: date, last_day: date, reason: str, by) -> DayOff:
    """Keep a stretch of days free when dates are planned anew; dates that lie in it stay until they are moved.

    Raises RuleBroken: COH-16 if it ends before it begins.
    """
    if last_day < first_day:
        raise RuleBroken(rules.DAYS_IN_ORDER, f"{first_day} to {last_day}")
    row = DayOff.objects.create(cohort=cohort, first_day=first_day, last_day=last_day, reason=reason)
    after = {"Von": first_day.isoformat(), "Bis": last_day.isoformat(), "Grund": reason}
    record("cohorts.day_off_added", cohort, by=by, after=after)
    return row


@transaction.atomic
def remove_day_off(row: DayOff, *, by) -> None:
    """Let a stretch of days be used again."""
    before = {"Von": row.first_day.isoformat(), "Bis": row.last_day.isoformat(), "Grund": row.reason}
    record("cohorts.day_off_removed", row.cohort, by=by, before=before)
    row.delete()


def _locked(cohort_id: int) -> tuple[Cohort, list[Session]]:
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("version").get(pk=cohort_id)
    if cohort.state not in OPEN:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    return cohort, list(cohort.sessions.order_by("position"))


def _check_not_held(sessions: list[Session]) -> None:
    if Attendance.objects.filter(session__in=sessions).exists():
        raise RuleBroken(rules.NOT_HELD_YET, f"attendance for one of {[row.pk for row in sessions]}")


def _move(changes: list[tuple[Session, datetime, datetime]]) -> None:
    now = timezone.now()
    for row, starts_at, ends_at in changes:
        row.starts_at, row.ends_at, row.changed_at = starts_at, ends_at, now
        row.revision += 1
    Session.objects.bulk_update([row for row, *_times in changes], ["starts_at", "ends_at", "changed_at", "revision"])


def _tell(cohort: Cohort, moved: list[tuple[Session, datetime]], reason: str) -> None:
    """Leave the letters to the worker: one for each person, for all dates that moved."""
    jobs.enqueue(
        "cohorts.tell_moved",
        key="cohorts.moved:" + ",".join(f"{row.public_id}-{row.revision}" for row, _old in moved[:3]) + f":{len(moved)}",
        cohort=cohort.public_id,
        moved=[[row.public_id, old.isoformat()] for row, old in moved],
        event=f"{moved[0][0].public_id}-{moved[0][0].revision}",
        reason=reason,
    )


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
