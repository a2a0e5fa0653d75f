"""What is asked about the dates of a cohort."""

from dataclasses import dataclass
from datetime import date, datetime

from staffel.cohorts.core.timetable import Skipped, left_out, local, read_template, timetable
from staffel.cohorts.models import Cohort, DayOff, Session
from staffel.cohorts.queries.free_days import free_days


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


def days_left_out(cohort: Cohort, starts: list[datetime]) -> tuple[Skipped, ...]:
    """Return the days of the template between the dates ``starts`` on which nothing takes place, with reasons. Two queries."""
    if not starts:
        return ()
    days = [local(moment).date() for moment in starts]
    return left_out(read_template(cohort.version.timetable), days, free_of(cohort, min(days)))
