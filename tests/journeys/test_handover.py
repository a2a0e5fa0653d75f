"""A programme goes from house to house, in the browser: three instances, four people, and files that they download and upload.

Jonas edits and Emil releases in Brandenburg, two others do so at the Koordinierungsstelle, and somebody in Musterhausen gets
what they made of it. Nobody edits in the browser yet: texts are changed in the folder that was downloaded.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.journeys import relay
from tests.journeys.conftest import watched_page
from tests.journeys.hands import Eyes, click, heading, press, reach, sign_in, walk_to
from tests.journeys.relay import BRANDENBURG, KEY, KTS, MUSTERHAUSEN, TITLE
from tests.journeys.stage import WIDE, open_context, served
from tests.ui.accessibility import html_errors_of

pytestmark = pytest.mark.journey

REFUSED = "Failed to load resource: the server responded with a status of"
PACKAGE = "{}-{}.staffel.zip"


class Houses(Eyes):
    """A browser for everyone in each house, who signs in by mail when first called for."""

    def __init__(self, browser, sites):
        super().__init__()
        self.browser, self.sites, self.open, self.texts = browser, sites, {}, {}

    def look(self, page):
        """Keep the text of a page too, if it can be asked for again."""
        before = len(self.looked_at)
        super().look(page)
        answer = page.request.get(page.url) if len(self.looked_at) > before else None
        if answer and answer.status == 200:
            self.texts[page.url] = answer.text()

    def __getitem__(self, who):
        """Return the page of (house, name), signed in; without a name that of a stranger."""
        if who not in self.open:
            house, name = who
            watched = watched_page(open_context(self.browser, self.sites[house], viewport=WIDE), ignored=REFUSED)
            self.open[who] = (watched, next(watched))
            if name:
                sign_in(self.open[who][1], f"{name}@example.org")
        return self.open[who][1]

    def close(self):
        for watched, _page in self.open.values():
            next(watched, None)


@pytest.fixture(scope="module")
def houses(browser, tmp_path_factory):
    """Yield the three houses, served at once; at the end nobody's page has complained."""
    found = relay.instances(tmp_path_factory.mktemp("houses"), with_facts=True)
    for instance in found[:2]:
        invited = ("jonas@example.org", "--name", "Jonas Beispiel", "--role", "editor")
        instance.do("invite_office", *invited, "--organisation", instance.name)
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        doors = [served(instance.folder, STAFFEL_WORKERS="1") for instance in found]
        sites = pool.map(stack.enter_context, doors)
        houses = Houses(browser, dict(zip((BRANDENBURG, KTS, MUSTERHAUSEN), sites, strict=True)))
        yield houses
        houses.close()


def test_from_house_to_house(houses, tmp_path):
    first = brandenburg_releases(houses, tmp_path)
    kts_takes_over(houses, first, tmp_path)
    kts_adapts_and_releases(houses, tmp_path)
    next_one = brandenburg_goes_on(houses, tmp_path)
    kts_merges(houses, next_one)
    kts_releases_under_four_eyes(houses)
    second = everybody_sees_it(houses, tmp_path)
    musterhausen_refuses_a_changed_one(houses, second, tmp_path)
    musterhausen_takes_over(houses, second)

    assert houses.found() == []
    assert html_errors_of(houses.texts) == {}


# What all of them do ---------------------------------------------------------------------------------------------------


def fetch(page, name, file):
    """Follow a link to a file, keep it as ``file``, and return the name that it was offered by."""
    with page.expect_download() as download:
        click(page, name, role="link")
    download.value.save_as(file)
    return download.value.suggested_filename


def upload(houses, page, file):
    """Upload a file by pointing, and look at the preview."""
    page.goto("/buero/programme/")
    houses.look(page)
    click(page, "Hochladen", role="link")
    houses.look(page)
    page.get_by_label("Datei").set_input_files(file)
    click(page, "Hochladen und ansehen")
    expect(heading(page)).to_have_text(file.name)
    houses.look(page)


