"""The chain, from a call to a certificate, as six people in six browsers.

Emil runs the programme office, Anna applies for her town and a neighbour, Heinz is her supervisor, Frauke leads the
mornings, Cora has done it all, Gül holds a certificate in her hands. Mornings cannot be waited for: from the fourth
morning on the story goes on in the Staffeln of the demo. Every page is looked at in both widths.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import watched_page
from tests.journeys.hands import Eyes, click, code_for, fill, heading, letter_to, press, reach, read_letter, walk_to
from tests.journeys.stage import WIDE, open_context

pytestmark = pytest.mark.journey

TITLE = "Staffel 6: Kommunen der Reise"
ANNA, BERTA, CARLA = "anna.reise@example.org", "berta.reise@example.org", "carla.reise@example.org"
LEADS_NOWHERE = "Failed to load resource: the server responded with a status of"


class Troupe(Eyes):
    """A browser for everyone in the story, each with cookies of their own."""

    def __init__(self, browser, site):
        super().__init__()
        self.browser, self.site, self.open = browser, site, {}

    def __getitem__(self, name):
        """Return the page of somebody; who has an account in the demo is signed in."""
        if name not in self.open:
            watched = watched_page(
                open_context(self.browser, self.site, viewport=WIDE),
                ignored=LEADS_NOWHERE if name in ("guel", "cora") else "\0",
            )
            self.open[name] = (watched, next(watched))
            if name in ("emil", "frauke", "cora"):
                self.open[name][1].goto("/anmelden-als/")
                self.open[name][1].locator(f"form[action='/anmelden-als/{name}/'] button").click()
        return self.open[name][1]

    def close(self):
        for watched, _page in self.open.values():
            next(watched, None)


@pytest.fixture(scope="module")
def troupe(browser, site):
    """Yield the people of the story; at the end nobody's page has complained."""
    troupe = Troupe(browser, site)
    yield troupe
    troupe.close()


def local(**later):
    """Return a moment from now as the clock on the wall in the office shows it."""
    return datetime.now(ZoneInfo("Europe/Berlin")) + timedelta(**later)


@pytest.mark.main
def test_from_the_call_to_the_seat(troupe):
    call = emil_opens_a_call(troupe)
    anna_applies_with_the_keyboard(troupe, call)
    heinz_releases_her(troupe)
    for name, email, town in (("Berta Reise", BERTA, "Oranienburg"), ("Carla Reise", CARLA, "Templin")):
        another_applies(troupe, call, name, email, town)
    emil_closes_early_and_decides(troupe, call)
    anna_accepts(troupe)
    berta_declines_and_carla_moves_up(troupe)
    anna_signs_in_and_sees_her_dates(troupe)

    assert troupe.found() == []


@pytest.mark.main
def test_from_the_morning_to_the_certificate(troupe):
    frauke_takes_attendance(troupe)
    code = emil_issues_certificates(troupe)
    cora_opens_hers(troupe, code)
    guel_verifies(troupe, code)
    emil_revokes(troupe, code)
    guel_and_cora_see_it_revoked(troupe, code)

    assert troupe.found() == []


# From the call to the seat ---------------------------------------------------------------------------------------------


