"""Emil is invited, signs in with the code of the mail, sets up a passkey, and signs in with it the next time."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT
from tests.journeys.conftest import watched_page
from tests.journeys.stage import NARROW, WIDE, Site, open_context
from tests.ui.accessibility import axe_violations

pytestmark = pytest.mark.journey

MAIL = "einladung@example.org"
OWN_PAGES = ["/konto/", "/konto/anmeldungen/", "/konto/anmeldung/", "/konto/anmeldung/app/", "/konto/anmeldung/passkey/"]
OWN_PAGES += ["/konto/anmeldung/ersatzcodes/", "/rolle/", "/buero/menschen/", "/buero/menschen/einladen/"]


@pytest.fixture
def page(browser, site):
    """Yield a page under the name localhost, because browsers bind passkeys to names, with a device that has a sensor."""
    named = Site(site.address.replace("127.0.0.1", "localhost"), site.log)
    for page in watched_page(open_context(browser, named, viewport=WIDE)):
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        yield page


@pytest.fixture
def invited(site):
    """Invite somebody as the operator of a new instance does."""
    command = [sys.executable, "manage.py", "invite_office", MAIL, "--name", "Emil Muster", "--organisation", "Neues Büro"]
    environment = os.environ | {"STAFFEL_VAR": str(site.log.parent), "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def code_in_the_newest_letter(page):
    """Return the code that the Postausgang of the demo shows, as somebody reads it in another tab."""
    tab = page.context.new_page()
    tab.goto("/postausgang/")
    tab.get_by_role("link", name="Ihr Code für die Anmeldung").first.click()
    tab.wait_for_url(re.compile(r"/postausgang/\w+/"))
    code = next(found[0] for frame in tab.frames if (found := re.search(r"[B-Z]{4}-[B-Z]{4}", frame.content())))
    tab.close()
    return code


def test_emil_comes_in_by_mail_and_the_next_time_by_passkey(page, invited):
    page.goto("/konto/")
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(MAIL)
    page.get_by_role("button", name="Code anfordern").click()
    page.get_by_label("Code aus der Mail").fill(code_in_the_newest_letter(page))
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_role("heading", name="Mein Konto").wait_for()

    page.goto("/konto/anmeldung/passkey/")
    page.get_by_label("Name").fill("Dienstrechner")
    page.get_by_role("button", name="Passkey einrichten").click()
    page.get_by_role("heading", name="Ersatzcodes").wait_for()

    assert page.locator(".st-codes li").count() == 10

    for path in OWN_PAGES:
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            page.goto(path)
            assert (path, axe_violations(page)) == (path, [])
            assert (path, page.evaluate("document.documentElement.scrollWidth - innerWidth")) == (path, 0)
    page.set_viewport_size(WIDE)

    page.get_by_role("button", name="Abmelden").click()
    page.goto("/anmelden/?next=/konto/anmeldungen/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_role("heading", name="Anmeldungen").wait_for()

    assert page.get_by_role("row").nth(1).locator("td").nth(1).inner_text() == "Passkey"

    page.get_by_role("button", name="Überall abmelden").click()
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(MAIL)
    page.get_by_role("button", name="Code anfordern").click()
    page.get_by_label("Code aus der Mail").fill(code_in_the_newest_letter(page))
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_role("heading", name="Noch ein Schritt").wait_for()

    assert axe_violations(page) == []

    page.get_by_role("button", name="Passkey verwenden").click()
    page.wait_for_url("**/buero/**")


@pytest.mark.parametrize("path", ["/anmelden/", "/anmelden-als/"])
def test_pages_of_sign_in_are_accessible(seen_page, path):
    seen_page.goto(path)

    assert axe_violations(seen_page) == []
    assert seen_page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_without_javascript_nothing_offers_a_passkey(page_without_javascript):
    page_without_javascript.goto("/anmelden/")

    assert page_without_javascript.get_by_role("button", name="Mit Passkey anmelden").is_visible() is False
    assert page_without_javascript.get_by_role("button", name="Code anfordern").is_visible() is True
