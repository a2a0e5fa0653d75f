from datetime import date

from staffel.ui import words


def test_whole_puts_the_german_sign_between_thousands():
    assert [words.whole(number) for number in (0, 999, 1000, 3_700_000)] == ["0", "999", "1.000", "3.700.000"]


def test_fraction_keeps_its_places():
    assert [words.fraction(1479.6, 2), words.fraction(5.84, 1)] == ["1.479,60", "5,8"]


def test_day_is_written_in_figures():
    assert words.day(date(2025, 1, 9)) == "09.01.2025"