def emil_opens_a_call(troupe):
    """Given an empty form, when Emil fills it in and makes the call known, then it stands open on its public page."""
    page = troupe["emil"]
    page.goto("/buero/ausschreibungen/")
    troupe.look(page)
    click(page, "Neue Ausschreibung", role="link")
    troupe.look(page)
    page.get_by_label("Name der Staffel").fill("Staffel 6")
    page.get_by_label("Plätze", exact=True).fill("2")
    page.get_by_label("Erster Termin, frühestens am").fill(local(days=60).strftime("%Y-%m-%d"))
    page.get_by_label("Titel der Ausschreibung").fill(TITLE)
    page.get_by_label("Text", exact=True).fill("Zehn Vormittage.\n\n- online\n- in einer festen Gruppe")
    page.get_by_label("Bewerbung ab").fill(local(hours=-1).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Bewerbung bis").fill(local(days=14).strftime("%Y-%m-%dT%H:%M"))
    click(page, "Entwurf speichern")
    expect(page.get_by_text("Der Entwurf ist gespeichert.")).to_be_visible()
    troupe.look(page)
    click(page, "Bekannt machen", role="link")
    troupe.look(page)
    click(page, "Bekannt machen")
    expect(page.get_by_text("Die Ausschreibung ist bekannt gemacht.")).to_be_visible()
    troupe.look(page)
    return page.url.rstrip("/").rsplit("/", 1)[1]


def choose(page, label, letters, town):
    """Choose a municipality by its first letters, without touching the mouse."""
    reach(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.type(letters)
    page.get_by_role("option", name=re.compile(f"^{town}")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def anna_applies_with_the_keyboard(troupe, call):
    """Given no account, when Anna applies for a shared seat, leaves and comes back by her mail, then she can send it."""
    page = troupe["anna"]
    page.goto("/ausschreibungen/")
    troupe.look(page)
    press(page, TITLE, role="link")
    troupe.look(page)
    press(page, "Bewerben", role="link")
    troupe.look(page)
    fill(page, "Ihre dienstliche E-Mail-Adresse", ANNA)
    choose(page, "Ihre Kommune", "zos", "Zossen")
    press(page, "Anfangen")
    press(page, "Kommune", role="link")
    choose(page, "Zweite Kommune auf demselben Platz (freiwillig)", "jüt", "Jüterbog")
    troupe.look(page)
    press(page, "Speichern und weiter")

    page.goto(letter_to(page, ANNA, "Ihre Bewerbung: hier geht es weiter"))
    troupe.look(page)
    press(page, "Person", role="link")
    fill(page, "Ihr Name", "Anna Reise")
    fill(page, "Ihre Funktion", "Hauptamt")
    press(page, "Speichern und weiter")
    fill(page, "Warum möchten Sie teilnehmen?", "Zwei Städte, eine Strategie.")
    press(page, "Speichern und weiter")
    for question in page.get_by_role("group").all():
        walk_to(page, question.get_by_role("radio").first)
        page.keyboard.press("ArrowDown")
    troupe.look(page)
    press(page, "Speichern und weiter")
    fill(page, "Name", "Heinz Reise")
    fill(page, "Dienstliche E-Mail-Adresse", "heinz.reise@example.org")
    press(page, "Speichern und weiter")
    expect(page.get_by_text("Jüterbog").first).to_be_visible()
    for agreement in page.get_by_role("checkbox").all():
        walk_to(page, agreement)
        page.keyboard.press("Space")
    troupe.look(page)
    press(page, "Bewerbung absenden")
    expect(page.get_by_text("Ihre Bewerbung ist da. Jetzt fehlt die Freigabe.")).to_be_visible()
    troupe.look(page)


def heinz_releases_her(troupe, who="Anna Reise", email="heinz.reise@example.org"):
    """Given a letter with a link, when Heinz says yes, then the application takes part in the choice."""
    page = troupe["heinz"]
    page.goto(letter_to(page, email, f"Bitte um Freigabe: {who}"))
    expect(heading(page)).to_have_text(f"{who} bittet um Ihre Freigabe")
    troupe.look(page)
    page.get_by_label("Ja, ich gebe die Teilnahme frei.").check()
    click(page, "Antwort geben")
    expect(page.get_by_text("Sie haben die Teilnahme freigegeben.")).to_be_visible()
    troupe.look(page)


def another_applies(troupe, call, name, email, town):
    """Given the same call, when another applies by pointing, then her supervisor releases her too."""
    page = troupe[email]
    page.goto(f"/ausschreibungen/{call}/bewerben/")
    page.get_by_label("Ihre dienstliche E-Mail-Adresse").fill(email)
    page.get_by_role("combobox", name="Ihre Kommune").press_sequentially(town[:3])
    page.get_by_role("option", name=re.compile(f"^{town}")).first.click()
    click(page, "Anfangen")
    click(page, "Person", role="link")
    page.get_by_label("Ihr Name").fill(name)
    page.get_by_label("Ihre Funktion").fill("Bauamt")
    click(page, "Speichern und weiter")
    page.get_by_label("Warum möchten Sie teilnehmen?").fill("Weil wir es lernen wollen.")
    click(page, "Speichern und weiter")
    for question in page.get_by_role("group").all():
        question.get_by_role("radio").nth(2).check()
    click(page, "Speichern und weiter")
    page.get_by_label("Name", exact=True).first.fill(f"Chefin von {name}")
    page.get_by_label("Dienstliche E-Mail-Adresse", exact=True).first.fill(f"chefin.{email}")
    click(page, "Speichern und weiter")
    for agreement in page.get_by_role("checkbox").all():
        agreement.check()
    click(page, "Bewerbung absenden")
    expect(page.get_by_text("Ihre Bewerbung ist da.")).to_be_visible()
    heinz_releases_her(troupe, name, f"chefin.{email}")


def emil_closes_early_and_decides(troupe, call):
    """Given three released applications for two places, when Emil decides by hand, then all three hear of it at once."""
    page = troupe["emil"]
    page.goto(f"/buero/ausschreibungen/{call}/schliessen/")
    troupe.look(page)
    page.get_by_label("Grund").fill("Alle, die wir erwarten, haben sich beworben.")
    click(page, "Ausschreibung schließen")
    expect(page.get_by_text("Die Ausschreibung ist geschlossen.")).to_be_visible()
    for town, kind in (("Zossen", "Platz"), ("Oranienburg", "Platz"), ("Templin", "Warteliste")):
        page.goto(f"/buero/ausschreibungen/{call}/bewerbungen/")
        troupe.look(page)
        page.get_by_role("table").get_by_role("link", name=town).click()
        page.get_by_role("radio", name=kind, exact=True).check()
        page.get_by_label("Grund").fill(f"{kind} für {town}: so ist es ausgewogen.")
        click(page, "Entscheidung speichern")
        expect(page.get_by_text(f"{kind} für {town}").first).to_be_visible()
        troupe.look(page)
    page.goto(f"/buero/ausschreibungen/{call}/warteliste/")
    expect(page.get_by_role("link", name="Templin")).to_be_visible()
    troupe.look(page)
    page.goto(f"/buero/ausschreibungen/{call}/veroeffentlichen/")
    troupe.look(page)
    page.locator("main form").get_by_role("button").first.click()
    page.goto(f"/buero/ausschreibungen/{call}/")
    expect(page.get_by_text("0 von 2 Plätzen").first).to_be_visible()
    troupe.look(page)


def anna_accepts(troupe):
    """Given an offer in a letter, when Anna says yes, then the place is hers and the dates are named."""
    page = troupe["anna"]
    page.goto(letter_to(page, ANNA, "Ihr Platz"))
    expect(heading(page)).to_have_text("Ihr Platz wartet auf Sie")
    troupe.look(page)
    press(page, "Platz annehmen")
    expect(heading(page)).to_have_text("Ihr Platz ist bestätigt")
    troupe.look(page)


def berta_declines_and_carla_moves_up(troupe):
    """Given a waiting list, when Berta declines, then Carla gets an offer without anybody doing anything."""
    page = troupe[BERTA]
    page.goto(letter_to(page, BERTA, "Ihr Platz"))
    click(page, "Platz ablehnen", role="link")
    troupe.look(page)
    click(page, "Platz endgültig ablehnen")
    expect(heading(page)).to_have_text("Sie haben den Platz abgelehnt")
    troupe.look(page)
    other = troupe[CARLA]
    read_letter(other, CARLA, "Sie stehen auf der Warteliste")
    other.goto(letter_to(other, CARLA, "Ihr Platz"))
    expect(heading(other)).to_have_text("Ihr Platz wartet auf Sie")


def anna_signs_in_and_sees_her_dates(troupe):
    """Given a place, when Anna signs in by the code of her mail, then she sees her mornings and takes them along."""
    page = troupe["anna"]
    page.goto("/anmelden/")
    troupe.look(page)
    fill(page, "Dienstliche E-Mail-Adresse", ANNA)
    press(page, "Code anfordern")
    troupe.look(page)
    fill(page, "Code aus der Mail", code_for(page, ANNA))
    press(page, "Anmelden")
    page.goto("/mein-bereich/")
    troupe.look(page)
    press(page, "Termine und Kalender", role="link")
    expect(page.locator("main")).to_contain_text("9:00 bis 13:00 Uhr")
    troupe.look(page)
    page.goto("/konto/kalender/")
    press(page, "Adresse anlegen")
    address = page.get_by_label("Adresse zum Kopieren").input_value()
    troupe.look(page)

    assert page.request.get(address).text().count("BEGIN:VEVENT") == 10


# From the morning to the certificate -----------------------------------------------------------------------------------


def frauke_takes_attendance(troupe):
    """Given the fourth morning is over, when Frauke notes one absence and saves once, then all are noted."""
    page = troupe["frauke"]
    page.goto("/mein-bereich/")
    troupe.look(page)
    click(page, "Anwesenheit erfassen", role="link")
    expect(page.get_by_text("Alle stehen auf „ganz da“")).to_be_visible()
    troupe.look(page)
    page.get_by_role("group", name="Bert Beispiel").get_by_label("nicht da").check()
    click(page, "Anwesenheit speichern")
    expect(page.locator("main")).to_contain_text("15")
    troupe.look(page)


def emil_issues_certificates(troupe):
    """Given a Staffel that is over, when Emil looks at one paper and issues all, then Cora's has a code."""
    page = troupe["emil"]
    page.goto("/buero/staffeln/")
    troupe.look(page)
    click(page, "Staffel 3a", role="link")
    troupe.look(page)
    page.goto(f"{page.url}zertifikate/")
    troupe.look(page)
    preview = page.get_by_role("link", name=re.compile("^Vorschau.*Cora Beispiel")).get_attribute("href")
    assert page.request.get(preview).body().startswith(b"%PDF-")
    click(page, "Urkunden ausstellen …", role="link")
    troupe.look(page)
    click(page, "Jetzt ausstellen")
    expect(page.get_by_text(re.compile(r"\d Urkunden sind ausgestellt\."))).to_be_visible()
    troupe.look(page)
    href = page.get_by_role("link", name=re.compile("^Urkunde.*Cora Beispiel")).get_attribute("href")
    return re.fullmatch(r"/urkunde/(\w{13})\.pdf", href)[1]


def cora_opens_hers(troupe, code):
    """Given a letter that it is there, when Cora goes to her pages, then her certificate opens."""
    page = troupe["cora"]
    read_letter(page, "cora@example.org", "Ihre Urkunde")
    page.goto("/mein-bereich/")
    troupe.look(page)
    paper = page.request.get(page.locator(f"a[href='/urkunde/{code}.pdf']").first.get_attribute("href"))

    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")


def ask(page, code):
    page.goto("/pruefen/")
    page.get_by_label("Prüfcode").fill(code)
    click(page, "Prüfen")


def guel_verifies(troupe, code):
    """Given three codes, when Gül types them, then one is known, one is not, one is a slip of the finger."""
    page = troupe["guel"]
    page.goto("/pruefen/")
    troupe.look(page)
    ask(page, code.lower())
    expect(heading(page)).to_have_text("Diese Urkunde ist ein Beispiel")
    expect(page.locator("main")).to_contain_text("Cora Beispiel")
    troupe.look(page)
    swapped = code[:-1] + ("0" if code[-1] != "0" else "1")
    ask(page, swapped)
    expect(heading(page)).to_have_text("Da hat sich wohl ein Tippfehler eingeschlichen")
    troupe.look(page)
    ask(page, "7K2M-9QXW-4T1BJ")
    expect(heading(page)).to_have_text("Diesen Prüfcode kennen wir nicht")
    troupe.look(page)


def emil_revokes(troupe, code):
    """Given a mistake in the name, when Emil revokes with a reason, then the list says so."""
    page = troupe["emil"]
    page.goto(f"/buero/urkunden/{code}/widerrufen/")
    troupe.look(page)
    page.get_by_label("Warum gilt diese Urkunde nicht mehr?").fill("Der Name war falsch geschrieben.")
    click(page, "Urkunde widerrufen")
    expect(page.get_by_text("Die Urkunde ist widerrufen.")).to_be_visible()
    troupe.look(page)


def guel_and_cora_see_it_revoked(troupe, code):
    """Given it is revoked, when Gül types the code again, then she learns that and not why; Cora learns why."""
    page = troupe["guel"]
    ask(page, code)
    expect(heading(page)).to_have_text("Diese Urkunde ist widerrufen")
    expect(page.get_by_text("Der Name war falsch geschrieben.")).to_have_count(0)
    troupe.look(page)
    hers = troupe["cora"]
    assert hers.goto(f"/urkunde/{code}.pdf").status == 410
    expect(hers.get_by_text("Der Grund: Der Name war falsch geschrieben.")).to_be_visible()
    troupe.look(hers)
