import dataclasses

import pytest

from staffel.curriculum.core import content
from tests.curriculum.generated import generated


def test_units_and_competencies_are_told_in_their_order_each_once():
    whole = generated(4)

    assert whole.outline.units == ("einheit-1", "einheit-2", "einheit-3", "einheit-4")
    assert whole.unit("einheit-2").competencies == ("kompetenz-4", "kompetenz-5", "kompetenz-6")
    unit = whole.unit("einheit-2")
    twice = dataclasses.replace(unit, objectives=unit.objectives + unit.objectives)
    assert twice.competencies == unit.competencies


def test_a_whole_is_a_source():
    whole = generated(2)

    assert whole.unit_digest("einheit-1") == generated(2).unit_digest("einheit-1") != whole.unit_digest("einheit-2")
    assert whole.open("einheit-1", "vorlage.txt").read() == whole.files["einheit-1", "vorlage.txt"]
    with pytest.raises(KeyError):
        whole.unit("einheit-3")


def test_all_values_are_frozen_and_have_slots():
    classes = [value for value in vars(content).values() if dataclasses.is_dataclass(value)]

    assert len(classes) == 18
    assert all(found.__dataclass_params__.frozen and "__slots__" in vars(found) for found in classes)
