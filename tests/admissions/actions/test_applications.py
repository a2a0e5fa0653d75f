from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter
from staffel.admissions.actions import applications as actions
from staffel.admissions.actions.links import release_link
from staffel.admissions.core import baseline, rules
from staffel.admissions.models import Application, Call, Decision
from staffel.base.models import Job, Link
from staffel.base.rules import RuleBroken
from tests.accounts.factories import make_emil
from tests.admissions.drafts import AGREED, EVERYTHING, make_draft, make_sent
from tests.admissions.factories import make_application, make_call
from tests.municipalities.factories import make_municipality, make_project

pytestmark = pytest.mark.django_db
State = Application.State


def refusal_of(action, *args, **kwargs):
    """Return the rule by which an action refuses."""
    with pytest.raises(RuleBroken) as refusal:
        action(*args, **kwargs)
    return refusal.value.rule


# Begin ------------------------------------------------------------------------------------------------------------------


def test_start_makes_a_draft_a_link_and_a_letter_to_come():
    call, eberswalde = make_call(), make_municipality()

    application, token = actions.start_application(call, email="anke@example.org", municipality=eberswalde)

    assert (application.state, application.email, application.municipality) == ("draft", "anke@example.org", eberswalde)
    assert len(token) == 22
    assert [link.target for link in Link.objects.all()] == [application.public_id]
    assert Job.objects.get().arguments == {"application": application.public_id}
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.payload["who"]) == ("admissions.application_started", "Bewerbung, über den Link")
    assert entry.payload["after"] == {"call": call.public_id, "municipalities": ["12060052"]}


def test_start_letter_has_a_link_of_its_own_and_is_written_once():
    application = make_draft(make_call())

    actions.write_started(application.public_id)
    actions.write_started(application.public_id)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("admissions.application_started", "anke@example.org")
    assert "/bewerbung/" in letter.text


def test_no_letter_is_written_for_a_draft_that_is_gone():
    application = make_draft(make_call())
    actions.discard_draft(application)

    actions.write_started(application.public_id)

    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"opens_at": timezone.now() + timedelta(days=1)},
        {"opens_at": timezone.now() - timedelta(days=9), "closes_at": timezone.now() - timedelta(seconds=1)},
        {"state": Call.State.DRAFT},
        {"state": Call.State.CLOSED},
        {"state": Call.State.CANCELLED},
    ],
)
def test_start_is_refused_outside_the_time_of_the_call(facts):
    call = make_call(**facts)

    refused_by = refusal_of(actions.start_application, call, email="anke@example.org", municipality=make_municipality())

    assert refused_by is rules.TAKES_APPLICATIONS
    assert Application.objects.count() == 0


def test_start_is_refused_for_a_body_that_is_not_eligible():
    potsdam = make_municipality("12054000", "Potsdam")
    make_project(municipality=potsdam)

    refused_by = refusal_of(actions.start_application, make_call(), email="anke@example.org", municipality=potsdam)

    assert refused_by is rules.ELIGIBLE


def test_start_is_refused_when_the_second_body_is_not_eligible():
    potsdam = make_municipality("12054000", "Potsdam")
    make_project(municipality=potsdam)

    refused_by = refusal_of(
        actions.start_application,
        make_call(),
        email="anke@example.org",
        municipality=make_municipality(),
        partner=potsdam,
    )

    assert refused_by is rules.ELIGIBLE


def test_start_is_refused_for_the_same_body_twice():
    eberswalde = make_municipality()

    refused_by = refusal_of(
        actions.start_application, make_call(), email="anke@example.org", municipality=eberswalde, partner=eberswalde
    )

    assert refused_by is rules.TWO_DIFFERENT


def test_start_is_refused_after_five_drafts_of_one_address():
    call, eberswalde = make_call(), make_municipality()
    for _ in range(actions.MOST_DRAFTS):
        make_draft(call, municipality=eberswalde)

    refused_by = refusal_of(actions.start_application, call, email="ANKE@example.org", municipality=eberswalde)

    assert refused_by is rules.FEW_DRAFTS


@pytest.mark.parametrize("role", ["municipality", "partner"])
def test_a_body_has_one_application_on_whatever_side(role):
    call, eberswalde, bernau = make_call(), make_municipality(), make_municipality("12060020", "Bernau bei Berlin")
    sides = {"municipality": eberswalde} if role == "municipality" else {"municipality": bernau, "partner": eberswalde}
    make_application(call, state=State.RELEASED, **sides)

    refused_by = refusal_of(actions.start_application, call, email="bert@example.org", municipality=eberswalde)

    assert refused_by is rules.ONE_PER_BODY


TAKEN = [State.SUBMITTED, State.RELEASED, State.OFFERED, State.WAITING]


