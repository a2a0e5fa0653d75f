from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter
from staffel.admissions.actions import applications
from staffel.admissions.actions import release as actions
from staffel.admissions.core import rules
from staffel.admissions.models import Application, Call, Release
from staffel.base.models import Link
from staffel.base.rules import RuleBroken
from tests.admissions.drafts import make_sent
from tests.admissions.factories import make_application, make_call

pytestmark = pytest.mark.django_db
State = Application.State


def refusal_of(action, *args, **kwargs):
    """Return the rule by which an action refuses."""
    with pytest.raises(RuleBroken) as refusal:
        action(*args, **kwargs)
    return refusal.value.rule


@pytest.fixture
def asked():
    """Return the question to Heinz about Anke's application."""
    return make_sent(make_call(release_days=14)).releases.get()


def test_the_letter_asks_the_supervisor_and_says_that_the_deadline_does_not_matter(asked):
    actions.write_asked(asked.public_id)

    letter = Letter.objects.get()
    assert (letter.to_name, letter.to_email) == ("Heinz Beispiel", "heinz@example.org")
    assert letter.subject == "Bitte um Freigabe: Anke Beispiel möchte an einer Qualifizierung teilnehmen"
    assert "Anke Beispiel (Eberswalde) hat sich beworben: Staffel 4." in letter.text
    assert "Das gilt auch, wenn die Frist der Ausschreibung vorher endet." in letter.text
    assert "Wir wollen anfangen." not in letter.text


@pytest.mark.parametrize(("yes", "reason", "state"), [(True, "", "released"), (False, "Zu wenig Leute.", "refused")])
def test_the_answer_changes_the_application_and_tells_the_applicant(asked, yes, reason, state):
    answered = actions.answer_release(asked, yes=yes, reason=reason)

    assert answered.application.state == state
    assert (answered.answer, answered.reason) == ("yes" if yes else "no", reason)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("admissions.release_answered", "anke@example.org")
    assert (f"„{reason}“" in letter.text) is not yes
    entry = AuditEntry.objects.get(action="admissions.release_answered")
    assert entry.payload["who"] == "Fachvorgesetzte, über den Link"
    assert (entry.payload["before"], entry.payload["after"]) == ({"state": "submitted"}, {"state": state})


def test_a_no_needs_a_reason(asked):
    assert refusal_of(actions.answer_release, asked, yes=False, reason="  ") is rules.REFUSAL_HAS_REASON
    asked.refresh_from_db()
    assert asked.answer == ""


def test_the_second_answer_is_refused(asked):
    actions.answer_release(asked, yes=True)

    assert refusal_of(actions.answer_release, asked, yes=False, reason="Doch nicht.") is rules.RELEASE_OPEN
    assert Application.objects.get().state == "released"


def test_an_answer_after_its_time_is_refused(asked):
    Release.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert refusal_of(actions.answer_release, asked, yes=True) is rules.RELEASE_IN_TIME


def test_an_answer_for_a_withdrawn_application_is_refused(asked):
    Application.objects.update(state=State.WITHDRAWN)

    assert refusal_of(actions.answer_release, asked, yes=True) is rules.RELEASE_OPEN


def test_the_release_may_come_after_the_deadline(asked):
    Call.objects.update(state=Call.State.CLOSED, closes_at=timezone.now() - timedelta(seconds=1))

    assert actions.answer_release(asked, yes=True).application.state == "released"


# Ask again --------------------------------------------------------------------------------------------------------------


def test_another_person_is_asked_and_the_first_link_closes(asked):
    actions.write_asked(asked.public_id)

    again = actions.ask_release(asked.application, name="Hilde Beispiel", email="hilde@example.org")

    assert (again.name, again.email) == ("Hilde Beispiel", "hilde@example.org")
    application = Application.objects.get()
    assert (application.state, application.supervisor_email) == ("submitted", "hilde@example.org")
    assert [link.closed_at is None for link in Link.objects.filter(purpose="admissions.release")] == [False]
    assert refusal_of(actions.answer_release, asked, yes=True) is rules.RELEASE_OPEN
    assert actions.answer_release(again, yes=True).application.state == "released"


@pytest.mark.parametrize("state", [State.REFUSED, State.EXPIRED])
def test_after_a_no_or_silence_the_same_person_can_be_asked_again(state):
    application = make_application(make_call(), state=state)

    release = actions.ask_release(application)

    assert (release.email, release.application.state) == ("heinz@example.org", "submitted")


