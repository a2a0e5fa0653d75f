from dataclasses import replace

import pytest

from staffel.curriculum.core.content import Competency
from staffel.curriculum.pages import competencies
from staffel.curriculum.pages.competencies import competency_page, matrix_page
from staffel.curriculum.pages.places import OfficePlaces
from staffel.curriculum.queries import files, versions
from staffel.ui.parts import Fact
from tests.curriculum.factories import make_version
from tests.curriculum.taught import released, taught_files

pytestmark = pytest.mark.django_db


def facts_and_units(version):
    facts = versions.version_facts(version)
    return facts, files.units_of(version, [unit.key for unit in facts.units])


def test_the_matrix_says_what_is_taught_practised_and_tested():
    page = matrix_page(*facts_and_units(released(taught_files())))
    path = "/programme/kleines-programm/1.0.0/einheiten"

    assert [(each.name, each.number, each.title, each.href) for each in page.columns] == [
        ("Einheit 1", "1", "Aufbruch", f"{path}/aufbruch/"),
        ("Einheit 2", "2", "Weiter", f"{path}/weiter/"),
        ("Einheit 3", "3", "Schluss", f"{path}/schluss/"),
    ]
    assert [
        (field, each.key, [(name, [(work.unit.key, work.reaches, work.marks) for work in works]) for name, works, _ in cells])
        for field, rows in page.fields
        for each, _, cells in rows
    ] == [
        ("Strategie", "planen", [
            ("Einheit 1", [("aufbruch", 1, "")]),
            ("Einheit 2", [("weiter", 1, "nur gelehrt")]),
            ("Einheit 3", []),
        ]),
        ("Menschen", "reden", [
            ("Einheit 1", [("aufbruch", 2, "nur gelehrt und geübt")]),
            ("Einheit 2", [("weiter", 2, "nur gelehrt")]),
            ("Einheit 3", [("schluss", 1, "nur gelehrt")]),
        ]),
    ]  # fmt: skip
    assert (page.complete, page.span, page.by_unit, page.listed) == (True, 4, True, False)


def test_the_matrix_proves_or_names_what_happens_nowhere():
    facts, units = facts_and_units(released(taught_files()))
    quiz = units["aufbruch"].quiz
    units["weiter"] = replace(units["weiter"], quiz=(replace(quiz[0], competency="reden"),))

    assert matrix_page(facts, units).proof == ["Jede Kompetenz wird mindestens einmal gelehrt, geübt und geprüft."]
    units["weiter"] = replace(units["weiter"], quiz=())
    units["aufbruch"] = replace(units["aufbruch"], quiz=())
    assert matrix_page(facts, units).proof == ["Noch in keiner Einheit geprüft: Planen; Reden."]
    assert matrix_page(facts, None).proof == []


def test_more_units_stand_together_by_module(monkeypatch):
    facts, units = facts_and_units(released(taught_files()))
    monkeypatch.setattr(competencies, "MOST_COLUMNS", 2)
    page = matrix_page(facts, units)

    assert [(each.name, each.title, each.href) for each in page.columns] == [
        ("Modul 1", "Grundlagen", "/programme/kleines-programm/1.0.0/#modul-grundlagen"),
        ("Modul 2", "Umsetzen", "/programme/kleines-programm/1.0.0/#modul-umsetzen"),
    ]
    assert [len(works) for _, rows in page.fields for _, _, cells in rows for _, works, _ in cells] == [2, 0, 2, 1]
    assert (page.by_unit, page.listed) == (False, False)


def test_without_files_the_matrix_says_where_alone():
    page = matrix_page(versions.version_facts(released(taught_files())), None)
    work = page.fields[0][1][0][2][0][1][0]

    assert (page.complete, work.level, work.taught, work.tested) == (False, "", True, 0)


def test_what_is_tested_and_not_taught_is_seen():
    facts, units = facts_and_units(released(taught_files()))
    units["schluss"] = replace(units["schluss"], quiz=units["aufbruch"].quiz)
    work = competency_page(facts, "planen", None, units).works[-1]

    assert (work.unit.key, work.marks, work.level, work.tested_in_words) == ("schluss", "nur geprüft", "", "2 Fragen")


