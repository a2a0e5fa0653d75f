"""How places are given: decided by hand, published at once, and handed on when one becomes free.

Whoever changes more than one of them locks in this order: the call, its applications and offers, the cohort. Two actions that
lock in different order would wait for each other on PostgreSQL.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Letter, Person
from staffel.admissions.core import rules, waiting_list
from staffel.admissions.core.call_states import Act
from staffel.admissions.core.call_states import step as next_state
from staffel.admissions.core.eligibility import check
from staffel.admissions.mails import decisions as decision_mails
from staffel.admissions.mails import offers as offer_mails
from staffel.admissions.models import Application, Call, Decision, Offer
from staffel.admissions.queries.bodies import bodies, eligible_within, funded, terms_of
from staffel.admissions.queries.places import begins_at, places_to_give, waiting_list_is_open, waiting_positions
from staffel.base import jobs
from staffel.base.actions import issue_link
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions.seats import leave
from staffel.cohorts.models import Enrolment

OFFER_LINK = "admissions.offer"
UNRELEASED = (Application.State.SUBMITTED, Application.State.REFUSED, Application.State.EXPIRED)
UNDECIDED = (Application.State.RELEASED, *UNRELEASED)
LETTERS_PER_JOB = 50
# The page of an answered or lapsed offer can be read for so long.
LINK_AFTERLIFE = timedelta(days=60)
BY_SCHEDULE = "Zeitplan"


def hold_call(pk: int) -> Call:
    """Return the call with its cohort, locked until the transaction ends: who gives or frees places holds it first."""
    return Call.objects.select_for_update(of=("self",)).select_related("cohort").get(pk=pk)


# Decisions --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def decide(application: Application, *, kind: str, reason: str, by: Person, position: int | None = None) -> Decision:
    """Decide on one application: a place, a waiting place (at ``position``, else the last) or none. See ``decide_many``."""
    return decide_many(application.call, [application.pk], kind=kind, reason=reason, by=by, position=position)[0]


@transaction.atomic
def decide_many(
    call: Call, applications: Iterable[int], *, kind: str, reason: str, by: Person, position: int | None = None
) -> list[Decision]:
    """Decide on applications of a call (their ids) alike, each with the same reason, and return the decisions.

    A second decision replaces the first until the call is published. Raises RuleBroken: ADM-27 without a reason, ADM-28
    before the deadline or after publication, ADM-29 for a state that does not allow it, ADM-30 for a place or waiting place
    of somebody ineligible, ADM-31 if there are more places than the cohort has.
    """
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, f"{kind} without a reason")
    call = hold_call(call.pk)
    _check_selection(call)
    rows = list(
        Application.objects.select_for_update(of=("self",))
        .filter(call=call, pk__in=list(applications))
        .order_by("submitted_at", "pk")
    )
    allowed = UNDECIDED if kind == Decision.Kind.REJECT else (Application.State.RELEASED,)
    for row in rows:
        if row.state not in allowed:
            state = Application.State(row.state).label
            raise RuleBroken(rules.RELEASED_FOR_PLACE, f"{row.public_id} is {row.state}, wanted {kind}", state=state)
    if kind != Decision.Kind.REJECT:
        _check_eligible(call, rows)
    if kind == Decision.Kind.PLACE:
        _check_places(call, rows)
    return _write_decisions(call, rows, kind=kind, reason=reason.strip(), by=by, position=position)


@transaction.atomic
def undecide(application: Application, *, by: Person) -> None:
    """Take a decision back before it is published, also while the call is open again after a moved deadline.

    Raises RuleBroken: ADM-28 after publication, ADM-37 if there is none.
    """
    call = hold_call(application.call_id)
    if call.state != Call.State.OPEN:
        _check_selection(call)
    decision = Decision.objects.select_for_update().filter(application=application).first()
    if decision is None:
        raise RuleBroken(rules.DECISION_STANDS, f"{application.public_id} is not decided")
    order = _order(call)
    before = {"Entscheidung": _words(decision.kind), "Grund": decision.reason}
    decision.delete()
    remaining = {key: at for key, at in order.items() if key != application.pk}
    _write_order(call, remaining, waiting_list.without(tuple(order), application.pk))
    record("admissions.decision_taken_back", application, by=by, before=before)


@transaction.atomic
def move_waiting(application: Application, *, up: bool, by: Person) -> None:
    """Move an application one place up or down the waiting list before it is published.

    Raises RuleBroken: ADM-28 after publication, ADM-37 if it is not on the list.
    """
    call = hold_call(application.call_id)
    _check_selection(call)
    order = _order(call)
    if application.pk not in order:
        raise RuleBroken(rules.DECISION_STANDS, f"{application.public_id} is not on the list")
    row = waiting_list.moved(tuple(order), application.pk, up=up)
    _write_order(call, order, row)
    before, after = order[application.pk], row.index(application.pk) + 1
    record("admissions.waiting_place_moved", application, by=by, before={"Platz": before}, after={"Platz": after})


def _check_selection(call: Call) -> None:
    if call.state != Call.State.CLOSED:
        state = Call.State(call.state).label
        raise RuleBroken(rules.DECIDED_IN_SELECTION, f"call {call.public_id} is {call.state}", state=state)


def _check_eligible(call: Call, rows: list[Application]) -> None:
    terms = terms_of(call)
    known = bodies({pk for row in rows for pk in (row.municipality_id, row.partner_id) if pk})
    for row in rows:
        if not check(terms, known[row.municipality_id], known.get(row.partner_id)).eligible:
            raise RuleBroken(rules.ELIGIBLE_FOR_PLACE, row.public_id, name=known[row.municipality_id].name)


def _check_places(call: Call, rows: list[Application]) -> None:
    others = Decision.objects.filter(call=call, kind=Decision.Kind.PLACE, application__state=Application.State.RELEASED)
    promised = others.exclude(application__in=[row.pk for row in rows]).count()
    if promised + len(rows) > places_to_give(call):
        detail = f"{promised} promised, {len(rows)} wanted"
        raise RuleBroken(rules.PLACE_LEFT, detail, places=call.cohort.places)


def _write_decisions(call, rows, *, kind, reason, by, position) -> list[Decision]:
    now = timezone.now()
    before = {one.application_id: one for one in Decision.objects.filter(call=call, application__in=[row.pk for row in rows])}
    order = _order(call)
    made = [
        Decision(application=row, call=call, kind=kind, reason=reason, decided_by=by, decided_at=now, position=None)
        for row in rows
    ]
    Decision.objects.bulk_create(
        made,
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["kind", "reason", "decided_by", "decided_at", "position"],
    )
    keys = tuple(order)
    for offset, row in enumerate(rows):
        keys = waiting_list.without(keys, row.pk)
        if kind == Decision.Kind.WAIT:
            keys = waiting_list.insert(keys, row.pk, None if position is None else position + offset)
    written = {key: at for key, at in order.items() if key not in {row.pk for row in rows}}
    _write_order(call, written, keys)
    for row in rows:
        earlier = before.get(row.pk)
        was = {"Entscheidung": _words(earlier.kind), "Grund": earlier.reason} if earlier else {}
        after = {"Entscheidung": _words(kind)}
        if row.pk in keys:
            after["Platz auf der Warteliste"] = keys.index(row.pk) + 1
        record("admissions.decided", row, by=by, why=reason, before=was, after=after)
    return made


def _words(kind: str) -> str:
    return str(Decision.Kind(kind).label)


def _order(call: Call) -> dict[int, int]:
    """Return the waiting list as written: application id to position, in order."""
    rows = Decision.objects.filter(call=call, position__isnull=False).order_by("position")
    return dict(rows.values_list("application", "position"))


def _write_order(call: Call, before: dict[int, int], row: tuple[int, ...]) -> None:
    changed = waiting_list.changed_positions(before, row)
    if not changed:
        return
    # Emptied first: a position is unique at every moment, not only at the end of the statement.
    Decision.objects.filter(call=call, application__in=changed).update(position=None)
    decisions = list(Decision.objects.filter(call=call, application__in=changed))
    for decision in decisions:
        decision.position = changed[decision.application_id]
    Decision.objects.bulk_update(decisions, ["position"])


# Publication ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def publish_decisions(call: Call, *, by: Person) -> Call:
    """Make the decisions of a call valid, all at once, and have every applicant told; a second call changes nothing.

    Places become offers, waiting places a waiting list; what was not released gets no place, with that reason. The letters
    are written by jobs of ``LETTERS_PER_JOB`` each, enqueued here: thousands of them would hold the write lock for a minute.
    Raises RuleBroken: ADM-25 before the deadline, ADM-30 if somebody ineligible has a place, ADM-31 for more places than
    there are, ADM-32 if a released application is not decided.
    """
    call = hold_call(call.pk)
    if call.state == Call.State.PUBLISHED:
        return call
    target = next_state(Act.DECIDE, call.state)
    if target is None:
        raise RuleBroken(rules.CALL_STATE, f"{call.public_id} is {call.state}", state=Call.State(call.state).label)
    now = timezone.now()
    rows = list(
        Application.objects.select_for_update(of=("self",))
        .filter(call=call, state__in=UNDECIDED)
        .order_by("submitted_at", "pk")
    )
    decided = {one.application_id: one for one in Decision.objects.filter(call=call)}
    _check_publishable(call, rows, decided)
    late = [row for row in rows if row.state != Application.State.RELEASED]
    _reject_unreleased(call, [row for row in late if row.pk not in decided], now, by=by)
    kinds = {row.pk: decided[row.pk].kind if row.state == Application.State.RELEASED else Decision.Kind.REJECT for row in rows}
    for kind, state in _STATE_AFTER.items():
        ids = [pk for pk, one in kinds.items() if one == kind]
        Application.objects.filter(pk__in=ids).update(state=state, decided_at=now)
    answer_by = _answer_by(call, now)
    Offer.objects.bulk_create(
        Offer(application=row, call=call, offered_at=now, answer_by=answer_by)
        for row in rows
        if kinds[row.pk] == Decision.Kind.PLACE
    )
    call.state, call.published_at = target, now
    call.save(update_fields=["state", "published_at"])
    counts = {Decision.Kind(kind).label: sum(one == kind for one in kinds.values()) for kind in Decision.Kind.values}
    after = {"state": target} | {str(label): count for label, count in counts.items()}
    record("admissions.decisions_published", call, by=by, before={"state": Call.State.CLOSED}, after=after)
    for start in range(0, len(rows), LETTERS_PER_JOB):
        ids = [row.public_id for row in rows[start : start + LETTERS_PER_JOB]]
        jobs.enqueue("admissions.tell_decisions", key=f"tell:{call.public_id}:{start}", applications=ids)
    return call


_STATE_AFTER = {
    Decision.Kind.PLACE: Application.State.OFFERED,
    Decision.Kind.WAIT: Application.State.WAITING,
    Decision.Kind.REJECT: Application.State.REJECTED,
}
REASON_UNRELEASED = {
    Application.State.SUBMITTED: "Die Freigabe durch die Fachvorgesetzten lag bis zur Entscheidung nicht vor.",
    Application.State.EXPIRED: "Die Freigabe durch die Fachvorgesetzten ist ausgeblieben.",
    Application.State.REFUSED: "Die Fachvorgesetzten haben die Teilnahme nicht freigegeben.",
}


def _check_publishable(call: Call, rows: list[Application], decided: dict[int, Decision]) -> None:
    released = [row for row in rows if row.state == Application.State.RELEASED]
    if missing := sum(row.pk not in decided for row in released):
        raise RuleBroken(rules.ALL_DECIDED, f"{missing} undecided", missing=missing)
    chosen = [row for row in released if decided[row.pk].kind != Decision.Kind.REJECT]
    places = sum(decided[row.pk].kind == Decision.Kind.PLACE for row in chosen)
    if places > places_to_give(call):
        raise RuleBroken(rules.PLACE_LEFT, f"{places} promised", places=call.cohort.places)
    # Since the decision the register may have been refreshed.
    wrong = Application.objects.filter(pk__in=[row.pk for row in chosen]).exclude(eligible_within(terms_of(call), funded()))
    if name := wrong.values_list("municipality__short_name", flat=True).first():
        raise RuleBroken(rules.ELIGIBLE_FOR_PLACE, f"{name} is not eligible any more", name=name)


def _reject_unreleased(call: Call, rows: list[Application], now: datetime, *, by: Person) -> None:
    Decision.objects.bulk_create(
        Decision(
            application=row,
            call=call,
            kind=Decision.Kind.REJECT,
            reason=REASON_UNRELEASED[row.state],
            decided_by=by,
            decided_at=now,
        )
        for row in rows
    )


def _answer_by(call: Call, now: datetime) -> datetime:
    """The end of the last day for an answer, but not after the cohort has begun."""
    last = timezone.localtime(now + timedelta(days=call.answer_days)).replace(hour=23, minute=59, second=0, microsecond=0)
    first = begins_at(call.cohort_id)
    return last if first is None or first <= now else min(last, first)


def tell_decisions(applications: list[str]) -> int:
    """Write the letters on published decisions to applications (public ids) and return how many; each once, ever.

    Each letter is a transaction of its own, so that nobody waits for the next one.
    """
    rows = list(
        Application.objects.filter(public_id__in=applications, state__in=_STATE_AFTER.values())
        # Forgotten meanwhile: nobody is left to write to.
        .exclude(email="")
        .select_related("call__cohort", "decision", "offer")
        .order_by("submitted_at", "pk")
    )
    told = set(Letter.objects.filter(event__in=[_event(row) for row in rows]).values_list("event", flat=True))
    positions = waiting_positions(rows[0].call) if rows else {}
    rows = [row for row in rows if _event(row) not in told]
    for row in rows:
        with transaction.atomic():
            _tell(row, positions)
    return len(rows)


def _event(application: Application) -> str:
    if application.state == Application.State.OFFERED:
        return offer_mails.offer_event(application.offer)
    return f"admissions.decision:{application.public_id}"


def _tell(application: Application, positions: dict[int, int]) -> None:
    reason = application.decision.reason
    if application.state == Application.State.OFFERED:
        _send_offer(application.offer, application, reason=reason, from_waiting_list=False)
    elif application.state == Application.State.WAITING:
        decision_mails.waiting(application, position=positions[application.pk], reason=reason)
    else:
        decision_mails.rejected(application, reason=reason)


def _send_offer(offer: Offer, application: Application, *, reason: str, from_waiting_list: bool) -> None:
    token = issue_link(OFFER_LINK, offer.public_id, until=offer.answer_by + LINK_AFTERLIFE)
    offer_mails.offer_made(offer, application, token=token, reason=reason, from_waiting_list=from_waiting_list)


# Handing on -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def move_up(call: Call) -> list[Offer]:
    """Offer every free place to the next on the waiting list, with a new time for the answer, and return the offers.

    Does nothing when the waiting list is closed (ADM-35): the call is not published, or the cohort has begun.
    """
    call = hold_call(call.pk)
    if not waiting_list_is_open(call):
        return []
    free = places_to_give(call)
    if free <= 0:
        return []
    following = list(
        Application.objects.select_for_update(of=("self",))
        .filter(call=call, state=Application.State.WAITING, decision__position__isnull=False)
        .select_related("decision")
        .order_by("decision__position")[:free]
    )
    return [_offer_next(call, application) for application in following]


def hand_on_places() -> int:
    """Offer the places that became free in the cohort itself (somebody left, more were added), and return how many.

    Run on a schedule: what frees a place here moves up at once. A second run finds nothing.
    """
    waiting = Application.objects.filter(state=Application.State.WAITING, decision__position__isnull=False)
    calls = Call.objects.filter(state=Call.State.PUBLISHED, pk__in=waiting.values("call")).order_by("pk")
    return sum(len(move_up(call)) for call in list(calls))


def _offer_next(call: Call, application: Application) -> Offer:
    now = timezone.now()
    # No place on the list any more; those behind keep theirs, and what is shown counts those in front.
    Decision.objects.filter(application=application).update(position=None)
    offer = Offer.objects.create(application=application, call=call, offered_at=now, answer_by=_answer_by(call, now))
    application.state, application.call = Application.State.OFFERED, call
    application.save(update_fields=["state"])
    after = {"state": Application.State.OFFERED, "Antwort bis": offer.answer_by.isoformat()}
    record("admissions.moved_up", application, by=BY_SCHEDULE, before={"state": Application.State.WAITING}, after=after)
    _send_offer(offer, application, reason=application.decision.reason, from_waiting_list=True)
    return offer


@transaction.atomic
def free_place(application: Application, *, by: Person | str, reason: str = "") -> list[Offer]:
    """Take back what an application holds (offer, place or waiting place), let the next move up, and return the new offers.

    The state of the application is the caller's affair. A caller that locks the application calls ``hold_call`` before.
    """
    call = hold_call(application.call_id)
    Offer.objects.filter(application=application, state=Offer.State.OPEN).update(state=Offer.State.CLOSED)
    Decision.objects.filter(application=application).update(position=None)
    enrolment = Enrolment.objects.filter(application=application, state=Enrolment.State.ACTIVE).first()
    if enrolment:
        leave(enrolment, by=by, reason=reason or "Die Bewerbung wurde zurückgezogen.")
    return move_up(call)
