"""What is asked about the dates of a cohort."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from staffel.cohorts.core.timetable import Skipped, left_out, local, read_template, timetable
from staffel.cohorts.models import Cohort, DayOff, Session
from staffel.cohorts.queries.free_days import free_days
from staffel.cohorts.queries.words import time_words
from staffel.ui.words import long_day


@dataclass(frozen=True, slots=True)
class Change:
    """A date as it is and as it would be."""

    public_id: str
    position: int
    title: str
    before: datetime
    starts_at: datetime
    ends_at: datetime

    @property
    def moved(self) -> bool:
        """Whether it would change at all."""
        return self.before != self.starts_at

    @property
    def length(self) -> timedelta:
        """How long it takes, before and after."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Shift:
    """What shifting would do: every date from the chosen one on, and the days left out on the way."""

    changes: tuple[Change, ...]
    skipped: tuple[Skipped, ...]


def free_of(cohort: Cohort, first_day: date) -> dict[date, str]:
    """Return the free days of a cohort from the year of ``first_day`` on, with reasons. Two queries."""
    days_off = DayOff.objects.filter(cohort=cohort).values_list("first_day", "last_day", "reason")
    return free_days(cohort.laender.all(), days_off, first_day)


def shifted(cohort: Cohort, session: Session, starts_on: date) -> Shift:
    """Return ``session`` and all that follow as the template would place them from ``starts_on`` on. Three queries.

    Raises RuleBroken: COH-06 if the days do not suffice.
    """
    rows = list(
        Session.objects.filter(cohort=cohort, position__gte=session.position).select_related("unit").order_by("position")
    )
    lengths = [int((row.ends_at - row.starts_at).total_seconds()) // 60 for row in rows]
    template = read_template(cohort.version.timetable)
    plan = timetable(template, starts_on, lengths, free_of(cohort, starts_on), position=session.position)
    return Shift(
        tuple(
            Change(row.public_id, row.position, row.unit.title, row.starts_at, slot.starts_at, slot.ends_at)
            for row, slot in zip(rows, plan.slots, strict=True)
        ),
        plan.skipped,
    )


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date as the members of a cohort see it; ``state`` is ``done``, ``now`` or ``next``, ``noted`` counts attendance."""

    public_id: str
    position: int
    title: str
    module: str
    day: str
    time: str
    state: str
    is_today: bool
    room_url: str
    free: str
    noted: int
    can_be_noted: bool


def date_lines(cohort: Cohort) -> tuple[list[DateLine], tuple[Skipped, ...]]:
    """Return the dates of ``cohort`` in order and the days left out between them, with reasons. Four queries.

    ``free`` is the reason why a date lies on a day that should be free.
    """
    now = timezone.now()
    rows = list(
        Session.objects.filter(cohort=cohort)
        .order_by("position")
        .annotate(noted=Count("attendances"))
        .values_list("public_id", "position", "unit__title", "unit__module__title", "starts_at", "ends_at", "room_url", "noted")
    )
    if not rows:
        return [], ()
    days = [local(row[4]).date() for row in rows]
    free = free_of(cohort, min(days))
    coming = next((row[0] for row in rows if row[5] > now), None)
    today = local(now).date()
    lines = [
        DateLine(
            public_id,
            position,
            title,
            module,
            long_day(starts),
            time_words(starts, ends),
            "done" if ends <= now else "now" if public_id == coming else "next",
            on == today,
            room or cohort.room_url,
            free.get(on, ""),
            noted,
            on <= today,
        )
        for (public_id, position, title, module, starts, ends, room, noted), on in zip(rows, days, strict=True)
    ]
    return lines, left_out(read_template(cohort.version.timetable), days, free)