def test_the_page_of_a_competency_says_levels_and_where_it_stands():
    facts, units = facts_and_units(released(taught_files()))
    stated = Competency(
        "planen", "Strategie", "Planen", "Sie planen.", ("a", "b", "c", "d"), ("1.2",), ("http://data.europa.eu/esco/skill/1",)
    )
    page = competency_page(facts, "planen", stated, units)

    assert page.levels == [(f"Stufe\N{NO-BREAK SPACE}{number}", text) for number, text in enumerate("abcd", 1)]
    assert page.facts == [
        Fact("Kompetenzfeld", "Strategie"),
        Fact("DigComp 2.2", "1.2 Daten, Informationen und digitale Inhalte bewerten", "", competencies.digcomp.ADDRESS),
    ]
    assert page.esco == ("http://data.europa.eu/esco/skill/1",)
    path = "/programme/kleines-programm/1.0.0/einheiten/aufbruch/"
    assert [(work.unit.key, work.practice, work.tested_in_words) for work in page.works] == [
        ("aufbruch", (("Transferaufgabe „Ein Leitsatz“", f"{path}#transferaufgabe"),), "2 Fragen"),
        ("weiter", (), ""),
    ]
    assert page.works[0].objectives == (("Sie fangen an.", "Anwenden"),)


def test_an_exercise_practises_the_competency_that_it_names_and_no_other():
    facts, units = facts_and_units(released(taught_files()))
    exercise = replace(units["aufbruch"].exercises[0], competency="reden")
    units["aufbruch"] = replace(units["aufbruch"], exercises=(exercise,), task=None)
    units["schluss"] = replace(units["schluss"], exercises=(replace(exercise, competency="planen"),))
    works = {key: competency_page(facts, key, None, units).works for key in ("planen", "reden")}

    assert [(work.unit.key, work.marks, [text for text, _ in work.practice]) for work in works["planen"]] == [
        ("aufbruch", "nur gelehrt und geprüft", []),
        ("weiter", "nur gelehrt", []),
        ("schluss", "nur geübt", ["Übung „Karten ordnen“"]),
    ]
    assert works["reden"][0].practice == (
        ("Übung „Karten ordnen“", "/programme/kleines-programm/1.0.0/einheiten/aufbruch/#uebung-ordnen"),
    )


def test_a_draft_leads_to_places_of_the_office_only():
    facts, units = facts_and_units(released(taught_files()))
    places = OfficePlaces(facts)
    matrix, page = matrix_page(facts, units, places), competency_page(facts, "planen", None, units, places)
    office = f"/buero/programme/versionen/{facts.public_id}/"

    hrefs = [href for _, rows in matrix.fields for _, href, _ in rows]
    hrefs += [work.href for _, rows in matrix.fields for _, _, cells in rows for _, works, _ in cells for work in works]
    hrefs += [work.href for work in page.works] + [href for work in page.works for _, href in work.practice]
    assert {href.startswith(office) for href in [*hrefs, matrix.home]} == {True}
    assert f"{office}kompetenzen/planen/" in hrefs


def test_an_unknown_competency_has_no_page():
    assert competency_page(versions.version_facts(make_version()), "unbekannt", None, None) is None


def test_of_many_modules_and_units_some_are_named(monkeypatch):
    facts, units = facts_and_units(released(taught_files()))
    monkeypatch.setattr(competencies, "MOST_COLUMNS", 2)
    monkeypatch.setattr(competencies, "MOST_MODULES", 1)
    monkeypatch.setattr(competencies, "MOST_NAMED", 2)
    page = matrix_page(facts, units)

    assert [(each.name, each.title) for each in page.columns] == [("Einheiten", "")]
    assert page.listed
    assert [(len(cells), len(cells[0][1]), cells[0][2]) for _, rows in page.fields for _, _, cells in rows] == [
        (1, 2, 0),
        (1, 2, 1),
    ]
    assert competency_page(facts, "reden", None, units).more == 1
