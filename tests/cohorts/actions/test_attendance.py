from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry
from staffel.base.rules import RuleBroken
from staffel.cohorts import actions
from staffel.cohorts.core import rules
from staffel.cohorts.models import Attendance
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def make_morning(people=1, **facts):
    """Return a session of yesterday and the places of so many people."""
    cohort = make_cohort(starts=timezone.now() - timedelta(days=1), **facts)
    return cohort.sessions.get(position=1), [make_enrolment(cohort, make_person(f"P{number}")) for number in range(people)]


@pytest.mark.parametrize("people", [1, 15])
def test_take_attendance_for_any_number_in_eight_queries(people, django_assert_num_queries):
    session, places = make_morning(people)
    frauke = make_person("Frauke")

    with django_assert_num_queries(8):
        assert actions.take_attendance(session, {place.public_id: 240 for place in places}, by=frauke) == people

    assert set(Attendance.objects.values_list("minutes", "noted_by")) == {(240, frauke.pk)}
    assert AuditEntry.objects.get().action == "cohorts.attendance_taken"


def test_take_attendance_again_corrects_what_differs_and_logs_before_and_after():
    session, (anke, bert) = make_morning(2)
    frauke, emil = make_person("Frauke"), make_person("Emil")
    actions.take_attendance(session, {anke.public_id: 240, bert.public_id: 240}, by=frauke)

    assert actions.take_attendance(session, {anke.public_id: 240, bert.public_id: 90}, by=emil) == 1
    assert actions.take_attendance(session, {anke.public_id: 240, bert.public_id: 90}, by=frauke) == 0

    assert list(Attendance.objects.order_by("enrolment").values_list("minutes", "noted_by__name")) == [
        (240, "Frauke Beispiel"),
        (90, "Emil Beispiel"),
    ]
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.action, entry.payload["before"], entry.payload["after"]) == (
        "cohorts.attendance_corrected",
        {bert.public_id: 240},
        {bert.public_id: 90},
    )


@pytest.mark.parametrize("minutes", [241, -1])
def test_take_attendance_refuses_minutes_that_the_session_does_not_have(minutes):
    session, (place,) = make_morning()

    with pytest.raises(RuleBroken) as refusal:
        actions.take_attendance(session, {place.public_id: minutes}, by="x")

    assert (refusal.value.rule, refusal.value.values, Attendance.objects.count()) == (rules.MINUTES_WITHIN, {"minutes": 240}, 0)


def test_take_attendance_refuses_before_the_day():
    cohort = make_cohort(starts=timezone.now() + timedelta(days=1))
    place = make_enrolment(cohort)

    with pytest.raises(RuleBroken) as refusal:
        actions.take_attendance(cohort.sessions.get(position=1), {place.public_id: 240}, by="x")

    assert (refusal.value.rule, Attendance.objects.count()) == (rules.NOT_BEFORE_THE_DAY, 0)


def test_take_attendance_refuses_somebody_of_another_cohort_or_who_left():
    session, _places = make_morning()
    stranger = make_enrolment(make_cohort("Andere"), make_person("Cora"))
    left = make_enrolment(session.cohort, make_person("Bert"), state="left", left_at=timezone.now())

    for place in (stranger, left):
        with pytest.raises(RuleBroken) as refusal:
            actions.take_attendance(session, {place.public_id: 240}, by="x")
        assert refusal.value.rule == rules.HAS_A_PLACE


def test_take_attendance_refuses_a_cancelled_cohort():
    session, (place,) = make_morning(state="cancelled")

    with pytest.raises(RuleBroken) as refusal:
        actions.take_attendance(session, {place.public_id: 240}, by="x")

    assert refusal.value.rule == rules.STILL_OPEN
