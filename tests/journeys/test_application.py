"""Anke applies for her town without an account and with the keyboard alone; Heinz says yes by the link in his letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import watched_page
from tests.journeys.hands import fill, heading, letter_to, press, reach, walk_to
from tests.journeys.stage import NARROW, open_context
from tests.ui.accessibility import axe_violations, html_errors

pytestmark = pytest.mark.journey

ADDRESS = "anke.tastatur@example.org"


@pytest.fixture
def narrow_page(browser, site):
    """Yield a page as wide as a phone."""
    yield from watched_page(open_context(browser, site, viewport=NARROW))


def check(page):
    """Find nothing wrong that a machine can see, and nothing wider than the phone."""
    assert axe_violations(page) == []
    assert html_errors(page.request.get(page.url).text()) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.main
def test_anke_applies_with_the_keyboard_and_heinz_releases_her(narrow_page):
    begin(narrow_page)
    fill_in(narrow_page)
    send(narrow_page)
    release(narrow_page)


def begin(page):
    page.goto("/ausschreibungen/")
    check(page)
    press(page, page.locator("h3 a").first.inner_text(), role="link")
    check(page)
    press(page, "Bewerben", role="link")
    expect(heading(page)).to_have_text("Bewerben")
    check(page)
    fill(page, "Ihre dienstliche E-Mail-Adresse", ADDRESS)
    reach(page, "Ihre Kommune")
    page.keyboard.type("oranienburg")
    page.get_by_role("option", name=re.compile("^Oranienburg")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    press(page, "Anfangen")
    expect(page.get_by_text("4 Schritte sind noch offen.")).to_be_visible()
    check(page)


def fill_in(page):
    press(page, "Person", role="link")
    fill(page, "Ihr Name", "Anke Tastatur")
    fill(page, "Ihre Funktion", "Stabsstelle Digitales")
    with page.expect_response(lambda answer: answer.request.headers.get("x-autosave") == "yes") as saved:
        page.keyboard.press("Tab")
    assert saved.value.ok
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^gespeichert \d{1,2}:\d\d$"))
    check(page)
    press(page, "Speichern und weiter")

    expect(heading(page)).to_have_text("Motivation")
    fill(page, "Warum möchten Sie teilnehmen?", "Wir wollen aus vielen Ideen einen Plan machen.")
    check(page)
    press(page, "Speichern und weiter")

    expect(heading(page)).to_have_text("Selbsteinschätzung")
    check(page)
    for question in page.get_by_role("group").all():
        walk_to(page, question.get_by_role("radio").first)
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        expect(question.get_by_role("radio").nth(3)).to_be_checked()
    press(page, "Speichern und weiter")

    expect(heading(page)).to_have_text("Fachvorgesetzte")
    fill(page, "Name", "Heinz Tastatur")
    fill(page, "Dienstliche E-Mail-Adresse", "heinz.tastatur@example.org")
    check(page)
    press(page, "Speichern und weiter")


def send(page):
    expect(heading(page)).to_have_text("Prüfen und absenden")
    check(page)
    for agreement in page.get_by_role("checkbox").all():
        walk_to(page, agreement)
        page.keyboard.press("Space")
        expect(agreement).to_be_checked()
    press(page, "Bewerbung absenden")
    expect(page.get_by_text("Ihre Bewerbung ist da. Jetzt fehlt die Freigabe.")).to_be_visible()
    check(page)


def release(page):
    page.goto(letter_to(page, "heinz.tastatur@example.org", "Bitte um Freigabe"))
    expect(heading(page)).to_have_text("Anke Tastatur bittet um Ihre Freigabe")
    check(page)
    reach(page, "Ja, ich gebe die Teilnahme frei.")
    page.keyboard.press("Space")
    press(page, "Antwort geben")
    expect(page.get_by_text("Sie haben die Teilnahme freigegeben.")).to_be_visible()
    check(page)

    page.goto(letter_to(page, ADDRESS, "Ihre Bewerbung ist freigegeben"))
    expect(page.get_by_text("Ihre Bewerbung ist freigegeben und nimmt an der Auswahl teil.")).to_be_visible()
    check(page)


def test_without_a_script_the_town_is_chosen_from_a_list(page_without_javascript):
    page = page_without_javascript
    page.goto("/ausschreibungen/")
    page.locator("h3 a").first.click()
    page.get_by_role("link", name="Bewerben", exact=True).first.click()
    page.get_by_label("Ihre dienstliche E-Mail-Adresse").fill("bert.ohne@example.org")
    page.get_by_label("Ihre Kommune").fill("Neustadt")
    page.get_by_role("button", name="Anfangen").click()
    page.get_by_label(re.compile("^Neustadt a.d.Donau")).check()
    page.get_by_role("button", name="Anfangen").click()

    expect(page.get_by_text("4 Schritte sind noch offen.")).to_be_visible()
    page.get_by_role("link", name="Kommune", exact=True).click()
    expect(page.get_by_label("Ihre Kommune")).to_have_value("Neustadt a.d.Donau")
