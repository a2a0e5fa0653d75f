from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.base.core.backoff import LONGEST, delay_after


def test_delay_after_grows_fourfold_up_to_six_hours():
    assert [delay_after(attempts) for attempts in range(1, 8)] == [
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=8),
        timedelta(minutes=32),
        timedelta(hours=2, minutes=8),
        timedelta(hours=6),
        timedelta(hours=6),
    ]


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_delay_after_never_moves_by_more_than_a_tenth(attempts, spread):
    exact = delay_after(attempts)

    assert exact * 0.899 <= delay_after(attempts, spread=spread) <= exact * 1.101
    assert exact <= LONGEST


@pytest.mark.parametrize("attempts, spread", [(0, 0.5), (-1, 0.5), (1, -0.1), (1, 1.1)])
def test_delay_after_refuses_what_makes_no_sense(attempts, spread):
    with pytest.raises(ValueError, match=f"got {attempts} and {spread}"):
        delay_after(attempts, spread=spread)
