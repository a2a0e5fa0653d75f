import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.curriculum.core.numbers import after, free, is_number, order

parts = st.integers(0, 99_999)


@given(st.lists(st.tuples(parts, parts, parts)))
def test_versions_sort_by_their_numbers(versions):
    texts = [".".join(map(str, version)) for version in versions]

    assert [order(text) for text in sorted(texts, key=order)] == sorted(versions)
    assert all(is_number(text) for text in texts)


@pytest.mark.parametrize("text", ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-rc1", "1.0.١", "1.0.0\n", "100000.0.0", "-1.0.0"])
def test_what_is_no_number(text):
    assert not is_number(text)


def test_order_takes_anything():
    assert (order("2.x.1"), order(""), order("1.²")) == ((2, 0, 1), (0,), (1, 0))


def test_after_raises_the_last_part():
    assert (after("1.0.0"), after("1.2.9"), after("2")) == ("1.0.1", "1.2.10", "2.0.1")


def test_free_is_the_first_number_that_nobody_has():
    assert (free("1.0.0", ()), free("1.0.0", {"1.0.0", "1.0.1", "1.0.3"})) == ("1.0.0", "1.0.2")
