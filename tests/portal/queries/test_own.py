from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.admissions.models import Offer
from staffel.cohorts.models import Attendance, Cohort, Trainer
from staffel.portal.queries.own import own_page
from tests.accounts.factories import make_person
from tests.admissions.factories import make_application, make_call
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.curriculum.factories import make_version

pytestmark = pytest.mark.django_db


def in_days(number):
    return timezone.now() + timedelta(days=number)


def test_somebody_without_anything_is_led_to_the_calls():
    page = own_page(make_person("Cora"))

    assert page.next.href == "/ausschreibungen/"
    assert (page.taking, page.teaching, page.applications, page.awards) == ((), (), (), ())


def test_a_participant_sees_the_next_session_and_how_many_are_over():
    anke = make_person("Anke")
    cohort = make_cohort(version=make_version(units=4), starts=in_days(-2))
    enrolment = make_enrolment(cohort, anke)
    page = own_page(anke)

    assert [(one.name, one.enrolment, one.done, one.total) for one in page.taking] == [("Staffel 4", enrolment.public_id, 2, 4)]
    assert page.next.sentence == "Vormittag 3 von 4: Einheit 3"


def test_the_room_opens_on_the_day():
    anke = make_person("Anke")
    today = timezone.localtime().replace(hour=23, minute=58)
    cohort = make_cohort(starts=today, room_url="https://raum.example.org/")
    make_enrolment(cohort, anke)

    assert (own_page(anke).next.button, own_page(anke).next.href) == ("Raum öffnen", "https://raum.example.org/")


def test_a_cohort_of_others_that_was_left_or_called_off_does_not_show():
    anke = make_person("Anke")
    make_enrolment(make_cohort("Fremd"), make_person("Cora"))
    make_enrolment(make_cohort("Verlassen"), anke, state="left", left_at=timezone.now())
    make_enrolment(make_cohort("Abgesagt", state=Cohort.State.CANCELLED), anke)

    assert own_page(anke).taking == ()


def test_a_trainer_is_asked_for_the_attendance_until_it_is_noted():
    frauke = make_person("Frauke")
    cohort = make_cohort(starts=in_days(-1))
    enrolment = make_enrolment(cohort)
    Trainer.objects.create(cohort=cohort, person=frauke)
    first = cohort.sessions.get(position=1)

    assert own_page(frauke).next.href == f"/staffeln/{cohort.public_id}/anwesenheit/{first.public_id}/"
    for session in cohort.sessions.all():
        Attendance.objects.create(session=session, enrolment=enrolment, minutes=240)
    assert "anwesenheit" not in own_page(frauke).next.href


def test_an_open_offer_comes_before_everything():
    anke = make_person("Anke")
    make_enrolment(make_cohort(starts=in_days(3)), anke)
    call = make_call("Zweite", state="published")
    application = make_application(call, state="offered", person=anke)
    Offer.objects.create(application=application, call=call, answer_by=in_days(2))

    page = own_page(anke)

    assert page.next.sentence == "Sie haben einen Platz. Bitte bestätigen Sie ihn über den Link in Ihrer Mail."
    assert [(one.title, one.words) for one in page.applications] == [("Zweite", "Platz angeboten")]


@pytest.mark.parametrize("count", [1, 3])
def test_own_page_costs_six_queries(count, django_assert_num_queries):
    anke, frauke = make_person("Anke"), make_person("Frauke")
    version = make_version()
    for number in range(count):
        cohort = make_cohort(f"Staffel {number}", version=version)
        make_enrolment(cohort, anke)
        Trainer.objects.create(cohort=cohort, person=frauke)

    for person in (anke, frauke):
        with django_assert_num_queries(6):
            own_page(person)
