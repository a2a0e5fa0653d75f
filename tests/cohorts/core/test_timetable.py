from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules
from staffel.cohorts.core.timetable import LONGEST, Skipped, Template, at, left_out, local, read_template, timetable

TUESDAY_THURSDAY = Template((1, 3), time(9), 240)
MORNINGS = [240] * 10


def days_of(plan):
    """Return the days of a timetable as text."""
    return [f"{slot.day:%d.%m.}" for slot in plan.slots]


def test_timetable_gives_ten_mornings_two_a_week():
    plan = timetable(TUESDAY_THURSDAY, date(2027, 1, 11), MORNINGS, {})

    assert days_of(plan) == [
        "12.01.", "14.01.", "19.01.", "21.01.", "26.01.", "28.01.", "02.02.", "04.02.", "09.02.", "11.02."
    ]  # fmt: skip
    assert [slot.position for slot in plan.slots] == list(range(1, 11))
    assert plan.skipped == ()


def test_timetable_skips_free_days_and_says_why():
    free = {date(2026, 10, 8): "Herbstferien", date(2026, 10, 6): "Herbstferien", date(2026, 10, 7): "zählt nicht"}

    plan = timetable(TUESDAY_THURSDAY, date(2026, 10, 5), MORNINGS[:2], free)

    assert days_of(plan) == ["13.10.", "15.10."]
    assert plan.skipped == (Skipped(date(2026, 10, 6), "Herbstferien"), Skipped(date(2026, 10, 8), "Herbstferien"))


def test_timetable_stays_at_nine_when_the_clocks_change():
    plan = timetable(TUESDAY_THURSDAY, date(2026, 10, 22), MORNINGS[:2], {})

    assert [(slot.starts_at, slot.ends_at) for slot in plan.slots] == [
        (datetime(2026, 10, 22, 7, tzinfo=UTC), datetime(2026, 10, 22, 11, tzinfo=UTC)),
        (datetime(2026, 10, 27, 8, tzinfo=UTC), datetime(2026, 10, 27, 12, tzinfo=UTC)),
    ]


def test_timetable_goes_on_counting_from_a_position():
    plan = timetable(TUESDAY_THURSDAY, date(2027, 1, 12), [240, 120], {}, position=9)

    assert [(slot.position, slot.ends_at - slot.starts_at) for slot in plan.slots] == [
        (9, timedelta(minutes=240)),
        (10, timedelta(minutes=120)),
    ]


def test_timetable_without_sessions_is_empty():
    assert timetable(TUESDAY_THURSDAY, date(2027, 1, 12), [], {}).slots == ()


def test_timetable_gives_up_after_two_years():
    first = date(2027, 1, 12)
    free = {first + timedelta(days=number): "Pause" for number in range(LONGEST.days + 2)}

    with pytest.raises(RuleBroken) as refusal:
        timetable(TUESDAY_THURSDAY, first, MORNINGS, free)

    assert (refusal.value.rule, refusal.value.values) == (rules.DAYS_LEFT, {"day": "12.01.2027"})


def test_at_reads_a_time_that_the_clocks_leave_out_or_repeat():
    assert at(date(2027, 3, 28), time(2, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert at(date(2026, 10, 25), time(2, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_read_template_reads_what_a_version_holds():
    template = {"weekdays": [3, 1, 1], "starts": "09:00", "minutes": 240}

    assert read_template(template) == TUESDAY_THURSDAY


@pytest.mark.parametrize("weekdays", [[], [7], [-1], ["Dienstag"]])
def test_read_template_refuses_odd_weekdays(weekdays):
    with pytest.raises(ValueError, match="weekdays are one or more numbers"):
        read_template({"weekdays": weekdays, "starts": "09:00", "minutes": 240})


def test_left_out_tells_free_days_and_moved_ones_apart():
    days = [date(2026, 10, 6), date(2026, 10, 15)]

    assert left_out(TUESDAY_THURSDAY, days, {date(2026, 10, 8): "Ferien"}) == (
        Skipped(date(2026, 10, 8), "Ferien"),
        Skipped(date(2026, 10, 13), ""),
    )
    assert left_out(TUESDAY_THURSDAY, [], {}) == ()


WEEKDAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@given(
    WEEKDAYS,
    st.times(min_value=time(4), max_value=time(22)),
    DAYS,
    st.lists(st.integers(1, 480), max_size=15),
    st.sets(st.integers(0, 120), max_size=40),
)
def test_timetable_holds_what_it_promises(weekdays, starts, first, lengths, free_numbers):
    starts = starts.replace(second=0, microsecond=0, tzinfo=None)
    free = {first + timedelta(days=number): "frei" for number in free_numbers}

    plan = timetable(Template(weekdays, starts, 240), first, lengths, free)

    days = [slot.day for slot in plan.slots]
    assert [int((slot.ends_at - slot.starts_at).total_seconds()) // 60 for slot in plan.slots] == lengths
    assert days == sorted(set(days))
    assert all(day >= first and day.weekday() in weekdays and day not in free for day in days)
    assert [local(slot.starts_at).time() for slot in plan.slots] == [starts] * len(lengths)
    # Nothing is left out without a reason: the days of the template are the dates and the skipped ones.
    if days:
        span = [first + timedelta(days=number) for number in range((days[-1] - first).days + 1)]
        wanted = [day for day in span if day.weekday() in weekdays]
        assert sorted(days + [one.day for one in plan.skipped]) == wanted
