"""The programmes of this repository: right, canonical, and as good as their own standard says."""

import re
from collections import Counter
from itertools import groupby

import pytest

from staffel.curriculum.core.content import ItemKind
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.reader import read_programme
from staffel.curriculum.core.text import DIRECTIVES, blocks
from staffel.curriculum.core.writer import files_of
from tests.architecture.house import ROOT

PROGRAMMES = ROOT / "programmes"
KEY = "smart-city-manager"
# Whoever changes a released text must give it another number.
RELEASED = {
    ("smart-city-manager", "1.0.0"): "563b8034456515ea0bd75243de925640df1f21e13d4cd11507b9a02e3848a68b",
}
# Units that are worked out in full: plan, handout, guide, exercises, quiz, task.
FULL = ("wozu-digital", "massnahmen-auswaehlen")
LEAST_ACTIVE = 0.55
WORDS = (2_000, 3_000)


def files_below(folder):
    paths = (path for path in folder.rglob("*") if path.is_file())
    return InMemory({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


@pytest.fixture(scope="module")
def files():
    return files_below(PROGRAMMES / KEY)


@pytest.fixture(scope="module")
def programme(files):
    return read_programme(files)


@pytest.fixture(params=FULL)
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


def test_every_folder_is_looked_after():
    assert sorted(path.name for path in PROGRAMMES.iterdir() if path.is_dir()) == sorted({key for key, _ in RELEASED})


def test_released_text_is_what_was_released(files, programme):
    assert digest_of(files) == RELEASED[programme.outline.key, programme.outline.version]


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

    assert [sum(map(int, re.findall(r"\((\d+) Minuten\)", unit.summary))) for unit in units] == [240] * 10
    assert [unit.minutes for unit in units] == [240] * 10


def test_each_objective_is_a_sentence_and_each_unit_ends_in_the_strategy(programme):
    wrong = [
        f"{unit.key}: {objective.text}"
        for unit in programme.units.values()
        for objective in unit.objectives
        if not (objective.text.startswith("Sie ") and objective.text.endswith("."))
    ]

    assert wrong == []
    assert [unit.summary.count("## Was daraus für Ihre Strategie entsteht") for unit in programme.units.values()] == [1] * 10


def test_nobody_is_shouted_at(files):
    texts = [path for path in files.paths() if not path.endswith(".svg")]

    assert [path for path in texts if b"!" in files.open(path).read()] == []


# The units in full --------------------------------------------------------------------------------------------------


def test_plan_fills_the_parts_that_the_summary_names(unit):
    said = [(name, int(minutes)) for name, minutes in re.findall(r"\*\*(.+?) \((\d+) Minuten\)\.\*\*", unit.summary)]
    planned = [(phase, sum(step.minutes for step in steps)) for phase, steps in groupby(unit.plan, lambda step: step.phase)]

    assert planned == said
    assert sum(step.minutes for step in unit.plan) == unit.minutes == 240


def test_people_do_something_themselves_most_of_the_time(unit):
    assert sum(step.minutes for step in unit.plan if step.active) >= LEAST_ACTIVE * unit.minutes


def test_handout_has_substance_and_the_guide_knows_three_sizes(unit):
    least, most = WORDS

    assert least <= len(unit.handout.split()) <= most
    assert [f"Mit {people} Personen" in unit.guide for people in (8, 15, 25)] == [True] * 3


def test_quiz_has_twelve_items_of_every_kind_and_for_every_competency(unit):
    assert len(unit.quiz) == 12
    assert {item.kind for item in unit.quiz} == set(ItemKind)
    assert {item.competency for item in unit.quiz} == set(unit.competencies)


def test_every_answer_is_explained_and_none_means_the_others(unit):
    answers = [answer for item in unit.quiz for answer in item.answers]
    of_others = re.compile(r"\b([Aa]lle (genannten|Antworten)|[Kk]eine der)")

    assert [answer.text for answer in answers if not answer.feedback] == []
    assert [answer.text for answer in answers if of_others.search(answer.text)] == []


@pytest.mark.parametrize("kind", [ItemKind.SINGLE, ItemKind.MULTIPLE])
def test_right_answers_stand_anywhere(unit, kind):
    items = [item for item in unit.quiz if item.kind is kind]
    places = Counter(place for item in items for place, answer in enumerate(item.answers) if answer.right)

    assert sorted(places) == [0, 1, 2, 3]
    assert max(places.values()) - min(places.values()) <= 1


def test_task_has_an_instruction_a_template_and_a_rubric(unit):
    assert [bool(part) for part in (unit.task.instruction, unit.task.template)] == [True, True]
    assert [criterion.key for criterion in unit.task.rubric if len(criterion.levels) < 3] == []


def test_what_is_linked_is_a_source_and_was_read(unit):
    linked = {link for _, text in prose_of(unit) for link in re.findall(r"\]\((https?://[^)]+)\)", text)}

    assert linked == {source.link for source in unit.sources if source.link}
    assert [source.key for source in unit.sources if bool(source.link) != bool(source.accessed)] == []


def test_materials_are_ours_and_pictures_are_plain(unit, programme):
    assert {(material.author, material.licence) for material in unit.materials} == {("Staffel", "CC-BY-4.0")}
    pictures = [material for material in unit.materials if material.file.endswith(".svg")]
    assert [len(pictures), [bool(picture.alt) for picture in pictures]] == [1, [True]]
    drawn = programme.open(unit.key, pictures[0].file).read().decode()
    assert re.findall(r"<script|<style|href|url\(| on[a-z]+=", drawn) == []
    assert set(re.findall(r'font-family="([^"]+)"', drawn)) == {"sans-serif"}


def test_invented_places_are_said_to_be_invented(unit):
    assert "*Musterstadt an der Aue ist erfunden. Alle Zahlen in diesem Abschnitt sind es auch.*" in unit.handout


def test_the_full_units_use_every_directive_and_every_material(programme):
    units = [programme.units[key] for key in FULL]
    found = [block for unit in units for _, text in prose_of(unit) for block in blocks(text)]

    assert {block.kind for block in found} == {"prose", *DIRECTIVES}
    used = {block.argument for block in found if block.kind in {"figure", "download"}}
    assert used == {material.file for unit in units for material in unit.materials}