@pytest.mark.parametrize(
    ("state", "call_state"),
    [
        (State.RELEASED, Call.State.OPEN),
        (State.WITHDRAWN, Call.State.OPEN),
        (State.DRAFT, Call.State.OPEN),
        (State.EXPIRED, Call.State.PUBLISHED),
        (State.SUBMITTED, Call.State.CANCELLED),
    ],
)
def test_asking_is_refused_when_it_would_lead_nowhere(state, call_state):
    application = make_application(make_call(state=call_state), state=state)

    assert refusal_of(actions.ask_release, application) is rules.RELEASE_CAN_BE_ASKED


def test_nobody_asks_themselves(asked):
    refused_by = refusal_of(actions.ask_release, asked.application, name="Anke", email="ANKE@example.org")

    assert refused_by is rules.SUPERVISOR_IS_ANOTHER


# On schedule ------------------------------------------------------------------------------------------------------------


def test_the_reminder_goes_once_and_half_way(asked):
    half = asked.asked_at + timedelta(days=7)

    assert actions.remind_releases(half - timedelta(seconds=1)) == 0
    assert actions.remind_releases(half) == 1
    assert actions.remind_releases(half + timedelta(days=1)) == 0
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("admissions.release_reminder", "heinz@example.org")


def test_nobody_is_reminded_of_what_is_answered_or_superseded(asked):
    actions.ask_release(asked.application, name="Hilde", email="hilde@example.org")
    half = timezone.now() + timedelta(days=7)

    assert actions.remind_releases(half) == 1
    assert [letter.to_email for letter in Letter.objects.all()] == ["hilde@example.org"]

    actions.answer_release(Release.objects.order_by("-pk").first(), yes=True)
    assert actions.remind_releases(half) == 0


def test_silence_ends_the_question_and_tells_the_applicant(asked):
    assert actions.expire_releases(asked.expires_at - timedelta(seconds=1)) == 0
    assert actions.expire_releases(asked.expires_at) == 1
    assert actions.expire_releases(asked.expires_at) == 0

    assert Application.objects.get().state == "expired"
    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("admissions.release_expired", "anke@example.org")
    assert AuditEntry.objects.get(action="admissions.release_expired").payload["who"] == "Zeitplan"


def test_an_old_question_does_not_end_the_new_one(asked):
    again = actions.ask_release(asked.application)
    Release.objects.filter(pk=asked.pk).update(expires_at=timezone.now() - timedelta(days=1))

    assert actions.expire_releases(timezone.now()) == 0
    assert actions.expire_releases(again.expires_at) == 1


# Not too many letters ---------------------------------------------------------------------------------------------------


def test_an_application_has_five_questions_and_no_more(asked):
    application = asked.application
    for number in range(2, actions.MOST_QUESTIONS + 1):
        actions.ask_release(application, email=f"heinz{number}@example.org")

    assert refusal_of(actions.ask_release, application, email="hilde@example.org") is rules.FEW_QUESTIONS
    application.refresh_from_db()
    assert (application.releases.count(), application.supervisor_email) == (5, "heinz5@example.org")


def test_whoever_is_no_longer_asked_gets_no_letter_and_the_receipt_names_who_is(asked):
    newest = actions.ask_release(asked.application, name="Hilde Beispiel", email="hilde@example.org")

    actions.write_asked(asked.public_id)
    applications.write_submitted(asked.application.public_id)
    actions.write_asked(newest.public_id)

    receipt, question = Letter.objects.order_by("pk")
    assert "Als Nächstes bekommt Hilde Beispiel eine E-Mail" in receipt.text
    assert (question.kind, question.to_email) == ("admissions.release_asked", "hilde@example.org")


@pytest.mark.parametrize("state", [State.REFUSED, State.EXPIRED])
def test_a_refused_application_does_not_run_again_beside_a_colleagues(asked, state):
    Application.objects.update(state=state)
    make_sent(asked.application.call, email="bert@example.org", municipality=asked.application.municipality)

    assert refusal_of(actions.ask_release, asked.application) is rules.ONE_PER_BODY
    asked.application.refresh_from_db()
    assert (asked.application.state, asked.application.releases.count()) == (state, 1)
