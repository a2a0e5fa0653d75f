import json
import re
from itertools import pairwise

import pytest
from django.test import Client

from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import HEAD, small_files
from tests.curriculum.taught import HANDOUT, released, taught_files

pytestmark = pytest.mark.django_db

LIST = "/programme/"
NEWEST = "/programme/kleines-programm/"
COMPARISON = "/programme/kleines-programm/vergleich/"
VERSION = "/programme/kleines-programm/1.0.0/"
UNIT_PAGE = f"{VERSION}einheiten/aufbruch/"
GUIDE = f"{UNIT_PAGE}leitfaden/"
MATRIX = f"{VERSION}kompetenzen/"
COMPETENCY = f"{MATRIX}planen/"
METHODS, GLOSSARY = f"{VERSION}methoden/", f"{VERSION}glossar/"
METHOD = f"{METHODS}karten/"
PAGES = [LIST, NEWEST, COMPARISON, VERSION, UNIT_PAGE, GUIDE, MATRIX, COMPETENCY, METHODS, METHOD, GLOSSARY]


def load(number="1.0.0", **changes):
    return released(small_files(number, **changes))


def text(response):
    assert response.status_code == 200
    return response.content.decode()


# Pages ------------------------------------------------------------------------------------------------------------------


def test_list_says_what_to_expect_when_nothing_is_released(client):
    make_version(released=False)
    html = text(client.get(LIST))

    assert "Noch ist kein Programm freigegeben." in html
    assert "Beispielprogramm" not in html


def test_list_leads_to_each_programme(client):
    load()
    newest = load("1.1.0", summary="Anders.\n")
    html = text(client.get(LIST))

    assert html.count('href="/programme/kleines-programm/"') == 1
    assert html.count(f"Version 1.1.0, freigegeben am {newest.released_on:%d.%m.%Y}") == 1
    assert html.count("2 Vormittage, 8 Stunden, dazu 1 zur Wahl") == 1


def test_programme_shows_the_newest_version(client):
    load()
    load("1.9.0", summary="Anders.\n")
    load("1.10.0", head=HEAD.replace("Alle.", "Nur wenige."))
    html = text(client.get(NEWEST))

    assert "Nur wenige." in html
    assert "Sie lesen eine frühere Version." not in html
    assert [html.count(f'href="/programme/kleines-programm/{number}/"') for number in ("1.10.0", "1.9.0", "1.0.0")] == [1, 1, 1]
    assert "6,4 von 8 Stunden" in html


def test_an_earlier_version_says_so_and_leads_to_the_newest(client):
    load()
    load("2.0.0", summary="Anders.\n")
    html = text(client.get(VERSION))

    assert "Hier steht Version 1.0.0. Die neueste ist 2.0.0." in html
    assert '<a href="/programme/kleines-programm/">Zur neuesten Version</a>' in html


def test_the_law_on_distance_learning_is_named_only_where_it_points(client):
    load()
    load("2.0.0", head=HEAD.replace("fee: no", "fee: yes").replace("synchronous_percent: 100", "synchronous_percent: 40"))

    assert "Fernunterricht" not in text(client.get(VERSION))
    assert "Fernunterrichtsschutzgesetz" in text(client.get(NEWEST))


def test_unit_shows_objectives_and_text_without_foreign_markup(client):
    load(summary="\\<script>alert(1)\\</script> Worum es **geht**.\n")
    html = text(client.get(UNIT_PAGE))

    assert "<li>Sie fangen an. <span" in html
    assert "Worum es <strong>geht</strong>." in html
    assert "<script>alert" not in html
    assert 'href="/programme/kleines-programm/1.0.0/einheiten/weiter/" rel="next"' in html


def test_a_unit_of_before_shows_its_rows(client):
    make_version()
    html = text(client.get("/programme/beispielprogramm/1.0.0/einheiten/einheit-1/"))

    assert html.count("<ul><li>Etwas können.</li></ul>") == 1
    assert 'id="ablauf"' not in html


