from datetime import date

import pytest
from django.db import IntegrityError, transaction

from staffel.cohorts.models import Attendance, DayOff, PilotSeat, Session
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_cohort, make_enrolment, make_pilot_cohort, make_trainer

pytestmark = pytest.mark.django_db


def test_database_refuses_a_staffel_that_ends_before_it_starts():
    with pytest.raises(IntegrityError, match="cohorts_pilot_ends_after_start"), transaction.atomic():
        make_pilot_cohort(ends_on=date(2021, 10, 26), end_precision="day")


def test_database_refuses_a_number_twice():
    make_pilot_cohort()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_pilot_cohort()


def test_database_refuses_a_position_twice_in_a_list():
    first, second = make_pilot_cohort(), make_pilot_cohort(2)
    for cohort in (first, second):
        PilotSeat.objects.create(cohort=cohort, position=1, name="x")

    with pytest.raises(IntegrityError), transaction.atomic():
        PilotSeat.objects.create(cohort=first, position=1, name="y")


def refuses(name, make):
    """Assert that the database refuses what ``make`` writes, by the constraint ``name``, which SQLite leaves out of UNIQUE."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value)


def test_database_refuses_what_cannot_be_true_of_a_cohort():
    cohort = make_cohort()
    session = cohort.sessions.get(position=1)
    enrolment = make_enrolment(cohort)
    trainer = make_trainer(cohort)
    Attendance.objects.create(session=session, enrolment=enrolment, minutes=1)
    unit = session.unit

    refuses("cohorts_cohort_has_places", lambda: make_cohort("x", places=0))
    refuses(
        "cohorts_days_off_in_order",
        lambda: DayOff.objects.create(cohort=cohort, first_day=date(2026, 1, 2), last_day=date(2026, 1, 1), reason="x"),
    )
    refuses(
        "cohorts_session_once",
        lambda: Session.objects.create(
            cohort=cohort, unit=unit, position=1, starts_at=session.starts_at, ends_at=session.ends_at
        ),
    )
    refuses(
        "cohorts_session_ends_after_start",
        lambda: Session.objects.create(
            cohort=cohort, unit=unit, position=9, starts_at=session.starts_at, ends_at=session.starts_at
        ),
    )
    refuses("cohorts_trainer_once", lambda: make_trainer(cohort, trainer.person))
    refuses("cohorts_enrolment_once", lambda: make_enrolment(cohort, enrolment.person))
    refuses("cohorts_left_has_time", lambda: make_enrolment(cohort, make_person("Bert"), state="left"))
    refuses("cohorts_attendance_once", lambda: Attendance.objects.create(session=session, enrolment=enrolment, minutes=2))
