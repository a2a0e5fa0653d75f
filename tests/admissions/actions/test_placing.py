from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter
from staffel.admissions.actions import placing
from staffel.admissions.core import rules
from staffel.admissions.models import Application, Decision, Offer
from staffel.admissions.queries.places import waiting_position
from staffel.base.models import Job, Link
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions import leave
from tests.accounts.factories import make_emil, make_person
from tests.admissions.factories import make_application, make_call, make_decision, make_offer
from tests.cohorts.factories import make_enrolment
from tests.municipalities.factories import make_municipality, make_project

pytestmark = pytest.mark.django_db
PLACE, WAIT, REJECT = Decision.Kind.PLACE, Decision.Kind.WAIT, Decision.Kind.REJECT


def refusal_of(action, *arguments, **named):
    with pytest.raises(RuleBroken) as refusal:
        action(*arguments, **named)
    return refusal.value.rule


def applications(call, count, **facts):
    return [make_application(call, number, **facts) for number in range(1, count + 1)]


def waiting_row(call):
    rows = Decision.objects.filter(call=call, position__isnull=False).order_by("position")
    return list(rows.values_list("application__name", "position"))


# Decisions --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Decision.Kind.values)
def test_decide_writes_the_decision_with_its_reason_and_into_the_log(kind):
    application, emil = make_application(make_call(state="closed")), make_emil()
    placing.decide(application, kind=kind, reason=" Weil es passt. ", by=emil)

    decision = Decision.objects.get()
    assert (decision.kind, decision.reason, decision.decided_by) == (kind, "Weil es passt.", emil)
    assert decision.position == (1 if kind == WAIT else None)
    entry = AuditEntry.objects.get(action="admissions.decided")
    assert (entry.thing_id, entry.payload["why"]) == (application.public_id, "Weil es passt.")
    application.refresh_from_db()
    assert application.state == "released"


def test_a_second_decision_replaces_the_first_and_the_log_keeps_both():
    application, emil = make_application(make_call(state="closed")), make_emil()
    placing.decide(application, kind=WAIT, reason="Erst so.", by=emil)
    placing.decide(application, kind=PLACE, reason="Dann so.", by=emil)

    decision = Decision.objects.get()
    assert (decision.kind, decision.reason, decision.position) == (PLACE, "Dann so.", None)
    entry = AuditEntry.objects.filter(action="admissions.decided").order_by("pk").last()
    assert entry.payload["before"] == {"Entscheidung": "Warteliste", "Grund": "Erst so."}


def test_decide_refuses_without_a_reason():
    application = make_application(make_call(state="closed"))

    assert refusal_of(placing.decide, application, kind=PLACE, reason=" \n", by=make_emil()) is rules.REASON_GIVEN


@pytest.mark.parametrize("state", ["draft", "open", "published", "ended", "cancelled"])
def test_decide_refuses_before_the_deadline_and_after_publication(state):
    application = make_application(make_call(state=state))

    assert refusal_of(placing.decide, application, kind=REJECT, reason="Weil.", by=make_emil()) is rules.DECIDED_IN_SELECTION


@pytest.mark.parametrize("state", ["submitted", "refused", "expired", "withdrawn"])
@pytest.mark.parametrize("kind", [PLACE, WAIT])
def test_only_a_released_application_gets_a_place_or_waits(state, kind):
    application = make_application(make_call(state="closed"), state=state)

    assert refusal_of(placing.decide, application, kind=kind, reason="Weil.", by=make_emil()) is rules.RELEASED_FOR_PLACE
    assert Decision.objects.count() == 0


def test_what_was_withdrawn_is_not_decided_at_all():
    application = make_application(make_call(state="closed"), state="withdrawn")

    assert refusal_of(placing.decide, application, kind=REJECT, reason="Weil.", by=make_emil()) is rules.RELEASED_FOR_PLACE


@pytest.mark.parametrize("kind", [PLACE, WAIT])
def test_an_ineligible_application_never_gets_a_place(kind):
    town = make_municipality()
    make_project(municipality=town)
    application = make_application(make_call(state="closed"), municipality=town)

    assert refusal_of(placing.decide, application, kind=kind, reason="Weil.", by=make_emil()) is rules.ELIGIBLE_FOR_PLACE
    placing.decide(application, kind=REJECT, reason="Gefördert.", by=make_emil())


