import pytest

from staffel.accounts.core.roles import Role
from staffel.accounts.models import InstanceText
from tests.accounts.factories import make_emil, make_person
from tests.accounts.views.test_audit import csrf_of

pytestmark = pytest.mark.django_db
TEXT = "/buero/texte/impressum/"


@pytest.fixture
def emil(client):
    person = make_emil()
    client.force_login(person)
    return person


def send(client, path, **values):
    return client.post(path, values | {"csrfmiddlewaretoken": csrf_of(client.get(TEXT))})


def test_a_text_is_seen_before_it_is_saved(client, emil):
    page = send(client, f"{TEXT}vorschau/", markdown="# Amt\n<script>x</script>").content.decode()

    assert "<h2>Amt</h2>" in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert InstanceText.objects.count() == 0


def test_a_saved_text_stands_on_the_page_of_everybody(client, emil, django_assert_num_queries):
    assert "Diese Seiten laufen als Demo" in client.get("/impressum/").content.decode()

    response = send(client, f"{TEXT}speichern/", markdown="Amt für **Muster**", why="Umzug")

    assert (response.status_code, response["Location"]) == (302, "/buero/texte/")
    client.logout()
    page = client.get("/impressum/").content.decode()
    assert "<p>Amt für <strong>Muster</strong></p>" in page
    assert "Demo auf einem einzelnen Rechner" not in page


def test_a_kept_page_is_made_anew_when_its_text_changes(client):
    emil = make_emil()
    assert "<h2>Neues</h2>" not in client.get("/barrierefreiheit/").content.decode()
    client.force_login(emil)
    send(client, "/buero/texte/barrierefreiheit/speichern/", markdown="# Neues")
    client.logout()

    page = client.get("/barrierefreiheit/").content.decode()

    assert "<h2>Neues</h2>" in page
    assert 'href="/feedback/"' in page.split("<footer")[0]


def test_the_privacy_page_leads_to_the_categories_whatever_its_text(client, emil):
    send(client, "/buero/texte/datenschutz/speichern/", markdown="Kurz.")

    assert 'href="/datenschutz/daten/"' in client.get("/datenschutz/").content.decode()


def test_the_video_has_its_place(client, emil):
    path = "/buero/texte/gebaerdensprache-video/speichern/"
    wrong = send(client, path, markdown="javascript:alert(1)")
    send(client, path, markdown="https://video.example/dgs")

    assert (wrong.status_code, InstanceText.objects.count()) == (200, 1)
    assert 'href="https://video.example/dgs"' in client.get("/gebaerdensprache/").content.decode()
    assert "Ein Video in Deutscher Gebärdensprache fehlt." not in client.get("/barrierefreiheit/").content.decode()


def test_texts_are_for_the_coordinator_only(client):
    assert client.get(TEXT).status_code == 302
    client.force_login(make_person("Dilek", role=Role.LAND_COORDINATOR))
    assert [client.get(path).status_code for path in ("/buero/texte/", TEXT)] == [403, 403]


def test_a_text_that_no_page_has_is_not_found(client, emil):
    assert client.get("/buero/texte/start/").status_code == 404


def test_preview_and_save_take_no_get(client, emil):
    assert [client.get(f"{TEXT}{act}/").status_code for act in ("vorschau", "speichern")] == [405, 405]
