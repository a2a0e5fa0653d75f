"""My account: who I am, where I am signed in, in which role I act."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Membership, SignIn
from tests.accounts.browser import send, sign_in_by_mail
from tests.accounts.factories import make_emil, make_organisation, make_person

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML) Version/18.0 Mobile Safari/604.1"


def browser_of(email, agent=FIREFOX):
    client = Client(enforce_csrf_checks=True, headers={"user-agent": agent})
    sign_in_by_mail(client, email)
    return client


def test_my_account_says_who_i_am():
    make_emil()
    client = browser_of("emil@example.org")

    page = client.get("/konto/").content.decode()

    assert [word in page for word in ("Emil Beispiel", "emil@example.org", "Programmkoordination", "Programmbüro")] == [
        True
    ] * 4
    assert "an einem Gerät angemeldet" in page


@pytest.mark.parametrize("count", [1, 3])
def test_my_account_costs_the_same_for_any_number_of_roles(client, count, django_assert_num_queries):
    for number in range(count):
        emil = make_person("Emil", role=Role.COORDINATOR, organisation=make_organisation(f"Büro {number}"))
    client.force_login(emil)

    with django_assert_num_queries(5):
        client.get("/konto/")


@pytest.mark.parametrize("count", [1, 3])
def test_sign_ins_cost_the_same_for_any_number(count, django_assert_num_queries):
    make_emil()
    clients = [browser_of("emil@example.org") for _ in range(count)]

    with django_assert_num_queries(4):
        answer = clients[0].get("/konto/anmeldungen/")

    assert [row.current for row in answer.context["rows"]] == [True] + [False] * (count - 1)


def test_sign_ins_name_devices_in_words():
    make_emil()
    browser_of("emil@example.org", PHONE)
    client = browser_of("emil@example.org")

    rows = client.get("/konto/anmeldungen/").context["rows"]

    assert [(row.device, row.way, row.current) for row in rows] == [
        ("Firefox, Linux", "Code per E-Mail", True),
        ("Safari, iPhone", "Code per E-Mail", False),
    ]


def test_ending_one_sign_in_ends_that_browser_only():
    emil = make_emil()
    phone, client = browser_of("emil@example.org", PHONE), browser_of("emil@example.org")
    there = SignIn.objects.get(device="Safari, iPhone")

    answer = send(client, "/konto/anmeldungen/", to=f"/konto/anmeldungen/{there.public_id}/beenden/")

    assert answer["Location"] == "/konto/anmeldungen/"
    assert (phone.get("/konto/").status_code, client.get("/konto/").status_code) == (302, 200)
    assert AuditEntry.objects.filter(action="accounts.sign_in_ended", actor_id=emil.public_id).count() == 1


def test_ending_the_current_sign_in_signs_out():
    make_emil()
    client = browser_of("emil@example.org")

    answer = send(client, "/konto/anmeldungen/", to=f"/konto/anmeldungen/{SignIn.objects.get().public_id}/beenden/")

    assert (answer["Location"], client.get("/konto/").status_code) == ("/anmelden/", 302)


def test_sign_out_everywhere_ends_all_of_mine_and_none_of_others():
    make_emil()
    make_person("Cora")
    phone, client, cora = browser_of("emil@example.org", PHONE), browser_of("emil@example.org"), browser_of("cora@example.org")

    answer = send(client, "/konto/anmeldungen/", to="/konto/anmeldungen/beenden/")

    assert answer["Location"] == "/anmelden/"
    assert [one.get("/konto/").status_code for one in (phone, client, cora)] == [302, 302, 200]
    assert SignIn.objects.count() == 1


def test_sign_ins_of_others_are_out_of_sight():
    make_emil()
    make_person("Cora")
    browser_of("cora@example.org")
    client = browser_of("emil@example.org")
    foreign = SignIn.objects.get(person__name="Cora Beispiel")

    answer = send(client, "/konto/anmeldungen/", to=f"/konto/anmeldungen/{foreign.public_id}/beenden/")

    assert (answer.status_code, SignIn.objects.filter(pk=foreign.pk).exists()) == (404, True)
    assert "Cora" not in client.get("/konto/anmeldungen/").content.decode()


def test_sessions_that_ran_out_are_not_listed():
    make_emil()
    browser_of("emil@example.org", PHONE)
    client = browser_of("emil@example.org")
    Session.objects.filter(session_key=SignIn.objects.get(device="Safari, iPhone").session_key).delete()

    assert len(client.get("/konto/anmeldungen/").context["rows"]) == 1


@pytest.mark.parametrize("path", ["/konto/anmeldungen/beenden/", "/konto/anmeldung/ersatzcodes/neu/"])
def test_acts_take_a_post(client, path):
    client.force_login(make_emil())

    assert client.get(path).status_code == 405


def test_a_role_is_chosen_shown_and_logged():
    emil = make_emil()
    make_person("Emil", role=Role.EDITOR)
    client = browser_of("emil@example.org")
    editor = Membership.objects.get(person=emil, role=Role.EDITOR)

    answer = send(client, "/rolle/", {"membership": editor.pk})
    frame = client.get("/konto/").content.decode()
    entry = AuditEntry.objects.get(action="accounts.role_switched")

    assert answer["Location"] == "/mein-bereich/"
    assert "Sie handeln als</span> <strong>Redaktion</strong>" in frame
    assert (entry.payload["before"], entry.payload["after"]) == (
        {"role": "coordinator", "organisation": "Programmbüro"},
        {"role": "editor", "organisation": "Programmbüro"},
    )
    assert client.get("/buero/menschen/").status_code == 403


def test_own_affairs_can_be_chosen():
    make_emil()
    client = browser_of("emil@example.org")

    send(client, "/rolle/", {"membership": "0"})
    frame = client.get("/konto/").content.decode()

    assert "Sie handeln als" not in frame
    assert "Rolle<span" in frame


def test_the_role_of_somebody_else_cannot_be_chosen():
    make_emil()
    dilek = make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=make_organisation("Land"))
    client = browser_of("emil@example.org")

    answer = send(client, "/rolle/", {"membership": dilek.memberships.get().pk})

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["membership"])
    assert AuditEntry.objects.filter(action="accounts.role_switched").count() == 0


def test_whoever_has_no_role_sees_no_switch():
    make_person("Anke")

    assert 'href="/rolle/"' not in browser_of("anke@example.org").get("/konto/anmeldungen/").content.decode()
