"""Someone in a town hall opens Staffel between two phone calls and wants to see their own town."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey

COMBOBOX = "Finden Sie Ihre Kommune"


def heading(page):
    return page.get_by_role("heading", level=1)


@pytest.mark.main
def test_by_search_in_three_letters(page):
    page.goto("/")
    page.get_by_role("combobox", name=COMBOBOX).press_sequentially("ebe")
    page.get_by_role("option", name=re.compile("^Eberswalde")).click()

    expect(heading(page)).to_have_text("Eberswalde")
    expect(page).to_have_url(re.compile(r"/kommunen/12060052/$"))
    expect(page.get_by_text("Eberswalde ist vertreten in")).to_contain_text("Staffel 2 und Staffel 3")

    page.get_by_role("link", name="Alle Kommunen: Barnim").click()
    expect(heading(page)).to_have_text("Barnim")
    page.get_by_role("navigation", name="Sie sind hier").get_by_role("link", name="Brandenburg").click()
    expect(heading(page)).to_have_text("Brandenburg")
    expect(page.get_by_text("18 Kreise und kreisfreie Städte")).to_be_visible()


def test_frankfurt_finds_both_and_the_bigger_first(wide_page):
    wide_page.goto("/")
    wide_page.get_by_role("combobox", name=COMBOBOX).press_sequentially("frankfurt")

    options = wide_page.get_by_role("option")
    expect(options.nth(0)).to_contain_text("Frankfurt am Main")
    expect(options.nth(1)).to_contain_text("Frankfurt (Oder)")


@pytest.mark.main
def test_with_the_keyboard_alone(wide_page):
    wide_page.goto("/")
    wide_page.keyboard.press("Tab")
    expect(wide_page.locator(":focus")).to_have_text("Zum Inhalt")
    wide_page.keyboard.press("Enter")
    wide_page.keyboard.press("Tab")
    expect(wide_page.locator(":focus")).to_have_role("combobox")
    wide_page.keyboard.type("chóśebuz")
    wide_page.get_by_role("option").first.wait_for()
    wide_page.keyboard.press("ArrowDown")
    wide_page.keyboard.press("Enter")

    expect(heading(wide_page)).to_have_text("Cottbus")


def test_on_the_map_with_the_keyboard_alone(wide_page):
    wide_page.goto("/karte/?land=12")
    stop = wide_page.locator("[data-map] a[tabindex='0']")
    expect(stop).to_have_count(1)
    stop.focus()
    wide_page.keyboard.press("End")
    last = wide_page.locator(":focus").get_attribute("aria-label")
    wide_page.keyboard.press("ArrowUp")
    above = wide_page.locator(":focus").get_attribute("aria-label")

    assert last != above
    expect(wide_page.locator("[data-map-card]")).to_contain_text(above.split(":")[0])

    wide_page.keyboard.press("End")
    wide_page.keyboard.press("Enter")
    expect(wide_page).to_have_url(re.compile(r"[?&]ort=12\d{6}"))
    expect(wide_page.locator("[data-map-card]")).to_contain_text(last.split(":")[0])


def test_on_the_map_by_pointing(page):
    page.goto("/karte/?land=12")
    page.locator("[data-map] .map-points a").first.click()
    expect(page).to_have_url(re.compile(r"ort=12\d{6}"))
    ags = re.search(r"ort=(\d{8})", page.url)[1]
    page.locator(f"[data-map-card] a[href='/kommunen/{ags}/']").click()

    expect(page).to_have_url(re.compile(f"/kommunen/{ags}/$"))


def test_a_state_of_the_map_can_be_shared(wide_page):
    wide_page.goto("/karte/?ebene=deprivation&land=14")
    expect(wide_page.get_by_role("link", name="Benachteiligung")).to_have_attribute("aria-current", "page")
    expect(wide_page.locator("[data-map-figure] svg, svg[data-map]").first).to_be_visible()
    expect(wide_page.get_by_role("table")).to_contain_text("Görlitz")


@pytest.mark.main
def test_without_javascript(page_without_javascript):
    page = page_without_javascript
    page.goto("/")
    page.get_by_label(COMBOBOX).fill("eberswalde")
    page.get_by_role("button", name="Suchen").click()
    expect(heading(page)).to_have_text("Kommunen")
    page.get_by_role("link", name="Eberswalde", exact=True).click()
    expect(heading(page)).to_have_text("Eberswalde")


def test_filters_without_javascript(page_without_javascript):
    page = page_without_javascript
    page.goto("/kommunen/")
    page.get_by_label("Land", exact=True).select_option("Brandenburg")
    page.get_by_role("button", name="Filter anwenden").click()

    expect(page.get_by_text("413 von 10.753 Kommunen")).to_be_visible()


def test_the_map_without_javascript_has_links_layers_and_its_table(page_without_javascript):
    page = page_without_javascript
    page.goto("/karte/")
    page.get_by_role("link", name="Förderung").click()
    expect(page).to_have_url(re.compile("ebene=foerderung"))
    expect(page.get_by_role("table").first).to_contain_text("Ulm")


def test_a_wrong_address_leads_back(wide_page, site):
    answer = wide_page.request.get("/kommunen/99999999/")

    assert answer.status == 404
    assert '<a href="/' in answer.text()


def test_the_export_holds_exactly_the_filtered_rows(wide_page):
    wide_page.goto("/kommunen/?land=04")
    expect(wide_page.locator("caption")).to_have_text("2 von 10.753 Kommunen")
    address = wide_page.get_by_role("link", name="Daten zum Programmieren").get_attribute("href")
    rows = wide_page.request.get(address).json()

    assert [row["name"] for row in rows["items"]] == ["Bremen", "Bremerhaven"]


def test_a_filter_refreshes_the_list_in_place_and_says_what_it_found(wide_page):
    wide_page.goto("/kommunen/")
    wide_page.evaluate("window.sameDocument = true")
    wide_page.get_by_label("Land", exact=True).focus()
    wide_page.get_by_label("Land", exact=True).select_option("Brandenburg")

    expect(wide_page).to_have_url(re.compile(r"/kommunen/\?land=12$"))
    expect(wide_page.locator("[data-filters-status]")).to_have_text("413 von 10.753 Kommunen")
    expect(wide_page.get_by_label("Land", exact=True)).to_be_focused()

    wide_page.get_by_text("Weitere Filter").click()
    wide_page.get_by_label("Kreis", exact=True).select_option("Landkreis Barnim")
    expect(wide_page.locator("[data-filters-status]")).to_have_text("25 von 10.753 Kommunen")
    assert wide_page.evaluate("window.sameDocument") is True

    wide_page.go_back()
    expect(wide_page.locator("caption")).to_have_text("413 von 10.753 Kommunen")
