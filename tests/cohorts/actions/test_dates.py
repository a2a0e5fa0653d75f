from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.cohorts import actions
from staffel.cohorts.actions import letters
from staffel.cohorts.core import rules
from staffel.cohorts.models import Attendance, DayOff, Session
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.curriculum.factories import make_version

pytestmark = pytest.mark.django_db


def make_planned(units=4):
    """Return a cohort of Tuesdays and Thursdays from 12 January 2027 on."""
    return actions.plan_cohort(
        make_version(units=units),
        name="Staffel 4",
        places=15,
        organisation=make_organisation(),
        starts_on=date(2027, 1, 12),
        by=make_emil(),
    )


def days_of(cohort):
    """Return the local begin of every session with its revision."""
    rows = cohort.sessions.order_by("position")
    return [(f"{timezone.localtime(row.starts_at):%d.%m. %H:%M}", row.revision) for row in rows]


def at(day, hour=9):
    """Return an hour of a day of January 2027 in UTC."""
    return datetime(2027, 1, day, hour - 1, tzinfo=UTC)


def test_move_session_moves_one_and_tells_everybody():
    cohort = make_planned()
    make_enrolment(cohort)
    second = cohort.sessions.get(position=2)

    actions.move_session(second, starts_at=at(15, 10), by=make_emil(), reason="Der Raum ist belegt.")

    assert days_of(cohort) == [("12.01. 09:00", 0), ("15.01. 10:00", 1), ("19.01. 09:00", 0), ("21.01. 09:00", 0)]
    assert AuditEntry.objects.order_by("pk").last().payload | {"actor": "", "role": ""} == {
        "actor": "",
        "role": "",
        "who": "Emil Beispiel",
        "why": "Der Raum ist belegt.",
        "before": {"Beginn": "2027-01-14T08:00+00:00"},
        "after": {"Beginn": "2027-01-15T09:00+00:00"},
    }
    job = Job.objects.get(name="cohorts.tell_moved")
    for _again in range(2):
        letters.tell_moved(**job.arguments)
    letter = Letter.objects.get()
    assert (letter.to_email, letter.subject) == ("anke@example.org", "Neue Termine: Staffel 4")
    assert "jetzt am Freitag, 15. Januar 2027, 10:00 bis 14:00 Uhr (bisher am Donnerstag, 14. Januar 2027)." in letter.text
    assert "Der Grund: Der Raum ist belegt." in letter.text


def test_move_session_to_where_it_is_changes_nothing():
    cohort = make_planned()
    session = cohort.sessions.get(position=1)

    actions.move_session(session, starts_at=session.starts_at, by=make_emil())

    assert (days_of(cohort)[0], Job.objects.count()) == (("12.01. 09:00", 0), 0)


@pytest.mark.parametrize("starts_at", [at(12, 12), at(19, 6)])
def test_move_session_refuses_to_leave_its_place(starts_at):
    cohort = make_planned()

    with pytest.raises(RuleBroken) as refusal:
        actions.move_session(cohort.sessions.get(position=2), starts_at=starts_at, by=make_emil())

    assert (refusal.value.rule, Job.objects.count()) == (rules.DATES_IN_ORDER, 0)


def test_dates_with_attendance_stay():
    cohort = make_planned()
    session = cohort.sessions.get(position=2)
    Attendance.objects.create(session=session, enrolment=make_enrolment(cohort), minutes=240)

    for act in (
        lambda: actions.move_session(session, starts_at=at(15), by=make_emil()),
        lambda: actions.shift_all(cohort.sessions.get(position=1), starts_on=date(2027, 1, 14), by=make_emil()),
    ):
        with pytest.raises(RuleBroken) as refusal:
            act()
        assert refusal.value.rule == rules.NOT_HELD_YET


def test_dates_of_a_closed_cohort_stay():
    cohort = make_cohort(state="completed")

    with pytest.raises(RuleBroken) as refusal:
        actions.move_session(cohort.sessions.get(position=1), starts_at=at(15), by=make_emil())

    assert refusal.value.rule == rules.STILL_OPEN


