import pytest
from django.test import override_settings

pytestmark = pytest.mark.django_db

LEGAL = ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/gebaerdensprache/"]


@pytest.mark.parametrize("path", LEGAL)
def test_legal_pages_need_no_query(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
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
