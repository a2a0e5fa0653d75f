"""People and roles of the own organisation."""

import pytest

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Letter, Membership, Person
from tests.accounts.browser import send
from tests.accounts.factories import make_emil, make_organisation, make_person

pytestmark = pytest.mark.django_db

LIST = "/buero/menschen/"


@pytest.fixture
def emil(client):
    emil = make_emil()
    client.force_login(emil)
    return emil


def remove_path(person, role):
    return f"/buero/menschen/{person.public_id}/{role}/entziehen/"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(client, emil, count, django_assert_num_queries):
    for number in range(count):
        make_person(f"Jonas{number}", role=Role.EDITOR)

    with django_assert_num_queries(5):
        page = client.get(LIST).context["page"]

    assert [(row.name, row.role) for row in page.object_list] == [("Emil Beispiel", "Programmkoordination")] + [
        (f"Jonas{number} Beispiel", "Redaktion") for number in range(count)
    ]


def test_the_list_shows_the_own_organisation_only(client, emil):
    make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=make_organisation("Land"))
    make_person("Cora")

    page = client.get(LIST).content.decode()

    assert ("Dilek" in page, "Cora" in page, "Emil" in page) == (False, False, True)


@pytest.mark.parametrize("query, found", [
    ("?q=jon", ["Jonas Beispiel"]),
    ("?q=emil@", ["Emil Beispiel"]),
    ("?rolle=editor", ["Jonas Beispiel"]),
    ("?q=nobody", []),
    ("?rolle=x", []),
    ("?seite=x", ["Emil Beispiel", "Jonas Beispiel"]),
])  # fmt: skip
def test_the_list_is_searched(client, emil, query, found):
    make_person("Jonas", role=Role.EDITOR)

    assert [row.name for row in client.get(LIST + query).context["page"].object_list] == found


@pytest.mark.parametrize("role", [None, Role.LAND_COORDINATOR, Role.EDITOR, Role.SPONSOR, Role.OPERATOR])
def test_only_the_coordination_manages_people(client, role):
    client.force_login(make_person("Other", role=role))
    emil = make_emil()

    assert (client.get(LIST).status_code, client.get(f"{LIST}einladen/").status_code) == (403, 403)
    assert client.get(remove_path(emil, "coordinator")).status_code == 404


def test_strangers_sign_in_first(client):
    assert client.get(LIST)["Location"] == "/anmelden/?next=/buero/menschen/"


def test_an_invitation_makes_account_role_letter_and_entry(client, emil):
    answer = send(client, f"{LIST}einladen/", {"name": "Jonas Beispiel", "email": "Jonas@Example.org", "role": "editor"})
    jonas = Person.objects.get(email="jonas@example.org")
    letter = Letter.objects.get(kind="accounts.invited")

    assert answer["Location"] == LIST
    assert [(one.role, one.organisation.name) for one in jonas.memberships.all()] == [("editor", "Programmbüro")]
    assert (letter.to_email, letter.subject) == ("jonas@example.org", "Einladung zu Staffel: Redaktion")
    assert "/anmelden/" in letter.text
    assert AuditEntry.objects.get(action="accounts.membership_given").payload["after"]["role"] == "editor"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": "jonas"}, {"role": "king"}, {"role": "land_coordinator"}])
def test_a_wrong_invitation_shows_a_sentence(client, emil, wrong):
    answer = send(client, f"{LIST}einladen/", {"name": "Jonas", "email": "j@example.org", "role": "editor"} | wrong)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, list(wrong))
    assert Person.objects.count() == 1


def test_acc_02_a_role_is_given_once(client, emil):
    answer = send(client, f"{LIST}einladen/", {"name": "Emil", "email": "emil@example.org", "role": "coordinator"})

    assert (answer.status_code, "ACC-02" in answer.content.decode()) == (409, True)
    assert Letter.objects.count() == 0


def test_acc_03_a_closed_account_is_not_invited(client, emil):
    make_person("Jonas", is_active=False)

    answer = send(client, f"{LIST}einladen/", {"name": "Jonas", "email": "jonas@example.org", "role": "editor"})

    assert (answer.status_code, "ACC-03" in answer.content.decode()) == (409, True)
    assert Membership.objects.count() == 1


def test_a_role_is_taken_with_a_reason(client, emil):
    jonas = make_person("Jonas", role=Role.EDITOR)

    without = send(client, remove_path(jonas, "editor"), {"reason": " "})
    answer = send(client, remove_path(jonas, "editor"), {"reason": "Wechsel in ein anderes Amt"})
    entry = AuditEntry.objects.get(action="accounts.membership_taken")

    assert (without.status_code, list(without.context["form"].errors)) == (200, ["reason"])
    assert (answer["Location"], jonas.memberships.count()) == (LIST, 0)
    assert (entry.thing_id, entry.payload["why"]) == (jonas.public_id, "Wechsel in ein anderes Amt")
    assert entry.payload["before"] == {"role": "editor", "organisation": "Programmbüro"}


def test_acc_01_the_last_coordination_stays(client, emil):
    answer = send(client, remove_path(emil, "coordinator"), {"reason": "Ruhestand"})

    assert (answer.status_code, "ACC-01" in answer.content.decode()) == (409, True)
    assert emil.memberships.count() == 1


def test_one_of_two_coordinations_can_go(client, emil):
    make_person("Jonas", role=Role.COORDINATOR)

    assert send(client, remove_path(emil, "coordinator"), {"reason": "Ruhestand"})["Location"] == LIST
    assert emil.memberships.count() == 0


def test_a_role_that_is_not_there_cannot_be_taken(client, emil):
    dilek = make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=make_organisation("Land"))

    assert client.get(remove_path(emil, "editor")).status_code == 404
    assert client.get(remove_path(dilek, "land_coordinator")).status_code == 404
