import pytest
from django.core.cache import cache

from staffel.accounts.actions.feedback import close_feedback, give_feedback
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Feedback
from tests.accounts.factories import make_emil, make_person
from tests.accounts.views.test_audit import csrf_of

pytestmark = pytest.mark.django_db
OFFICE = "/buero/rueckmeldungen/"
WHOLE = {"kind": "barrier", "text": "Die Karte hält mich fest.", "page": "/karte/", "email": "gast@example.org", "website": ""}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def give(client, **values):
    return client.post("/feedback/", WHOLE | values | {"csrfmiddlewaretoken": csrf_of(client.get("/feedback/"))})


def test_feedback_is_kept_and_thanked_for(client):
    response = give(client)

    assert (response.status_code, response["Location"]) == (302, "/feedback/danke/")
    assert client.get("/feedback/danke/").status_code == 200
    found = Feedback.objects.get()
    assert (found.kind, found.text, found.page, found.email) == ("barrier", WHOLE["text"], "/karte/", "gast@example.org")


def test_feedback_knows_the_page_one_came_from_without_what_was_typed_there(client):
    page = client.get("/feedback/", headers={"referer": "http://testserver/kommunen/?q=geheim"}).content.decode()
    stranger = client.get("/feedback/", headers={"referer": "https://example.org/fremd/"}).content.decode()

    assert 'name="page" value="/kommunen/"' in page
    assert "geheim" not in page
    assert "/fremd/" not in stranger


def test_feedback_without_words_says_so_and_loses_nothing(client):
    page = give(client, text="").content.decode()

    assert "gast@example.org" in page
    assert Feedback.objects.count() == 0


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(client):
    response = give(client, website="https://spam.example")

    assert (response.status_code, Feedback.objects.count()) == (302, 0)


def test_feedback_has_a_pace(client):
    for _ in range(10):
        assert give(client).status_code == 302
    response = give(client)

    assert response.status_code == 409
    assert "ACC-20" in response.content.decode()
    assert Feedback.objects.count() == 10


def test_office_reads_what_was_written_as_text(client):
    give_feedback(kind="mistake", text="<script>x</script>", page="javascript:alert(1)")
    give_feedback(kind="mistake", text="zwei", page="//example.org/")
    give_feedback(kind="mistake", text="drei", page="/karte/")
    client.force_login(make_emil())

    page = client.get(OFFICE).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert 'href="javascript' not in page
    assert 'href="//example.org/"' not in page
    assert '<a href="/karte/">/karte/</a>' in page


def test_office_notes_what_became_of_it(client):
    feedback = give_feedback(kind="mistake", text="Fehler")
    client.force_login(make_emil())
    token = csrf_of(client.get(OFFICE))

    without = client.post(f"{OFFICE}{feedback.public_id}/erledigt/", {"note": "", "csrfmiddlewaretoken": token})
    done = client.post(f"{OFFICE}{feedback.public_id}/erledigt/", {"note": "Behoben.", "csrfmiddlewaretoken": token})

    assert (without.status_code, done.status_code) == (422, 302)
    assert "Behoben." in client.get(f"{OFFICE}?stand=erledigt").content.decode()
    assert "Keine offene Rückmeldung" in client.get(OFFICE).content.decode()


def test_office_page_is_for_the_coordinator_only(client):
    feedback = give_feedback(kind="mistake", text="Fehler")
    assert client.get(OFFICE).status_code == 302
    client.force_login(make_person("Dilek", role=Role.LAND_COORDINATOR))
    token = csrf_of(client.get("/feedback/"))

    assert client.get(OFFICE).status_code == 403
    path = f"{OFFICE}{feedback.public_id}/erledigt/"
    assert client.post(path, {"note": "x", "csrfmiddlewaretoken": token}).status_code == 403
    client.force_login(make_emil())
    assert client.get(path).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_office_page_costs_the_same_for_any_number(client, count, django_assert_num_queries):
    emil = make_emil()
    for n in range(count):
        give_feedback(kind="mistake", text=f"Fehler {n}")
    close_feedback(give_feedback(kind="mistake", text="alt"), note="Behoben.", by=emil)
    client.force_login(emil)

    # Session, person, memberships, page, its size, open and done.
    with django_assert_num_queries(6):
        assert client.get(OFFICE).status_code == 200
