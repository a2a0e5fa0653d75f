from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.cohorts import privacy
from staffel.cohorts.actions.calendar import renew_feed
from staffel.cohorts.models import Attendance, CalendarFeed, Enrolment, Trainer
from tests.cohorts.factories import make_cohort, make_enrolment, make_trainer
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def make_participation(**facts):
    """Return Anke's place with attendance at the first session."""
    cohort = make_cohort(**facts)
    enrolment = make_enrolment(cohort, None, make_municipality())
    Attendance.objects.create(session=cohort.sessions.get(position=1), enrolment=enrolment, minutes=240)
    return enrolment


def test_export_tells_places_attendance_and_calendar(django_assert_num_queries):
    enrolment = make_participation()
    renew_feed(enrolment.person, by="x")

    with django_assert_num_queries(5):
        found = privacy.export(enrolment.person)

    (place,) = found["Teilnahmen"]
    assert (place["Staffel"], place["Zustand"], place["Kommunen"]) == ("Staffel 4", "nimmt teil", ["Eberswalde"])
    assert [(line["Thema"], line["Minuten"]) for line in place["Anwesenheit"]] == [("Einheit 1", 240)]
    assert found["Adresse des Kalenders angelegt"] is not None


def test_erase_keeps_the_proof_and_closes_the_rest():
    enrolment = make_participation()
    person = enrolment.person
    unproven = make_enrolment(make_cohort("Später"), person)
    make_trainer(make_cohort("Geleitet"), person)
    renew_feed(person, by="x")

    sentences = privacy.erase(person, by=person)

    assert [row.pk for row in Enrolment.objects.filter(person=person)] == [enrolment.pk] != [unproven.pk]
    enrolment.refresh_from_db()
    assert (enrolment.state, Attendance.objects.count(), Trainer.objects.count(), CalendarFeed.objects.count()) == (
        "left",
        1,
        0,
        0,
    )
    assert sentences[:3] == [
        "Die Adresse Ihres Kalenders ist geschlossen und gelöscht.",
        "Ein Platz ohne Anwesenheit ist gelöscht.",
        "Die Leitung Ihrer Staffeln ist gelöscht.",
    ]
    assert len(sentences) == 4


def test_expire_after_ten_years_leaves_what_an_award_rests_on():
    now = timezone.now()
    make_participation(starts=now - timedelta(days=3660))
    make_participation_of_now = make_cohort("Neu", starts=now)
    make_enrolment(make_participation_of_now)

    assert privacy.expire(now) == {"cohorts.participation": 2, "cohorts.teaching": 0, "cohorts.calendar": 0}
    assert (Enrolment.objects.get().cohort.name, Attendance.objects.count()) == ("Neu", 0)
