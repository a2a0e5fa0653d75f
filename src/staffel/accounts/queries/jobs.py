"""What the office sees of the jobs, ready to print."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.base.jobs import queries
from staffel.ui.words import moment, whole

MOST_DEAD = 100


@dataclass(frozen=True)
class DeadLine:
    """A job that was given up."""

    number: int
    title: str
    name: str
    attempts: str
    at: str
    error: tuple[str, ...]


@dataclass(frozen=True)
class ScheduleLine:
    """A job of the schedule."""

    title: str
    name: str
    every: str
    last: str


@dataclass(frozen=True)
class JobsPage:
    """The whole page of jobs; ``late`` is a sentence if jobs wait although a worker should have taken them."""

    due: str
    later: str
    running: str
    done: str
    dead: str
    late: str
    dead_lines: tuple[DeadLine, ...]
    schedule: tuple[ScheduleLine, ...]


# A worker looks twice a second; what has been due for so long finds nobody.
LATE_SECONDS = 120


def jobs_page() -> JobsPage:
    """Return numbers, dead jobs and schedule. Three queries."""
    now = queries.queue()
    return JobsPage(
        due=whole(now.waiting),
        later=whole(now.later),
        running=whole(now.running),
        done=whole(now.done),
        dead=whole(now.dead),
        late=_late_words(now.overdue_seconds) if now.overdue_seconds > LATE_SECONDS else "",
        dead_lines=tuple(
            DeadLine(
                job.number, _(job.title), job.name, _tries(job.attempts), moment(job.ended_at), tuple(job.error.split("\n"))
            )
            for job in queries.dead_jobs(MOST_DEAD)
        ),
        schedule=tuple(
            ScheduleLine(_(job.title), job.name, every_words(job.every), moment(job.last_at) if job.last_at else _("noch nie"))
            for job in queries.schedule()
        ),
    )


def _late_words(seconds: float) -> str:
    minutes = int(seconds // 60)
    return ngettext(
        "Der älteste fällige Auftrag wartet seit einer Minute.",
        "Der älteste fällige Auftrag wartet seit %(n)s Minuten.",
        minutes,
    ) % {"n": whole(minutes)}


def _tries(number: int) -> str:
    return ngettext("ein Versuch", "%(n)s Versuche", number) % {"n": number}


def every_words(every: timedelta) -> str:
    """Return a length of time as people say it: ``täglich``, ``stündlich``, ``alle 5 Minuten``."""
    minutes = int(every.total_seconds() // 60)
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("täglich", "alle %(n)s Tage", days) % {"n": days}
    if minutes % 60 == 0:
        return ngettext("stündlich", "alle %(n)s Stunden", minutes // 60) % {"n": minutes // 60}
    return ngettext("jede Minute", "alle %(n)s Minuten", minutes) % {"n": minutes}
