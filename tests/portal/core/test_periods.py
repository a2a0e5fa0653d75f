import pytest

from staffel.portal.core.periods import period


@pytest.mark.parametrize(
    "days, said",
    [
        (1, (1, "day")),
        (14, (14, "day")),
        (30, (30, "day")),
        (60, (2, "month")),
        (90, (3, "month")),
        (180, (6, "month")),
        (183, (6, "month")),
        (365, (1, "year")),
        (730, (2, "year")),
        (1096, (3, "year")),
        (3653, (10, "year")),
        (100, (100, "day")),
    ],
)
def test_period_takes_the_largest_unit_that_fits(days, said):
    assert period(days) == said
