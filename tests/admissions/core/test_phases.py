from datetime import UTC, date, datetime

import pytest

from staffel.admissions.core.phases import Phase, days_until, phase_of

OPENS, CLOSES = datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 30, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "now", "phase"),
    [
        ("draft", datetime(2026, 11, 2, tzinfo=UTC), None),
        ("open", datetime(2026, 11, 1, 7, 59, tzinfo=UTC), Phase.COMING),
        ("open", OPENS, Phase.OPEN),
        ("open", datetime(2026, 11, 30, 22, 58, tzinfo=UTC), Phase.OPEN),
        ("open", CLOSES, Phase.SELECTING),
        ("closed", datetime(2026, 11, 2, tzinfo=UTC), Phase.SELECTING),
        ("published", CLOSES, Phase.DECIDED),
        ("ended", CLOSES, Phase.DECIDED),
        ("cancelled", CLOSES, Phase.CANCELLED),
    ],
)
def test_phase_comes_of_state_and_clock(state, now, phase):
    assert phase_of(state, OPENS, CLOSES, now) == phase


def test_days_until_counts_nights():
    assert [days_until(date(2026, 11, 30), date(2026, 11, day)) for day in (18, 29, 30)] == [12, 1, 0]
