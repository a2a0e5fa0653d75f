import pytest
from django.template import engines
from django.test import RequestFactory

from staffel.ui import frame
from staffel.ui.frame import NavigationItem


@pytest.fixture(autouse=True)
def own_navigation(monkeypatch):
    monkeypatch.setattr(frame, "_navigation", {})


def test_navigation_marks_the_page_and_the_section():
    frame.set_navigation([("Kommunen", "/kommunen/"), ("Karte", "/karte/")])

    assert frame.navigation_for("/kommunen/") == [
        NavigationItem("Kommunen", "/kommunen/", "page"),
        NavigationItem("Karte", "/karte/", ""),
    ]
    assert frame.navigation_for("/kommunen/12/")[0].current == "true"
    assert [item.current for item in frame.navigation_for("/")] == ["", ""]


def test_navigation_marks_only_the_innermost_section():
    frame.set_navigation([("Staffeln", "/buero/staffeln/"), ("Büro", "/buero/")])

    assert [item.current for item in frame.navigation_for("/buero/staffeln/neu/")] == ["true", ""]
    assert [item.current for item in frame.navigation_for("/buero/briefe/")] == ["", "true"]


def test_navigation_refuses_a_fifth_destination():
    with pytest.raises(ValueError, match=r"^5 destinations, allowed are 4$"):
        frame.set_navigation([("x", "/x/")] * 5)


def page(**options):
    return engines["django"].get_template("ui/page.html").render(options, RequestFactory().get("/"))


def test_the_demo_says_that_it_is_one(settings):
    sentence = "Zum Ausprobieren: Es wird nichts verschickt, und es geht nichts verloren."

    settings.DEMO = True
    assert page().count(sentence) == 1
    settings.DEMO = False
    assert page().count(sentence) == 0


def test_page_claims_no_office_and_no_script_of_others():
    html = page()

    assert "offizielle Website" not in html
    assert "http://" not in html
    assert "https://" not in html
