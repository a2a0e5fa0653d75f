"""The gallery holds every component: if axe and html-validate find nothing here, a page has to work to fail."""

import pytest

from tests.ui.accessibility import axe_violations, html_errors

pytestmark = pytest.mark.journey


def test_gallery_is_accessible_in_every_size_and_colour(seen_page):
    seen_page.goto("/bausteine/")
    seen_page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")

    assert axe_violations(seen_page) == []
    assert seen_page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def test_gallery_is_valid_html(wide_page):
    html = wide_page.request.get("/bausteine/").text()

    assert html_errors(html) == []


def test_place_search_is_used_with_the_keyboard_alone(wide_page):
    wide_page.goto("/bausteine/")
    field = wide_page.get_by_role("combobox", name="Ort, Postleitzahl oder Gemeindeschlüssel")
    field.press_sequentially("muster")
    options = wide_page.get_by_role("option")
    options.first.wait_for()

    assert wide_page.locator(".st-search [role=status]").inner_text() == "2 Treffer"
    assert axe_violations(wide_page) == []

    field.press("ArrowDown")
    field.press("ArrowDown")

    assert field.get_attribute("aria-activedescendant") == "ort-2"
    assert options.nth(1).get_attribute("aria-selected") == "true"

    field.press("Escape")

    assert field.get_attribute("aria-expanded") == "false"

    field.press("ArrowDown")
    field.press("Enter")
    wide_page.wait_for_url("**/bausteine/#suche")

    assert field.input_value() == "Musterdorf"
