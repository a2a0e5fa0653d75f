"""What happens to a cohort as a whole: planned, started, completed, cancelled."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Min
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.base import jobs
from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules
from staffel.cohorts.core.timetable import local, read_template, timetable
from staffel.cohorts.models import Cohort, DayOff, Session
from staffel.cohorts.queries.free_days import free_days
from staffel.curriculum.models import Unit

OPEN = (Cohort.State.PLANNED, Cohort.State.RUNNING)


@transaction.atomic
def plan_cohort(
    version,
    *,
    name: str,
    places: int,
    organisation,
    starts_on: date,
    laender: Iterable = (),
    days_off: Iterable[tuple[date, date, str]] = (),
    room_url: str = "",
    module=None,
    is_example: bool = False,
    by,
) -> Cohort:
    """Make a cohort of a released version, or of one of its modules, with a session for each morning from the template.

    A cohort of the whole version has the required modules; what people choose is held as a module course of its own.
    Days on which one of ``laender`` has a public holiday and ``days_off`` (first day, last day, reason) are left out.
    Raises RuleBroken: COH-01 for a draft, COH-05 without units, COH-06 if the days do not suffice, COH-16.
    """
    if not version.is_released:
        raise RuleBroken(rules.VERSION_RELEASED, f"version {version.number} is {version.state}")
    # Self-study has no date.
    units = Unit.objects.filter(module__version=version, kind=Unit.Kind.SESSION).order_by("module__position", "position")
    units = list(units.filter(module__required=True) if module is None else units.filter(module=module))
    if not units:
        raise RuleBroken(rules.HAS_UNITS, f"version {version.number}, module {module}")
    laender, days_off = list(laender), list(days_off)
    _check_days(days_off)
    free = free_days(laender, days_off, starts_on)
    plan = timetable(read_template(version.timetable), starts_on, [unit.minutes for unit in units], free)
    cohort = Cohort.objects.create(
        name=name,
        organisation=organisation,
        version=version,
        module=module,
        places=places,
        room_url=room_url,
        is_example=is_example,
    )
    cohort.laender.set(laender)
    DayOff.objects.bulk_create(
        DayOff(cohort=cohort, first_day=first, last_day=last, reason=reason) for first, last, reason in days_off
    )
    Session.objects.bulk_create(
        Session(cohort=cohort, unit=unit, position=slot.position, starts_at=slot.starts_at, ends_at=slot.ends_at)
        for unit, slot in zip(units, plan.slots, strict=True)
    )
    after = {"Name": name, "Plätze": places, "Termine": [slot.day.isoformat() for slot in plan.slots]}
    record("cohorts.cohort_planned", cohort, by=by, after=after)
    return cohort


@transaction.atomic
def start_cohort(cohort: Cohort, *, by) -> Cohort:
    """Let a planned cohort run, from the day of its first session on. Raises RuleBroken: COH-02, COH-13."""
    cohort = _locked(cohort)
    if cohort.state != Cohort.State.PLANNED:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    first = cohort.sessions.aggregate(first=Min("starts_at"))["first"]
    if first is None or local(first).date() > timezone.localdate():
        day = "" if first is None else f"{local(first):%d.%m.%Y}"
        raise RuleBroken(rules.HAS_BEGUN, f"first session {first}", day=day)
    return _set_state(cohort, Cohort.State.RUNNING, "cohorts.cohort_started", by=by)


def start_due_cohorts(now) -> int:
    """Start every planned cohort whose first session has begun, and return how many. Run on a schedule."""
    due = Cohort.objects.filter(state=Cohort.State.PLANNED).annotate(first=Min("sessions__starts_at")).filter(first__lte=now)
    started = 0
    for cohort in due.order_by("pk"):
        start_cohort(cohort, by="Zeitplan")
        started += 1
    return started


@transaction.atomic
def complete_cohort(cohort: Cohort, *, by) -> Cohort:
    """Close a cohort after its last session. Raises RuleBroken: COH-02 if it is closed already, COH-14 before its end."""
    cohort = _locked(cohort)
    if cohort.state not in OPEN:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    last = cohort.sessions.aggregate(last=Max("ends_at"))["last"]
    if last is None or last > timezone.now():
        raise RuleBroken(rules.ALL_HELD, f"last session {last}", day="" if last is None else f"{local(last):%d.%m.%Y}")
    return _set_state(cohort, Cohort.State.COMPLETED, "cohorts.cohort_completed", by=by)


@transaction.atomic
def cancel_cohort(cohort: Cohort, *, reason: str, by) -> Cohort:
    """Call a cohort off; everybody with a place gets a letter with the reason, and calendars show its dates as cancelled.

    Raises RuleBroken: COH-02 if it is closed already, COH-12 without a reason.
    """
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "cancel without a reason")
    cohort = _locked(cohort)
    if cohort.state not in OPEN:
        raise RuleBroken(rules.STILL_OPEN, f"cohort {cohort.pk} is {cohort.state}", cohort=cohort.name)
    now = timezone.now()
    cohort.sessions.filter(ends_at__gt=now).update(revision=F("revision") + 1, changed_at=now)
    jobs.enqueue(
        "cohorts.tell_cancelled", key=f"cohorts.cancelled:{cohort.public_id}", cohort=cohort.public_id, reason=reason.strip()
    )
    return _set_state(cohort, Cohort.State.CANCELLED, "cohorts.cohort_cancelled", by=by, why=reason.strip())


def _locked(cohort: Cohort) -> Cohort:
    # Read again under the lock: a second click must find what the first one did.
    return Cohort.objects.select_for_update().get(pk=cohort.pk)


def _set_state(cohort: Cohort, state: str, action: str, *, by, why: str = "") -> Cohort:
    before, cohort.state = cohort.state, state
    cohort.save(update_fields=["state"])
    record(action, cohort, by=by, why=why, before={"Zustand": before}, after={"Zustand": state})
    return cohort


def _check_days(days_off) -> None:
    for first, last, _reason in days_off:
        if last < first:
            raise RuleBroken(rules.DAYS_IN_ORDER, f"{first} to {last}")