def test_no_more_places_are_given_than_there_are():
    call, emil = make_call(state="closed", places=2), make_emil()
    first, second, third = applications(call, 3)
    make_enrolment(call.cohort, make_person("Cora"))
    placing.decide(first, kind=PLACE, reason="Weil.", by=emil)

    assert refusal_of(placing.decide, second, kind=PLACE, reason="Weil.", by=emil) is rules.PLACE_LEFT
    # Deciding on the same one again takes no second place.
    placing.decide(first, kind=PLACE, reason="Anders begründet.", by=emil)
    assert refusal_of(placing.decide_many, call, [second.pk, third.pk], kind=PLACE, reason="Weil.", by=emil) is rules.PLACE_LEFT


def test_a_withdrawn_application_keeps_no_place():
    call, emil = make_call(state="closed", places=1), make_emil()
    first, second = applications(call, 2)
    placing.decide(first, kind=PLACE, reason="Weil.", by=emil)
    Application.objects.filter(pk=first.pk).update(state="withdrawn")

    placing.decide(second, kind=PLACE, reason="Weil.", by=emil)


def test_decide_many_decides_alike_or_not_at_all():
    call, emil = make_call(state="closed"), make_emil()
    rows = applications(call, 3)
    placing.decide_many(call, [row.pk for row in rows], kind=REJECT, reason="Andere hatten Vorrang.", by=emil)

    assert list(Decision.objects.values_list("kind", "reason")) == [(REJECT, "Andere hatten Vorrang.")] * 3
    assert AuditEntry.objects.filter(action="admissions.decided").count() == 3
    Application.objects.filter(pk=rows[1].pk).update(state="withdrawn")
    assert refusal_of(placing.decide_many, call, [row.pk for row in rows], kind=WAIT, reason="Weil.", by=emil)
    assert set(Decision.objects.values_list("kind", flat=True)) == {REJECT}


def test_decide_many_leaves_other_calls_alone():
    call, other = make_call(state="closed"), make_call("Staffel 5", state="closed")
    stranger = make_application(other)

    assert placing.decide_many(call, [stranger.pk], kind=REJECT, reason="Weil.", by=make_emil()) == []
    assert Decision.objects.count() == 0


def test_the_waiting_list_has_an_order_that_hands_change():
    call, emil = make_call(state="closed"), make_emil()
    one, two, three = applications(call, 3)
    for row in (one, two):
        placing.decide(row, kind=WAIT, reason="Gut.", by=emil)
    placing.decide(three, kind=WAIT, reason="Sehr gut.", position=1, by=emil)
    assert waiting_row(call) == [("Beispiel 3", 1), ("Beispiel 1", 2), ("Beispiel 2", 3)]

    placing.move_waiting(two, up=True, by=emil)
    assert waiting_row(call) == [("Beispiel 3", 1), ("Beispiel 2", 2), ("Beispiel 1", 3)]
    placing.move_waiting(three, up=False, by=emil)
    assert waiting_row(call) == [("Beispiel 2", 1), ("Beispiel 3", 2), ("Beispiel 1", 3)]

    placing.undecide(two, by=emil)
    assert waiting_row(call) == [("Beispiel 3", 1), ("Beispiel 1", 2)]
    placing.decide(three, kind=PLACE, reason="Doch ein Platz.", by=emil)
    assert waiting_row(call) == [("Beispiel 1", 1)]
    assert [waiting_position(row) for row in (one, two, three)] == [1, None, None]


def test_undecide_and_move_waiting_refuse_what_is_not_there():
    application, emil = make_application(make_call(state="closed")), make_emil()

    assert refusal_of(placing.undecide, application, by=emil) is rules.DECISION_STANDS
    assert refusal_of(placing.move_waiting, application, up=True, by=emil) is rules.DECISION_STANDS


def test_undecide_works_while_a_moved_deadline_runs():
    application, emil = make_application(make_call(state="open")), make_emil()
    make_decision(application, WAIT, position=1)
    placing.undecide(application, by=emil)

    assert Decision.objects.count() == 0


def test_undecide_and_move_waiting_refuse_what_is_published():
    application, emil = make_application(make_call(state="published"), state="waiting"), make_emil()
    make_decision(application, WAIT, position=1)

    assert refusal_of(placing.undecide, application, by=emil) is rules.DECIDED_IN_SELECTION
    assert refusal_of(placing.move_waiting, application, up=True, by=emil) is rules.DECIDED_IN_SELECTION


# Publication ------------------------------------------------------------------------------------------------------------


