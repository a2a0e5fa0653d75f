import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.admissions.core import waiting_list

rows = st.lists(st.integers(1, 30), unique=True, max_size=12).map(tuple)


@pytest.mark.parametrize("position, expected", [
    (None, ("A", "B", "C")),
    (1, ("C", "A", "B")),
    (2, ("A", "C", "B")),
    (9, ("A", "B", "C")),
])  # fmt: skip
def test_insert_goes_where_it_is_told_or_to_the_end(position, expected):
    assert waiting_list.insert(("A", "B"), "C", position) == expected


def test_insert_moves_who_is_there_already():
    assert waiting_list.insert(("A", "B", "C"), "C", 1) == ("C", "A", "B")


def test_insert_refuses_a_position_before_the_first():
    with pytest.raises(ValueError, match="got 0"):
        waiting_list.insert(("A",), "B", 0)


@pytest.mark.parametrize("key, up, expected", [
    ("B", True, ("B", "A", "C")),
    ("B", False, ("A", "C", "B")),
    ("A", True, ("A", "B", "C")),
    ("C", False, ("A", "B", "C")),
])  # fmt: skip
def test_moved_goes_one_place_and_not_beyond_the_ends(key, up, expected):
    assert waiting_list.moved(("A", "B", "C"), key, up=up) == expected


@given(rows, st.integers(1, 40), st.none() | st.integers(1, 20))
def test_insert_keeps_everybody_once_and_the_order_of_the_others(row, key, position):
    after = waiting_list.insert(row, key, position)

    assert sorted(after) == sorted({*row, key})
    assert waiting_list.without(after, key) == waiting_list.without(row, key)


@given(rows, st.data())
def test_up_and_down_again_changes_nothing_unless_first(row, data):
    if not row:
        return
    key = data.draw(st.sampled_from(row))
    expected = row if row[0] != key else waiting_list.moved(row, key, up=False)

    assert waiting_list.moved(waiting_list.moved(row, key, up=True), key, up=False) == expected


@given(rows, rows)
def test_changed_positions_are_all_that_needs_writing(before, after):
    written = {key: at for at, key in enumerate(before, start=1)}
    changed = waiting_list.changed_positions(written, after)

    assert {key: (written | changed)[key] for key in after} == {key: at for at, key in enumerate(after, start=1)}
