from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter
from staffel.admissions.actions import calls
from staffel.admissions.core import rules
from staffel.admissions.models import Application, Call, Decision, Offer
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.cohorts.actions.cohorts import cancel_cohort
from staffel.cohorts.core import rules as cohort_rules
from tests.accounts.factories import make_emil, make_organisation
from tests.admissions.factories import make_application, make_call, make_offer
from tests.curriculum.factories import make_version
from tests.municipalities.factories import make_land

pytestmark = pytest.mark.django_db
SOON = timedelta(days=20)


def facts(**more):
    now = timezone.now()
    known = {
        "organisation": make_organisation(),
        "title": "Staffel 4: bundesweit",
        "text": "Wer mitmachen kann.",
        "cohort_name": "Staffel 4",
        "places": 15,
        "starts_on": timezone.localdate() + timedelta(days=60),
        "opens_at": now,
        "closes_at": now + SOON,
        "by": make_emil(),
    }
    return known | more


def refusal_of(action, *arguments, **named):
    with pytest.raises(RuleBroken) as refusal:
        action(*arguments, **named)
    return refusal.value.rule


def actions_of(thing):
    return list(AuditEntry.objects.filter(thing_id=thing.public_id).order_by("pk").values_list("action", flat=True))


def test_draft_call_makes_the_call_with_its_cohort_and_dates():
    call = calls.draft_call(make_version(), **facts(laender=[make_land()], largest_population=20_000))

    assert (call.state, call.cohort.name, call.cohort.places, call.largest_population) == ("draft", "Staffel 4", 15, 20_000)
    assert [land.code for land in call.laender.all()] == ["12"]
    assert call.cohort.sessions.count() == 2
    assert actions_of(call) == ["admissions.call_drafted"]


def test_draft_call_refuses_a_draft_version_and_leaves_nothing():
    version = make_version(released=False)

    assert refusal_of(calls.draft_call, version, **facts()) is rules.VERSION_RELEASED
    assert Call.objects.count() == 0


def test_draft_call_refuses_a_deadline_after_the_first_session():
    late = facts(closes_at=timezone.now() + timedelta(days=100))

    assert refusal_of(calls.draft_call, make_version(), **late) is rules.DEADLINE_AHEAD


def test_change_call_changes_a_draft_and_says_what_was_before():
    call, emil = make_call(state="draft"), make_emil()
    calls.change_call(call, title="Neu", laender=[make_land("14", "Sachsen")], by=emil)

    call.refresh_from_db()
    assert (call.title, [land.code for land in call.laender.all()]) == ("Neu", ["14"])
    entry = AuditEntry.objects.get(action="admissions.call_changed")
    assert (entry.payload["before"], entry.payload["after"]) == ({"title": "Staffel 4"}, {"title": "Neu"})


def test_change_call_refuses_what_is_public():
    assert refusal_of(calls.change_call, make_call(), title="Neu", laender=[], by=make_emil()) is rules.CALL_STATE


def test_publish_call_opens_a_draft_once():
    call, emil = make_call(state="draft"), make_emil()

    assert calls.publish_call(call, by=emil).state == "open"
    assert refusal_of(calls.publish_call, call, by=emil) is rules.CALL_STATE


def test_publish_call_refuses_a_deadline_in_the_past():
    now = timezone.now()
    call = make_call(state="draft", opens_at=now - SOON, closes_at=now - timedelta(days=1))

    assert refusal_of(calls.publish_call, call, by=make_emil()) is rules.DEADLINE_AHEAD


def test_close_call_needs_a_reason():
    call, emil = make_call(), make_emil()

    assert refusal_of(calls.close_call, call, reason=" ", by=emil) is rules.REASON_GIVEN
    assert calls.close_call(call, reason="Genug Bewerbungen.", by=emil).state == "closed"
    assert AuditEntry.objects.get(action="admissions.call_closed").payload["why"] == "Genug Bewerbungen."


@pytest.mark.parametrize("state", ["open", "closed"])
def test_move_deadline_opens_the_call_until_then(state):
    call, until = make_call(state=state), timezone.now() + timedelta(days=30)

    assert calls.move_deadline(call, closes_at=until, reason="Ferien.", by=make_emil()).state == "open"
    call.refresh_from_db()
    assert call.closes_at == until


@pytest.mark.parametrize("days", [-1, 61])
def test_move_deadline_refuses_the_past_and_the_time_of_the_cohort(days):
    until = timezone.now() + timedelta(days=days)

    assert refusal_of(calls.move_deadline, make_call(), closes_at=until, reason="Weil.", by=make_emil()) is rules.DEADLINE_AHEAD


@pytest.mark.parametrize("state", ["draft", "published", "ended", "cancelled"])
def test_move_deadline_refuses_other_states(state):
    until, call = timezone.now() + SOON, make_call(state=state)

    assert refusal_of(calls.move_deadline, call, closes_at=until, reason="Weil.", by=make_emil()) is rules.CALL_STATE


def test_calls_close_by_themselves_at_their_deadline_and_only_then():
    now = timezone.now()
    due, later = make_call("Staffel 4"), make_call("Staffel 5")
    Call.objects.filter(pk=due.pk).update(closes_at=now)

    assert (calls.close_due_calls(now), calls.close_due_calls(now)) == (1, 0)
    assert list(Call.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "open"]
    assert AuditEntry.objects.get(action="admissions.call_closed").payload["who"] == "Zeitplan"
    assert later.state == "open"


