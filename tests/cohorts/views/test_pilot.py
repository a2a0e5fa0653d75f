import re

import pytest

from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def seats_on(page):
    """Return the entries of the lists as text, in order."""
    entries = re.findall(r'<li value="\d+">(.*?)</li>', page, re.DOTALL)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", entry)).strip() for entry in entries]


def test_pilot_lists_the_municipalities_of_every_staffel(client):
    perleberg = make_municipality("12070296", "Perleberg")
    first = make_pilot_cohort(1)
    make_seat(first, perleberg, make_municipality("12070424", "Wittenberge"), position=8)
    make_seat(make_pilot_cohort(2, qualified_total=29), perleberg)

    page = client.get("/staffeln/").content.decode()

    assert seats_on(page) == ["Perleberg und Wittenberge ein geteilter Platz", "Perleberg"]
    assert '<a href="/kommunen/12070296/">Perleberg</a>' in page
    assert "15 Menschen haben abgeschlossen." in page
    assert "Danach hatten 29 Menschen abgeschlossen, 14 mehr als zuvor." in page
    assert "stehen auf den drei Listen, 1 davon zweimal" in page


def test_pilot_says_who_is_not_known(client):
    seat = make_seat(make_pilot_cohort(1, qualified_total=0), make_municipality())

    page = client.get("/staffeln/").content.decode()

    assert seat.cohort.qualified_total < 1
    assert "Wer nicht bis zum Ende dabei war, ist nicht veröffentlicht." in page


def test_pilot_marks_an_inferred_number(client):
    make_seat(make_pilot_cohort(1, qualified_is_inferred=True), make_municipality())

    assert "Für diese Staffel ist die Zahl nicht einzeln veröffentlicht." in client.get("/staffeln/").content.decode()


def test_pilot_without_lists_says_how_they_come(client):
    page = client.get("/staffeln/").content.decode()

    assert "Die Listen der Staffeln sind noch nicht geladen" in page


@pytest.mark.parametrize("count", [1, 3])
def test_pilot_costs_eight_queries_made_anew(client, count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_seat(make_pilot_cohort(number), make_municipality(f"1206005{number}", f"Ort {number}"))

    with django_assert_num_queries(8):
        client.get("/staffeln/")


def test_pilot_kept_costs_one_query(client, django_assert_num_queries):
    client.get("/staffeln/")

    with django_assert_num_queries(1):
        client.get("/staffeln/")


def test_pilot_is_only_read(client):
    assert client.post("/staffeln/").status_code == 405
