"""Frauke gets the programme on Friday and teaches on Tuesday; a visitor looks a word up and asks where something is tested."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.hands import Eyes, heading, press, walk_to
from tests.ui.accessibility import html_errors_of

pytestmark = pytest.mark.journey

PROGRAMME = "/programme/smart-city-manager/"
MORNING = "Vom Leitbild zum Ziel: digital im Zusammenhang der Stadtentwicklung"
FOLDER = "Mappe für die Leitung als PDF"
METHOD = "Murder Board"
COMPETENCY = "Daten als gemeinsames Gut behandeln"


class Reader(Eyes):
    """Eyes that keep the text of each page too, for a last look at all of them."""

    def __init__(self):
        super().__init__()
        self.texts = {}

    def look(self, page):
        super().look(page)
        address = page.url.split("#")[0]
        if address not in self.texts:
            self.texts[address] = page.request.get(address).text()


@pytest.fixture
def reader(wide_page):
    """Yield what looks at every page of the story; at the end nothing was wrong with any of them."""
    # Else a page still glides to a link when Enter is pressed on it, faster than anybody could.
    wide_page.emulate_media(reduced_motion="reduce")
    reader = Reader()
    yield reader
    assert reader.found() == []
    assert html_errors_of(reader.texts) == {}


def test_a_trainer_prepares_a_morning_with_the_keyboard(wide_page, reader):
    open_the_morning(wide_page, reader)
    read_the_guide(wide_page, reader)
    fetch_the_folder(wide_page)
    take_a_card(wide_page, reader)
    go_back(wide_page)


def open_the_morning(page, reader):
    page.goto(PROGRAMME)
    wait_for_the_folders(page)
    page.goto(PROGRAMME)
    jump(page, "Module und Einheiten")
    reader.look(page)
    press(page, MORNING, role="link")
    expect(heading(page)).to_have_text(MORNING)
    reader.look(page)


def wait_for_the_folders(page):
    """The files of a version are made by a job after its release; on a fresh instance that takes some seconds."""
    unit = page.get_by_role("link", name=MORNING).first.get_attribute("href")
    for _ in range(240):
        page.goto(unit)
        if page.get_by_role("link", name=FOLDER).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"no {FOLDER!r} on {unit} after two minutes")


def fetch_the_folder(page):
    link = page.get_by_role("link", name=FOLDER, exact=True).first
    walk_to(page, link)
    answer = page.request.get(link.get_attribute("href"))

    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF-")


def read_the_guide(page, reader):
    press(page, "Leitfaden mit Ablauf", role="link")
    expect(heading(page)).to_have_text(f"Leitfaden: {MORNING}")
    expect(page.get_by_role("heading", name="Das brauchen Sie")).to_be_visible()
    reader.look(page)
    jump(page, "Hinweise")
    press(page, "Zur Einheit", role="link")
    press(page, "Leitfaden mit Ablauf", role="link")


def take_a_card(page, reader):
    card = page.locator("#mitnehmen ~ div").get_by_role("link", name="Gegenlesen", exact=True)
    walk_to(page, card)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Gegenlesen")
    reader.look(page)
    # On paper it is one sheet.
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


def go_back(page):
    press(page, re.compile(f"^3 · {re.escape(MORNING)}"), role="link")
    expect(heading(page)).to_have_text(MORNING)
    page.go_back()
    press(page, "Smart City Manager:in", role="link")
    expect(heading(page)).to_have_text("Smart City Manager:in")


def test_a_visitor_looks_a_word_up_and_asks_where_it_is_tested(wide_page, reader):
    page = wide_page
    page.goto(PROGRAMME)
    jump(page, "Zum Unterrichten")
    press(page, "Glossar", role="link")
    jump(page, "D")
    reader.look(page)
    follow(page, page.locator("section", has=page.locator("#buchstabe-d")).locator("dd a").first)
    follow(page, page.locator("section", has=page.locator("#buchstabe-d")).get_by_role("link", name="Zu den Buchstaben"))
    jump(page, "Z")
    press(page, "Zum Programm", role="link")
    press(page, "Was gelehrt, geübt und geprüft wird", role="link")
    expect(page.get_by_text("Jede Kompetenz wird mindestens einmal gelehrt, geübt und geprüft.")).to_be_visible()
    reader.look(page)
    press(page, COMPETENCY, role="link")
    expect(heading(page)).to_have_text(COMPETENCY)
    reader.look(page)
    tested = page.get_by_role("link", name=re.compile(r"^\d+ Fragen?$")).first
    walk_to(page, tested)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Selbsttest")).to_be_in_viewport()


def test_methods_are_found_by_what_they_are_for(wide_page, reader):
    wide_page.goto(f"{PROGRAMME}1.0.0/methoden/")
    reader.look(wide_page)
    press(wide_page, METHOD, role="link")
    expect(heading(wide_page)).to_have_text(METHOD)
    reader.look(wide_page)


def jump(page, name):
    """Walk to a link that leads down the same page, press Enter, and see its target."""
    follow(page, page.get_by_role("main").get_by_role("link", name=name, exact=True).first)


def follow(page, link):
    target = link.get_attribute("href")
    assert target.startswith("#"), f"a link down the page leads to {target}"
    walk_to(page, link)
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{target[1:]}']")).to_be_in_viewport()
