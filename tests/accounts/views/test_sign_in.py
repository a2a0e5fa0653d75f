"""Signing in by a code in a mail."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from staffel.accounts.models import Letter, Person, SignIn
from tests.accounts.browser import mailed_code, send, sign_in_by_mail, text_of
from tests.accounts.factories import make_emil, make_person

pytestmark = pytest.mark.django_db


def test_sign_in_by_the_code_of_the_mail(client):
    anke = make_person("Anke")

    asked = send(client, "/anmelden/", {"email": "ANKE@example.org", "next": "/konto/"})
    answer = send(client, "/anmelden/code/", {"code": mailed_code().lower().replace("-", " ")})

    assert (asked.status_code, asked["Location"]) == (302, "/anmelden/code/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/")
    assert client.session["_auth_user_id"] == str(anke.pk)
    assert [(one.person, one.way) for one in SignIn.objects.all()] == [(anke, "Code per E-Mail")]
    assert EmailAddress.objects.count() == 0


def test_the_letter_is_confidential_and_its_link_only_fills_in_the_code(client):
    make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    letter = Letter.objects.get()
    code = mailed_code()

    page = client.get(f"/anmelden/code/?code={code}")

    assert (letter.kind, letter.to_email, letter.confidential) == ("accounts.sign_in_code", "anke@example.org", True)
    assert code not in letter.subject
    assert f"http://127.0.0.1:8000/anmelden/code/?code={code}" in letter.text.replace(":8102", ":8000")
    assert page.context["form"]["code"].value() == code
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_gets_the_same_pages_and_no_letter(client):
    make_person("Anke")
    known = send(client, "/anmelden/", {"email": "anke@example.org"})
    known_page = client.get(known["Location"])
    known_wrong = send(client, "/anmelden/code/", {"code": "XXXX-XXXX"})
    client.cookies.clear()

    unknown = send(client, "/anmelden/", {"email": "nobody@example.org"})
    unknown_page = client.get(unknown["Location"])
    unknown_wrong = send(client, "/anmelden/code/", {"code": "XXXX-XXXX"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert text_of(known_page) == text_of(unknown_page)
    assert text_of(known_wrong) == text_of(unknown_wrong)
    assert [letter.to_email for letter in Letter.objects.all()] == ["anke@example.org"]
    assert Person.objects.count() == 1


def test_a_closed_account_gets_no_letter(client):
    make_person("Anke", is_active=False)

    send(client, "/anmelden/", {"email": "anke@example.org"})

    assert Letter.objects.count() == 0


def test_an_account_closed_meanwhile_is_refused(client):
    anke = make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    Person.objects.filter(pk=anke.pk).update(is_active=False)

    answer = send(client, "/anmelden/code/", {"code": mailed_code()})

    assert answer["Location"] == "/anmelden/"
    assert "Dieses Konto ist geschlossen." in client.get("/anmelden/").content.decode()
    assert "_auth_user_id" not in client.session


def test_three_wrong_codes_end_it(client):
    make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    code = mailed_code()

    answers = [send(client, "/anmelden/code/", {"code": wrong}) for wrong in ("BBBB-BBBB", "", "CCCC-CCCC")]
    late = send(client, "/anmelden/code/", {"code": code})

    assert [answer.status_code for answer in answers] == [200, 200, 302]
    assert answers[0].context["form"].errors["code"] == [
        "Dieser Code ist es nicht. Bitte vergleichen Sie ihn mit der neuesten Mail."
    ]
    assert late["Location"] == "/anmelden/"
    assert "_auth_user_id" not in client.session


def test_a_code_goes_out_of_date(client, monkeypatch):
    make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    code = mailed_code()
    later = __import__("time").time() + 16 * 60
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)

    answer = send(client, "/anmelden/code/", {"code": code})

    assert answer["Location"] == "/anmelden/"
    assert "_auth_user_id" not in client.session


def test_the_code_of_another_browser_signs_nobody_in(client):
    make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    code = mailed_code()
    client.cookies.clear()

    answer = client.get(f"/anmelden/code/?code={code}", follow=True)

    assert answer.redirect_chain == [("/anmelden/", 302)]
    assert "Hier wartet kein Code." in answer.content.decode()


def test_a_new_code_replaces_the_old_one(client):
    make_person("Anke")
    send(client, "/anmelden/", {"email": "anke@example.org"})
    old = mailed_code()

    send(client, "/anmelden/code/", to="/anmelden/code/neu/")
    refused = send(client, "/anmelden/code/", {"code": old})
    answer = send(client, "/anmelden/code/", {"code": mailed_code()})

    assert (refused.status_code, answer.status_code) == (200, 302)
    assert Letter.objects.count() == 2
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_sign_in_leads_to_pages_of_ours_only(client, wanted):
    make_person("Anke")

    assert sign_in_by_mail(client, "anke@example.org", wanted)["Location"] == "/mein-bereich/"


def test_too_many_codes_to_one_address_are_refused_with_a_sentence(client):
    make_person("Anke")

    answers = [send(client, "/anmelden/", {"email": "anke@example.org"}) for _ in range(6)]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Bitte warten Sie fünf Minuten." in answers[-1].content.decode()
    assert Letter.objects.count() == 5


def test_too_many_tries_from_one_place_are_refused(client):
    answers = [send(client, "/anmelden/", {"email": f"n{number}@example.org"}) for number in range(31)]

    assert [answer.status_code for answer in answers] == [302] * 30 + [429]


@pytest.mark.parametrize("email", ["", "anke", "anke@", "a" * 250 + "@example.org"])
def test_a_wrong_address_shows_a_sentence(client, email):
    answer = send(client, "/anmelden/", {"email": email})

    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["email"]


def test_signed_in_people_are_led_on(client):
    client.force_login(make_emil())

    assert client.get("/anmelden/?next=/buero/")["Location"] == "/buero/"
    assert client.get("/anmelden/code/")["Location"] == "/mein-bereich/"


def test_personal_pages_lead_to_sign_in_and_back(client):
    assert client.get("/konto/")["Location"] == "/anmelden/?next=/konto/"


def test_signing_out_takes_a_post_and_ends_the_session(client):
    make_person("Anke")
    sign_in_by_mail(client, "anke@example.org")
    key = client.session.session_key

    refused = client.get("/abmelden/")
    answer = send(client, "/konto/", to="/abmelden/")

    assert refused.status_code == 405
    assert answer["Location"] == "/"
    assert (SignIn.objects.count(), Session.objects.filter(session_key=key).count()) == (0, 0)


@pytest.mark.parametrize("name", ["sign_in", "sign_in_code", "second_proof", "passkey"])
def test_wrong_methods(client, name):
    path = reverse(f"accounts:{name}")
    send(client, "/anmelden/", {"email": "x@example.org"})

    answer = client.put(path, headers={"X-CSRFToken": client.cookies["csrf"].value})

    assert answer.status_code == 405


def test_nobody_has_a_password():
    anke = make_person("Anke")
    anke.password = "!"

    assert (anke.has_usable_password(), anke.check_password("")) == (False, False)


def test_a_provider_that_is_not_configured_does_not_exist(client):
    assert send(client, "/anmelden/", to="/anmelden/mit/dienst/").status_code == 404
    assert client.get("/anmelden/mit/dienst/zurueck/").status_code == 404


def test_a_known_address_costs_the_letter_more_and_nothing_else(client):
    make_person("Anke")
    costs = {}
    for name in ("anke", "nobody"):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as spent:
            send(client, "/anmelden/", {"email": f"{name}@example.org"})
        costs[name] = len(spent)

    assert costs["anke"] - costs["nobody"] == 4
