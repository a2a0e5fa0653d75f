import doctest

from hypothesis import given
from hypothesis import strategies as st

from staffel.reporting.core import tallies
from staffel.reporting.core.tallies import Group, Tally, tally

GROUPS = {
    "12060052": Group("12", "mittelstadt", False),
    "12060020": Group("12", "mittelstadt", True),
    "08111000": Group("08", "grossstadt", True),
}


def test_examples_in_the_module_are_true():
    assert doctest.testmod(tallies).failed == 0


def test_nobody_gives_zero():
    assert tally([], GROUPS) == Tally()


def test_a_shared_seat_counts_once_in_all_and_once_in_each_group():
    found = tally([(1, "12060052"), (1, "08111000"), (2, "12060020")], GROUPS)

    assert (found.total, found.nowhere, found.overlaps) == (2, 0, True)
    assert (found.by_land, found.by_size, found.by_funding) == (
        {"12": 2, "08": 1},
        {"mittelstadt": 2, "grossstadt": 1},
        {False: 1, True: 2},
    )


def test_who_has_no_known_municipality_counts_nowhere():
    found = tally([(1, None), (2, "99999999"), (3, "12060052"), (3, None)], GROUPS)

    assert (found.total, found.nowhere, found.overlaps, found.by_land) == (3, 2, False, {"12": 1})


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from([*GROUPS, None, "99999999"]))))
def test_groups_never_count_more_than_all_and_never_less_than_the_placed(lines):
    found = tally(lines, GROUPS)

    assert found.total == len({subject for subject, _ags in lines})
    for by in (found.by_land, found.by_size, found.by_funding):
        assert all(number <= found.total for number in by.values())
        assert sum(by.values()) >= found.total - found.nowhere
    assert tally(reversed(lines), GROUPS) == found