def test_shift_all_plans_the_rest_anew_by_the_template_and_skips_days_off():
    cohort = make_planned()
    actions.add_day_off(cohort, first_day=date(2027, 1, 21), last_day=date(2027, 1, 21), reason="Messe", by=make_emil())

    moved = actions.shift_all(cohort.sessions.get(position=2), starts_on=date(2027, 1, 18), by=make_emil())

    assert (moved, days_of(cohort)) == (
        3,
        [("12.01. 09:00", 0), ("19.01. 09:00", 1), ("26.01. 09:00", 1), ("28.01. 09:00", 1)],
    )
    assert len(Job.objects.get(name="cohorts.tell_moved").arguments["moved"]) == 3


def test_shift_all_to_where_they_are_tells_nobody():
    cohort = make_planned()

    assert actions.shift_all(cohort.sessions.get(position=2), starts_on=date(2027, 1, 13), by=make_emil()) == 0
    assert Job.objects.count() == 0


def test_shift_all_refuses_to_overtake_its_predecessor():
    cohort = make_planned()

    with pytest.raises(RuleBroken) as refusal:
        actions.shift_all(cohort.sessions.get(position=3), starts_on=date(2027, 1, 11), by=make_emil())

    assert refusal.value.rule == rules.DATES_IN_ORDER


@pytest.mark.parametrize("units", [1, 6])
def test_shift_all_costs_the_same_for_any_number_of_dates(units, django_assert_num_queries):
    cohort, emil = make_planned(units), make_emil()
    first = cohort.sessions.get(position=1)

    with django_assert_num_queries(12):
        assert actions.shift_all(first, starts_on=date(2027, 1, 14), by=emil) == units


def test_change_room_gives_a_new_revision_to_what_is_ahead():
    cohort = make_cohort(starts=timezone.now() - timedelta(hours=12))

    for _again in range(2):
        actions.change_room(cohort, room_url="https://raum.example/4", by=make_emil())

    assert [row.revision for row in cohort.sessions.order_by("position")] == [0, 1]
    assert AuditEntry.objects.get().payload["after"] == {"Raum": "https://raum.example/4"}


def test_days_off_come_and_go_and_are_logged():
    cohort, emil = make_planned(), make_emil()
    with pytest.raises(RuleBroken) as refusal:
        actions.add_day_off(cohort, first_day=date(2027, 2, 2), last_day=date(2027, 2, 1), reason="x", by=emil)
    assert refusal.value.rule == rules.DAYS_IN_ORDER

    row = actions.add_day_off(cohort, first_day=date(2027, 2, 1), last_day=date(2027, 2, 2), reason="Ferien", by=emil)
    actions.remove_day_off(row, by=emil)

    assert DayOff.objects.count() == 0
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")][1:] == [
        "cohorts.day_off_added",
        "cohorts.day_off_removed",
    ]


def test_tell_cancelled_writes_once_to_everybody_with_a_place():
    cohort = make_cohort()
    make_enrolment(cohort)
    make_enrolment(cohort, make_person("Bert"), state="left", left_at=timezone.now())

    for _again in range(2):
        letters.tell_cancelled(cohort.public_id, "Zu wenige Anmeldungen.")

    letter = Letter.objects.get()
    assert (letter.to_email, letter.subject) == ("anke@example.org", "Abgesagt: Staffel 4")
    assert "Der Grund: Zu wenige Anmeldungen." in letter.text


def test_remind_writes_once_the_day_before_with_the_room():
    now = timezone.now()
    cohort = make_cohort(starts=now + timedelta(hours=20), room_url="https://raum.example/4")
    make_enrolment(cohort)
    make_enrolment(make_cohort("Abgesagt", starts=now + timedelta(hours=2), state="cancelled"))

    for _again in range(2):
        letters.remind(now)

    letter = Letter.objects.get()
    assert (letter.subject, "https://raum.example/4" in letter.text) == ("Nächster Termin: Einheit 1", True)
    assert Session.objects.count() == 4