def publishable():
    """One of each: place, waiting place, no place, refused by the supervisor, not answered."""
    call, emil = make_call(state="closed", places=1), make_emil()
    place, wait, reject = applications(call, 3)
    placing.decide(place, kind=PLACE, reason="Klein.", by=emil)
    placing.decide(wait, kind=WAIT, reason="Gut.", by=emil)
    placing.decide(reject, kind=REJECT, reason="Andere hatten Vorrang.", by=emil)
    refused, asked = make_application(call, 4, state="refused"), make_application(call, 5, state="submitted")
    return call, place, wait, reject, refused, asked


def states(*rows):
    return [Application.objects.get(pk=row.pk).state for row in rows]


def test_publish_makes_offers_a_waiting_list_and_refusals():
    call, *rows = publishable()
    draft, gone = make_application(call, 6, state="draft"), make_application(call, 7, state="withdrawn")
    before = timezone.now()
    placing.publish_decisions(call, by=make_emil())

    assert states(*rows) == ["offered", "waiting", "rejected", "rejected", "rejected"]
    assert states(draft, gone) == ["draft", "withdrawn"]
    call.refresh_from_db()
    assert (call.state, call.published_at >= before) == ("published", True)
    offer = Offer.objects.get()
    assert (offer.application, offer.state) == (rows[0], "open")
    assert timezone.localtime(offer.answer_by).strftime("%H:%M") == "23:59"
    assert timezone.localdate(offer.answer_by) == timezone.localdate(before + timedelta(days=7))
    assert Decision.objects.get(application=rows[3]).reason == "Die Fachvorgesetzten haben die Teilnahme nicht freigegeben."
    assert Decision.objects.get(application=rows[4]).reason == (
        "Die Freigabe durch die Fachvorgesetzten lag bis zur Entscheidung nicht vor."
    )
    entry = AuditEntry.objects.get(action="admissions.decisions_published")
    assert entry.payload["after"] == {"state": "published", "Platz": 1, "Warteliste": 1, "kein Platz": 3}


def test_publishing_twice_changes_nothing_and_writes_no_letter_twice():
    call, *rows = publishable()
    emil = make_emil()
    placing.publish_decisions(call, by=emil)
    placing.publish_decisions(call, by=emil)
    for _ in range(2):
        for job in Job.objects.filter(name="admissions.tell_decisions"):
            placing.tell_decisions(**job.arguments)

    assert Offer.objects.count() == 1
    assert Link.objects.filter(purpose="admissions.offer").count() == 1
    assert list(Letter.objects.order_by("to_email").values_list("to_email", "kind")) == [
        ("beispiel-1@example.org", "admissions.offer"),
        *((f"beispiel-{number}@example.org", "admissions.decision") for number in range(2, 6)),
    ]
    assert states(*rows) == ["offered", "waiting", "rejected", "rejected", "rejected"]


def test_every_letter_tells_the_reason():
    call, *rows = publishable()
    placing.publish_decisions(call, by=make_emil())

    assert placing.tell_decisions([row.public_id for row in rows]) == 5
    texts = dict(Letter.objects.values_list("to_email", "text"))
    assert "Der Grund der Entscheidung: Klein." in texts["beispiel-1@example.org"]
    assert "/zusage/" in texts["beispiel-1@example.org"]
    assert "Ihre Bewerbung steht auf Platz 1 der Warteliste." in texts["beispiel-2@example.org"]
    assert "Der Grund der Entscheidung: Andere hatten Vorrang." in texts["beispiel-3@example.org"]
    assert "haben die Teilnahme nicht freigegeben" in texts["beispiel-4@example.org"]


def test_publish_refuses_while_a_released_application_is_undecided():
    call, place, *_rows = publishable()
    placing.undecide(place, by=make_emil())

    assert refusal_of(placing.publish_decisions, call, by=make_emil()) is rules.ALL_DECIDED
    assert Offer.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "open", "ended", "cancelled"])
def test_publish_refuses_other_states(state):
    assert refusal_of(placing.publish_decisions, make_call(state=state), by=make_emil()) is rules.CALL_STATE


def test_publish_refuses_who_is_not_eligible_any_more():
    call, place, *_rows = publishable()
    make_project(municipality=place.municipality)

    assert refusal_of(placing.publish_decisions, call, by=make_emil()) is rules.ELIGIBLE_FOR_PLACE


