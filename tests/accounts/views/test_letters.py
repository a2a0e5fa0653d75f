"""The office's letters: the coordinator reads them, the operator sees their states, nobody else sees anything."""

import pytest

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Letter
from tests.accounts.factories import make_emil, make_letter, make_person

pytestmark = pytest.mark.django_db

TOKEN = "Zk3_x-9aBcDeFgHiJkLmNo"
BUTTON = ("Antworten", f"http://127.0.0.1:8000/freigabe/{TOKEN}/")


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.BASE_URL = "http://127.0.0.1:8000"


def make_operator():
    return make_person("Ole", role=Role.OPERATOR)


PEOPLE = {
    "Emil": make_emil,
    "Ole": make_operator,
    "Dilek": lambda: make_person("Dilek", role=Role.LAND_COORDINATOR),
    "Anke": lambda: make_person("Anke"),
    "nobody": lambda: None,
}


@pytest.mark.parametrize(
    "path, expected",
    [
        ("", {"Emil": 200, "Ole": 200, "Dilek": 403, "Anke": 403, "nobody": 302}),
        ("arten/", {"Emil": 200, "Ole": 403, "Dilek": 403, "Anke": 403, "nobody": 302}),
        ("{}/", {"Emil": 200, "Ole": 403, "Dilek": 404, "Anke": 404, "nobody": 302}),
        ("{}/ansicht/", {"Emil": 200, "Ole": 403, "Dilek": 404, "Anke": 404, "nobody": 302}),
        ("{}/erneut/", {"Emil": 405, "Ole": 405, "Dilek": 404, "Anke": 404, "nobody": 302}),
        ("GIBTESNICHT0/", {"Emil": 404, "Ole": 404, "Dilek": 404, "Anke": 404, "nobody": 302}),
    ],
)
def test_who_gets_through_which_door(client, path, expected):
    address = "/buero/briefe/" + path.format(make_letter().public_id)
    seen = {}
    for name, make in PEOPLE.items():
        client.logout()
        if person := make():
            client.force_login(person)
        seen[name] = client.get(address).status_code

    assert seen == expected


@pytest.mark.parametrize("path", ["", "arten/", "{}/", "{}/ansicht/"])
def test_a_page_that_is_read_refuses_a_form(client, path):
    client.force_login(make_emil())

    assert client.post("/buero/briefe/" + path.format(make_letter().public_id)).status_code == 405


def test_the_operator_sees_states_and_nothing_that_is_written(client):
    letter = make_letter("Anke hat sich beworben", name="Heinz Beispiel")
    client.force_login(make_operator())

    page = client.get("/buero/briefe/").content.decode()

    assert (letter.public_id in page, "test.asked" in page, "wartet" in page) == (True, True, True)
    for secret in ("Anke hat sich beworben", "Heinz", "heinz@example.org", f"/buero/briefe/{letter.public_id}/"):
        assert secret not in page


def test_the_operator_cannot_search_in_what_is_written(client):
    make_letter("Anke hat sich beworben")
    client.force_login(make_operator())

    found = [client.get("/buero/briefe/", {"q": words}).context["page"].words for words in ("Anke", "Bert")]
    addressed = client.get("/buero/briefe/", {"an": "nobody@example.org"}).context["page"].words

    assert (*found, addressed) == ("Ein Brief",) * 3


def test_a_letter_is_shown_without_what_opens_a_door(client):
    letter = make_letter(button=BUTTON, sentences=["Bitte antworten Sie."])
    client.force_login(make_emil())

    page = client.get(f"/buero/briefe/{letter.public_id}/").content.decode()
    frame = client.get(f"/buero/briefe/{letter.public_id}/ansicht/").content.decode()

    assert (TOKEN in page, TOKEN in frame) == (False, False)
    assert ("http://127.0.0.1:8000/freigabe/…/" in page, "http://127.0.0.1:8000/freigabe/…/" in frame) == (True, True)


def test_a_confidential_letter_shows_its_envelope_only(client):
    letter = make_letter("Ihr Code", sentences=["Ihr Code lautet AB12-CD34."], confidential=True)
    client.force_login(make_emil())

    page = client.get(f"/buero/briefe/{letter.public_id}/")

    assert page.status_code == 200
    assert "AB12-CD34" not in page.content.decode()
    assert "Nur die Person, an die er ging, liest ihn." in page.content.decode()
    assert client.get(f"/buero/briefe/{letter.public_id}/ansicht/").status_code == 404


def directives(response):
    return dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))


def test_the_frame_can_run_nothing_and_reach_nothing(client):
    letter = make_letter()
    client.force_login(make_emil())

    policy = directives(client.get(f"/buero/briefe/{letter.public_id}/ansicht/"))
    page = directives(client.get(f"/buero/briefe/{letter.public_id}/"))
    elsewhere = directives(client.get("/buero/briefe/"))

    names = ("default-src", "script-src", "style-src", "connect-src", "form-action", "frame-ancestors", "sandbox")
    assert {name: policy[name] for name in names} == {
        "default-src": "'none'",
        "script-src": "'none'",
        "style-src": "'unsafe-inline'",
        "connect-src": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'self'",
        "sandbox": "",
    }
    assert (page["frame-src"], page["style-src"], "frame-src" in elsewhere) == ("'self'", "'self'", False)


def test_sending_again_makes_the_letter_wait(client):
    letter = make_letter()
    Letter.objects.update(state="failed", problem="Der Mailserver nimmt die Adresse nicht an (550).")
    client.force_login(make_operator())

    client.handler.enforce_csrf_checks = False
    answer = client.post(f"/buero/briefe/{letter.public_id}/erneut/")
    again = client.post(f"/buero/briefe/{letter.public_id}/erneut/")

    assert (answer.status_code, answer["Location"]) == (302, "/buero/briefe/")
    assert again.status_code == 409
    assert "Erneut versuchen lässt sich nur, was gescheitert ist." in again.content.decode()
    assert Letter.objects.get().state == "waiting"


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_however_many_letters(client, count, django_assert_num_queries):
    for _ in range(count):
        letter = make_letter()
    client.force_login(make_emil())
    client.get("/buero/briefe/")

    # Session, person and role are three of them.
    with django_assert_num_queries(5):
        assert client.get("/buero/briefe/").status_code == 200
    with django_assert_num_queries(5):
        assert client.get("/buero/briefe/arten/").status_code == 200
    with django_assert_num_queries(4):
        assert client.get(f"/buero/briefe/{letter.public_id}/").status_code == 200


def test_an_empty_list_says_what_will_stand_there(client):
    client.force_login(make_emil())

    assert "Sobald Staffel jemandem schreibt" in client.get("/buero/briefe/").content.decode()
    assert "Kein Brief passt zu dieser Auswahl." in client.get("/buero/briefe/?q=x").content.decode()