def test_a_unit_shows_all_that_it_holds_with_headings_in_order(client):
    released(taught_files())
    html = text(client.get(UNIT_PAGE))

    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    anchors = re.findall(r'<li><a href="#([a-z]+)">', html)
    assert [html.count(f'id="{anchor}"') for anchor in anchors] == [1] * 9
    assert (
        html.count('<img src="/programme/kleines-programm/1.0.0/einheiten/aufbruch/dateien/stufen.svg" alt="Zwei Stufen"') == 1
    )
    assert html.count("In 210 von 240 Minuten arbeiten die Teilnehmenden selbst, das sind 88 Prozent.") == 1


def test_answers_are_folded_and_explained(client):
    released(taught_files())
    html = text(client.get(UNIT_PAGE))

    folded = re.findall(r"<details class=\"st-why\"><summary>Antwort auf Frage \d</summary>(.*?)</details>", html, re.DOTALL)
    assert len(folded) == 2
    assert "<dt>A · Die Aufgabe – richtig</dt><dd>Sie ist der Anfang.</dd>" in folded[0]
    assert html.count("Sie ist der Anfang.") == 1


def test_the_trainer_guide_has_a_page_of_its_own(client):
    released(taught_files())
    html = text(client.get(GUIDE))

    assert html.count("<h2>Vorher</h2>\n<p>Stellen Sie Stühle.</p>") == 1
    assert "Stellen Sie Stühle." not in text(client.get(UNIT_PAGE))


def test_the_guide_leads_to_what_a_morning_needs(client):
    released(taught_files(cards=True))
    html = text(client.get(GUIDE)).split('id="mitnehmen"')[1].split("</section>")[0]

    assert html.count(f'<li><a href="{METHOD}">Karten</a></li>') == 1
    assert html.count(f'href="{UNIT_PAGE}dateien/') == 2


def test_the_version_page_offers_files_and_tells_how_to_check_them(client):
    released(taught_files())
    html = text(client.get(VERSION))

    assert html.count(f'href="{VERSION}paket/"') == html.count(f'href="{VERSION}ordner/"') == 1
    assert "Dieses Paket ist nicht signiert." in html
    assert "openssl" not in html


def test_a_version_of_before_says_that_it_can_only_be_read(client):
    make_version()
    html = text(client.get("/programme/beispielprogramm/"))

    assert "herunterladen lassen sich spätere Versionen" in html
    assert "/paket/" not in html


def test_pages_carry_linked_data_that_is_read_by_machines(client):
    load(head=HEAD.replace("Zum Ausprobieren.", "Zum </script> Ausprobieren."))

    for path, kind in ((VERSION, "Course"), (UNIT_PAGE, "LearningResource")):
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(client.get(path)), re.DOTALL)
        assert [json.loads(block)["@type"] for block in blocks] == [kind]


def test_the_matrix_names_what_is_done_where(client):
    released(taught_files())

    html = text(client.get(MATRIX))
    assert html.count('<span class="st-marks">nur gelehrt und geübt</span>') == 1
    assert html.count(f'<a href="{UNIT_PAGE}"><span class="st-matrix__word">Stufe </span>1</a></p></td>') == 1
    assert f'<td data-label="geprüft"><a href="{UNIT_PAGE}#selbsttest">2 Fragen</a></td>' in text(client.get(COMPETENCY))


def test_methods_are_listed_and_each_has_a_card_that_names_its_units(client):
    released(taught_files(cards=True))

    assert f'<th scope="row"><a href="{METHOD}">Karten</a></th>' in text(client.get(METHODS))
    html = text(client.get(METHOD))
    assert f'<a href="{UNIT_PAGE}#ablauf">1 · Aufbruch</a>' in html
    assert f'<a href="{METHOD}">Karten</a>, in Gruppen' in text(client.get(UNIT_PAGE))