def upload_by_keyboard(houses, page, file):
    """Upload a file without touching the mouse, and look at the preview."""
    page.goto("/buero/programme/")
    press(page, "Hochladen", role="link")
    reach(page, "Datei")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(file)
    press(page, "Hochladen und ansehen")
    expect(heading(page)).to_have_text(file.name)
    houses.look(page)


def take_over_folder(houses, page, folder, file):
    """Upload a folder as the next draft."""
    upload(houses, page, relay.zipped(folder, file))
    click(page, "Als nächsten Entwurf übernehmen")
    expect(page.get_by_text("Ein Entwurf ist nur in Ihrem Büro zu sehen.")).to_be_visible()
    houses.look(page)


def release(houses, house, number, *, before=lambda: None):
    """Jonas hands the draft that he sees over for review, Emil releases it; ``before`` is between the two."""
    page = houses[house, "jonas"]
    click(page, "Zur Prüfung geben")
    expect(page.get_by_text("Die Version ist zur Prüfung gegeben.")).to_be_visible()
    houses.look(page)
    before()
    other = houses[house, "emil"]
    other.goto("/buero/programme/")
    houses.look(other)
    other.get_by_role("row", name=TITLE).get_by_role("link", name=number).click()
    houses.look(other)
    click(other, "Freigeben …", role="link")
    houses.look(other)
    click(other, "Freigeben")
    expect(other.get_by_text("Die Version ist freigegeben und signiert.")).to_be_visible()
    houses.look(other)


def digits(page):
    """Return the fingerprint that a page shows."""
    return "".join(page.locator(".st-fingerprint").first.inner_text().split())


def fingerprint_of(houses, house):
    """Return the fingerprint as Emil reads it out at the telephone."""
    page = houses[house, "emil"]
    page.goto("/buero/programme/schluessel/")
    houses.look(page)
    return digits(page)


def trust(houses, page, publisher, fingerprint):
    """Refuse to take a package over unseen; compare, say so, and take it over with the keyboard."""
    expect(page.get_by_text(f"Neuer Schlüssel: angeblich {publisher}")).to_be_visible()
    assert digits(page) == fingerprint
    press(page, "Übernehmen")
    expect(page.get_by_text("Bitte vergleichen Sie den Fingerabdruck").first).to_be_visible()
    houses.look(page)
    walk_to(page, page.get_by_role("checkbox"))
    page.keyboard.press("Space")
    walk_to(page, page.get_by_label("Womit haben Sie ihn verglichen?"))
    page.keyboard.type("Am Telefon.")
    press(page, "Übernehmen")
    expect(page.get_by_text("ist übernommen, so wie sie kam.")).to_be_visible()
    houses.look(page)


# The story -------------------------------------------------------------------------------------------------------------


def brandenburg_releases(houses, tmp_path):
    """Given a folder of text, when Jonas uploads it and Emil releases it, then everybody may fetch the same package."""
    page = houses[BRANDENBURG, "jonas"]
    take_over_folder(houses, page, relay.write(tmp_path / "potsdam", relay.PROGRAMME), tmp_path / "potsdam.zip")
    release(houses, BRANDENBURG, "1.0.0")
    page = houses[BRANDENBURG, ""]
    page.goto(f"/programme/{KEY}/")
    houses.look(page)
    package, again = tmp_path / PACKAGE.format(KEY, "1.0.0"), tmp_path / "again.zip"

    assert fetch(page, "Übergabepaket", package) == package.name
    assert fetch(page, "Übergabepaket", again) == package.name
    assert again.read_bytes() == package.read_bytes()
    assert relay.package_tool("verify", package).code == 0
    return package


def kts_takes_over(houses, package, tmp_path):
    """Given an unknown key, when Jonas compares it, then the package is here as it came, and a draft comes from it."""
    page = houses[KTS, "jonas"]
    upload_by_keyboard(houses, page, package)
    trust(houses, page, BRANDENBURG, fingerprint_of(houses, BRANDENBURG))
    handed_on = tmp_path / "handed-on.zip"

    assert fetch(page, "Das Paket, Byte für Byte wie es kam", handed_on) == package.name
    assert handed_on.read_bytes() == package.read_bytes()

    click(page, "Als Entwurf übernehmen …", role="link")
    houses.look(page)
    click(page, "Entwurf anlegen")
    expect(page.get_by_text("Der Entwurf ist angelegt.")).to_be_visible()
    houses.look(page)


