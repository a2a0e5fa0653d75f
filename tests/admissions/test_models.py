from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.admissions.models import Application, Call, Decision, Offer, Release
from tests.admissions.factories import make_application, make_call, make_decision, make_offer

pytestmark = pytest.mark.django_db


def refused_by(constraint, change):
    """Whether the database refuses ``change`` by the constraint of that name (SQLite names columns of a unique one)."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        change()
    return constraint in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


@pytest.mark.parametrize("constraint, facts", [
    ("admissions_call_closes_after_opening", {"closes_at": timezone.now() - timedelta(days=9)}),
    ("admissions_call_leaves_time", {"answer_days": 0}),
    ("admissions_call_leaves_time", {"release_days": 0}),
    ("admissions_published_call_has_time", {"state": "published"}),
    ("admissions_published_call_has_time", {"state": "ended"}),
])  # fmt: skip
def test_call_is_refused(constraint, facts):
    make_call()

    assert refused_by(constraint, lambda: Call.objects.update(**facts))


@pytest.mark.parametrize("constraint, facts", [
    ("admissions_sent_application_is_whole", {"submitted_at": None}),
    ("admissions_sent_application_is_whole", {"municipality": None}),
    ("admissions_accepted_has_enrolment", {"state": "accepted"}),
])  # fmt: skip
def test_application_is_refused(constraint, facts):
    make_application(make_call())

    assert refused_by(constraint, lambda: Application.objects.update(**facts))


def test_application_of_the_same_municipality_twice_is_refused():
    application = make_application(make_call())
    change = {"partner": application.municipality}

    assert refused_by("admissions_two_different_municipalities", lambda: Application.objects.update(**change))


@pytest.mark.parametrize("constraint, facts", [
    ("admissions_release_answer_has_time", {"answer": "yes"}),
    ("admissions_release_answer_has_time", {"answered_at": timezone.now()}),
    ("admissions_refused_release_has_reason", {"answer": "no", "answered_at": timezone.now()}),
])  # fmt: skip
def test_release_is_refused(constraint, facts):
    application = make_application(make_call())
    Release.objects.create(application=application, name="Heinz", email="heinz@example.org", expires_at=timezone.now())

    assert refused_by(constraint, lambda: Release.objects.update(**facts))


def test_decision_without_reason_is_refused():
    make_decision(make_application(make_call()))

    assert refused_by("admissions_decision_has_reason", lambda: Decision.objects.update(reason=""))


def test_position_belongs_to_the_waiting_list():
    make_decision(make_application(make_call()))

    assert refused_by("admissions_only_waiting_has_position", lambda: Decision.objects.update(position=1))


def test_a_position_is_given_once_in_a_call():
    call, other = make_call(), make_call("Staffel 5")
    make_decision(make_application(call, 1), "wait", position=1)
    make_decision(make_application(other, 2), "wait", position=1)

    assert refused_by("admissions_waiting_position_once", lambda: make_decision(make_application(call, 3), "wait", position=1))


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_answered_offer_without_time_is_refused(state):
    make_offer(make_application(make_call()))

    assert refused_by("admissions_answered_offer_has_time", lambda: Offer.objects.update(state=state))