def test_a_unit_says_how_long_it_reads_what_is_shown_and_what_else_it_feeds(client):
    released(taught_files(cards=True))
    html, guide = text(client.get(UNIT_PAGE)), text(client.get(GUIDE))

    assert html.count("25 Minuten Lesezeit") == 1
    assert html.count("Es hilft auch bei: Leitbild und Fahrplan.") == 1
    assert html.count(f'in Gruppen, 45 Minuten · <a href="{MATRIX}reden/">') == 1
    assert "Erste Folie" not in html
    assert guide.count("Erste Folie") == 1


def test_the_glossary_leads_to_letters_and_other_words(client):
    released(taught_files(cards=True))
    html = text(client.get(GLOSSARY))

    assert '<a href="#buchstabe-a">A</a>' in html
    assert 'id="buchstabe-a"' in html
    assert '<a href="#begriff-rat">Rat</a>' in html
    assert 'id="begriff-rat"' in html


def test_the_version_leads_to_what_it_has(client):
    released(taught_files())
    released(taught_files("2.0.0", cards=True))

    assert METHODS not in text(client.get(VERSION))
    assert GLOSSARY not in text(client.get(VERSION))
    newest = text(client.get(NEWEST))
    assert [newest.count(f'href="/programme/kleines-programm/2.0.0/{end}/"') for end in ("methoden", "glossar")] == [1, 1]


def test_without_methods_and_glossary_the_pages_say_so(client):
    load()

    assert "Zu dieser Version sind keine Methoden beschrieben." in text(client.get(METHODS))
    assert "Zu dieser Version gibt es kein Glossar." in text(client.get(GLOSSARY))


def test_a_version_too_large_for_the_marks_names_the_units(client, monkeypatch):
    released(taught_files())
    monkeypatch.setattr("staffel.curriculum.pages.competencies.MOST_UNITS", 2)

    assert "gelehrt" not in text(client.get(MATRIX)).split("<main", 1)[1].split("<table", 1)[1]
    assert "geprüft" not in text(client.get(COMPETENCY)).split("<table", 1)[1]


def test_the_comparison_shows_words_and_refuses_kindly(client):
    released(taught_files())
    released(taught_files("1.0.1", handout=HANDOUT.replace("Ein Satz", "Kein Satz")))

    html = text(client.get(COMPARISON))
    assert "Nur Formulierungen sind geändert." in html
    assert html.count("<ins>") == html.count("<del>") == 2
    refused = text(client.get(COMPARISON, {"von": "1.0.0", "bis": "<b>"}))
    assert "Diese Versionen gibt es hier nicht beide. Bitte wählen Sie zwei aus der Liste." in refused
    assert "<b>" not in refused


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("?x=1", ""),
        ("?seite=1", ""),
        ("?seite=2", ""),
        ("?seite=99999999999999999999", ""),
        ("?von=1.0.1&bis=1.0.0", "?von=1.0.0&bis=1.0.1"),
        ("?bis=1.0.1&von=1.0.0&x=1", "?von=1.0.0&bis=1.0.1"),
        ("?von=1.0.0&bis=1.0.1&seite=7", "?von=1.0.0&bis=1.0.1"),
    ],
)
def test_each_comparison_has_one_address(client, asked, led_to):
    """Else everybody could have it made anew with each request."""
    released(taught_files())
    released(taught_files("1.0.1", handout=HANDOUT.replace("Ein Satz", "Kein Satz")))

    answer = client.get(COMPARISON + asked)
    assert (answer.status_code, answer["Location"]) == (302, COMPARISON + led_to)
    assert client.get(COMPARISON + led_to).status_code == 200


@pytest.mark.parametrize("end", ["kompetenzen/", "kompetenzen/planen/", "einheiten/aufbruch/", "einheiten/aufbruch/leitfaden/",
                                 "methoden/", "methoden/karten/", "glossar/"])  # fmt: skip
def test_pages_that_cost_much_have_one_address(client, end):
    answer = client.get(f"/programme/kleines-programm/1.0.0/{end}?x=1")

    assert (answer.status_code, answer["Location"]) == (302, f"/programme/kleines-programm/1.0.0/{end}")


