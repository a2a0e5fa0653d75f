"""Sign-in with a real OpenID Connect provider that runs beside the test: code flow with PKCE."""

import re
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from staffel.accounts.models import Person, SignIn
from tests.accounts.browser import send
from tests.accounts.factories import make_emil, make_person
from tests.journeys.stage import free_port

pytestmark = pytest.mark.django_db

BACK = "/anmelden/mit/dienst/zurueck/"


@pytest.fixture(scope="module")
def issuer():
    """Start the provider and yield its address."""
    port = free_port()
    process = subprocess.Popen(
        ["node", "provider.mjs", str(port), f"http://testserver{BACK}"],
        cwd=Path(__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout.readline() == "ready\n"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.communicate(timeout=10)


@pytest.fixture(autouse=True)
def _configured(settings, issuer):
    settings.OIDC_SERVER = issuer
    settings.OIDC_NAME = "Landeskonto"
    app = {"provider_id": "dienst", "name": "Landeskonto", "client_id": "staffel", "secret": "only-for-tests-0123456789"}
    apps = [app | {"settings": {"server_url": issuer}}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}


def at_the_provider(address, name, *, consent=True):
    """Go to the provider as a browser does, sign in there as ``name``, allow it, and return the way back to us."""
    with requests.Session() as browser:
        answer = browser.get(address, timeout=10)
        answer = browser.post(answer.url, {"prompt": "login", "login": name, "password": "x"}, timeout=10)
        if not consent:
            abort = re.search(r'href="([^"]+/abort)"', answer.text)[1]
            answer = browser.get(
                f"{urlsplit(answer.url).scheme}://{urlsplit(answer.url).netloc}{urlsplit(abort).path}",
                timeout=10,
                allow_redirects=False,
            )
        else:
            answer = browser.post(answer.url, {"prompt": "consent"}, timeout=10, allow_redirects=False)
        while answer.headers["Location"].startswith(address.partition("/auth")[0]):
            answer = browser.get(answer.headers["Location"], timeout=10, allow_redirects=False)
        return answer.headers["Location"].removeprefix("http://testserver")


def begin(client, wanted="/konto/"):
    return send(client, "/anmelden/", {"next": wanted}, to="/anmelden/mit/dienst/")["Location"]


def test_the_page_offers_the_provider_by_its_name(client):
    assert "Mit Landeskonto anmelden" in client.get("/anmelden/").content.decode()


def test_the_account_with_the_verified_address_is_signed_in(client):
    emil = make_emil()

    address = begin(client)
    asked = parse_qs(urlsplit(address).query)
    answer = client.get(at_the_provider(address, "emil"))

    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    assert (answer.status_code, answer["Location"]) == (302, "/konto/")
    assert client.session["_auth_user_id"] == str(emil.pk)
    assert SignIn.objects.get().way == "Landeskonto"
    assert (EmailAddress.objects.count(), SocialAccount.objects.count()) == (0, 0)


def test_an_unverified_address_signs_nobody_in(client):
    make_emil()

    answer = client.get(at_the_provider(begin(client), "emil-unverified"), follow=True)

    assert answer.redirect_chain == [("/anmelden/", 302)]
    assert "Zu diesem Landeskonto gibt es hier kein Konto" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_gets_an_account_by_signing_in_there(client):
    make_emil()

    answer = client.get(at_the_provider(begin(client), "cora"), follow=True)

    assert answer.redirect_chain == [("/anmelden/", 302)]
    assert Person.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_closed(client):
    make_person("Cora", is_active=False)

    answer = client.get(at_the_provider(begin(client), "cora"), follow=True)

    assert "Dieses Konto ist geschlossen." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_who_declines_there_comes_back_with_a_sentence(client):
    make_emil()

    answer = client.get(at_the_provider(begin(client), "emil", consent=False), follow=True)

    assert answer.redirect_chain == [("/anmelden/", 302)]
    assert "Die Anmeldung ist dort nicht zu Ende gekommen." in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=forged", "?error=access_denied"])
def test_a_way_back_that_nobody_began_is_refused(client, query):
    answer = client.get(BACK + query, follow=True)

    assert answer.redirect_chain == [("/anmelden/", 302)]
    assert "_auth_user_id" not in client.session


def test_the_code_of_another_browser_is_refused(client):
    make_emil()
    back = at_the_provider(begin(client), "emil")
    client.cookies.clear()

    client.get(back)

    assert "_auth_user_id" not in client.session


def test_a_provider_that_is_away_is_said_in_a_sentence(client, settings):
    app = {"provider_id": "dienst", "name": "x", "client_id": "x", "secret": "x"}
    apps = [app | {"settings": {"server_url": f"http://127.0.0.1:{free_port()}"}}]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}

    answer = send(client, "/anmelden/", to="/anmelden/mit/dienst/")

    assert answer["Location"] == "/anmelden/"
    assert "Der Dienst antwortet gerade nicht." in client.get("/anmelden/").content.decode()


def test_beginning_takes_a_post(client):
    assert client.get("/anmelden/mit/dienst/").status_code == 405


def test_the_second_proof_is_asked_for_after_the_provider_too(client, settings):
    settings.SECOND_PROOF = True
    make_emil()
    client.get(at_the_provider(begin(client), "emil"))

    assert client.get("/buero/menschen/")["Location"] == "/konto/anmeldung/"