def test_cancel_call_ends_everything_and_tells_everybody_once():
    call, emil = make_call(state="published"), make_emil()
    offered, waiting = make_application(call, 1, state="offered"), make_application(call, 2, state="waiting")
    make_offer(offered)
    Decision.objects.create(application=waiting, call=call, kind="wait", reason="Gut.", position=1)
    make_application(call, 3, state="draft")
    make_application(call, 4, state="withdrawn")

    calls.cancel_call(call, reason="Kein Geld.", by=emil)
    arguments = Job.objects.get(name="admissions.tell_cancelled").arguments
    calls.tell_cancelled(**arguments)
    calls.tell_cancelled(**arguments)

    states = list(call.applications.order_by("pk").values_list("state", flat=True))
    assert states == ["rejected", "rejected", "draft", "withdrawn"]
    assert Offer.objects.get().state == "closed"
    assert Decision.objects.get(application=waiting).reason == "Die Ausschreibung ist abgesagt. Kein Geld."
    call.cohort.refresh_from_db()
    assert call.cohort.state == "cancelled"
    letters = Letter.objects.filter(kind="admissions.call_cancelled").order_by("pk")
    assert [letter.to_email for letter in letters] == ["beispiel-1@example.org", "beispiel-2@example.org"]
    assert "Der Grund: Kein Geld." in letters[0].text


@pytest.mark.parametrize("state", ["open", "closed", "published"])
def test_a_cancelled_cohort_takes_its_call_along_once_and_with_its_reason(state):
    call, other = make_call(state=state), make_call("Staffel 5", state=state)
    make_application(call, 1, state="released")
    make_application(other, 2, state="released")
    cancel_cohort(call.cohort, reason="Niemand leitet sie.", by=make_emil())

    assert (calls.cancel_calls_without_cohort(), calls.cancel_calls_without_cohort()) == (1, 0)

    assert [(one.state, one.cohort.state) for one in Call.objects.order_by("pk")] == [
        ("cancelled", "cancelled"),
        (state, "planned"),
    ]
    assert list(Application.objects.order_by("pk").values_list("state", flat=True)) == ["rejected", "released"]
    entry = AuditEntry.objects.get(action="admissions.call_cancelled")
    assert (entry.payload["who"], entry.payload["why"]) == ("Zeitplan", "Niemand leitet sie.")
    calls.tell_cancelled(**Job.objects.get(name="admissions.tell_cancelled").arguments)
    letter = Letter.objects.get(kind="admissions.call_cancelled")
    assert (letter.to_email, "Der Grund: Niemand leitet sie." in letter.text) == ("beispiel-1@example.org", True)


def test_a_call_falls_with_its_cohort_also_where_the_log_has_no_reason_any_more():
    call = make_call()
    cancel_cohort(call.cohort, reason="Niemand leitet sie.", by=make_emil())
    AuditEntry.objects.filter(action="cohorts.cohort_cancelled").update(payload=None)

    calls.cancel_calls_without_cohort()

    assert AuditEntry.objects.get(action="admissions.call_cancelled").payload["why"] == "Die Staffel ist abgesagt."


@pytest.mark.parametrize("state", ["draft", "ended", "cancelled"])
def test_drafts_and_ended_calls_stay_when_their_cohort_is_cancelled(state):
    call = make_call(state=state)
    cancel_cohort(call.cohort, reason="Niemand leitet sie.", by=make_emil())

    assert calls.cancel_calls_without_cohort() == 0
    call.refresh_from_db()
    assert call.state == state


def test_cancel_call_refuses_without_a_reason_after_the_end_and_with_a_completed_cohort():
    emil = make_emil()

    assert refusal_of(calls.cancel_call, make_call(), reason="", by=emil) is rules.REASON_GIVEN
    assert refusal_of(calls.cancel_call, make_call("Alt", state="ended"), reason="Weil.", by=emil) is rules.CALL_STATE


def test_end_call_closes_the_waiting_list_and_tells_those_on_it():
    call = make_call(state="published")
    waiting = make_application(call, 1, state="waiting")
    Decision.objects.create(application=waiting, call=call, kind="wait", reason="Gut.", position=1)

    assert calls.end_call(call, by=make_emil()).state == "ended"
    calls.tell_list_closed(**Job.objects.get(name="admissions.tell_list_closed").arguments)

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision.position) == ("rejected", None)
    assert [letter.kind for letter in Letter.objects.all()] == ["admissions.waiting_list_closed"]


def test_end_call_refuses_while_an_offer_is_open_and_before_publication():
    call, emil = make_call(state="published"), make_emil()
    make_offer(make_application(call, state="offered"))

    assert refusal_of(calls.end_call, call, by=emil) is rules.NO_OFFER_OPEN
    assert refusal_of(calls.end_call, make_call("Staffel 5", state="closed"), by=emil) is rules.CALL_STATE


def test_published_calls_end_by_themselves_when_the_cohort_begins():
    now = timezone.now()
    call, later = make_call(state="published"), make_call("Staffel 5", state="published")
    call.cohort.sessions.filter(position=1).update(starts_at=now, ends_at=now + timedelta(hours=4))

    assert (calls.end_due_calls(now), calls.end_due_calls(now)) == (1, 0)
    assert list(Call.objects.order_by("pk").values_list("state", flat=True)) == ["ended", "published"]
    assert later.state == "published"


def test_draft_call_passes_on_what_the_plan_refuses():
    version = make_version(units=0)

    assert refusal_of(calls.draft_call, version, **facts()) is cohort_rules.HAS_UNITS