def test_what_is_too_large_for_a_page_is_not_compared(client, monkeypatch):
    monkeypatch.setattr("staffel.curriculum.pages.comparison.MOST_TOUCHED", 0)
    released(taught_files())
    released(taught_files("1.0.1", handout=HANDOUT.replace("Ein Satz", "Kein Satz")))

    html = text(client.get(COMPARISON))
    assert "Hier sind mehr als 0 Einheiten geändert. So viel vergleichen Sie besser mit den beiden Paketen." in html
    assert "<ins>" not in html


def test_too_many_comparisons_from_one_place_are_refused_with_a_sentence_and_kept_ones_are_not(client):
    released(taught_files())
    released(taught_files("1.0.1", handout=HANDOUT.replace("Ein Satz", "Kein Satz")))
    kept = client.get(COMPARISON)
    signed_in = Client()
    # With a session every page is made anew.
    signed_in.cookies["session"] = "x"

    answers = [signed_in.get(COMPARISON) for _ in range(30)]
    refused = answers[-1].content.decode()

    assert [answer.status_code for answer in answers] == [200] * 29 + [429]
    assert "Von hier kamen gerade viele Vergleiche. Bitte versuchen Sie es in einer Minute noch einmal." in refused
    assert ('<option value="1.0.1" selected>' in refused, "<ins>" in refused) == (True, False)
    assert client.get(COMPARISON).content == kept.content


@pytest.mark.parametrize("path", [
    "/programme/unbekannt/",
    "/programme/beispielprogramm/",
    "/programme/beispielprogramm/3.0.0/",
    "/programme/beispielprogramm/3.0.0/einheiten/einheit-1/",
    "/programme/kleines-programm/9.9.9/",
    "/programme/kleines-programm/1.0.0/einheiten/unbekannt/",
    "/programme/kleines-programm/%00/",
    "/programme/beispielprogramm/vergleich/",
    "/programme/beispielprogramm/3.0.0/kompetenzen/",
    "/programme/beispielprogramm/3.0.0/einheiten/einheit-1/leitfaden/",
    "/programme/kleines-programm/1.0.0/einheiten/weiter/leitfaden/",
    "/programme/kleines-programm/1.0.0/einheiten/unbekannt/leitfaden/",
    "/programme/kleines-programm/1.0.0/kompetenzen/unbekannt/",
    "/programme/kleines-programm/1.0.0/methoden/unbekannt/",
    "/programme/beispielprogramm/3.0.0/methoden/",
    "/programme/beispielprogramm/3.0.0/methoden/karten/",
    "/programme/beispielprogramm/3.0.0/glossar/",
])  # fmt: skip
def test_drafts_and_unknown_addresses_are_not_found(client, path):
    load()
    make_version("3.0.0", released=False)

    response = client.get(path)

    assert response.status_code == 404
    assert "Beispielprogramm" not in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(client, path, method):
    load()

    assert getattr(client, method)(path).status_code == 405


# Cost -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path, cold", [
    (LIST, 2), (NEWEST, 15), (VERSION, 15), (UNIT_PAGE, 13), (GUIDE, 11), (MATRIX, 9), (COMPETENCY, 11), (COMPARISON, 20),
    (METHODS, 11), (METHOD, 11), (GLOSSARY, 9),
])  # fmt: skip
@pytest.mark.parametrize("versions", [2, 3])
def test_a_page_costs_one_query_once_it_is_kept(path, cold, versions, django_assert_num_queries):
    for n in range(versions):
        released(taught_files(f"1.{n}.0", handout=HANDOUT.replace("Ein", f"{n}"), cards=True))
    client = Client()

    with django_assert_num_queries(cold):
        first = client.get(path)
    with django_assert_num_queries(1):
        second = client.get(path)
    with django_assert_num_queries(1):
        known = client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (second.content, known.status_code) == (first.content, 304)


def test_a_kept_page_is_new_after_the_next_release(client):
    load()
    text(client.get(NEWEST))
    load("2.0.0", head=HEAD.replace("Alle.", "Nur wenige."))

    assert "Nur wenige." in text(client.get(NEWEST))