def kts_adapts_and_releases(houses, tmp_path):
    """Given the draft as a folder, when Jonas writes a sentence and a unit, then the number says what that means."""
    page = houses[KTS, "jonas"]
    fetch(page, "Als Ordner herunterladen (ZIP)", tmp_path / "kts.zip")
    folder = relay.only_folder(relay.unzipped(tmp_path / "kts.zip", tmp_path / "kts"))
    relay.adapt_at_the_kts(folder)
    take_over_folder(houses, page, folder, tmp_path / "kts-adapted.zip")
    click(page, "Wort für Wort vergleichen", role="link")
    expect(page.get_by_text(relay.ADDED_UNIT).first).to_be_visible()
    houses.look(page)
    page.go_back()
    renumber(houses, page, "1.1.0", "Mit einer Einheit zum Datenschutz.")
    release(houses, KTS, "1.1.0")


def renumber(houses, page, number, notes):
    """Give the draft that is seen another number, and say what is new."""
    click(page, "Nummer", role="link")
    houses.look(page)
    page.get_by_label("Nummer", exact=True).fill(number)
    page.get_by_label("Was neu ist").fill(notes)
    click(page, "Speichern")
    expect(page.get_by_text("Nummer und Neuigkeiten sind gespeichert.")).to_be_visible()
    expect(heading(page)).to_have_text(f"{TITLE} {number}")


def brandenburg_goes_on(houses, tmp_path):
    """Given the folder that everybody may fetch, when Jonas changes two sentences, then 1.1.0 and what is new are public."""
    page = houses[BRANDENBURG, "jonas"]
    page.goto(f"/programme/{KEY}/")
    fetch(page, "Ordner mit allen Texten", tmp_path / "folder.zip")
    folder = relay.only_folder(relay.unzipped(tmp_path / "folder.zip", tmp_path / "potsdam-again"))
    relay.go_on_in_brandenburg(folder)
    take_over_folder(houses, page, folder, tmp_path / "next.zip")
    release(houses, BRANDENBURG, "1.1.0")
    page = houses[BRANDENBURG, ""]
    page.goto(f"/programme/{KEY}/")
    package = tmp_path / PACKAGE.format(KEY, "1.1.0")
    fetch(page, "Übergabepaket", package)
    return package


def kts_merges(houses, package):
    """Given a known key, when both houses changed one sentence, then that is all that Jonas decides, in his own words."""
    page = houses[KTS, "jonas"]
    upload(houses, page, package)
    expect(page.get_by_text(f"Bekannter Schlüssel: {BRANDENBURG}")).to_be_visible()
    click(page, "Übernehmen")
    houses.look(page)
    click(page, "Mit eigenem Entwurf zusammenführen")
    conflict = page.locator("fieldset.st-conflict")
    expect(conflict).to_have_count(1)
    expect(conflict.locator("legend")).to_contain_text("Einheit „Daten finden“ · Zusammenfassung · Absatz 1")
    base, ours, theirs = conflict.locator(".st-conflict__sides > div").all()
    expect(base).to_contain_text(relay.SENTENCE)
    expect(ours.locator("ins")).to_contain_text("Behörde")
    expect(theirs.locator("ins")).to_contain_text("und ordnet")
    houses.look(page)
    conflict.get_by_label("eigener Text", exact=True).check()
    conflict.get_by_role("textbox").fill(relay.DECIDED)
    click(page, "Stelle 1 speichern")
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    houses.look(page)
    page.locator("main summary").first.click()
    click(page, "Wort für Wort ansehen, was der Entwurf dazubekommt", role="link")
    houses.look(page)
    page.go_back()
    click(page, "Abschließen")
    expect(page.get_by_text("Die Zusammenführung ist abgeschlossen. Der Entwurf enthält jetzt beides.")).to_be_visible()
    houses.look(page)


