import pytest

from staffel.curriculum.core.distance_learning import points_to_licence


@pytest.mark.parametrize("fee, percent, expected", [
    (False, 0, False),
    (False, 100, False),
    (True, 100, False),
    (True, 50, False),
    (True, 49, True),
    (True, 0, True),
])  # fmt: skip
def test_points_to_licence_only_when_paid_and_mostly_apart(fee, percent, expected):
    assert points_to_licence(fee=fee, synchronous_percent=percent) is expected