@pytest.mark.parametrize("state", TAKEN)
def test_what_runs_keeps_the_body(state):
    call, eberswalde = make_call(), make_municipality()
    make_application(call, state=state, municipality=eberswalde)

    refused_by = refusal_of(actions.start_application, call, email="bert@example.org", municipality=eberswalde)

    assert refused_by is rules.ONE_PER_BODY


@pytest.mark.parametrize("state", [state for state in State if state not in (*TAKEN, State.ACCEPTED)])
def test_drafts_and_what_came_to_nothing_keep_nobody_out(state):
    call, eberswalde = make_call(), make_municipality()
    make_application(call, state=state, municipality=eberswalde)

    sent = make_sent(call, email="bert@example.org", municipality=eberswalde)

    assert sent.state == "submitted"


def test_another_call_is_another_matter():
    eberswalde = make_municipality()
    make_application(make_call("Staffel 3"), municipality=eberswalde)

    assert actions.start_application(make_call(), email="anke@example.org", municipality=eberswalde)[0].state == "draft"


# Save -------------------------------------------------------------------------------------------------------------------


def test_save_keeps_what_it_is_given_and_notes_the_time():
    draft = make_draft(make_call())
    before = draft.changed_at

    saved = actions.save_draft(draft, {"name": "Anke Beispiel", "baseline": {baseline.KEYS[0]: 4}})

    saved.refresh_from_db()
    assert (saved.name, saved.baseline, saved.function) == ("Anke Beispiel", {baseline.KEYS[0]: 4}, "")
    assert saved.changed_at > before


def test_save_refuses_fields_that_are_not_the_applicants():
    with pytest.raises(ValueError, match="not \\['state'\\]"):
        actions.save_draft(make_draft(make_call()), {"state": "accepted"})


def test_nothing_is_saved_after_sending():
    sent = make_sent(make_call())

    assert refusal_of(actions.save_draft, sent, {"name": "Cora"}) is rules.ONLY_DRAFT_CHANGES
    assert refusal_of(actions.discard_draft, sent) is rules.ONLY_DRAFT_CHANGES
    assert refusal_of(actions.submit, sent, agreed=AGREED) is rules.ONLY_DRAFT_CHANGES
    sent.refresh_from_db()
    assert sent.name == "Anke Beispiel"


def test_save_bodies_takes_a_second_one_and_refuses_what_may_not_apply():
    call, eberswalde, bernau = make_call(), make_municipality(), make_municipality("12060020", "Bernau bei Berlin")
    draft = make_draft(call, municipality=eberswalde)
    taken = make_application(call, 1).municipality

    actions.save_bodies(draft, municipality=eberswalde, partner=bernau)

    assert refusal_of(actions.save_bodies, draft, municipality=eberswalde, partner=taken) is rules.ONE_PER_BODY
    assert refusal_of(actions.save_bodies, draft, municipality=bernau, partner=bernau) is rules.TWO_DIFFERENT
    draft.refresh_from_db()
    assert (draft.municipality, draft.partner) == (eberswalde, bernau)


def test_discard_removes_the_draft_and_closes_its_links():
    draft = make_draft(make_call())

    actions.discard_draft(draft)

    assert Application.objects.count() == 0
    assert Link.objects.get().closed_at is not None


# Send -------------------------------------------------------------------------------------------------------------------


def test_submit_sends_asks_for_the_release_and_keeps_the_agreements():
    sent = make_sent(make_call(release_days=10))

    release = sent.releases.get()
    assert (sent.state, sent.submitted_at == release.asked_at) == ("submitted", True)
    assert {key: value["version"] for key, value in sent.consents.items()} == {"privacy": "2026-11", "selection": "2026-11"}
    assert (release.name, release.email, release.answer) == ("Heinz Beispiel", "heinz@example.org", "")
    assert release.expires_at - release.asked_at == timedelta(days=10)
    assert [job.name for job in Job.objects.order_by("pk")] == [
        "admissions.write_started",
        "admissions.write_submitted",
    ]
    assert AuditEntry.objects.filter(action="admissions.application_submitted").count() == 1


def test_the_receipt_says_what_comes_when_and_the_supervisor_is_asked():
    sent = make_sent(make_call())

    actions.write_submitted(sent.public_id)
    actions.write_submitted(sent.public_id)

    letter, question = Letter.objects.order_by("pk")
    assert (question.kind, question.to_email) == ("admissions.release_asked", "heinz@example.org")
    assert (letter.subject, letter.to_name) == ("Ihre Bewerbung ist eingegangen", "Anke Beispiel")
    assert "Als Nächstes bekommt Heinz Beispiel eine E-Mail" in letter.text