def test_publish_refuses_more_places_than_are_left():
    call, *_rows = publishable()
    make_enrolment(call.cohort, make_person("Cora"))

    assert refusal_of(placing.publish_decisions, call, by=make_emil()) is rules.PLACE_LEFT


def test_letters_are_written_in_portions():
    call, emil = make_call(state="closed"), make_emil()
    rows = applications(call, 51)
    placing.decide_many(call, [row.pk for row in rows], kind=REJECT, reason="Weil.", by=emil)
    placing.publish_decisions(call, by=emil)

    sizes = [len(job.arguments["applications"]) for job in Job.objects.filter(name="admissions.tell_decisions").order_by("pk")]
    assert sizes == [50, 1]


# Handing on -------------------------------------------------------------------------------------------------------------


def waiting(call, number, position):
    application = make_application(call, number, state="waiting")
    make_decision(application, WAIT, position=position)
    return application


def test_move_up_offers_free_places_in_order():
    call = make_call(state="published", places=2)
    second, first, third = waiting(call, 1, 5), waiting(call, 2, 3), waiting(call, 3, 8)
    offers = placing.move_up(call)

    assert [offer.application for offer in offers] == [first, second]
    assert states(first, second, third) == ["offered", "offered", "waiting"]
    assert waiting_position(third) == 1
    assert [letter.to_email for letter in Letter.objects.order_by("pk")] == ["beispiel-2@example.org", "beispiel-1@example.org"]
    assert "Es ist ein Platz frei geworden" in Letter.objects.first().text
    assert placing.move_up(call) == []


def test_move_up_counts_open_offers_and_everybody_who_has_a_place():
    call = make_call(state="published", places=3)
    make_offer(make_application(call, 1, state="offered"))
    make_enrolment(call.cohort, make_person("Cora"))
    waiting(call, 2, 1)
    last = waiting(call, 3, 2)

    assert len(placing.move_up(call)) == 1
    assert waiting_position(last) == 1


@pytest.mark.parametrize("state", ["closed", "ended", "cancelled"])
def test_nobody_moves_up_when_the_list_is_closed(state):
    call = make_call(state=state)
    waiting(call, 1, 1)

    assert placing.move_up(call) == []


def test_nobody_moves_up_once_the_cohort_has_begun():
    call = make_call(state="published")
    waiting(call, 1, 1)
    call.cohort.sessions.filter(position=1).update(starts_at=timezone.now())

    assert placing.move_up(call) == []


def test_free_place_closes_the_offer_and_lets_the_next_move_up():
    call = make_call(state="published", places=1)
    gone, following = make_application(call, 1, state="offered"), waiting(call, 2, 1)
    make_decision(gone)
    make_offer(gone)

    assert [offer.application for offer in placing.free_place(gone, by="Bewerbung, über den Link")] == [following]
    assert list(Offer.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "open"]


def test_free_place_gives_an_accepted_place_back():
    call = make_call(state="published", places=1)
    enrolment = make_enrolment(call.cohort, make_person("Anke"))
    gone, following = make_application(call, 1, state="accepted", enrolment=enrolment), waiting(call, 2, 1)

    assert [offer.application for offer in placing.free_place(gone, by="Anke", reason="Krank.")] == [following]
    enrolment.refresh_from_db()
    assert enrolment.state == "left"


def test_free_place_takes_somebody_off_the_waiting_list():
    call = make_call(state="published", places=1)
    make_enrolment(call.cohort, make_person("Cora"))
    gone, following = waiting(call, 1, 1), waiting(call, 2, 2)

    assert placing.free_place(gone, by="Bewerbung, über den Link") == []
    assert (waiting_position(gone), waiting_position(following)) == (None, 1)


def test_a_place_that_the_cohort_got_back_is_offered_to_the_waiting_list_once():
    call = make_call(state="published", places=1)
    enrolment = make_enrolment(call.cohort)
    waiting = make_application(call, 1, state=Application.State.WAITING)
    make_decision(waiting, WAIT, position=1)

    assert placing.hand_on_places() == 0
    leave(enrolment, by=make_emil(), reason="Hat die Stelle gewechselt.")
    assert [placing.hand_on_places(), placing.hand_on_places()] == [1, 0]
    assert Offer.objects.get().application == waiting


def test_no_letter_about_a_decision_goes_to_nobody():
    call = make_call(state="published")
    make_decision(forgotten := make_application(call, state=Application.State.REJECTED, email=""), REJECT)

    assert placing.tell_decisions([forgotten.public_id]) == 0
    assert Letter.objects.count() == 0
