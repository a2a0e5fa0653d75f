import io
import json

import pytest
from python_calamine import CalamineWorkbook

from staffel.accounts.actions.audit import record
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Report
from tests.accounts.actions.test_audit import make_entries, make_text
from tests.accounts.factories import make_emil, make_person

pytestmark = pytest.mark.django_db
LOG = "/buero/protokoll/"


@pytest.fixture
def emil(client):
    person = make_emil()
    client.force_login(person)
    return person


def test_log_shows_who_did_what_and_why(client, emil):
    record(
        "accounts.text_changed", make_text(), by=emil, why="Umzug <b>", before={"markdown": "alt"}, after={"markdown": "neu"}
    )

    page = client.get(LOG).content.decode()

    assert "Emil Beispiel" in page
    assert "hat einen Text der Instanz geändert: Text der Instanz" in page
    assert "<p>Umzug &lt;b&gt;</p>" in page
    assert "<li>Text: alt wurde neu</li>" in page


def test_log_is_for_the_coordinator_only(client):
    assert client.get(LOG).status_code == 302
    for role, status in ((Role.LAND_COORDINATOR, 403), (Role.OPERATOR, 403), (Role.SPONSOR, 403), (None, 403)):
        client.force_login(make_person(f"p{role}", role=role))
        assert (role, client.get(LOG).status_code) == (role, status)
        assert (role, client.get(f"{LOG}export.csv").status_code) == (role, status)


def test_log_only_reads(client, emil):
    assert client.post(LOG).status_code == 405


def test_log_says_what_it_did_not_understand(client, emil):
    page = client.get(LOG, {"von": "gestern", "nach": "x"}).content.decode()

    assert "Nicht alles an dieser Adresse haben wir verstanden." in page
    assert "Diese Seite der Liste gibt es nicht." in page


def test_log_without_entries_says_what_it_is_for(client, emil):
    assert "Noch kein Eintrag" in client.get(LOG).content.decode()
    assert "Kein Eintrag passt dazu." in client.get(LOG, {"q": "nichts"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_log_costs_the_same_for_any_number_of_entries(client, emil, count, django_assert_num_queries):
    make_entries(count)
    client.get(LOG)

    # Session, person, memberships, entries, last check.
    with django_assert_num_queries(5):
        assert client.get(LOG).status_code == 200


def test_check_verifies_and_shows_the_result(client, emil):
    make_entries(2)
    token = csrf_of(client.get(LOG))

    response = client.post(f"{LOG}pruefen/", {"csrfmiddlewaretoken": token})

    assert (response.status_code, response["Location"]) == (302, f"{LOG}#kette")
    assert Report.objects.get().content["entries"] == 2
    assert "Die Kette hält. Geprüft am" in client.get(LOG).content.decode()


def test_a_broken_chain_is_told(client, emil):
    Report.objects.create(kind="audit", content={"entries": 9, "blanked": 0, "head": "f" * 64, "problems": [[3, "order"]]})

    page = client.get(LOG).content.decode()

    assert "Die Kette hält nicht." in page
    assert "Hier fehlt ein Eintrag, oder einer wurde eingeschoben oder vertauscht." in page


def test_exports_hold_what_the_list_shows(client, emil):
    record("accounts.text_changed", make_text(), by=emil, why="=cmd()", after={"markdown": "neu"})
    record("admissions.decided", make_text(), by="Zeitplan", why="anders")

    parameters = {"art": "accounts"}
    rows = client.get(f"{LOG}export.csv", parameters).content.decode("utf-8-sig").splitlines()
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{LOG}export.xlsx", parameters).content))
    answer = client.get(f"{LOG}export.json", parameters)
    data = json.loads(answer.content)

    assert answer["Cache-Control"] == "private, no-store"
    assert rows[0].startswith("Position;Wann;Wer;In der Rolle;Was;")
    assert len(rows) == 2
    assert ";'=cmd();" in rows[1]
    assert [row[7] for row in book.get_sheet_by_name("Protokoll").to_python()] == ["Warum", "=cmd()"]
    assert (data["total"], data["items"][0]["who"]) == (1, "Emil Beispiel")
    assert data["items"][0]["changes"] == [{"what": "Text", "before": "", "after": "neu"}]


def csrf_of(response) -> str:
    """Return the token of the first form of a page."""
    return response.content.decode().split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
