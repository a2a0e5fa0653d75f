from hypothesis import given
from hypothesis import strategies as st

from staffel.admissions.core import baseline


def test_statements_have_keys_of_their_own():
    assert len(set(baseline.KEYS)) == len(baseline.STATEMENTS) == 8


def test_by_field_keeps_every_statement_once_in_order():
    fields = baseline.by_field()

    assert [field for field, _ in fields] == [baseline.TASKS, baseline.TECHNOLOGY, baseline.CHANGE]
    assert tuple(one.key for _, statements in fields for one in statements) == baseline.KEYS


def test_unanswered_names_what_is_missing_in_order():
    answers = dict.fromkeys(baseline.KEYS, 3) | {baseline.KEYS[1]: 0, baseline.KEYS[4]: True}
    del answers[baseline.KEYS[7]]

    assert baseline.unanswered(answers) == (baseline.KEYS[1], baseline.KEYS[4], baseline.KEYS[7])


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()))
def test_only_whole_numbers_from_1_to_5_are_answers(value):
    assert baseline.is_answer(value) == (type(value) is int and 1 <= value <= 5)
