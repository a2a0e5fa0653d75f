"""What the style sheet must do in a browser, whatever the build left out of it."""

import pytest

from tests.ui.accessibility import axe_violations

pytestmark = pytest.mark.journey


def test_focus_is_seen_and_text_keeps_its_measure(wide_page):
    wide_page.goto("/daten/")
    wide_page.get_by_role("link", name="Zur Liste der Kommunen").focus()
    wide_page.keyboard.press("Shift+Tab")
    wide_page.keyboard.press("Tab")

    outline = wide_page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "solid 3px" in outline or "3px" in outline
    widths = wide_page.evaluate("[...document.querySelectorAll('main p')].map(p => p.getBoundingClientRect().width)")
    assert max(widths) <= 42 * 16


def test_a_suggestion_list_without_hits_is_accessible(wide_page):
    wide_page.goto("/")
    wide_page.get_by_role("combobox").press_sequentially("xqzzy")
    wide_page.locator(".st-search__list:not([hidden])").wait_for()

    assert axe_violations(wide_page) == []
