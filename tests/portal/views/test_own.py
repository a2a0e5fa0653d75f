import pytest

from staffel.accounts.core.roles import Role
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def test_own_page_greets_by_name_and_says_what_is_next(client):
    anke = make_person("Anke")
    make_enrolment(make_cohort(), anke)
    client.force_login(anke)
    page = client.get("/mein-bereich/").content.decode()

    assert page.count("Guten Tag, Anke Beispiel.") == 1
    assert page.count("Als Nächstes") == 1
    assert "Sie handeln als" not in page


def test_own_page_asks_strangers_to_sign_in(client):
    answer = client.get("/mein-bereich/")

    assert (answer.status_code, answer["Location"]) == (302, "/anmelden/?next=/mein-bereich/")


@pytest.mark.parametrize("role, start", [
    (Role.COORDINATOR, "/buero/"),
    (Role.LAND_COORDINATOR, "/buero/"),
    (Role.OPERATOR, "/buero/"),
    (Role.SPONSOR, "/buero/zahlen/"),
    (Role.EDITOR, "/buero/programme/"),
])  # fmt: skip
def test_a_role_begins_with_its_work(client, role, start):
    client.force_login(make_person("Emil", role=role))

    assert client.get("/mein-bereich/")["Location"] == start


@pytest.mark.parametrize("path", ["/mein-bereich/", "/buero/"])
def test_personal_pages_are_only_read(client, path):
    client.force_login(make_emil())

    assert client.post(path).status_code == 405


def test_the_office_says_in_which_role_one_acts(client):
    client.force_login(make_emil())
    page = client.get("/buero/").content.decode()

    assert page.count("Sie handeln als</span> <strong>Programmkoordination</strong>") == 1
    assert "/buero/protokoll/" in page


@pytest.mark.parametrize("person", [("Anke", None), ("Ines", Role.SPONSOR), ("Jonas", Role.EDITOR)])
def test_the_office_is_closed_to_others(client, person):
    client.force_login(make_person(person[0], role=person[1]))

    assert client.get("/buero/").status_code == 403


def test_rooms_of_the_office_follow_the_role(client):
    client.force_login(make_person("Karin", role=Role.OPERATOR))
    page = client.get("/buero/").content.decode()

    assert "/buero/auftraege/" in page
    assert "/buero/protokoll/" not in page
    assert "/buero/menschen/" not in page


def test_the_operator_is_told_nothing_about_calls_and_cohorts(client):
    client.force_login(make_person("Karin", role=Role.OPERATOR))
    page = client.get("/buero/").content.decode()

    assert [words for words in ("Ausschreibung", "Keine Staffel geplant", "Ihr Land") if words in page] == []
    assert page.count("Sie sehen hier, ob Briefe und Aufträge durchkommen, nicht, was in ihnen steht.") == 1


def test_an_office_that_does_not_run_the_instance_has_its_people_only(client):
    client.force_login(make_person("Fremd", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro")))
    page = client.get("/buero/").content.decode()

    assert "/buero/menschen/" in page
    assert "/buero/briefe/" not in page
    assert "/buero/protokoll/" not in page


def test_cohort_overview_shows_the_way_to_members_only(client):
    anke, cora = make_person("Anke"), make_person("Cora")
    cohort = make_cohort(room_url="https://raum.example.org/geheim")
    make_enrolment(cohort, anke)
    path = f"/staffeln/{cohort.public_id}/"

    client.force_login(anke)
    page = client.get(path).content.decode()
    assert page.count("Einheit 2") >= 1
    assert "Eine Person nimmt teil." in page
    assert f"{path}abschluss/" not in page
    client.force_login(cora)
    stranger = client.get(path)
    assert stranger.status_code == 404
    assert "Einheit 2" not in stranger.content.decode()


def test_cohort_overview_leads_the_office_to_its_management(client):
    cohort = make_cohort()
    client.force_login(make_emil())
    page = client.get(f"/staffeln/{cohort.public_id}/").content.decode()

    assert f'href="/buero/staffeln/{cohort.public_id}/"' in page
    assert f'href="/staffeln/{cohort.public_id}/abschluss/"' in page


@pytest.mark.parametrize("people", [1, 3])
def test_cohort_overview_costs_the_same_for_any_number_of_people(client, people, django_assert_num_queries):
    cohort = make_cohort()
    for number in range(people):
        make_enrolment(cohort, make_person(f"Person-{number}"))
    client.force_login(make_emil())
    client.get(f"/staffeln/{cohort.public_id}/")

    with django_assert_num_queries(7):
        client.get(f"/staffeln/{cohort.public_id}/")
