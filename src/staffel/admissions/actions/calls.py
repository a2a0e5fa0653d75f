"""What happens to a call as a whole: written, published, closed, extended, cancelled, ended."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import AuditEntry, Organisation, Person
from staffel.admissions.actions.placing import BY_SCHEDULE, UNDECIDED, hold_call
from staffel.admissions.core import rules
from staffel.admissions.core.call_states import Act, step
from staffel.admissions.mails import decisions as mails
from staffel.admissions.models import Application, Call, Decision, Offer
from staffel.admissions.queries.places import begins_at
from staffel.base import jobs
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions.cohorts import cancel_cohort, plan_cohort
from staffel.cohorts.models import Cohort
from staffel.curriculum.models import Version
from staffel.municipalities.models import Land

PENDING = (*UNDECIDED, Application.State.OFFERED, Application.State.WAITING)
TOLD_OF_CANCELLATION = (*PENDING, Application.State.ACCEPTED)
LETTERS_PER_JOB = 50
# A call is cancelled with its cohort, whoever cancels that; a draft has told nobody anything.
FALLS_WITH_COHORT = (Call.State.OPEN, Call.State.CLOSED, Call.State.PUBLISHED)
COHORT_CANCELLED = "Die Staffel ist abgesagt."


@transaction.atomic
def draft_call(
    version: Version,
    *,
    organisation: Organisation,
    title: str,
    text: str,
    cohort_name: str,
    places: int,
    starts_on: date,
    holidays_of: Iterable[Land] = (),
    days_off: Iterable[tuple[date, date, str]] = (),
    opens_at: datetime,
    closes_at: datetime,
    release_days: int = 14,
    answer_days: int = 7,
    not_funded_only: bool = True,
    laender: Iterable[Land] = (),
    largest_population: int | None = None,
    is_example: bool = False,
    by: Person | str,
) -> Call:
    """Write a call with its cohort, whose dates come from the template of the version. Nobody sees it yet.

    ``holidays_of`` are the Länder whose public holidays are free, ``laender`` those whose municipalities may apply (none: all).
    Raises RuleBroken: ADM-38 for a draft version, ADM-26 if the deadline is not before the first session, COH-… of the plan.
    """
    if not version.is_released:
        raise RuleBroken(rules.VERSION_RELEASED, f"version {version.number} is {version.state}")
    cohort = plan_cohort(
        version,
        name=cohort_name,
        places=places,
        organisation=organisation,
        starts_on=starts_on,
        laender=holidays_of,
        days_off=days_off,
        is_example=is_example,
        by=by,
    )
    _check_before_first_session(cohort.pk, closes_at)
    call = Call.objects.create(
        organisation=organisation,
        cohort=cohort,
        title=title,
        text=text,
        opens_at=opens_at,
        closes_at=closes_at,
        release_days=release_days,
        answer_days=answer_days,
        not_funded_only=not_funded_only,
        largest_population=largest_population,
        is_example=is_example,
    )
    call.laender.set(laender)
    record("admissions.call_drafted", call, by=by, after={"title": title, "closes_at": closes_at.isoformat(), "Plätze": places})
    return call


@transaction.atomic
def change_call(call: Call, *, laender: Iterable[Land], by: Person, **facts) -> Call:
    """Change the words, times and terms of a draft; ``facts`` are fields of the call.

    Raises RuleBroken: ADM-25 once it is published, ADM-26 if the deadline is not before the first session.
    """
    call = hold_call(call.pk)
    if call.state != Call.State.DRAFT:
        raise _out_of_turn(call)
    before = {name: _plain(getattr(call, name)) for name, value in facts.items() if getattr(call, name) != value}
    for name, value in facts.items():
        setattr(call, name, value)
    _check_before_first_session(call.cohort_id, call.closes_at)
    call.save(update_fields=list(facts))
    call.laender.set(laender)
    after = {name: _plain(getattr(call, name)) for name in before}
    record("admissions.call_changed", call, by=by, before=before, after=after)
    return call


@transaction.atomic
def publish_call(call: Call, *, by: Person | str) -> Call:
    """Make a draft public; applications come in from its opening on. Raises RuleBroken: ADM-25, ADM-26 after its deadline."""
    call = hold_call(call.pk)
    target = _target(Act.PUBLISH, call)
    _check_ahead(call, call.closes_at)
    return _set_state(call, target, "admissions.call_published", by=by)


@transaction.atomic
def close_call(call: Call, *, reason: str, by: Person) -> Call:
    """Close an open call before its deadline. Raises RuleBroken: ADM-25, ADM-27 without a reason."""
    _check_reason(reason)
    call = hold_call(call.pk)
    return _set_state(call, _target(Act.CLOSE, call), "admissions.call_closed", by=by, why=reason)


@transaction.atomic
def move_deadline(call: Call, *, closes_at: datetime, reason: str, by: Person) -> Call:
    """Move the deadline of an open call, or open a closed one again until then; decisions so far stay.

    Raises RuleBroken: ADM-25, ADM-26 if the new deadline is not ahead and before the first session, ADM-27 without a reason.
    """
    _check_reason(reason)
    call = hold_call(call.pk)
    target = _target(Act.EXTEND, call)
    _check_ahead(call, closes_at)
    before = {"closes_at": call.closes_at.isoformat(), "state": call.state}
    call.closes_at, call.state = closes_at, target
    call.save(update_fields=["closes_at", "state"])
    after = {"closes_at": closes_at.isoformat(), "state": target}
    record("admissions.deadline_moved", call, by=by, why=reason.strip(), before=before, after=after)
    return call


@transaction.atomic
def cancel_call(call: Call, *, reason: str, by: Person | str) -> Call:
    """Call everything off: open applications get no place, offers end, the cohort is cancelled, all are told the reason.

    Raises RuleBroken: ADM-25 if the call has ended, ADM-27 without a reason, COH-02 if the cohort is closed.
    """
    _check_reason(reason)
    call = hold_call(call.pk)
    target, now = _target(Act.CANCEL, call), timezone.now()
    rows = Application.objects.filter(call=call)
    told = list(rows.filter(state__in=TOLD_OF_CANCELLATION).order_by("pk").values_list("public_id", flat=True))
    pending = list(rows.filter(state__in=PENDING).values_list("pk", flat=True))
    Offer.objects.filter(call=call, state=Offer.State.OPEN).update(state=Offer.State.CLOSED)
    _reject(call, pending, f"Die Ausschreibung ist abgesagt. {reason.strip()}", now, by=by)
    if call.cohort.state in (Cohort.State.PLANNED, Cohort.State.RUNNING):
        cancel_cohort(call.cohort, reason=reason, by=by)
    _tell("admissions.tell_cancelled", call, told, reason=reason.strip())
    return _set_state(call, target, "admissions.call_cancelled", by=by, why=reason)


@transaction.atomic
def end_call(call: Call, *, by: Person | str) -> Call:
    """Close the waiting list of a published call and tell those on it.

    Raises RuleBroken: ADM-25, ADM-36 while an offer is open.
    """
    call = hold_call(call.pk)
    target, now = _target(Act.END, call), timezone.now()
    if offers := Offer.objects.filter(call=call, state=Offer.State.OPEN).count():
        raise RuleBroken(rules.NO_OFFER_OPEN, f"{offers} offers open", offers=offers)
    waiting = Application.objects.filter(call=call, state=Application.State.WAITING)
    told = list(waiting.order_by("pk").values_list("public_id", flat=True))
    Decision.objects.filter(call=call).update(position=None)
    waiting.update(state=Application.State.REJECTED, ended_at=now)
    _tell("admissions.tell_list_closed", call, told)
    return _set_state(call, target, "admissions.call_ended", by=by)


@transaction.atomic
def note_export(call: Call, *, rows: int, filters: dict, by: Person) -> None:
    """Write down that somebody took applications along as a file: personal data have left the house."""
    record("admissions.applications_exported", call, by=by, after={"Zeilen": rows, "Filter": filters})


def close_due_calls(now: datetime) -> int:
    """Close every open call whose deadline is over and return how many. Run on a schedule."""
    due = list(Call.objects.filter(state=Call.State.OPEN, closes_at__lte=now).order_by("pk").values_list("pk", flat=True))
    return sum(_close_due(pk, now) for pk in due)


@transaction.atomic
def _close_due(pk: int, now: datetime) -> int:
    call = hold_call(pk)
    if call.state != Call.State.OPEN or call.closes_at > now:
        return 0
    _set_state(call, _target(Act.CLOSE, call), "admissions.call_closed", by=BY_SCHEDULE)
    return 1


def end_due_calls(now: datetime) -> int:
    """End every published call whose cohort has begun and that has no open offer; return how many. Run on a schedule."""
    begun = Call.objects.filter(state=Call.State.PUBLISHED).annotate(first=Min("cohort__sessions__starts_at"))
    due = begun.filter(first__lte=now).exclude(offers__state=Offer.State.OPEN).order_by("pk")
    calls = list(due)
    for call in calls:
        end_call(call, by=BY_SCHEDULE)
    return len(calls)


def cancel_calls_without_cohort() -> int:
    """Cancel every running call whose cohort is cancelled, with the reason of that, and return how many. Run on a schedule.

    Cohorts know nothing of calls: whoever cancels a cohort on its own page leaves its call to this.
    """
    left = Call.objects.filter(state__in=FALLS_WITH_COHORT, cohort__state=Cohort.State.CANCELLED)
    return sum(_cancel_left(pk) for pk in list(left.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _cancel_left(pk: int) -> int:
    call = hold_call(pk)
    if call.state not in FALLS_WITH_COHORT:
        return 0
    cancel_call(call, reason=_why_cancelled(call.cohort), by=BY_SCHEDULE)
    return 1


def _why_cancelled(cohort: Cohort) -> str:
    told = AuditEntry.objects.filter(
        action="cohorts.cohort_cancelled", thing_type=Cohort._meta.label, thing_id=cohort.public_id
    )
    payload = told.order_by("-pk").values_list("payload", flat=True).first()
    # What is personal in the log can be blanked.
    return (payload or {}).get("why") or COHORT_CANCELLED


def tell_cancelled(applications: list[str], reason: str) -> None:
    """Write the letters on a cancelled call; each once, ever."""
    for application in _told(applications):
        mails.call_cancelled(application, reason=reason)


def tell_list_closed(applications: list[str]) -> None:
    """Write the letters on a closed waiting list; each once, ever."""
    for application in _told(applications):
        mails.waiting_list_closed(application)


def _told(applications: list[str]):
    return Application.objects.filter(public_id__in=applications).exclude(email="").select_related("call").order_by("pk")


def _tell(job: str, call: Call, applications: list[str], **arguments) -> None:
    for start in range(0, len(applications), LETTERS_PER_JOB):
        some = applications[start : start + LETTERS_PER_JOB]
        jobs.enqueue(job, key=f"{job}:{call.public_id}:{start}", applications=some, **arguments)


def _reject(call: Call, applications: list[int], reason: str, now: datetime, *, by) -> None:
    decisions = [
        Decision(
            application_id=pk,
            call=call,
            kind=Decision.Kind.REJECT,
            reason=reason,
            decided_at=now,
            decided_by=by if isinstance(by, Person) else None,
        )
        for pk in applications
    ]
    Decision.objects.bulk_create(
        decisions,
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["kind", "reason", "decided_by", "decided_at", "position"],
    )
    Application.objects.filter(pk__in=applications).update(state=Application.State.REJECTED, decided_at=now)


def _target(act: Act, call: Call) -> str:
    target = step(act, call.state)
    if target is None:
        raise _out_of_turn(call)
    return target


def _out_of_turn(call: Call) -> RuleBroken:
    return RuleBroken(rules.CALL_STATE, f"{call.public_id} is {call.state}", state=Call.State(call.state).label)


def _set_state(call: Call, state: str, action: str, *, by: Person | str, why: str = "") -> Call:
    before, call.state = call.state, state
    call.save(update_fields=["state"])
    record(action, call, by=by, why=why.strip(), before={"state": before}, after={"state": state})
    return call


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "no reason given")


def _check_ahead(call: Call, closes_at: datetime) -> None:
    if closes_at <= timezone.now():
        raise RuleBroken(rules.DEADLINE_AHEAD, f"deadline {closes_at} is over")
    _check_before_first_session(call.cohort_id, closes_at)


def _check_before_first_session(cohort: int, closes_at: datetime) -> None:
    first = begins_at(cohort)
    if first is not None and closes_at >= first:
        raise RuleBroken(rules.DEADLINE_AHEAD, f"deadline {closes_at} is not before {first}")


def _plain(value):
    return value.isoformat() if isinstance(value, datetime) else value
