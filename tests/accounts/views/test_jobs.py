import pytest
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Letter
from staffel.base.models import Job
from tests.accounts.factories import make_emil, make_letter, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """The client of Emil, whose forms are sent with a token that was checked elsewhere."""
    client.handler.enforce_csrf_checks = False
    client.force_login(make_emil())
    return client


def make_dead_job(name="base.remove_done_jobs", **facts):
    return Job.objects.create(
        name=name, state="dead", attempts=6, ended_at=timezone.now(), last_error="ValueError\n  a.py:3 act", **facts
    )


@pytest.mark.parametrize("role, status", [(Role.OPERATOR, 200), (Role.LAND_COORDINATOR, 403), (Role.SPONSOR, 403), (None, 403)])
def test_who_sees_jobs(client, role, status):
    client.force_login(make_person("Gül", role=role))

    assert client.get("/buero/auftraege/").status_code == status


def test_strangers_and_wrong_methods(client):
    number = make_dead_job().pk
    assert client.get("/buero/auftraege/").status_code == 302
    assert client.post(f"/buero/auftraege/{number}/erneut/").status_code in (302, 403)
    client.force_login(make_emil())
    assert client.post("/buero/auftraege/").status_code == 405
    assert client.get(f"/buero/auftraege/{number}/erneut/").status_code == 405
    assert Job.objects.get().state == "dead"


def test_the_page_shows_what_failed_and_the_schedule(office):
    make_dead_job()

    page = office.get("/buero/auftraege/").context["page"]

    assert (page.dead, page.due, page.late) == ("1", "0", "")
    assert [(line.title, line.attempts, line.error) for line in page.dead_lines] == [
        ("Erledigte Aufträge nach 30 Tagen entfernen", "6 Versuche", ("ValueError", "  a.py:3 act"))
    ]
    (cleaning,) = [line for line in page.schedule if line.name == "base.remove_done_jobs"]
    assert (cleaning.every, cleaning.last) == ("täglich", "noch nie")


def test_the_page_warns_when_nobody_works(office):
    Job.objects.create(name="base.remove_done_jobs", run_after=timezone.now() - timezone.timedelta(minutes=5))

    assert office.get("/buero/auftraege/").context["page"].late == "Der älteste fällige Auftrag wartet seit 5 Minuten."


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_three_queries_and_three_for_the_person(office, count, django_assert_num_queries):
    for _ in range(count):
        make_dead_job()
    office.get("/buero/auftraege/")

    with django_assert_num_queries(6):
        assert office.get("/buero/auftraege/").status_code == 200


def test_trying_again_gives_the_job_back_and_is_written_down(office):
    number = make_dead_job().pk

    answer = office.post(f"/buero/auftraege/{number}/erneut/")
    second = office.post(f"/buero/auftraege/{number}/erneut/")

    assert (answer.status_code, answer["Location"], second.status_code) == (302, "/buero/auftraege/", 409)
    assert list(Job.objects.values_list("state", "attempts")) == [("waiting", 0)]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["base.job_tried_again"]
    assert office.post("/buero/auftraege/999999999/erneut/").status_code == 404


def test_trying_a_letter_again_makes_the_letter_wait_too(office):
    make_letter()
    Letter.objects.update(state="failed")
    Job.objects.update(state="dead")

    office.post(f"/buero/auftraege/{Job.objects.get().pk}/erneut/")

    assert (Letter.objects.get().state, Job.objects.get().state) == ("waiting", "waiting")
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["accounts.letter_sent_again"]
