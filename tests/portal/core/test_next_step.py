from datetime import UTC, datetime

from staffel.portal.core.next_step import Next, first_of

MAY, JUNE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def test_the_step_that_is_due_first_is_next():
    later, sooner = Next(JUNE, "Im Juni.", ""), Next(MAY, "Im Mai.", "")

    assert first_of([later, sooner]) is sooner


def test_a_step_without_a_date_comes_last():
    some_day, later = Next(None, "Irgendwann.", ""), Next(JUNE, "Im Juni.", "")

    assert first_of([some_day, later]) is later
    assert first_of([some_day]) is some_day


def test_the_first_named_wins_a_tie():
    one, other = Next(MAY, "Eins.", ""), Next(MAY, "Zwei.", "")

    assert first_of([one, other]) is one


def test_nothing_is_next_of_nothing():
    assert first_of([]) is None
