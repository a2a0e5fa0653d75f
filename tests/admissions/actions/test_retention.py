from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import AuditEntry, Letter
from staffel.admissions.actions import release, retention
from staffel.admissions.actions.links import application_link
from staffel.admissions.models import Application, Call, Decision, Release
from staffel.base.models import Link
from tests.accounts.factories import make_emil, make_person
from tests.admissions.factories import make_application, make_call

pytestmark = pytest.mark.django_db
State = Application.State
NOW = timezone.now()


def test_drafts_go_30_days_after_the_deadline():
    call = make_call(opens_at=NOW - timedelta(days=60), closes_at=NOW - timedelta(days=30))
    make_application(call, 1, state=State.DRAFT)
    kept = make_application(make_call("Staffel 5"), 2, state=State.DRAFT)

    assert retention.forget_drafts(NOW - timedelta(seconds=1)) == 0
    assert retention.forget_drafts(NOW) == 1
    assert list(Application.objects.all()) == [kept]


def test_of_an_ended_application_body_and_result_stay_and_no_person():
    call = make_call(state=Call.State.PUBLISHED)
    facts = {"person": make_person("Anke"), "baseline": {"a": 1}, "ended_at": NOW, "deputy_name": "Bert"}
    application = make_application(call, state=State.WITHDRAWN, **facts)
    Release.objects.create(
        application=application,
        name="Heinz",
        email="heinz@example.org",
        expires_at=NOW,
        answer="no",
        reason="Nein.",
        answered_at=NOW,
    )
    Decision.objects.create(
        application=application, call=call, kind="reject", reason="Anke passt nicht.", decided_by=make_emil()
    )
    application_link(application)

    assert retention.forget_ended(NOW + timedelta(days=182)) == 0
    assert retention.forget_ended(NOW + timedelta(days=183)) == 1
    assert retention.forget_ended(NOW + timedelta(days=183)) == 0

    application.refresh_from_db()
    told = [application.name, application.email, application.deputy_name, application.supervisor_email, application.motivation]
    assert told == [""] * 5
    assert (application.person, application.baseline, application.consents) == (None, {}, {})
    assert (application.state, application.municipality.short_name) == ("withdrawn", "Musterstadt 1")
    assert list(Release.objects.values_list("name", "email", "reason")) == [("", "", "gelöscht")]
    assert list(Decision.objects.values_list("reason", "decided_by")) == [("gelöscht", None)]
    assert Link.objects.get().closed_at is not None
    assert AuditEntry.objects.get().payload["who"] == "Löschfrist"


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RELEASED, State.WAITING, State.OFFERED, State.DRAFT])
def test_what_runs_is_kept(state):
    make_application(make_call(), state=state, decided_at=NOW - timedelta(days=400))

    assert retention.forget_ended(NOW) == 0


@pytest.mark.parametrize("call_state", [Call.State.ENDED, Call.State.CANCELLED])
def test_what_never_got_an_end_ends_with_its_call(call_state):
    call = make_call(state=call_state, opens_at=NOW - timedelta(days=300), closes_at=NOW - timedelta(days=183))
    make_application(call, state=State.EXPIRED)

    assert retention.forget_ended(NOW) == 1


def test_the_later_of_decision_and_end_counts():
    call = make_call(state=Call.State.PUBLISHED)
    make_application(call, state=State.DECLINED, decided_at=NOW - timedelta(days=300), ended_at=NOW - timedelta(days=100))

    assert retention.forget_ended(NOW) == 0
    assert retention.forget_ended(NOW + timedelta(days=83)) == 1


def test_what_the_log_and_letters_to_others_say_goes_too():
    application = make_application(make_call(), state=State.SUBMITTED, name="Anke Beispiel", person=make_person("Anke"))
    release.write_asked(release.ask_release(application).public_id)
    record("admissions.offer_declined", application, by="Bewerbung", why="Ich bin krank.")
    assert Letter.objects.filter(to_email="heinz@example.org").count() == 1

    retention.forget_person(application.person, [application.pk], by="Anke")
    assert Letter.objects.filter(text__contains="Anke Beispiel").count() == 0
    assert "krank" not in str(list(AuditEntry.objects.values_list("payload", flat=True)))
