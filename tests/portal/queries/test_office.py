from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.admissions.models import Call
from staffel.base.models import Job
from staffel.cohorts.models import Cohort
from staffel.portal.queries.office import office_page
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.admissions.factories import make_application, make_call
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.curriculum.factories import make_version

pytestmark = pytest.mark.django_db


def test_an_empty_office_has_nothing_to_do():
    page = office_page(make_emil(), acts=True)

    assert page.next.sentence == "Im Moment wartet nichts auf Sie."
    assert (page.calls, page.cohorts, page.failed) == ((), (), 0)


def test_released_applications_of_a_closed_call_are_next():
    call = make_call(state=Call.State.CLOSED)
    for number in (1, 2):
        make_application(call, number)
    make_application(call, 3, state="submitted")

    page = office_page(make_emil(), acts=True)

    assert page.next.sentence == "In „Staffel 4“ warten 2 freigegebene Bewerbungen auf eine Entscheidung."
    assert page.next.href == f"/buero/ausschreibungen/{call.public_id}/bewerbungen/"
    assert [(line.words, line.figures) for line in page.calls] == [("in der Auswahl", "3 Bewerbungen, 2 davon freigegeben")]


def test_a_session_without_attendance_is_next():
    cohort = make_cohort(starts=timezone.now() - timedelta(days=1, hours=5), state=Cohort.State.RUNNING)
    make_enrolment(cohort)
    first = cohort.sessions.get(position=1)

    page = office_page(make_emil(), acts=True)

    assert page.next.sentence == "Für Vormittag 1 von Staffel 4 fehlt die Anwesenheit."
    assert page.next.href == f"/staffeln/{cohort.public_id}/anwesenheit/{first.public_id}/"
    assert page.cohorts[0].people == "1 von 15 Plätzen"


def test_what_was_given_up_is_counted():
    Job.objects.create(name="accounts.send_letter", state=Job.State.DEAD)

    assert office_page(make_emil(), acts=True).failed == 1


def test_another_office_sees_nothing_of_ours():
    make_application(make_call(state=Call.State.CLOSED))
    stranger = make_person("Cora", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))

    page = office_page(stranger, acts=True)

    assert (page.calls, page.cohorts) == ((), ())


def test_a_land_is_asked_for_nothing():
    dilek = make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=make_organisation("Land Brandenburg"))
    make_application(make_call(state=Call.State.CLOSED))

    assert office_page(dilek, acts=False).next.button == ""


def test_the_office_is_asked_to_release_what_somebody_else_submitted():
    emil = make_emil()
    jonas = make_person("Jonas", role=Role.EDITOR, organisation=emil.acting.organisation)
    version = make_version(released=False, title="Beispielprogramm", state="review", submitted_by=jonas)

    step = office_page(emil, acts=True).next

    assert (step.sentence, step.button) == ("Beispielprogramm 1.0.0 wartet auf Ihre Freigabe.", "Prüfen")
    assert step.href == f"/buero/programme/versionen/{version.public_id}/"
    assert office_page(jonas, acts=True).next.href == "/buero/ausschreibungen/"


@pytest.mark.parametrize("count", [1, 3])
def test_office_page_costs_six_queries(count, django_assert_num_queries):
    emil, version = make_emil(), make_version()
    emil.acting  # noqa: B018 - a request has looked it up before
    for number in range(count):
        call = make_call(f"Staffel {number}", cohort=make_cohort(version=version), state=Call.State.CLOSED)
        make_application(call, number)

    with django_assert_num_queries(6):
        office_page(emil, acts=True)
