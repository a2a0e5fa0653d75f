from dataclasses import replace

import pytest

from staffel.curriculum.core.content import Term
from staffel.curriculum.pages.cards import glossary_page, letter_of, method_page, methods_page, time_of
from staffel.curriculum.pages.places import OfficePlaces, PublicPlaces
from staffel.curriculum.queries import files, versions
from staffel.ui.parts import Fact
from tests.curriculum.generated import generated
from tests.curriculum.taught import released, taught_files

pytestmark = pytest.mark.django_db
PATH = "/programme/kleines-programm/1.0.0/"


def parts(**facts):
    version = released(taught_files(cards=True, **facts))
    found = versions.version_facts(version)
    return found, files.outline_of(version), files.units_of(version, [unit.key for unit in found.units])


def test_the_list_says_what_a_method_is_for_and_where_it_is_used():
    facts, outline, units = parts()
    other = replace(outline.methods[0], key="abschluss", title="Äpfel und Birnen", shortest=30, longest=30)
    page = methods_page(facts, replace(outline, methods=(*outline.methods, other)), units, PublicPlaces(facts))

    assert [(line.href, line.title, line.time, line.people, line.used) for line in page.lines] == [
        (f"{PATH}methoden/abschluss/", "Äpfel und Birnen", "30 Minuten", "4 bis 25 Personen, in Gruppen", ""),
        (f"{PATH}methoden/karten/", "Karten", "20 bis 60 Minuten", "4 bis 25 Personen, in Gruppen", "1"),
    ]
    assert page.home == PATH


def test_a_card_says_all_of_a_method_and_names_the_units():
    facts, outline, units = parts()
    page = method_page(facts, "karten", outline, units, PublicPlaces(facts))

    assert page.facts == [Fact("Dauer", "20 bis 60 Minuten"), Fact("Für wie viele", "4 bis 25 Personen, in Gruppen")]
    assert [[(anchor, heading) for anchor, heading, _ in column] for column in page.columns] == [
        [("vorbereitung", "Vorbereitung"), ("ablauf", "Schritt für Schritt")],
        [("online", "Online"), ("vor-ort", "Vor Ort"), ("stolpersteine", "Was schiefgeht")],
    ]
    assert page.columns[0][1][2].split() == ["<ol>", "<li>Alle", "schreiben.</li>", "<li>Alle", "ordnen.</li>", "</ol>"]
    assert page.origin == "Kleines Programm, Version 1.0.0, CC BY 4.0"
    assert page.sources == [("Amt (2020)", "Ein Heft", "", "")]
    assert [(unit.key, href) for unit, href in page.units] == [("aufbruch", f"{PATH}einheiten/aufbruch/")]


def test_without_the_units_a_card_is_silent_about_them_and_an_unknown_one_is_none():
    facts, outline, _ = parts()
    places = PublicPlaces(facts)

    assert method_page(facts, "karten", outline, None, places).units is None
    assert methods_page(facts, outline, None, places).lines[0].used == ""
    assert method_page(facts, "unbekannt", outline, None, places) is None
    assert method_page(facts, "karten", None, None, places) is None


def test_the_glossary_stands_in_german_order():
    facts, outline, _ = parts()
    words = ("Zahl", "Straße", "Strasse 2", "ämtlich", "Amt", "5G", "„Open“ Data", "Übung")
    terms = tuple(Term(f"t{number}", word, "Text.", ("t4",) if number == 0 else ()) for number, word in enumerate(words))
    page = glossary_page(facts, replace(outline, glossary=terms), PublicPlaces(facts))

    assert [(letter, anchor, [term.term for term in group]) for letter, anchor, group in page.letters] == [
        ("0–9", "buchstabe-ziffern", ["5G"]),
        ("A", "buchstabe-a", ["Amt", "ämtlich"]),
        ("O", "buchstabe-o", ["„Open“ Data"]),
        ("S", "buchstabe-s", ["Straße", "Strasse 2"]),
        ("U", "buchstabe-u", ["Übung"]),
        ("Z", "buchstabe-z", ["Zahl"]),
    ]
    assert page.letters[-1][2][0].see == [("Amt", "#begriff-t4")]
    assert page.scope == "8 Begriffe"


@pytest.mark.parametrize("term, letter", [("Ökosystem", "O"), ("ß", "S"), ("§ 5", "0–9"), ("Éclair", "E"), ("Ωmega", "0–9")])
def test_letter_of(term, letter):
    assert letter_of(term) == letter


def test_time_of():
    method = generated(2).outline.methods[0]

    assert time_of(method) == "20 bis 40 Minuten"
    assert time_of(replace(method, shortest=40)) == "40 Minuten"


def test_of_a_draft_all_leads_to_the_office():
    facts, outline, units = parts()
    places = OfficePlaces(facts)
    office = f"/buero/programme/versionen/{facts.public_id}/"

    assert methods_page(facts, outline, units, places).lines[0].href == f"{office}methoden/karten/"
    assert method_page(facts, "karten", outline, units, places).units[0][1] == f"{office}lesen/aufbruch/"
    assert glossary_page(facts, outline, places).home == f"{office}lesen/"
