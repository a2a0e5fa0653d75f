"""The programmes of this repository: right, canonical, and as good as their own standard says."""

import hashlib
import re
from collections import Counter
from datetime import datetime
from io import BytesIO
from itertools import groupby

import pytest

from staffel.curriculum.core.content import Artefact
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.package.writer import Release, package_files, write_zip
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.teaching.checking import findings_in
from staffel.curriculum.core.text import blocks
from staffel.curriculum.core.writer import files_of
from tests.architecture.house import ROOT

PROGRAMMES = ROOT / "programmes"
KEY = "smart-city-manager"
# Whoever changes a released text gives it another number.
RELEASED = re.compile(r"\(`([a-z-]+)` (\d+\.\d+\.\d+), content `([0-9a-f]{64})`,\s+package of (\S+) `([0-9a-f]{64})`\)")
MORNINGS = (
    "wozu-digital",
    "standort-bestimmen",
    "vom-leitbild-zum-ziel",
    "massnahmen-auswaehlen",
    "technik-und-daten",
    "recht-und-sicherheit",
    "beteiligen-und-erklaeren",
    "voneinander-lernen",
    "vorhaben-steuern",
    "vorstellen-und-beschliessen",
)
ELECTIVES = ("ki-in-der-kommune", "daten-und-plattform")
WORDS = (2_000, 4_000)


