"""What happens to an offered place: accepted, declined, or lapsed by silence."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.actions.people import person_for
from staffel.accounts.models import Person
from staffel.admissions.actions.placing import BY_SCHEDULE, LINK_AFTERLIFE, OFFER_LINK, hold_call, move_up
from staffel.admissions.core import rules
from staffel.admissions.mails import offers as mails
from staffel.admissions.models import Application, Call, Offer
from staffel.admissions.queries.places import waiting_list_is_open
from staffel.base import jobs
from staffel.base.actions import issue_link
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions.seats import enrol
from staffel.cohorts.models import Enrolment
from staffel.ui.words import moment

REMIND_BEFORE = timedelta(days=2)
# Who was offered a place yesterday needs no reminder today.
LEAVE_ALONE = timedelta(days=1)


@transaction.atomic
def accept_offer(offer: Offer, *, by: Person | str) -> Enrolment:
    """Turn an offer into a place: person, enrolment, states and a job for the welcome, or nothing.

    Raises RuleBroken: ADM-33 if the offer is answered, ADM-34 after its time, ADM-35 once the cohort has begun, COH-02 or
    COH-03 if the cohort is closed or full, COH-04 if the person has a place already.
    """
    call, offer = _hold_open(offer)
    # A session may have been moved to before the time of the answer.
    if not waiting_list_is_open(call):
        raise RuleBroken(rules.WAITING_LIST_OPEN, f"call {call.public_id} is {call.state}, its cohort {call.cohort.state}")
    application = offer.application
    person = person_for(application.email, name=application.name, is_example=application.is_example)
    bodies = [place for place in (application.municipality, application.partner) if place]
    enrolment = enrol(call.cohort, person=person, municipalities=bodies, by=by)
    # Who gave a place back gets the same row again: it belongs to the application that holds the place now.
    earlier = Application.objects.filter(enrolment=enrolment).exclude(pk=application.pk)
    earlier.update(enrolment=None, state=Application.State.WITHDRAWN, ended_at=Coalesce("ended_at", timezone.now()))
    _answer(offer, Offer.State.ACCEPTED)
    application.state, application.enrolment, application.person = Application.State.ACCEPTED, enrolment, person
    application.save(update_fields=["state", "enrolment", "person"])
    record("admissions.offer_accepted", application, by=by, before=_WAS, after={"state": application.state})
    jobs.enqueue("admissions.write_welcome", key=f"welcome:{offer.public_id}", offer=offer.public_id)
    return enrolment


def write_welcome(offer: str) -> None:
    """Send who accepted an offer (its public id) the welcome; once, ever."""
    rows = Offer.objects.filter(public_id=offer, state=Offer.State.ACCEPTED)
    for row in rows.select_related("application__call__cohort"):
        mails.welcome(row, row.application)


@transaction.atomic
def decline_offer(offer: Offer, *, reason: str = "", by: Person | str) -> None:
    """Give an offered place back, with or without a reason; the next on the waiting list gets it.

    Raises RuleBroken: ADM-33 if the offer is answered, ADM-34 after its time.
    """
    call, offer = _hold_open(offer)
    _answer(offer, Offer.State.DECLINED, reason=reason.strip())
    _end(offer.application, Application.State.DECLINED)
    record(
        "admissions.offer_declined",
        offer.application,
        by=by,
        why=reason.strip(),
        before=_WAS,
        after={"state": offer.application.state},
    )
    mails.declined(offer, offer.application)
    move_up(call)


def lapse_offers(now: datetime) -> int:
    """End all offers whose time is over, hand their places on, and return how many. Run on a schedule."""
    due = Offer.objects.filter(state=Offer.State.OPEN, answer_by__lt=now).order_by("pk").values_list("pk", "call")
    return sum(_lapse(pk, call, now) for pk, call in list(due))


@transaction.atomic
def _lapse(pk: int, call_pk: int, now: datetime) -> int:
    call = hold_call(call_pk)
    offer = _locked(pk)
    # Answered between the list and the lock: the answer stands.
    if offer.state != Offer.State.OPEN or offer.answer_by >= now:
        return 0
    offer.state = Offer.State.LAPSED
    offer.save(update_fields=["state"])
    application = offer.application
    _end(application, Application.State.LAPSED)
    record("admissions.offer_lapsed", application, by=BY_SCHEDULE, before=_WAS, after={"state": application.state})
    mails.lapsed(offer, application)
    move_up(call)
    return 1


def remind_offers(now: datetime) -> int:
    """Remind once of every offer that ends within two days, and return how many were reminded. Run on a schedule."""
    due = Offer.objects.filter(
        state=Offer.State.OPEN,
        reminded_at=None,
        answer_by__gt=now,
        answer_by__lte=now + REMIND_BEFORE,
        offered_at__lt=now - LEAVE_ALONE,
    )
    return sum(_remind(pk, now) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    offer = _locked(pk)
    if offer.state != Offer.State.OPEN or offer.reminded_at:
        return 0
    offer.reminded_at = now
    offer.save(update_fields=["reminded_at"])
    token = issue_link(OFFER_LINK, offer.public_id, until=offer.answer_by + LINK_AFTERLIFE)
    mails.reminder(offer, offer.application, token=token)
    return 1


_WAS = {"state": Application.State.OFFERED}


def _hold_open(offer: Offer) -> tuple[Call, Offer]:
    call = hold_call(offer.call_id)
    offer = _locked(offer.pk)
    if offer.state != Offer.State.OPEN:
        raise RuleBroken(rules.OFFER_OPEN, f"offer {offer.public_id} is {offer.state}")
    if offer.answer_by < timezone.now():
        raise RuleBroken(rules.OFFER_IN_TIME, f"offer {offer.public_id} ended", moment=moment(offer.answer_by))
    return call, offer


def _locked(pk: int) -> Offer:
    # Read again under the lock: a second click must find the first one's answer.
    rows = Offer.objects.select_for_update(of=("self", "application"))
    joined = ("application__municipality", "application__partner", "application__call__cohort")
    return rows.select_related(*joined).get(pk=pk)


def _answer(offer: Offer, state: str, *, reason: str = "") -> None:
    offer.state, offer.answered_at, offer.reason = state, timezone.now(), reason
    offer.save(update_fields=["state", "answered_at", "reason"])


def _end(application: Application, state: str) -> None:
    application.state, application.ended_at = state, timezone.now()
    application.save(update_fields=["state", "ended_at"])
