import re
from datetime import date

import pytest
from django.test import Client

from staffel.accounts.models import Membership, Organisation
from staffel.cohorts.actions import take_attendance
from staffel.learning.models import Presentation
from tests.accounts.factories import make_person
from tests.cohorts.factories import make_enrolment
from tests.cohorts.stage import PERSONAS, client_of, set_up
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db

# In the order of PERSONAS: Emil, the other office, Dilek (Land of Anke), Frauke (trainer), Anke, Bert, Cora.
GETS = {
    "{path}abschluss/": "200 404 200 200 403 403 404",
    "{path}abschluss/{anke}/praesentation/": "200 404 403 200 403 403 404",
    "/teilnahme/{anke}/": "200 404 200 200 200 404 404",
    "/teilnahme/{bert}/": "200 404 404 200 404 200 404",
}
POSTS = {
    "{path}abschluss/{anke}/praesentation/": "422 404 403 422 403 403 404",
    "{path}abschluss/{anke}/praesentation/zuruecknehmen/": "422 404 403 422 403 403 404",
}


def address(template, stage):
    """Return the address that a line of the tables means."""
    return template.format(path=stage.path, anke=stage.anke.public_id, bert=stage.bert.public_id)


@pytest.mark.parametrize("template, expected", GETS.items())
def test_who_may_look(template, expected):
    stage = set_up()

    found = [client_of(persona).get(address(template, stage)).status_code for persona in PERSONAS]

    assert (" ".join(map(str, found)), Client().get(address(template, stage)).status_code) == (expected, 302)


@pytest.mark.parametrize("template, expected", POSTS.items())
def test_who_may_act(template, expected):
    stage = set_up()

    assert " ".join(str(client_of(name).post(address(template, stage)).status_code) for name in PERSONAS) == expected


@pytest.mark.parametrize("template", ["{path}abschluss/", "/teilnahme/{anke}/"])
def test_what_is_read_is_not_written(template):
    assert client_of("Emil").post(address(template, set_up())).status_code == 405


def words(answer):
    """Return the main part of a page as text."""
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def test_the_checklist_tells_the_person_what_is_missing():
    stage = set_up()
    take_attendance(stage.first, {stage.anke.public_id: 240}, by="x")

    shown = words(client_of("Anke").get(f"/teilnahme/{stage.anke.public_id}/"))

    assert "Sie sind auf dem Weg: Für das Zertifikat fehlt noch etwas." in shown
    assert "Es fehlen noch 2,4 Stunden, möglich sind noch 4 Stunden." in shown
    assert "1. Einheit 1: ganz da, 4 Stunden." in shown
    assert "Die Abschlusspräsentation steht noch aus." in shown


def test_the_trainer_notes_and_withdraws_a_presentation():
    stage = set_up()
    frauke = client_of("Frauke")
    path = f"{stage.path}abschluss/{stage.anke.public_id}/praesentation/"

    frauke.post(path, {"tag": "2026-09-10", "thema": "Leihräder"})
    row = Presentation.objects.get()
    assert (row.held_on, row.title, row.noted_by.name) == (date(2026, 9, 10), "Leihräder", "Frauke Beispiel")
    assert "Leihräder" in words(frauke.get(f"{stage.path}abschluss/"))

    frauke.post(f"{path}zuruecknehmen/", {"grund": "Verwechselt"})
    assert Presentation.objects.count() == 0


def test_the_board_narrows_down_to_a_state():
    stage = set_up()
    take_attendance(stage.first, {stage.anke.public_id: 240, stage.bert.public_id: 0}, by="x")

    shown = words(client_of("Frauke").get(f"{stage.path}abschluss/?stand=impossible"))

    assert ("Bert Beispiel" in shown, "Anke Beispiel" in shown, "Eine Person von 2" in shown) == (True, False, True)


def test_a_land_sees_its_own_people_on_the_board():
    shown = words(client_of("Dilek").get(f"{set_up().path}abschluss/"))

    assert ("Anke Beispiel" in shown, "Bert Beispiel" in shown) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_eight_queries(count, django_assert_num_queries):
    stage = set_up()
    for number in range(count):
        make_enrolment(stage.cohort, make_person(f"P{number}"), make_municipality(f"1206100{number}", f"Ort {number}"))
    emil = client_of("Emil")

    with django_assert_num_queries(8):
        emil.get(f"{stage.path}abschluss/")
    with django_assert_num_queries(7):
        emil.get(f"/teilnahme/{stage.anke.public_id}/")


def test_who_coordinates_elsewhere_and_takes_part_here_does_not_see_the_board():
    stage = set_up()
    stranger = make_person("Fremd")
    elsewhere = Organisation.objects.create(name="Anderes Büro")
    Membership.objects.create(person=stranger, organisation=elsewhere, role="coordinator")
    make_enrolment(stage.cohort, stranger)
    client = Client()
    client.force_login(stranger)
    assert client.get(f"/staffeln/{stage.cohort.public_id}/abschluss/").status_code == 403