def files_below(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return InMemory({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


@pytest.fixture(scope="module")
def files():
    return files_below(PROGRAMMES / KEY)


@pytest.fixture(scope="module")
def programme(files):
    return read_programme(files)


@pytest.fixture(params=MORNINGS + ELECTIVES)
def unit(request, programme):
    return programme.units[request.param]


def prose_of(unit):
    """All prose of a unit by a name that says where it stands."""
    yield from ((name, getattr(unit, name)) for name in ("summary", "handout", "guide"))
    yield from ((exercise.key, exercise.text) for exercise in unit.exercises)
    yield from ((item.key, item.prompt) for item in unit.quiz)
    if unit.task:
        yield from (("instruction", unit.task.instruction), ("template", unit.task.template))


# The whole ----------------------------------------------------------------------------------------------------------


def test_every_folder_has_its_digests_in_the_changelog(files, programme):
    rows = {key: rest for key, *rest in RELEASED.findall((ROOT / "CHANGELOG.md").read_text())}
    number, content, moment, package = rows[KEY]
    made = BytesIO()
    write_zip(package_files(files, programme.outline, Release(datetime.fromisoformat(moment), programme.outline.author)), made)

    assert sorted(path.name for path in PROGRAMMES.iterdir() if path.is_dir()) == sorted(rows)
    assert (number, content) == (programme.outline.version, digest_of(files))
    assert hashlib.sha256(made.getvalue()).hexdigest() == package
    assert f"\nRELEASED := {moment}\n" in (ROOT / "Makefile").read_text()


def test_nothing_keeps_it_from_being_taught(programme):
    assert [str(finding) for finding in findings_in(programme)] == []


def test_ten_mornings_make_forty_hours_and_two_more_can_be_chosen(programme):
    required, chosen = (
        [key for module in programme.outline.modules if module.required is wanted for key in module.units]
        for wanted in (True, False)
    )

    assert required == list(MORNINGS)
    assert sorted(chosen) == sorted(ELECTIVES)
    assert sum(step.minutes for key in required for step in programme.units[key].plan) == 40 * 60


def test_the_tasks_together_make_a_whole_strategy(programme):
    tasks = [unit.task for unit in programme.units.values()]

    assert {artefact for task in tasks for artefact in (task.artefact, *task.also)} == set(Artefact)


def test_every_card_is_used_and_the_glossary_has_its_words(programme):
    used = {step.card for unit in programme.units.values() for step in unit.plan if step.card}

    assert used == {method.key for method in programme.outline.methods}
    assert len({term.term for term in programme.outline.glossary}) >= 80


def test_files_are_in_canonical_form(files, programme):
    written = {path: content if isinstance(content, bytes) else content().read() for path, content in files_of(programme)}

    assert sorted(written) == sorted(files.paths())
    assert [path for path in files.paths() if files.open(path).read() != written[path]] == []


def test_every_competency_has_four_levels_that_differ(programme):
    assert [len(set(competency.levels)) for competency in programme.outline.competencies] == [4] * 10


def test_objectives_reach_every_competency_at_its_second_level_or_above(programme):
    reached = Counter()
    for unit in programme.units.values():
        for objective in unit.objectives:
            reached[objective.competency] = max(reached[objective.competency], objective.reaches)

    assert {key: level for key, level in reached.items() if level < 2} == {}


def test_the_parts_of_a_morning_fill_its_minutes(programme):
    units = programme.units.values()

    assert [sum(map(int, re.findall(r"\((\d+) Minuten\)", unit.summary))) for unit in units] == [240] * 12
    assert [unit.minutes for unit in units] == [240] * 12


def test_each_objective_is_a_sentence_and_each_unit_ends_in_the_strategy(programme):
    wrong = [
        f"{unit.key}: {objective.text}"
        for unit in programme.units.values()
        for objective in unit.objectives
        if not (objective.text.startswith("Sie ") and objective.text.endswith("."))
    ]

    assert wrong == []
    assert [unit.summary.count("## Was daraus für Ihre Strategie entsteht") for unit in programme.units.values()] == [1] * 12


def test_nobody_is_shouted_at(files):
    texts = [path for path in files.paths() if not path.endswith(".svg")]

    assert [path for path in texts if b"!" in files.open(path).read()] == []


# Every unit ---------------------------------------------------------------------------------------------------------


def test_plan_fills_the_parts_that_the_summary_names(unit):
    said = [(name, int(minutes)) for name, minutes in re.findall(r"\*\*(.+?) \((\d+) Minuten\)\.\*\*", unit.summary)]
    planned = [(phase, sum(step.minutes for step in steps)) for phase, steps in groupby(unit.plan, lambda step: step.phase)]

    assert planned == said
    assert sum(step.minutes for step in unit.plan) == unit.minutes == 240


def test_handout_has_substance_and_the_guide_knows_three_sizes(unit):
    least, most = WORDS

    assert least <= len(unit.handout.split()) <= most
    assert [f"Mit {people} Personen" in unit.guide for people in (8, 15, 25)] == [True] * 3


def test_handout_has_a_case_a_procedure_examples_mistakes_and_a_next_step(unit):
    kinds = Counter(block.kind for block in blocks(unit.handout))
    titles = [block.argument for block in blocks(unit.handout) if block.kind == "example"]

    assert "*Musterstadt an der Aue ist erfunden. Alle Zahlen in diesem Abschnitt sind es auch.*" in unit.handout
    assert [sum(title.startswith(size) for title in titles) >= 1 for size in ("Klein", "Mittel", "Groß")] == [True] * 3
    assert [kind for kind in ("definition", "table", "figure", "checklist", "task") if not kinds[kind]] == []
    assert [title for title in ("## Häufige Fehler", "## Was Sie morgen tun können") if title not in unit.handout] == []


def test_the_thread_goes_through_every_unit(unit, programme):
    words = programme.open(unit.key, "musterstadt.md").read().decode()

    assert [place for place in ("Musterstadt", "Musterdorf", "Großmusterstadt", "erfunden") if place not in words] == []


def test_task_has_an_instruction_a_template_and_a_rubric(unit):
    assert [bool(part) for part in (unit.task.instruction, unit.task.template)] == [True, True]
    assert len(unit.task.rubric) >= 3


def test_there_are_slides_and_steps_name_their_cards(unit):
    assert 8 <= unit.slides.count("\n## ") + 1 <= 16
    assert [step.card for step in unit.plan if step.card] != []


def test_what_is_linked_is_a_source_and_the_other_way_round(unit):
    linked = {link for _, text in prose_of(unit) for link in re.findall(r"\]\((https?://[^)]+)\)", text)}

    assert linked == {source.link for source in unit.sources if source.link}


def test_materials_are_ours_and_pictures_are_plain(unit, programme):
    assert {(material.author, material.licence) for material in unit.materials} == {("Staffel", "CC-BY-4.0")}
    pictures = [material for material in unit.materials if material.file.endswith(".svg")]
    assert [picture.file for picture in pictures if not picture.alt] == []
    for picture in pictures:
        drawn = programme.open(unit.key, picture.file).read().decode()
        assert re.findall(r"<script|<style|href|url\(| on[a-z]+=", drawn) == []
        assert set(re.findall(r'font-family="([^"]+)"', drawn)) == {"sans-serif"}


def test_no_example_stands_in_two_units(programme):
    places = [
        (re.sub(r"^\w+: |, .*", "", block.argument), unit.key)
        for unit in programme.units.values()
        for block in blocks(unit.handout)
        if block.kind == "example"
    ]

    assert [place for place, count in Counter(name for name, _ in places).items() if count > 1] == []
