"""The invented people of the demo."""

import pytest

from staffel.accounts.actions.people import ensure_personas
from staffel.accounts.core.personas import PERSONAS
from staffel.accounts.models import Membership, Organisation, Person

pytestmark = pytest.mark.django_db


def test_personas_are_made_once():
    first = ensure_personas()
    second = ensure_personas()

    assert first == second
    assert sorted(first) == sorted(persona.key for persona in PERSONAS)
    assert (Person.objects.count(), Membership.objects.count(), Organisation.objects.count()) == (9, 5, 3)


def test_personas_are_marked_as_examples_and_have_their_role():
    people = ensure_personas()

    assert {person.is_example for person in people.values()} == {True}
    assert {
        key: person.acting and f"{person.acting.role} of {person.acting.organisation}" for key, person in people.items()
    } == {
        "anke": None,
        "bert": None,
        "cora": None,
        "dilek": "land_coordinator of Land Brandenburg",
        "emil": "coordinator of Programmbüro",
        "frauke": None,
        "ines": "sponsor of Bundesministerium (Beispiel)",
        "jonas": "editor of Programmbüro",
        "karin": "operator of Programmbüro",
    }
