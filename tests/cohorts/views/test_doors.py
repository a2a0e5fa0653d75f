"""Who gets through which door of a cohort: every page for every persona."""

import pytest
from django.test import Client

from staffel.cohorts.models import CalendarFeed
from tests.cohorts.stage import PERSONAS, client_of, set_up

pytestmark = pytest.mark.django_db

# In the order of PERSONAS: Emil, the other office, Dilek (Land), Frauke (trainer), Anke and Bert (participants), Cora.
GETS = {
    "/buero/staffeln/": "200 200 200 403 403 403 403",
    "/buero/staffeln/export.csv": "200 200 200 403 403 403 403",
    "/buero/staffeln/neu/": "200 200 403 403 403 403 403",
    "O": "200 404 200 404 404 404 404",
    "Oabschliessen/": "200 404 403 404 404 404 404",
    "Oabsagen/": "200 404 403 404 404 404 404",
    "Ptermine/": "200 404 200 200 200 200 404",
    "Ptermine/S2.ics": "200 404 200 200 200 200 404",
    "Ptermine/S2/verschieben/": "200 404 403 403 403 403 404",
    "Ptermine/S2/alle-verschieben/": "200 404 403 403 403 403 404",
    "Pmenschen/": "200 404 200 200 200 200 404",
    "Pmenschen/export.csv": "200 404 403 404 404 404 404",
    "Pmenschen/export.xlsx": "200 404 403 404 404 404 404",
    "Pmenschen/EA/ausscheiden/": "200 404 403 404 404 404 404",
    "Panwesenheit/S1/": "200 404 403 200 403 403 404",
    "/konto/kalender/": "200 200 200 200 200 200 200",
}
# 302: done; 422: let in, but what was sent is incomplete; 409: let in, refused by rule.
POSTS = {
    "Obeginnen/": "409 404 403 404 404 404 404",
    "Oabschliessen/": "409 404 403 404 404 404 404",
    "Oabsagen/": "422 404 403 404 404 404 404",
    "Oreferenten/": "422 404 403 404 404 404 404",
    "Oreferenten/entfernen/": "404 404 403 404 404 404 404",
    "Ptermine/raum/": "302 404 403 403 403 403 404",
    "Ptermine/freie-zeiten/": "422 404 403 403 403 403 404",
    "Ptermine/freie-zeiten/entfernen/": "404 404 403 403 403 403 404",
    "Ptermine/S2/verschieben/": "422 404 403 403 403 403 404",
    "Ptermine/S2/alle-verschieben/": "422 404 403 403 403 403 404",
    "Pmenschen/EA/ausscheiden/": "422 404 403 404 404 404 404",
    "Panwesenheit/S1/": "422 404 403 422 403 403 404",
    "/buero/staffeln/neu/": "422 422 403 403 403 403 403",
    "/konto/kalender/": "200 200 200 200 200 200 200",
    "/konto/kalender/schliessen/": "302 302 302 302 302 302 302",
}
READ_ONLY = [
    "/buero/staffeln/",
    "/buero/staffeln/export.csv",
    "O",
    "Ptermine/",
    "Ptermine/S2.ics",
    "Pmenschen/",
    "Pmenschen/export.csv",
]


def address(template, stage):
    """Return the address that a line of the tables means."""
    words = {"O": stage.office, "P": stage.path, "S1": stage.first.public_id, "S2": stage.second.public_id}
    head = words.get(template[0], template[0])
    rest = template[1:].replace("EA", stage.anke.public_id)
    for key in ("S1", "S2"):
        rest = rest.replace(f"/{key}", f"/{words[key]}")
    return head + rest


@pytest.mark.parametrize("template, expected", GETS.items())
def test_who_may_look(template, expected):
    stage = set_up()

    found = [client_of(persona).get(address(template, stage)).status_code for persona in PERSONAS]

    assert " ".join(map(str, found)) == expected


@pytest.mark.parametrize("template, expected", POSTS.items())
def test_who_may_act(template, expected):
    stage = set_up()

    found = [client_of(persona).post(address(template, stage)).status_code for persona in PERSONAS]

    assert " ".join(map(str, found)) == expected


@pytest.mark.parametrize("template", [*GETS, "Obeginnen/"])
def test_nobody_gets_in_without_signing_in(template):
    stage = set_up()

    assert Client().get(address(template, stage)).status_code == 302


@pytest.mark.parametrize("template", READ_ONLY)
def test_what_is_read_is_not_written(template):
    assert client_of("Emil").post(address(template, set_up())).status_code == 405


@pytest.mark.parametrize("template", ["Obeginnen/", "Oreferenten/", "Ptermine/raum/", "Ptermine/freie-zeiten/"])
def test_what_acts_is_not_opened(template):
    assert client_of("Emil").get(address(template, set_up())).status_code == 405


@pytest.mark.parametrize(
    "path", ["Ptermine/000000000000.ics", "Panwesenheit/000000000000/", "Pmenschen/000000000000/ausscheiden/"]
)
def test_what_is_not_there_is_not_found(path):
    assert client_of("Emil").get(set_up().path + path).status_code == 404


@pytest.mark.parametrize("odd", ["%00", "x", "A" * 13, "'"])
def test_odd_addresses_are_not_found(odd):
    stage = set_up()
    emil = client_of("Emil")

    paths = [f"/buero/staffeln/{odd}/", f"/staffeln/{odd}/termine/", f"{stage.path}termine/{odd}.ics", f"/kalender/{odd}.ics"]
    assert [emil.get(path).status_code for path in paths] == [404] * 4
    assert CalendarFeed.objects.count() == 0
