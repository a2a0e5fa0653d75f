import re

import pytest
from django.test import override_settings

from tests.accounts.factories import make_person
from tests.admissions.factories import make_call
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db

LEGAL = ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/gebaerdensprache/"]


@pytest.mark.parametrize("path", LEGAL)
def test_legal_pages_need_two_queries_and_one_when_kept(client, path, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert client.get(path).status_code == 200
    with django_assert_num_queries(1):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", LEGAL)
def test_legal_pages_are_only_read(client, path):
    assert client.post(path).status_code == 405


def test_imprint_of_a_demo_says_that_nobody_offers_it(client):
    page = client.get("/impressum/").content.decode()

    assert "Diese Seiten laufen als Demo auf einem einzelnen Rechner" in page
    assert "mailto:" not in page


@override_settings(PROVIDER="Amt für Muster|Musterweg 1|12345 <Musterau>", CONTACT="fragen@staffel.example")
def test_imprint_names_the_provider_line_by_line(client):
    page = client.get("/impressum/").content.decode()

    assert "Amt für Muster<br>Musterweg 1<br>12345 &lt;Musterau&gt;" in page
    assert '<a href="mailto:fragen@staffel.example">fragen@staffel.example</a>' in page


@pytest.mark.parametrize("path", ["/datenschutz/", "/barrierefreiheit/"])
@override_settings(PROVIDER="Amt für Muster", CONTACT="fragen@staffel.example")
def test_questions_reach_somebody(client, path):
    assert '<a href="mailto:fragen@staffel.example">' in client.get(path).content.decode()


@pytest.mark.parametrize("path", LEGAL)
def test_reading_sets_no_cookie(client, path):
    assert client.get(path).cookies == {}


def test_every_page_is_sent_with_its_protection(client):
    response = client.get("/impressum/")

    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "manifest-src": "'self'",
    }
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_demo_refuses_other_hosts(client):
    response = client.get("/impressum/", headers={"host": "staffel.example"})

    assert response.status_code == 400


def test_start_shows_who_was_there(client):
    perleberg, wittenberge = make_municipality("12070296", "Perleberg"), make_municipality("12070424", "Wittenberge")
    make_seat(make_pilot_cohort(1), perleberg, wittenberge, position=8)
    make_seat(make_pilot_cohort(2, qualified_total=29), perleberg)

    page = client.get("/").content.decode()

    assert re.findall(r'st-figure__value">(\d+)<', page) == ["29", "2", "1"]
    assert '<th scope="row"><a href="/kommunen/12070296/">Perleberg</a></th><td data-label="Staffel">1 und 2</td>' in page
    assert "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis; © GeoBasis-DE / BKG" in page


def test_start_before_any_data_says_how_they_come(client):
    page = client.get("/").content.decode()

    assert "Noch sind keine Daten geladen" in page
    assert "Finden Sie Ihre Kommune" in page


@pytest.mark.parametrize("count", [1, 3])
def test_start_costs_seven_queries_made_anew(client, count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_seat(make_pilot_cohort(number), make_municipality(f"1206005{number}", f"Ort {number}"))

    with django_assert_num_queries(7):
        client.get("/")


def test_start_kept_costs_two_queries(client, django_assert_num_queries):
    client.get("/")

    with django_assert_num_queries(2):
        client.get("/")


def test_start_names_the_open_calls_as_soon_as_they_are_published(client):
    call = make_call("Staffel 9", state="draft")
    assert "Staffel 9" not in client.get("/").content.decode()

    call.state = "open"
    call.save(update_fields=["state"])

    assert client.get("/").content.decode().count(f'<a href="/ausschreibungen/{call.public_id}/">Staffel 9</a>') == 1


def test_whoever_is_signed_in_finds_the_way_back_on_public_pages(client):
    assert "Abmelden" not in client.get("/").content.decode()

    client.force_login(make_person("Anke"))
    page = client.get("/").content.decode()

    assert page.count("Anke Beispiel") == 1
    assert page.count('action="/abmelden/"') == 1


def test_start_is_only_read(client):
    assert client.post("/").status_code == 405
