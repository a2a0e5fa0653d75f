"""Every public page, in two widths, light and dark: accessible, valid, and never wider than the window."""

import pytest

from tests.journeys.stage import WIDE, open_context
from tests.ui.accessibility import axe_violations, html_errors

pytestmark = pytest.mark.journey

PAGES = [
    "/",
    "/kommunen/",
    "/kommunen/?q=frankfurt",
    "/kommunen/?q=gibtesnicht",
    "/kommunen/?land=12&groesse=kleinstadt",
    "/kommunen/12060052/",
    "/kommunen/05122000/",
    "/kreise/12060/",
    "/laender/12/",
    "/laender/02/",
    "/karte/",
    "/karte/?ebene=foerderung",
    "/karte/?ebene=groesse&land=09",
    "/karte/?ebene=deprivation",
    "/karte/?land=12&ort=12060052",
    "/staffeln/",
    "/foerderung/",
    "/daten/",
    "/impressum/",
    "/datenschutz/",
    "/barrierefreiheit/",
    "/leichte-sprache/",
    "/gebaerdensprache/",
]


def test_every_page_is_accessible(seen_page):
    found = {}
    for path in PAGES:
        seen_page.goto(path)
        seen_page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        wrong = axe_violations(seen_page)
        too_wide = seen_page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if too_wide > 0:
            wrong.append(f"{too_wide} px wider than the window")
        if wrong:
            found[path] = wrong

    assert found == {}


def test_every_page_is_valid_html(wide_page):
    found = {path: html_errors(wide_page.request.get(path).text()) for path in PAGES}

    assert {path: errors for path, errors in found.items() if errors} == {}


@pytest.mark.parametrize("width", [320, 640, 768, 1024], ids="{}px".format)
def test_every_page_fits_narrow_windows_and_200_percent_zoom(browser, site, width):
    context = open_context(browser, site, viewport={"width": width, "height": 640})
    page = context.new_page()
    found = {}
    for path in PAGES:
        page.goto(path)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if too_wide > 0:
            found[path] = too_wide
    context.close()

    assert found == {}


def test_every_page_has_one_first_heading_and_a_title_of_its_own(wide_page):
    titles = []
    for path in PAGES:
        wide_page.goto(path)
        assert wide_page.get_by_role("heading", level=1).count() == 1
        titles.append(wide_page.title())

    assert [title for title in titles if not title.endswith(" – Staffel")] == []


def test_every_page_with_data_says_whose_they_are(wide_page):
    without_data = {"/impressum/", "/datenschutz/", "/barrierefreiheit/", "/leichte-sprache/", "/gebaerdensprache/"}
    silent = []
    for path in PAGES:
        wide_page.goto(path)
        if "Statistisches Bundesamt (Destatis)" not in wide_page.locator("main").text_content():
            silent.append(path)

    assert set(silent) == without_data


def test_a_first_visit_weighs_little(browser, site):
    context = open_context(browser, site, viewport=WIDE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto("/", wait_until="networkidle")
    first = sum(received)
    received.clear()
    page.goto("/kommunen/12060052/", wait_until="networkidle")
    later = sum(received)
    context.close()

    assert 0 < first <= 150_000
    assert 0 < later <= 25_000
