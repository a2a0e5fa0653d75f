"""Second proofs: set up, asked for, removed. Passkeys are told in a real browser, in ``journeys``."""

import pytest
from allauth.mfa.models import Authenticator

from staffel.accounts.models import AuditEntry, Letter, SignIn
from tests.accounts.browser import app_code, mailed_code, send, set_up_app, sign_in_by_mail
from tests.accounts.factories import make_emil, make_person

pytestmark = pytest.mark.django_db


def test_an_app_is_set_up_with_its_code_and_gives_recovery_codes(client):
    emil = make_emil()
    sign_in_by_mail(client, "emil@example.org")

    secret = set_up_app(client)
    codes = client.get("/konto/anmeldung/ersatzcodes/")

    assert sorted(one.type for one in Authenticator.objects.filter(user=emil)) == ["recovery_codes", "totp"]
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))
    assert len(codes.context["codes"]) == 10
    assert AuditEntry.objects.filter(action="accounts.app_added", actor_id=emil.public_id).count() == 1
    assert Letter.objects.filter(kind="accounts.app_added").get().to_email == "emil@example.org"


def test_a_wrong_code_sets_nothing_up(client):
    client.force_login(make_emil())

    answer = send(client, "/konto/anmeldung/app/", {"code": "000000"})

    assert answer.context["form"].errors["code"] == ["Das hat nicht gestimmt. Bitte versuchen Sie es noch einmal."]
    assert Authenticator.objects.count() == 0


def test_sign_in_asks_for_the_app(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    secret = set_up_app(client)
    send(client, "/konto/", to="/abmelden/")

    first = sign_in_by_mail(client, "emil@example.org", "/rolle/")
    signed_in_after_first = "_auth_user_id" in client.session
    wrong = send(client, "/anmelden/zweiter-nachweis/", {"code": "000000"})
    answer = send(client, "/anmelden/zweiter-nachweis/", {"code": app_code(secret, steps=1)})

    assert (first["Location"], signed_in_after_first) == ("/anmelden/zweiter-nachweis/", False)
    assert wrong.status_code == 200
    assert answer["Location"] == "/rolle/"
    assert [one.way for one in SignIn.objects.all()] == ["Code per E-Mail und zweiter Nachweis"]


def test_a_recovery_code_counts_once(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)
    code = client.get("/konto/anmeldung/ersatzcodes/").context["codes"][0]

    answers = []
    for _ in range(2):
        send(client, "/konto/", to="/abmelden/")
        sign_in_by_mail(client, "emil@example.org")
        answers.append(send(client, "/anmelden/zweiter-nachweis/", {"code": code}).status_code)

    assert answers == [302, 200]


def test_the_second_step_needs_the_first(client):
    assert client.get("/anmelden/zweiter-nachweis/")["Location"] == "/anmelden/"


@pytest.mark.parametrize("path", ["app/", "passkey/", "ersatzcodes/", "1/entfernen/"])
def test_changes_ask_for_the_proof_again(client, path):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    secret = set_up_app(client)
    send(client, "/konto/", to="/abmelden/")
    sign_in_by_mail(client, "emil@example.org")
    send(client, "/anmelden/zweiter-nachweis/", {"code": app_code(secret, steps=1)})
    page = f"/konto/anmeldung/{path}"

    asked = client.get(page)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    answer = send(client, asked["Location"], {"code": code, "next": page})

    assert asked["Location"] == f"/konto/anmeldung/bestaetigen/?next={page.replace('/', '%2F')}"
    assert answer["Location"] == page


def test_new_recovery_codes_replace_the_old(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)
    old = client.get("/konto/anmeldung/ersatzcodes/").context["codes"]

    send(client, "/konto/anmeldung/ersatzcodes/", to="/konto/anmeldung/ersatzcodes/neu/")
    new = client.get("/konto/anmeldung/ersatzcodes/").context["codes"]

    assert (len(new), set(old) & set(new)) == (10, set())


def test_removing_the_last_proof_takes_the_codes_with_it(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)
    page = f"/konto/anmeldung/{Authenticator.objects.get(type='totp').pk}/entfernen/"

    answer = send(client, page)

    assert answer["Location"] == "/konto/anmeldung/"
    assert Authenticator.objects.count() == 0
    assert AuditEntry.objects.filter(action="accounts.proof_removed").count() == 1


def test_acc_06_the_last_proof_stays_where_a_role_asks_for_it(client, settings):
    settings.SECOND_PROOF = True
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)

    answer = send(client, f"/konto/anmeldung/{Authenticator.objects.get(type='totp').pk}/entfernen/")

    assert (answer.status_code, "ACC-06" in answer.content.decode()) == (409, True)
    assert Authenticator.objects.count() == 2


def test_acc_07_there_is_one_app(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)

    secret = client.get("/konto/anmeldung/app/").context["form"].secret
    answer = client.post(
        "/konto/anmeldung/app/", {"code": app_code(secret), "csrfmiddlewaretoken": client.cookies["csrf"].value}
    )

    assert (answer.status_code, "ACC-07" in answer.content.decode()) == (409, True)


def test_proofs_of_others_are_out_of_sight(client):
    cora = make_person("Cora")
    theirs = Authenticator.objects.create(user=cora, type="totp", data={"secret": ""})
    client.force_login(make_emil())

    assert client.get(f"/konto/anmeldung/{theirs.pk}/entfernen/").status_code == 404


def test_the_page_says_what_is_set_up(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    before = client.get("/konto/anmeldung/").content.decode()
    set_up_app(client)
    after = client.get("/konto/anmeldung/").content.decode()

    assert "Ersatzcodes" not in before
    assert "10 Ersatzcodes sind noch übrig." in after


def test_guessing_the_second_proof_is_limited(client):
    make_emil()
    sign_in_by_mail(client, "emil@example.org")
    set_up_app(client)
    send(client, "/konto/", to="/abmelden/")
    sign_in_by_mail(client, "emil@example.org")

    answers = [send(client, "/anmelden/zweiter-nachweis/", {"code": f"00000{n}"}) for n in range(6)]

    assert answers[4].context["form"].errors["code"] == ["Das hat nicht gestimmt. Bitte versuchen Sie es noch einmal."]
    assert answers[5].context["form"].errors["code"] == [
        "Das waren viele Versuche in kurzer Zeit. Bitte warten Sie fünf Minuten."
    ]


def test_a_passkey_that_nobody_has_signs_nobody_in(client):
    options = client.get("/anmelden/passkey/").json()
    credential = '{"id": "x", "rawId": "x", "type": "public-key", "response": {}, "clientExtensionResults": {}}'

    answer = send(client, "/anmelden/", {"credential": credential}, to="/anmelden/passkey/")

    assert options["publicKey"]["userVerification"] == "required"
    assert answer["Location"] == "/anmelden/"
    assert "_auth_user_id" not in client.session


def test_the_code_of_the_mail_is_never_enough_for_the_first_letter_of_another(client):
    """Two people, two browsers: the code of one does not open the account of the other."""
    make_emil()
    make_person("Anke")
    send(client, "/anmelden/", {"email": "emil@example.org"})
    code_of_emil = mailed_code()
    send(client, "/anmelden/", {"email": "anke@example.org"})

    answer = send(client, "/anmelden/code/", {"code": code_of_emil})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
