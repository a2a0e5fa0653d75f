"""The dates of a cohort: so many sessions from a template, on working days that are not free.

Pure: no Django, no clock. Which days are free, and why, is handed in. Days and times are local (Europe/Berlin), what comes
out is in UTC: nine o'clock stays nine o'clock when the clocks change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules

BERLIN = ZoneInfo("Europe/Berlin")
# So long is looked for days, from the first one on.
LONGEST = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Template:
    """On which weekdays (0 is Monday) and from what local time on a programme meets; ``minutes`` is the usual length."""

    weekdays: tuple[int, ...]
    starts: time
    minutes: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One date: its place in the order from 1 on, its local day, begin and end in UTC."""

    position: int
    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day of the template on which nothing takes place, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """The dates in order, and every day that was left out between the first day asked for and the last date."""

    slots: tuple[Slot, ...]
    skipped: tuple[Skipped, ...]


def read_template(template: Mapping) -> Template:
    """Return the template of a version, ``{"weekdays": [1, 3], "starts": "09:00", "minutes": 240}``.

    Raises ValueError if no weekday is named, one is not from 0 to 6, or the time cannot be read.
    """
    weekdays = tuple(sorted(set(template["weekdays"])))
    if not weekdays or not all(isinstance(day, int) and 0 <= day <= 6 for day in weekdays):
        raise ValueError(f"weekdays are one or more numbers from 0 (Monday) to 6, got {template['weekdays']!r}")
    return Template(weekdays, time.fromisoformat(template["starts"]), int(template["minutes"]))


def at(day: date, starts: time) -> datetime:
    """Return the moment of a local time in Berlin, in UTC.

    A time that the change of the clocks leaves out is read as if they had not been changed yet, one that comes twice as the
    first of both.

    >>> at(date(2026, 10, 24), time(9)).hour, at(date(2026, 10, 26), time(9)).hour
    (7, 8)
    """
    return datetime.combine(day, starts, BERLIN).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """Return a moment in the time of Berlin."""
    return moment.astimezone(BERLIN)


def timetable(
    template: Template, first_day: date, lengths: Sequence[int], free: Mapping[date, str], *, position: int = 1
) -> Timetable:
    """Return a date for each of ``lengths`` (minutes), on the days of the template from ``first_day`` on.

    ``free`` maps days that are left out to their reason. Dates are numbered from ``position`` on. One date a day. Raises
    RuleBroken: COH-06 if the days of two years are not enough.
    """
    slots: list[Slot] = []
    skipped: list[Skipped] = []
    day = first_day
    while len(slots) < len(lengths):
        if day - first_day > LONGEST:
            raise RuleBroken(rules.DAYS_LEFT, f"{len(slots)} of {len(lengths)} dates found", day=f"{first_day:%d.%m.%Y}")
        if day.weekday() in template.weekdays:
            if day in free:
                skipped.append(Skipped(day, free[day]))
            else:
                starts_at = at(day, template.starts)
                ends_at = starts_at + timedelta(minutes=lengths[len(slots)])
                slots.append(Slot(position + len(slots), day, starts_at, ends_at))
        day += timedelta(days=1)
    return Timetable(tuple(slots), tuple(skipped))


def left_out(template: Template, days: Sequence[date], free: Mapping[date, str]) -> tuple[Skipped, ...]:
    """Return the days of the template between the first and the last of ``days`` that are none of them, with the reason.

    The reason is empty for a day that is not free: a date was moved away from it.
    """
    if not days:
        return ()
    span = (max(days) - min(days)).days
    between = (min(days) + timedelta(days=number) for number in range(span))
    wanted = (day for day in between if day.weekday() in template.weekdays and day not in set(days))
    return tuple(Skipped(day, free.get(day, "")) for day in wanted)
