"""The programmes of this repository: whoever changes a released text must give it another number."""

import re

import pytest

from staffel.curriculum.core.__main__ import read_folder
from staffel.curriculum.core.programme import digest
from staffel.curriculum.core.reading import read_programme
from tests.architecture.house import ROOT

RELEASED = {
    ("smart-city-manager", "1.0.0"): "a56e8f79246d60f31bc104c88da93ef1a3be5e2b76953014ac3c8f9b342724ac",
}


@pytest.fixture(params=sorted({key for key, _ in RELEASED}))
def programme(request):
    return read_programme(read_folder(ROOT / "programmes" / request.param))


def test_released_text_is_what_was_released(programme):
    assert digest(programme) == RELEASED[programme.key, programme.version]


def test_the_parts_of_a_morning_fill_its_minutes(programme):
    said = [sum(map(int, re.findall(r"\((\d+) Minuten\)", unit.summary))) for unit in programme.units]

    assert said == [unit.minutes for unit in programme.units]


def test_each_objective_is_a_sentence_and_each_unit_ends_in_the_strategy(programme):
    wrong = [
        f"{unit.key}: {objective}"
        for unit in programme.units
        for objective in unit.objectives
        if not (objective.startswith("Sie ") and objective.endswith("."))
    ]

    assert wrong == []
    assert [unit.summary.count("## Was daraus für Ihre Strategie entsteht") for unit in programme.units] == [1] * 10


def test_nobody_is_shouted_at(programme):
    assert [unit.key for unit in programme.units if "!" in unit.summary + unit.title] == []
