"""The demo's "Anmelden als …"."""

import pytest

from staffel.accounts.actions.people import ensure_personas
from staffel.accounts.core.personas import PERSONAS
from staffel.accounts.models import Person, SignIn
from staffel.accounts.sign_in import sign_in_example
from tests.accounts.browser import send

pytestmark = pytest.mark.django_db

PAGE = "/anmelden-als/"


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.key)
def test_everybody_can_be_tried(client, persona):
    people = ensure_personas()

    answer = send(client, PAGE, to=f"/anmelden-als/{persona.key}/")

    assert (answer.status_code, answer["Location"]) == (302, persona.start)
    assert client.session["_auth_user_id"] == str(people[persona.key].pk)
    assert SignIn.objects.get().way == "Anmelden als …"


def test_one_can_change_from_one_to_another(client):
    people = ensure_personas()
    send(client, PAGE, to="/anmelden-als/emil/")

    send(client, PAGE, to="/anmelden-als/anke/")

    assert client.session["_auth_user_id"] == str(people["anke"].pk)
    assert [one.person.name for one in SignIn.objects.all()] == ["Anke Beispiel"]


def test_the_page_lists_who_is_there_and_the_two_without_account(client, django_assert_num_queries):
    ensure_personas()

    with django_assert_num_queries(1):
        page = client.get(PAGE).content.decode()

    assert [f"Als {persona.name} anmelden" in page for persona in PERSONAS] == [True] * 9
    assert ("Wie Gül ansehen" in page, "Wie Heinz ansehen" in page) == (True, True)


def test_an_empty_demo_says_what_to_do(client):
    assert "make seed" in client.get(PAGE).content.decode()


def test_a_real_person_of_the_same_address_is_not_signed_in(client):
    ensure_personas()
    Person.objects.update(is_example=False)

    assert send(client, "/anmelden/", to="/anmelden-als/emil/").status_code == 404


@pytest.mark.parametrize("key", ["nobody", "gul"])
def test_others_do_not_exist(client, key):
    ensure_personas()

    assert send(client, PAGE, to=f"/anmelden-als/{key}/").status_code == 404


def test_opening_the_address_signs_nobody_in(client):
    ensure_personas()

    assert client.get("/anmelden-als/emil/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_production_has_no_way_without_a_proof(settings, rf):
    settings.DEMO = False

    with pytest.raises(ValueError, match="only a demo"):
        sign_in_example(rf.post("/"), ensure_personas()["emil"])
