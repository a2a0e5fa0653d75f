from dataclasses import replace

import pytest

from staffel.curriculum.pages.unit import unit_page
from staffel.curriculum.queries import files, versions
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import small_files
from tests.curriculum.taught import FILES, released, taught_files

pytestmark = pytest.mark.django_db

BASE = "/programme/kleines-programm/1.0.0"


def page_of(version, key):
    return unit_page(versions.version_facts(version), key, files.unit_content(version, key))


def test_a_unit_leads_to_its_neighbours():
    version = released(small_files())
    first, middle = page_of(version, "aufbruch"), page_of(version, "weiter")

    assert first.neighbours[:2] == ("", f"{BASE}/einheiten/weiter/")
    assert middle.neighbours == (f"{BASE}/einheiten/aufbruch/", f"{BASE}/einheiten/schluss/", "Einheit 2 von 3")
    assert page_of(version, "unbekannt") is None


def test_a_unit_with_a_summary_alone_has_few_parts():
    page = page_of(released(small_files()), "weiter")

    assert page.contents == [("Ziele", "#ziele"), ("Worum es geht", "#worum")]
    assert (page.plan, page.task, page.quiz, page.exercises, page.materials, page.sources) == (None, None, [], [], [], [])
    assert (page.guide_path, page.lead) == ("", "2. Vormittag im Programm Kleines Programm")


def test_self_study_is_no_morning():
    page = page_of(released(small_files()), "schluss")

    assert page.lead == "3. Einheit im Programm Kleines Programm, zum Selbststudium"
    assert [(fact.label, fact.value) for fact in page.facts][2:] == [("Dauer", "1 Stunde"), ("Art", "Selbststudium")]


def test_a_version_of_before_shows_what_its_rows_know():
    page = page_of(make_version(), "einheit-1")

    assert page.content is None
    assert [(each.text, each.level) for each in page.objectives] == [("Etwas können.", "")]
    assert page.summary == "<p>Worum es geht.</p>\n"
    assert (page.plan, page.guide_path) == (None, "")


def test_objectives_name_level_and_competency():
    page = page_of(released(taught_files()), "aufbruch")

    assert [(each.text, each.level, each.competency, each.competency_href, each.reaches) for each in page.objectives] == [
        ("Sie fangen an.", "Anwenden", "Planen", f"{BASE}/kompetenzen/planen/", "Stufe\N{NO-BREAK SPACE}1"),
        ("Sie reden darüber.", "Anwenden", "Reden", f"{BASE}/kompetenzen/reden/", "Stufe\N{NO-BREAK SPACE}2"),
    ]


def test_a_unit_shows_all_that_it_holds():
    page = page_of(released(taught_files()), "aufbruch")

    assert [text for text, _ in page.contents] == [
        "Ziele", "Worum es geht", "Ablauf", "Handreichung", "Übungen", "Transferaufgabe", "Selbsttest", "Materialien",
        "Quellen",
    ]  # fmt: skip
    assert page.guide == "<h2>Vorher</h2>\n<p>Stellen Sie Stühle.</p>\n"
    assert page.guide_path == f"{BASE}/einheiten/aufbruch/leitfaden/"
    assert [(each.title, each.facts, each.text) for each in page.exercises] == [
        ("Karten ordnen", "in Gruppen, 45 Minuten", "<p>Ordnen Sie die <strong>Karten</strong>.</p>\n")
    ]
    assert [item.number for item in page.quiz] == [1, 2]
    assert page.sources == [
        ("Amt (2017)", "Eine Charta", "https://www.beispiel.example/charta", "gelesen am 25.11.2026"),
        ("Verlag", "Ein Buch", "", ""),
    ]


def test_materials_are_files_with_a_digest_or_links():
    page = page_of(released(taught_files()), "aufbruch")
    folder = f"{BASE}/einheiten/aufbruch/dateien"

    assert [(line.title, line.href, line.facts, line.is_file, bool(line.digest)) for line in page.materials] == [
        ("Tabelle zum Ausfüllen", f"{folder}/tabelle.csv", "CSV, 4\N{NO-BREAK SPACE}Bytes", True, True),
        ("Stufen", f"{folder}/stufen.svg", f"SVG, {len(FILES['stufen.svg'])}\N{NO-BREAK SPACE}Bytes", True, True),
        ("Charta im Netz", "https://www.beispiel.example/charta", "Link", False, False),
    ]


@pytest.mark.parametrize("levels, columns", [
    (("a", "b"), ["noch nicht erreicht", "erreicht"]),
    (("a", "b", "c"), ["noch nicht erreicht", "erreicht", "übertroffen"]),
    (("a", "b", "c", "d"), ["nicht erreicht", "teilweise", "erreicht", "übertroffen"]),
])  # fmt: skip
def test_a_rubric_has_a_column_for_each_quality(levels, columns):
    page = page_of(released(taught_files()), "aufbruch")
    task = page.content.task
    rubric = (replace(task.rubric[0], levels=levels), replace(task.rubric[0], key="x", title="Kurz", levels=("a", "b")))
    page = replace(page, content=replace(page.content, task=replace(task, rubric=rubric)))

    assert page.task.columns == columns
    assert page.task.rows[0] == ("Der Satz", list(zip(columns, levels, strict=True)))
    assert [text for _, text in page.task.rows[1][1]] == ["a", "b", "", ""][: len(levels)]
    assert page.task.artefact == "Auftrag"
