from datetime import UTC, date, datetime

import pytest

from staffel.ui import words


def test_whole_puts_the_german_sign_between_thousands():
    assert [words.whole(number) for number in (0, 999, 1000, 3_700_000)] == ["0", "999", "1.000", "3.700.000"]


def test_fraction_keeps_its_places():
    assert [words.fraction(1479.6, 2), words.fraction(5.84, 1)] == ["1.479,60", "5,8"]


def test_day_is_written_in_figures():
    assert words.day(date(2025, 1, 9)) == "09.01.2025"


def test_moments_are_told_in_local_time():
    starts, ends = datetime(2026, 10, 27, 8, tzinfo=UTC), datetime(2026, 10, 27, 12, tzinfo=UTC)

    assert words.long_day(date(2026, 9, 1)) == "Dienstag, 1. September 2026"
    assert words.clock(datetime(2026, 10, 20, 7, tzinfo=UTC)) == "9:00"
    assert words.moment(starts) == "27.10.2026, 9:00 Uhr"
    assert words.span(starts, ends) == "Dienstag, 27. Oktober 2026, 9:00 bis 13:00 Uhr"


@pytest.mark.parametrize(
    "text, words_of_it",
    [
        ("2026-11-25", "25.11.2026"),
        ("2026-11-25T11:30:00+00:00", "25.11.2026, 12:30 Uhr"),
        ("2026-11-25T11:30:00Z", "25.11.2026, 12:30 Uhr"),
        ("2026-11-25T11:30:00", "2026-11-25T11:30:00"),
        ("2026-02-31", "2026-02-31"),
        ("2026-11-25Tolle Sache", "2026-11-25Tolle Sache"),
        ("12061112", "12061112"),
        ("Neu-Ulm", "Neu-Ulm"),
        ("", ""),
    ],
)
def test_spoken_tells_days_and_moments_and_leaves_everything_else(text, words_of_it):
    assert words.spoken(text) == words_of_it
