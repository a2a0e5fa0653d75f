import pytest
from django.test import Client

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.core.reading import read_programme
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import HEAD, UNIT, small_programme

pytestmark = pytest.mark.django_db

LIST = "/programme/"
NEWEST = "/programme/kleines-programm/"
VERSION = "/programme/kleines-programm/1.0.0/"
UNIT_PAGE = "/programme/kleines-programm/1.0.0/einheiten/aufbruch/"


def load(number="1.0.0", **changes):
    head = changes.pop("head", HEAD).replace("1.0.0", number)
    return load_programme(read_programme(small_programme(head=head, **changes)), by="Test").version


def text(response):
    assert response.status_code == 200
    return response.content.decode()


# Pages ------------------------------------------------------------------------------------------------------------------


def test_list_says_what_to_expect_when_nothing_is_released(client):
    make_version(released=False)
    html = text(client.get(LIST))

    assert "Noch ist kein Programm freigegeben." in html
    assert "Beispielprogramm" not in html


def test_list_leads_to_each_programme(client):
    load()
    load("1.1.0")
    html = text(client.get(LIST))

    assert html.count('href="/programme/kleines-programm/"') == 1
    assert html.count("Version 1.1.0, freigegeben am 02.03.2026") == 1
    assert html.count("3 Vormittage, 12 Stunden") == 1


def test_programme_shows_the_newest_version(client):
    load()
    load("1.10.0", head=HEAD.replace("Alle.", "Nur wenige."))
    load("1.9.0")
    html = text(client.get(NEWEST))

    assert "Nur wenige." in html
    assert "Sie lesen eine frühere Version." not in html
    assert [html.count(f'href="/programme/kleines-programm/{number}/"') for number in ("1.10.0", "1.9.0", "1.0.0")] == [1, 1, 1]
    assert "9,6 von 12 Stunden" in html


def test_an_earlier_version_says_so_and_leads_to_the_newest(client):
    load()
    load("2.0.0")
    html = text(client.get(VERSION))

    assert "Hier steht Version 1.0.0. Die neueste ist 2.0.0." in html
    assert '<a href="/programme/kleines-programm/">Zur neuesten Version</a>' in html


def test_the_law_on_distance_learning_is_named_only_where_it_points(client):
    load()
    load("2.0.0", head=HEAD.replace("fee: no", "fee: yes").replace("synchronous_percent: 100", "synchronous_percent: 40"))

    assert "Fernunterricht" not in text(client.get(VERSION))
    assert "Fernunterrichtsschutzgesetz" in text(client.get(NEWEST))


def test_unit_shows_objectives_and_text_without_foreign_markup(client):
    load(unit=UNIT.replace("Worum", "<script>alert(1)</script> Worum"))
    html = text(client.get(UNIT_PAGE))

    assert "<li>Sie fangen an.</li>" in html
    assert "Worum es <strong>geht</strong>." in html
    assert "<script>alert" not in html
    assert 'href="/programme/kleines-programm/1.0.0/einheiten/weiter/" rel="next"' in html


@pytest.mark.parametrize("path", [
    "/programme/unbekannt/",
    "/programme/beispielprogramm/",
    "/programme/beispielprogramm/3.0.0/",
    "/programme/beispielprogramm/3.0.0/einheiten/einheit-1/",
    "/programme/kleines-programm/9.9.9/",
    "/programme/kleines-programm/1.0.0/einheiten/unbekannt/",
    "/programme/kleines-programm/%00/",
])  # fmt: skip
def test_drafts_and_unknown_addresses_are_not_found(client, path):
    load()
    make_version("3.0.0", released=False)

    response = client.get(path)

    assert response.status_code == 404
    assert "Beispielprogramm" not in response.content.decode()


@pytest.mark.parametrize("path", [LIST, NEWEST, VERSION, UNIT_PAGE])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(client, path, method):
    load()

    assert getattr(client, method)(path).status_code == 405


# Cost -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, cold", [(LIST, 2), (NEWEST, 7), (VERSION, 7), (UNIT_PAGE, 6)])
@pytest.mark.parametrize("versions", [1, 3])
def test_a_page_costs_one_query_once_it_is_kept(path, cold, versions, django_assert_num_queries):
    for n in range(versions):
        load(f"1.{n}.0")
    client = Client()

    with django_assert_num_queries(cold):
        first = client.get(path)
    with django_assert_num_queries(1):
        second = client.get(path)
    with django_assert_num_queries(1):
        known = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (second.content, known.status_code) == (first.content, 304)


def test_a_kept_page_is_new_after_the_next_release(client):
    load()
    text(client.get(NEWEST))
    load("2.0.0", head=HEAD.replace("Alle.", "Nur wenige."))

    assert "Nur wenige." in text(client.get(NEWEST))
