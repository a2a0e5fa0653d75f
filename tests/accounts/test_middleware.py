"""Who acts in a request."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from staffel.accounts.core.roles import Role
from staffel.accounts.middleware import CHOSEN_ROLE, ActingRole, acting_person
from staffel.accounts.models import OWN_AFFAIRS, Membership
from tests.accounts.browser import app_code, send, set_up_app, sign_in_by_mail
from tests.accounts.factories import make_emil, make_organisation, make_person

pytestmark = pytest.mark.django_db


def request_of(person=None, **session):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    if person:
        request.session["_auth_user_id"] = str(person.pk)
        request.session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        request.session["_auth_user_hash"] = person.get_session_auth_hash()
    request.session.update(session)
    return request


def test_a_page_that_does_not_ask_leaves_the_session_alone():
    request = RequestFactory().get("/")
    request.session = SessionStore("a" * 32)

    ActingRole(lambda request: None)(request)

    assert request.session.accessed is False


def test_without_a_choice_the_oldest_role_acts(django_assert_num_queries):
    emil = make_emil()
    make_person("Emil", role=Role.EDITOR)
    person = acting_person(request_of(emil))

    with django_assert_num_queries(1):
        assert (person.acting.role, person.acting.organisation.name, len(person.held)) == ("coordinator", "Programmbüro", 2)


def test_the_choice_of_the_session_acts():
    emil = make_emil()
    make_person("Emil", role=Role.EDITOR)
    editor = Membership.objects.get(person=emil, role=Role.EDITOR)

    assert acting_person(request_of(emil, **{CHOSEN_ROLE: editor.pk})).acting == editor
    assert acting_person(request_of(emil, **{CHOSEN_ROLE: OWN_AFFAIRS})).acting is None


def test_the_role_of_somebody_else_is_no_choice():
    emil, cora = make_emil(), make_person("Cora")
    foreign = emil.memberships.get()

    assert acting_person(request_of(cora, **{CHOSEN_ROLE: foreign.pk})).acting is None


def test_a_role_that_is_gone_is_no_choice():
    emil = make_emil()
    make_person("Emil", role=Role.EDITOR)
    gone = Membership.objects.get(person=emil, role=Role.EDITOR)
    request = request_of(emil, **{CHOSEN_ROLE: gone.pk})
    gone.delete()

    assert acting_person(request).acting.role == "coordinator"


@pytest.mark.parametrize("role, proven", [(Role.COORDINATOR, False), (Role.LAND_COORDINATOR, False), (Role.SPONSOR, True)])
def test_production_lets_roles_that_see_people_act_after_a_second_proof_only(settings, role, proven):
    settings.SECOND_PROOF = True
    dilek = make_person("Dilek", role=role)

    assert (acting_person(request_of(dilek)).acting is not None) is proven


def test_production_sends_the_office_to_its_second_proof_and_lets_it_in_then(client, settings):
    settings.SECOND_PROOF = True
    make_emil()
    sign_in_by_mail(client, "emil@example.org")

    before = client.get("/buero/menschen/")
    hint = client.get("/konto/anmeldung/").content.decode()
    set_up_app(client)
    after = client.get("/buero/menschen/")

    assert (before.status_code, before["Location"]) == (302, "/konto/anmeldung/")
    assert "Ihre Rolle verlangt einen zweiten Nachweis." in hint
    assert after.status_code == 200


def test_a_proof_set_up_elsewhere_does_not_lift_an_older_session(client, settings):
    settings.SECOND_PROOF = True
    emil = make_emil()
    client.force_login(emil)
    older = client.cookies["session"].value
    sign_in_by_mail_in_another(client)
    secret = set_up_app(client)
    client.cookies["session"] = older

    before = client.get("/buero/menschen/")
    hint = client.get("/konto/anmeldung/").content.decode()
    send(client, "/konto/anmeldung/bestaetigen/", {"code": app_code(secret, steps=1)})

    assert before["Location"] == "/konto/anmeldung/"
    assert "In dieser Anmeldung haben Sie ihn noch nicht gezeigt." in hint
    assert client.get("/buero/menschen/").status_code == 200


def sign_in_by_mail_in_another(client):
    client.cookies.clear()
    sign_in_by_mail(client, "emil@example.org")


def test_the_sponsor_needs_no_second_proof(client, settings):
    settings.SECOND_PROOF = True
    ines = make_person("Ines", role=Role.SPONSOR, organisation=make_organisation("Ministerium"))
    client.force_login(ines)

    assert client.get("/buero/menschen/").status_code == 403


def test_the_demo_asks_for_no_second_proof(client):
    client.force_login(make_emil())

    assert client.get("/buero/menschen/").status_code == 200
