"""Make the pictures of the documentation from the running program: ``make pictures``.

An empty demo is filled and the chain is played through as ``docs/use/`` tells it, so that a page whose words or buttons have
changed stops the command. What is seen depends on the day: dates count from today. ``hand_over`` stands alone; the others build
on each other: ``python -m tests.journeys.pictures hand_over``.
"""

import io
import re
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.architecture.house import ROOT
from tests.journeys import relay
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


def hand_over(cast: Cast) -> None:
    """Jonas takes over what Brandenburg made and adapts it, Emil releases it; Brandenburg goes on, and Jonas merges."""
    with tempfile.TemporaryDirectory(prefix="staffel-packages-") as name:
        folder = Path(name)
        first, second = packages(folder)
        editor, office = cast.signed_in("Jonas"), cast.signed_in("Emil")
        upload(editor, first)
        picture(editor, "redaktion-vorschau", top="h1")
        editor.get_by_label("Ich habe den Fingerabdruck verglichen").check()
        editor.get_by_label("Womit haben Sie ihn verglichen?").fill("Am Telefon mit der Redaktion in Potsdam.")
        press(editor, "Übernehmen")
        follow(editor, "Als Entwurf übernehmen …")
        press(editor, "Entwurf anlegen")
        adapt(editor, folder)
        submit_and_release(editor, office)
        upload(editor, second)
        press(editor, "Übernehmen")
        press(editor, "Mit eigenem Entwurf zusammenführen")
        picture(editor, "redaktion-zusammenfuehren", top="h1", height=1040)
        office.goto("/buero/programme/schluessel/")
        picture(office, "redaktion-schluessel", top="h1", height=1000)


def packages(folder: Path) -> tuple[Path, Path]:
    """Return two packages of Brandenburg, 1.0.0 and 1.1.0, made by command on an instance of its own."""
    house, text = relay.Instance(folder / "brandenburg", relay.BRANDENBURG), relay.write(folder / "text", relay.PROGRAMME)
    house.folder.mkdir()
    house.do("migrate", "--verbosity", "0")
    house.do("invite_office", "emil@example.org", "--name", "Emil Beispiel", "--organisation", house.name)
    made = folder / f"{relay.KEY}-1.0.0.staffel.zip", folder / f"{relay.KEY}-1.1.0.staffel.zip"
    house.do("load_programme", text, "--release")
    house.do("export_package", relay.KEY, "-o", made[0])
    relay.go_on_in_brandenburg(text)
    house.do("load_programme", text, "--release")
    house.do("export_package", relay.KEY, "-o", made[1])
    return made


def upload(page: Page, file: Path) -> None:
    page.goto("/buero/programme/hochladen/")
    page.get_by_label("Datei").set_input_files(str(file))
    press(page, "Hochladen und ansehen")


def adapt(page: Page, folder: Path) -> None:
    """Take the draft home, change it there, look at what would change, and make it the draft."""
    with page.expect_download() as taken:
        page.get_by_role("link", name="Als Ordner herunterladen (ZIP)").click()
    home = folder / "home"
    taken.value.save_as(folder / "draft.zip")
    text = relay.unzipped(folder / "draft.zip", home) / relay.KEY
    relay.adapt_at_the_kts(text)
    upload(page, relay.zipped(text, folder / f"{relay.KEY}.zip"))
    follow(page, "Wort für Wort vergleichen")
    picture(page, "redaktion-vergleich", top="h1", height=760)
    page.go_back()
    press(page, "Als nächsten Entwurf übernehmen")


def submit_and_release(editor: Page, office: Page) -> None:
    """Give the draft its number and have it released by somebody else."""
    follow(editor, "Nummer ändern")
    editor.get_by_label("Was neu ist").fill("Mit einer Einheit über den Schutz von Daten.")
    press(editor, "Speichern")
    press(editor, "Zur Prüfung geben")
    office.goto("/buero/programme/")
    follow(office, "Prüfen")
    picture(office, "redaktion-freigabe", top="h1", height=900)
    follow(office, "Freigeben …")
    press(office, "Freigeben")
    released = office.url
    for _ in range(240):
        if office.get_by_role("link", name="Handbuch als PDF").count():
            break
        office.wait_for_timeout(500)
        office.goto(released)
    picture(office, "programm-weitergeben", top="#weitergeben", height=1000)


SCENES = {scene.__name__: scene for scene in (public, participant, apply, release, choose, accept, attend, finish, hand_over)}


def main() -> None:
    """Write every picture to ``docs/images``, or those of the scenes that are named."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="staffel-pictures-") as folder, served(Path(folder)) as site, chromium() as browser:
        cast = Cast(browser, site)
        for name in sys.argv[1:] or SCENES:
            SCENES[name](cast)


if __name__ == "__main__":
    main()
