import pytest

from staffel.admissions.core.call_states import PATH, STEPS, Act, acts_in, step
from staffel.admissions.models import Call

ALLOWED = {
    ("draft", Act.PUBLISH): "open",
    ("draft", Act.CANCEL): "cancelled",
    ("open", Act.CLOSE): "closed",
    ("open", Act.EXTEND): "open",
    ("open", Act.CANCEL): "cancelled",
    ("closed", Act.EXTEND): "open",
    ("closed", Act.DECIDE): "published",
    ("closed", Act.CANCEL): "cancelled",
    ("published", Act.END): "ended",
    ("published", Act.CANCEL): "cancelled",
}


@pytest.mark.parametrize("state", Call.State.values)
@pytest.mark.parametrize("act", Act)
def test_every_act_in_every_state_is_allowed_or_refused_as_the_table_says(state, act):
    assert step(act, state) == ALLOWED.get((state, act))


@pytest.mark.parametrize("state", Call.State.values)
def test_acts_in_a_state_are_those_that_lead_somewhere(state):
    assert set(acts_in(state)) == {act for one, act in ALLOWED if one == state}


def test_the_core_knows_the_states_of_the_model():
    named = {state for sources, target in STEPS.values() for state in (*sources, target)}

    assert named == set(Call.State.values)
    assert set(PATH) | {"cancelled"} == named