@pytest.mark.parametrize("missing", ["name", "function", "motivation", "supervisor_name", "supervisor_email"])
def test_submit_is_refused_while_a_step_is_open(missing):
    draft = make_draft(make_call(), **(EVERYTHING | {missing: ""}))

    assert refusal_of(actions.submit, draft, agreed=AGREED) is rules.STEPS_DONE


def test_submit_names_the_open_steps():
    draft = make_draft(make_call(), **(EVERYTHING | {"motivation": "", "baseline": {}}))

    with pytest.raises(RuleBroken) as refusal:
        actions.submit(draft, agreed=AGREED)

    assert refusal.value.values == {"steps": "Motivation, Selbsteinschätzung"}


def test_submit_is_refused_after_the_deadline():
    call = make_call()
    draft = make_draft(call, **EVERYTHING)
    Call.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert refusal_of(actions.submit, draft, agreed=AGREED) is rules.BEFORE_DEADLINE
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_submit_is_refused_without_every_agreement():
    draft = make_draft(make_call(), **EVERYTHING)

    assert refusal_of(actions.submit, draft, agreed={"privacy"}) is rules.CONSENTS_GIVEN


def test_submit_is_refused_if_the_supervisor_is_the_applicant():
    draft = make_draft(make_call(), **(EVERYTHING | {"supervisor_email": "Anke@example.org"}))

    assert refusal_of(actions.submit, draft, agreed=AGREED) is rules.SUPERVISOR_IS_ANOTHER


def test_submit_is_refused_if_a_colleague_was_faster():
    call, eberswalde = make_call(), make_municipality()
    late = make_draft(call, municipality=eberswalde, **EVERYTHING)
    make_sent(call, email="bert@example.org", municipality=eberswalde)

    assert refusal_of(actions.submit, late, agreed=AGREED) is rules.ONE_PER_BODY


def test_submit_is_refused_if_the_body_was_funded_meanwhile():
    eberswalde = make_municipality()
    draft = make_draft(make_call(), municipality=eberswalde, **EVERYTHING)
    make_project(municipality=eberswalde)

    assert refusal_of(actions.submit, draft, agreed=AGREED) is rules.ELIGIBLE


# Take back --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RELEASED, State.REFUSED, State.EXPIRED])
def test_withdraw_ends_what_runs(state):
    application = make_application(make_call(), state=state)

    withdrawn = actions.withdraw(application, reason="Elternzeit")

    assert (withdrawn.state, withdrawn.ended_at is not None) == ("withdrawn", True)
    entry = AuditEntry.objects.get(action="admissions.application_withdrawn")
    assert (entry.payload["why"], entry.payload["before"]) == ("Elternzeit", {"state": state})
    assert Letter.objects.get().kind == "admissions.application_withdrawn"


@pytest.mark.parametrize("state", [State.DRAFT, State.OFFERED, State.REJECTED, State.DECLINED, State.LAPSED, State.WITHDRAWN])
def test_withdraw_is_refused_for_what_does_not_run(state):
    application = make_application(make_call(), state=state)

    assert refusal_of(actions.withdraw, application) is rules.STILL_RUNNING


def test_withdraw_closes_the_question_to_the_supervisor():
    sent = make_sent(make_call())
    release_link(sent.releases.get())

    actions.withdraw(sent)

    assert [link.closed_at is None for link in Link.objects.filter(purpose="admissions.release")] == [False]


def test_withdraw_takes_back_a_decision_that_nobody_knows():
    call = make_call(state=Call.State.CLOSED)
    application = make_application(call)
    Decision.objects.create(application=application, call=call, kind="place", reason="Passt.", decided_by=make_emil())

    actions.withdraw(application)

    assert Decision.objects.count() == 0


def test_withdraw_from_the_waiting_list_gives_the_place_on_it_back():
    call = make_call(state=Call.State.PUBLISHED)
    application = make_application(call, state=State.WAITING)
    Decision.objects.create(application=application, call=call, kind="wait", reason="Voll.", position=1)

    actions.withdraw(application)

    assert Decision.objects.get().position is None


# The link again ---------------------------------------------------------------------------------------------------------


def test_links_go_to_the_address_of_the_application_alone_and_not_twice_in_a_row():
    call = make_call()
    application = make_draft(call)
    Job.objects.all().delete()

    assert actions.send_links(call, "ANKE@example.org") == 1
    assert actions.send_links(call, "anke@example.org") == 1
    assert actions.send_links(call, "cora@example.org") == 0

    job = Job.objects.get()
    assert job.arguments["application"] == application.public_id
    actions.write_link_again(**{"public_id": job.arguments["application"], "asked": job.arguments["asked"]})
    assert Letter.objects.get().to_email == "anke@example.org"
