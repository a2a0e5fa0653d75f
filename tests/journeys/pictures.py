"""Make the pictures of the documentation from the running program: ``make pictures``.

An empty demo is filled and the chain is played through as ``docs/use/`` tells it, so that a page whose words or buttons have
changed stops the command. What is seen depends on the day: dates count from today.
"""

import io
import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.architecture.house import ROOT
from tests.journeys.stage import NARROW, Site, chromium, open_context, served

TARGET = ROOT / "docs" / "images"
DESK = {"width": 1000, "height": 760}
# Enough for text and the map; a palette makes the files a third as large.
COLOURS = 128
PATIENCE = 30_000
PUBLIC = {"start": "/", "karte": "/karte/?land=12", "kommune": "/kommunen/12060052/"}
CALL, RUNNING, OVER = "Staffel 5: Smart City Manager:in, bundesweit", "Staffel 4", "Staffel 3a"
APPLICANT, SUPERVISOR = "anke@example.org", "heinz@example.org"
GOOD_REASON = "Die Motivation ist klar, und Ihr Land ist sonst kaum vertreten."
WAITING_REASON = "Die Plätze reichen nicht für alle. Ihre Kommune rückt nach, sobald einer frei wird."


class Cast:
    """The people of the story, each with a browser of their own."""

    def __init__(self, browser: Browser, site: Site):
        self.browser, self.site = browser, site

    def page(self, viewport=DESK) -> Page:
        """Return a page of somebody who is not signed in."""
        context = open_context(self.browser, self.site, viewport=viewport, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    def signed_in(self, name: str, viewport=DESK) -> Page:
        """Return the first page of a persona."""
        page = self.page(viewport)
        page.goto("/anmelden-als/")
        press(page, f"Als {name} Beispiel anmelden")
        return page


def press(page: Page, words: str, *, role="button") -> None:
    """Press the first button or link of these words and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role(role, name=words, exact=True).first.click()


def follow(page: Page, words: str) -> None:
    press(page, words, role="link")


def picture(page: Page, name: str, *, top: str = "", height: int = 0, keep_focus: bool = False) -> None:
    """Write what is seen, from the element ``top`` on (else the top of the page), as a small PNG."""
    page.wait_for_load_state("networkidle")
    if not keep_focus:
        page.evaluate("document.activeElement?.blur()")
    start = page.locator(top).first.evaluate("element => element.getBoundingClientRect().top + scrollY") - 16 if top else 0
    size = page.viewport_size
    whole = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": start, "width": size["width"], "height": min(height or size["height"], whole - start)}
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True, clip=clip, animations="disabled"))).convert("RGB")
    small = shot.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    small.save(TARGET / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png")


def letter_to(page: Page, address: str, subject: str) -> str:
    """Return the link in the newest letter to somebody, as the demo's Postausgang shows it."""
    for _ in range(120):
        page.goto(f"/postausgang/?an={address}")
        found = page.get_by_role("link", name=re.compile(f"^{subject}"))
        if found.count():
            found.first.click()
            return page.locator(".st-letter-text a").first.get_attribute("href")
        page.wait_for_timeout(250)
    raise RuntimeError(f"no letter {subject!r} to {address}")


def public(cast: Cast) -> None:
    """The pages that everybody sees."""
    page = cast.page({"width": 1280, "height": 900})
    for name, path in PUBLIC.items():
        page.goto(path)
        picture(page, name)


def participant(cast: Cast) -> None:
    """What Anke sees in her fourth week."""
    page = cast.signed_in("Anke")
    picture(page, "teilnahme-mein-bereich")
    follow(page, "Termine und Kalender")
    picture(page, "teilnahme-termine", top="h1", height=620)
    page.goto("/mein-bereich/")
    follow(page, "Mein Abschluss")
    picture(page, "teilnahme-abschluss", top="h1")


def apply(cast: Cast) -> None:
    """Anke applies on her phone."""
    page = cast.page(NARROW)
    page.goto("/ausschreibungen/")
    follow(page, CALL)
    picture(page, "bewerbung-ausschreibung")
    follow(page, "Bewerben")
    page.get_by_label("Ihre dienstliche E-Mail-Adresse").fill(APPLICANT)
    page.get_by_label("Ihre Kommune").press_sequentially("ebe")
    page.get_by_role("option", name=re.compile("^Eberswalde")).wait_for()
    picture(page, "bewerbung-kommune", top="h1", keep_focus=True)
    page.get_by_role("option", name=re.compile("^Eberswalde")).click()
    press(page, "Anfangen")
    picture(page, "bewerbung-schritte", top="h1")
    follow(page, "Person")
    page.get_by_label("Ihr Name").fill("Anke Beispiel")
    page.get_by_label("Ihre Funktion").fill("Stabsstelle Digitalisierung")
    press(page, "Speichern und weiter")
    page.get_by_label("Warum möchten Sie teilnehmen?").fill("Wir haben viele Ideen und noch keinen gemeinsamen Plan.")
    press(page, "Speichern und weiter")
    for question in page.get_by_role("group").all():
        question.get_by_role("radio").nth(2).check()
    picture(page, "bewerbung-einschaetzung", top="h1")
    press(page, "Speichern und weiter")
    page.get_by_label("Name", exact=True).fill("Heinz Beispiel")
    page.get_by_label("Dienstliche E-Mail-Adresse").fill(SUPERVISOR)
    press(page, "Speichern und weiter")
    for agreement in page.get_by_role("checkbox").all():
        agreement.check()
    press(page, "Bewerbung absenden")
    picture(page, "bewerbung-stand", top="h1")


def release(cast: Cast) -> None:
    """Heinz says yes, on his phone too."""
    page = cast.page(NARROW)
    page.goto(letter_to(page, SUPERVISOR, "Bitte um Freigabe"))
    picture(page, "freigabe")
    page.get_by_label("Ja, ich gebe die Teilnahme frei.").check()
    picture(page, "freigabe-antwort", top="#ihre-antwort, form", height=620)
    press(page, "Antwort geben")


def choose(cast: Cast) -> None:
    """Emil opens a call, and gives the places of another."""
    page = cast.signed_in("Emil")
    picture(page, "buero", height=820)
    follow(page, "Ausschreibungen")
    follow(page, "Neue Ausschreibung")
    draft(page)
    page.goto("/buero/ausschreibungen/")
    follow(page, CALL)
    call = page.url
    follow(page, "Vor der Frist schließen")
    page.get_by_label("Grund").fill("Für die Bilder der Anleitung.")
    press(page, "Ausschreibung schließen")
    picture(page, "buero-ausschreibung")
    page.goto(f"{call}bewerbungen/")
    picture(page, "buero-bewerbungen", top="h1", height=900)
    follow(page, "Eberswalde")
    page.get_by_label("Platz", exact=True).check()
    page.get_by_label("Grund").fill(GOOD_REASON)
    picture(page, "buero-bewerbung", height=900)
    press(page, "Entscheidung speichern")
    decide_rest(page, call)
    page.goto(f"{call}warteliste/")
    picture(page, "buero-warteliste", top="h1", height=620)
    page.goto(f"{call}veroeffentlichen/")
    picture(page, "buero-veroeffentlichen", top="h1", height=700)
    press(page, "Jetzt veröffentlichen")


def draft(page: Page) -> None:
    """Write a new call, save it and make it public."""
    today = date.today()
    page.get_by_label("Name der Staffel").fill("Staffel 6")
    page.get_by_label("Erster Termin, frühestens am").fill(f"{today + timedelta(days=120)}")
    page.get_by_label("Titel der Ausschreibung").fill("Staffel 6: Smart City Manager:in")
    page.get_by_label("Text", exact=True).fill("Zehn Vormittage für Kommunen, die sich auf den Weg machen.")
    page.get_by_label("Bewerbung ab").fill(f"{today}T08:00")
    page.get_by_label("Bewerbung bis").fill(f"{today + timedelta(days=60)}T18:00")
    picture(page, "buero-neue-ausschreibung", top="h1", height=540)
    press(page, "Entwurf speichern")
    follow(page, "Bekannt machen")
    press(page, "Bekannt machen")


def decide_rest(page: Page, call: str) -> None:
    """Give the other fourteen places and put everybody else whom the rule allows on the waiting list, each in one act."""
    page.goto(f"{call}bewerbungen/?entscheidung=offen&stand=released&berechtigt=ja")
    for box in page.locator("tbody input[type=checkbox]").all()[:14]:
        box.check()
    press(page, "Ausgewählte gemeinsam entscheiden")
    together(page, "Platz", GOOD_REASON)
    page.goto(f"{call}bewerbungen/?entscheidung=offen&stand=released&berechtigt=ja")
    press_all_found(page)
    together(page, "Warteliste", WAITING_REASON)
    page.goto(f"{call}bewerbungen/?entscheidung=offen&stand=released")
    press_all_found(page)
    together(page, "kein Platz", "Die Ausschreibung richtet sich an Kommunen ohne Modellprojekt.")


def press_all_found(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(r"^(Alle \d+ gefundenen|Die eine gefundene) entscheiden$")).click()


def together(page: Page, kind: str, reason: str) -> None:
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Grund").fill(reason)
    press(page, "Entscheidung speichern")


def accept(cast: Cast) -> None:
    """Anke takes her place."""
    page = cast.page(NARROW)
    page.goto(letter_to(page, APPLICANT, "Ihr Platz"))
    picture(page, "zusage", top="h1")
    press(page, "Platz annehmen")


def attend(cast: Cast) -> None:
    """Frauke notes who was there."""
    page = cast.signed_in("Frauke")
    picture(page, "leitung-mein-bereich")
    follow(page, "Anwesenheit erfassen")
    page.get_by_label("nicht da").nth(2).check()
    picture(page, "leitung-anwesenheit", top="h1")
    press(page, "Anwesenheit speichern")
    page.goto("/mein-bereich/")
    page.get_by_role("link", name="Abschluss der Gruppe").nth(1).click()
    picture(page, "leitung-abschluss", top="h1", height=620)


def finish(cast: Cast) -> None:
    """Emil completes a Staffel and issues its certificates; Gül verifies one."""
    page = cast.signed_in("Emil")
    page.goto("/buero/staffeln/")
    follow(page, OVER)
    office = page.url
    follow(page, "Abschließen …")
    press(page, "Staffel abschließen")
    page.goto(f"{office}zertifikate/ausstellen/")
    picture(page, "buero-ausstellen", top="h1", height=720)
    press(page, "Jetzt ausstellen")
    page.goto(f"{office}zertifikate/")
    picture(page, "buero-zertifikate", top="h1", height=700)
    code = page.locator("#ausgestellt tbody td a").first.get_attribute("href")
    verifier = cast.page()
    verifier.goto(code)
    picture(verifier, "pruefen", height=700)
    page.goto("/buero/protokoll/")
    picture(page, "buero-protokoll", top="h1")


def main() -> None:
    """Write every picture to ``docs/images``."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="staffel-pictures-") as folder, served(Path(folder)) as site, chromium() as browser:
        cast = Cast(browser, site)
        for scene in (public, participant, apply, release, choose, accept, attend, finish):
            scene(cast)


if __name__ == "__main__":
    main()
