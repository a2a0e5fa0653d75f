import json

import pytest

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Person, Report
from staffel.portal import privacy
from tests.accounts.factories import make_emil, make_person
from tests.accounts.views.test_audit import csrf_of
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db
ERASE = "/konto/daten/loeschen/"


@pytest.fixture
def anke(client):
    person = make_enrolment(make_cohort("Staffel 4"), make_person("Anke")).person
    person.name = "Anke <b>Beispiel"
    person.save(update_fields=["name"])
    client.force_login(person)
    return person


def test_own_data_shows_all_contexts(client, anke):
    page = client.get("/konto/daten/").content.decode()

    assert "Anke &lt;b&gt;Beispiel" in page
    assert "anke@example.org" in page
    assert "Staffel 4" in page


def test_own_data_as_json_is_what_the_desks_say(client, anke):
    response = client.get("/konto/daten/export.json")

    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="meine-daten.json"'
    assert response["Cache-Control"] == client.get("/konto/daten/export.html")["Cache-Control"] == "private, no-store"
    assert data.pop("Stand")[:2] == "20"
    assert set(data) == set(privacy.everything_about(anke))
    assert data["Konten und Texte"]["Konto"]["E-Mail-Adresse"] == "anke@example.org"


def test_own_data_as_html_stands_alone(client, anke):
    page = client.get("/konto/daten/export.html").content.decode()

    assert "<dt>E-Mail-Adresse</dt><dd>anke@example.org</dd>" in page
    assert "Anke &lt;b&gt;Beispiel" in page
    assert ("<script" in page, "<link" in page, "style=" in page) == (False, False, False)


@pytest.mark.parametrize("path", ["/konto/daten/", "/konto/daten/export.json", "/konto/daten/export.html", ERASE])
def test_own_data_need_an_account(client, path):
    assert client.get(path).status_code == 302


def test_erase_says_before_what_will_be_and_changes_nothing(client, anke):
    page = client.get(ERASE).content.decode()

    for sentence in privacy.foresee(anke):
        assert sentence in page
    assert Person.objects.get(pk=anke.pk).name == anke.name


def test_erase_wants_to_be_confirmed(client, anke):
    response = client.post(ERASE, {"csrfmiddlewaretoken": csrf_of(client.get(ERASE))})

    assert response.status_code == 409
    assert "ACC-23" in response.content.decode()
    assert Person.objects.get(pk=anke.pk).is_active


def test_erase_erases_signs_out_and_says_what_went(client, anke):
    foreseen = privacy.foresee(anke)

    response = client.post(ERASE, {"sicher": "ja", "csrfmiddlewaretoken": csrf_of(client.get(ERASE))})

    page = response.content.decode()
    assert response.status_code == 200
    assert [sentence for sentence in foreseen if sentence not in page] == []
    assert not Person.objects.filter(email="anke@example.org").exists()
    assert client.get("/konto/daten/").status_code == 302


def test_erase_tells_the_last_coordinator_why_not(client):
    client.force_login(make_emil())

    page = client.get(ERASE).content.decode()

    assert "Eine Organisation behält mindestens eine Programmkoordination." in page
    assert 'name="sicher"' not in page


def test_categories_are_told_to_everybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = client.get("/datenschutz/daten/").content.decode()

    assert "Briefe per E-Mail" in page
    assert "6 Monate ab dem Schreiben" in page
    rows = client.get("/datenschutz/daten/export.csv").content.decode("utf-8-sig").splitlines()
    assert (rows[0], len(rows)) == ("Bereich;Daten;Wozu;Rechtsgrundlage;Wie lange", len(privacy.categories()) + 1)
    assert client.post("/datenschutz/daten/").status_code == 405


def test_retention_shows_its_reports(client):
    Report.objects.create(kind="retention", content={"accounts.letters": 1234, "accounts.audit": 0})
    client.force_login(make_emil())

    page = client.get("/buero/aufbewahrung/").content.decode()

    assert "Briefe per E-Mail: 1.234" in page
    assert "Protokoll der Handlungen: 0" not in page


def test_retention_is_for_the_coordinator_only(client):
    assert client.get("/buero/aufbewahrung/").status_code == 302
    client.force_login(make_person("Dilek", role=Role.LAND_COORDINATOR))
    assert client.get("/buero/aufbewahrung/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_retention_costs_the_same_for_any_number_of_reports(client, count, django_assert_num_queries):
    for _ in range(count):
        Report.objects.create(kind="retention", content={"accounts.letters": 1})
    client.force_login(make_emil())

    # Session, person, memberships, reports.
    with django_assert_num_queries(4):
        assert client.get("/buero/aufbewahrung/").status_code == 200
