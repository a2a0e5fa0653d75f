"""Every page that somebody who is signed in can walk to, in two widths: accessible, valid, and never wider than the window."""

import re
from collections import deque
from io import BytesIO

import pytest

from staffel.curriculum.core.package.writer import write_zip
from tests.curriculum.received import make_package
from tests.curriculum.small_programme import small_programme
from tests.journeys.conftest import watched_page
from tests.journeys.hands import click
from tests.journeys.stage import NARROW, WIDE, open_context
from tests.ui.accessibility import axe_violations, html_errors_of

pytestmark = pytest.mark.journey

# Emil walks through all of the office; the others need only what he does not see, or sees otherwise.
PERSONAS = ["emil", "anke", "frauke", "dilek", "cora", "ines", "jonas", "karin"]
STARTS = ["/mein-bereich/", "/konto/"]
# What everybody sees is looked at elsewhere, as nobody in particular.
PUBLIC = r"/(kommunen|kreise|laender|karte|foerderung|daten|api|programme|static|bausteine|pruefen|zahlen|impressum|datenschutz"
PUBLIC += r"|barrierefreiheit|leichte-sprache|gebaerdensprache|postausgang|anmelden-als|ausschreibungen|staffeln/$|feedback|$)"
FILES = r"\.(csv|xlsx|json|html|ics|pdf|zip|pem)$|/dateien/[^/]+$"
IDENTIFIER = r"(?<=/)[0-9A-Z]{12,13}(?=/)"
LINKS = """[...document.querySelectorAll('main a[href], nav a[href]')]
.filter(link => link.origin === location.origin).map(link => link.pathname)"""

# The pages that must be among those found, so that a lost link does not make a page disappear from the test.
KNOWN = {
    "emil": {
        "/mein-bereich/",
        "/buero/ausschreibungen/",
        "/buero/ausschreibungen/neu/",
        "/buero/ausschreibungen/…/",
        "/buero/ausschreibungen/…/bewerbungen/",
        "/buero/ausschreibungen/…/warteliste/",
        "/buero/ausschreibungen/…/schliessen/",
        "/buero/ausschreibungen/…/frist/",
        "/buero/ausschreibungen/…/absagen/",
        "/buero/bewerbungen/…/",
        "/buero/staffeln/",
        "/buero/staffeln/neu/",
        "/buero/staffeln/…/",
        "/buero/staffeln/…/zertifikate/",
        "/staffeln/…/",
        "/staffeln/…/termine/",
        "/staffeln/…/termine/…/verschieben/",
        "/staffeln/…/menschen/",
        "/staffeln/…/anwesenheit/…/",
        "/buero/menschen/",
        "/buero/menschen/einladen/",
        "/buero/briefe/",
        "/buero/briefe/…/",
        "/buero/auftraege/",
        "/buero/protokoll/",
        "/buero/texte/",
        "/buero/programme/",
        "/buero/programme/hochladen/",
        "/buero/programme/schluessel/",
        "/buero/programme/schluessel/wechseln/",
        "/buero/programme/schluessel/sperren/",
        "/buero/programme/herausgeber/neu/",
        "/buero/rueckmeldungen/",
        "/buero/aufbewahrung/",
        "/buero/zahlen/",
        "/konto/",
        "/konto/anmeldungen/",
        "/konto/anmeldung/",
        "/konto/daten/",
    },
    "anke": {"/mein-bereich/", "/staffeln/…/", "/staffeln/…/termine/", "/staffeln/…/menschen/", "/teilnahme/…/"},
    "frauke": {"/mein-bereich/", "/staffeln/…/", "/staffeln/…/anwesenheit/…/", "/staffeln/…/termine/"},
    "dilek": {"/mein-bereich/", "/buero/ausschreibungen/…/", "/buero/staffeln/…/"},
    "cora": {"/mein-bereich/", "/teilnahme/…/"},
    "ines": {"/mein-bereich/"},
    "jonas": {"/mein-bereich/", "/buero/programme/", "/buero/programme/hochladen/", "/buero/programme/schluessel/"},
    "karin": {"/mein-bereich/"},
}


@pytest.fixture(scope="module")
def looked_at():
    """Return the kinds of page that a machine has looked at, with their headings: the same page twice teaches nothing."""
    return set()


@pytest.mark.parametrize("name", PERSONAS)
def test_every_page_of(name, browser, site, looked_at):
    for page in watched_page(open_context(browser, site, viewport=WIDE)):
        page.goto("/anmelden-als/")
        page.locator(f"form[action='/anmelden-als/{name}/'] button").click()
        if name == "jonas":
            fill_the_room_of_editors(page)
        walked, texts, found = walk(page, looked_at)

    assert found == []
    assert KNOWN[name] - walked == set()
    assert html_errors_of(texts) == {}


def fill_the_room_of_editors(page):
    """Leave what the demo does not have: a draft that comes from others, an open merge, a file that nobody took over."""
    upload(page, make_package())
    page.get_by_role("checkbox").check()
    page.get_by_label("Womit haben Sie ihn verglichen?").fill("Am Telefon.")
    click(page, "Übernehmen")
    click(page, "Als Entwurf übernehmen …", role="link")
    click(page, "Entwurf anlegen")
    upload(page, folder(summary="Worum es uns **geht**.\n"))
    click(page, "Als nächsten Entwurf übernehmen")
    upload(page, make_package("1.1.0", summary="Worum es ihnen **geht**.\n"))
    click(page, "Übernehmen")
    click(page, "Mit eigenem Entwurf zusammenführen")
    upload(page, folder(later_summary="Worum es später geht.\n"))


def folder(**changes):
    """Return the small programme as the bytes of a ZIP file."""
    stream = BytesIO()
    write_zip(sorted(small_programme(**changes).items()), stream)
    return stream.getvalue()


def upload(page, content):
    """Upload a file as far as its preview."""
    page.goto("/buero/programme/hochladen/")
    page.get_by_label("Datei").set_input_files({"name": "gabe.zip", "mimeType": "application/zip", "buffer": content})
    click(page, "Hochladen und ansehen")
    page.get_by_role("heading", level=1, name="gabe.zip").wait_for()


def walk(page, looked_at):
    """Follow every link once, one page of each kind; return the kinds, the texts of those new, and what is wrong."""
    ahead, walked, texts, found = deque((path, "") for path in STARTS), set(), {}, []
    while ahead:
        path, linked_from = ahead.popleft()
        kind = re.sub(IDENTIFIER, "…", path)
        if kind in walked:
            continue
        walked.add(kind)
        # Asked first without showing it: a refusal belongs in the report, with the page that links to it.
        answer = page.request.get(path)
        if answer.status != 200:
            found.append(f"{linked_from} links to {path}, which answers {answer.status}")
            continue
        page.goto(path)
        seen = (kind, *page.locator("main :is(h1, h2)").all_inner_texts())
        if seen not in looked_at:
            looked_at.add(seen)
            texts[path] = answer.text()
            found += [f"{path}: {one}" for one in look(page)]
        hrefs = page.evaluate(LINKS)
        ahead.extend((href, path) for href in hrefs if not re.match(PUBLIC, href) and not re.search(FILES, href))
    return walked, texts, found


def look(page):
    """Return what a machine finds wrong on a page: opened wide, and narrow."""
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    wrong = []
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        wrong += [f"{size['width']} px: {one}" for one in axe_violations(page)]
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            wrong.append(f"wider than {size['width']} px")
    return wrong