def kts_releases_under_four_eyes(houses):
    """Given Jonas submits 2.0.0, when he tries to release it himself, then he learns that somebody else must; Emil can."""
    page = houses[KTS, "jonas"]
    renumber(houses, page, "2.0.0", "Mit dem, was in Brandenburg neu ist.")
    release(houses, KTS, "2.0.0", before=lambda: jonas_may_not(houses, page))


def jonas_may_not(houses, page):
    """Given a version that he submitted himself, when Jonas releases it all the same, then the rule answers."""
    draft = page.url
    page.goto(f"{draft}freigeben/")
    click(page, "Freigeben")
    expect(page.get_by_text("Sie haben diese Version selbst zur Prüfung gegeben.").first).to_be_visible()
    houses.look(page)
    page.goto(draft)


def everybody_sees_it(houses, tmp_path):
    """Given 2.0.0, when somebody without an account comes, then they see what changed, where it is from, and all its forms."""
    fingerprint = fingerprint_of(houses, KTS)
    page = houses[KTS, ""]
    page.goto("/programme/")
    click(page, TITLE, role="link")
    forms = page.locator(".st-downloads a")
    wait_for(page, forms.filter(has_text="Handbuch"))
    houses.look(page)
    assert digits(page) == fingerprint
    assert page.locator(".st-origins li").all_inner_texts() == [f"{KEY}, Version 1.1.0, von {BRANDENBURG}"]
    kinds = {form.inner_text(): page.request.get(form.get_attribute("href")).body()[:4] for form in forms.all()}
    assert kinds.pop("Handbuch als PDF") == b"%PDF"
    assert set(kinds.values()) == {b"PK\x03\x04"}
    package = tmp_path / PACKAGE.format(KEY, "2.0.0")
    fetch(page, "Übergabepaket", package)
    relay.check_with_common_tools(package, tmp_path / "unpacked")

    versions = page.get_by_role("region", name="Versionen")
    expect(versions.get_by_role("link", name="Version ")).to_contain_text(["Version 2.0.0 vom", "Version 1.1.0 vom"])
    click(versions, "Mit 1.1.0 vergleichen", role="link")
    expect(page.locator("main ins", has_text="und ordnet")).to_be_visible()
    expect(page.locator("main ins", has_text="und ergänzen")).to_be_visible()
    houses.look(page)
    page.goto(f"/programme/{KEY}/2.0.0/")
    click(page, relay.ADDED_UNIT, role="link")
    expect(heading(page)).to_have_text(relay.ADDED_UNIT)
    houses.look(page)
    return package


def wait_for(page, wanted):
    """Load a page anew until what a job makes is there."""
    for _ in range(60):
        if wanted.count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} never shows {wanted}")


def musterhausen_refuses_a_changed_one(houses, package, tmp_path):
    """Given one letter was changed on the way, when it is uploaded, then the page says which file is wrong."""
    page = houses[MUSTERHAUSEN, "emil"]
    page.goto("/buero/programme/hochladen/")
    page.get_by_label("Datei").set_input_files(relay.with_one_byte_changed(package, tmp_path / "changed.staffel.zip"))
    click(page, "Hochladen und ansehen")
    expect(page.get_by_text(relay.CHANGED).first).to_be_visible()
    houses.look(page)


def musterhausen_takes_over(houses, package):
    """Given the package as it was sent, when Emil trusts its key, then he sees the chain down to Brandenburg."""
    page = houses[MUSTERHAUSEN, "emil"]
    upload(houses, page, package)
    trust(houses, page, KTS, fingerprint_of(houses, KTS))
    chain = page.get_by_role("region", name="Woher der Inhalt kommt").get_by_role("listitem")
    assert chain.all_inner_texts() == [f"{KTS}: {TITLE} 2.0.0", f"beruht auf {KEY} 1.1.0 von {BRANDENBURG}"]
