import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core import alignment
from staffel.curriculum.core.alignment import Hunk, hunks, in_order, likeness, matches, pairs

entries = st.lists(st.sampled_from("abcd"), max_size=12)


def longest(old, new):
    """The length of a longest common subsequence, as in the textbook."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old, 1):
        for j, other in enumerate(new, 1):
            best[i][j] = best[i - 1][j - 1] + 1 if one == other else max(best[i - 1][j], best[i][j - 1])
    return best[-1][-1]


@given(entries, entries)
def test_matches_are_a_longest_common_subsequence(old, new):
    found = matches(old, new)

    assert len(found) == longest(old, new)
    assert all(old[i] == new[j] for i, j in found)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in itertools.pairwise(found))


@given(entries, entries)
def test_matches_of_what_is_too_long_are_still_equal_and_rising(old, new):
    before, alignment.MOST_BITS = alignment.MOST_BITS, 4
    try:
        found = matches(old, new)
    finally:
        alignment.MOST_BITS = before

    assert all(old[i] == new[j] for i, j in found)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in itertools.pairwise(found))


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_in_order_keeps_the_most_keys(keys, others):
    kept = in_order(keys, others)

    assert [key for key in keys if key in kept] == [key for key in others if key in kept]
    assert len(kept) == longest(keys, others)


@given(entries, entries)
def test_hunks_are_what_is_not_the_same(old, new):
    at, rebuilt = 0, []
    for hunk in hunks(old, new, pairs(old, new)):
        rebuilt += old[at : hunk.start] + new[hunk.new_start : hunk.new_end]
        at = hunk.end

    assert rebuilt + old[at:] == new


def test_pairs_finds_what_is_alike_between_what_is_equal():
    old = ["Der Rat tagt heute.", "Gleich", "Ein ganz anderer Satz."]
    new = ["Vorweg.", "Der Rat tagt morgen.", "Gleich"]

    assert pairs(old, new) == [(0, 1), (1, 2)]
    assert hunks(old, new, pairs(old, new)) == [Hunk(0, 0, 0, 1), Hunk(0, 1, 1, 2), Hunk(2, 3, 3, 3)]


def test_pairs_of_very_many_entries_are_those_at_the_same_place():
    old = [f"Satz {number} über Wege" for number in range(60)]
    new = [f"Satz {number} über Ziele" for number in range(60)]

    assert pairs(old, new) == [(number, number) for number in range(60)]


@pytest.mark.parametrize("one, other, share", [("a b", "a b", 1.0), ("a b", "b c", 0.5), ("a", "b", 0.0), ("", "", 0.0)])
def test_likeness(one, other, share):
    assert likeness(Counter(one.split()), Counter(other.split())) == share
