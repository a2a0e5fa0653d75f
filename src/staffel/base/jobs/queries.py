"""What is asked about jobs: how many wait, what failed for good, when the schedule ran last."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from staffel.base.jobs.registry import JOBS
from staffel.base.models import Job


@dataclass(frozen=True)
class Queue:
    """Numbers of jobs by state, and for how many seconds the longest overdue one has been waiting."""

    waiting: int
    later: int
    running: int
    done: int
    dead: int
    overdue_seconds: float


@dataclass(frozen=True)
class DeadJob:
    """A job that was given up; ``number`` is what ``try_again`` takes."""

    number: int
    name: str
    title: str
    attempts: int
    ended_at: datetime
    error: str


@dataclass(frozen=True)
class ScheduledJob:
    """A job that runs by itself every so often, with the end of its last good run, if there was one."""

    name: str
    title: str
    every: timedelta
    last_at: datetime | None


def queue(now: datetime | None = None) -> Queue:
    """Return the numbers of jobs. One query."""
    now = now or timezone.now()
    state, due = Job.State, Q(state=Job.State.WAITING, run_after__lte=now)
    found = Job.objects.aggregate(
        waiting=Count("pk", filter=due),
        later=Count("pk", filter=Q(state=state.WAITING, run_after__gt=now)),
        running=Count("pk", filter=Q(state=state.RUNNING)),
        done=Count("pk", filter=Q(state=state.DONE)),
        dead=Count("pk", filter=Q(state=state.DEAD)),
        oldest=Min("run_after", filter=due),
    )
    oldest = found.pop("oldest")
    return Queue(**found, overdue_seconds=(now - oldest).total_seconds() if oldest else 0.0)


def dead_jobs(most: int) -> list[DeadJob]:
    """Return the newest dead jobs, ``most`` at most. One query."""
    rows = Job.objects.filter(state=Job.State.DEAD).order_by("-ended_at", "-pk")
    values = rows.values_list("pk", "name", "attempts", "ended_at", "last_error")[:most]
    return [DeadJob(pk, name, title_of(name), attempts, ended_at, error) for pk, name, attempts, ended_at, error in values]


def schedule() -> list[ScheduledJob]:
    """Return the jobs of the schedule by name. One query."""
    scheduled = {name: entry for name, entry in JOBS.items() if entry.every}
    done = Job.objects.filter(name__in=scheduled, state=Job.State.DONE).order_by()
    last = dict(done.values("name").annotate(last=Max("ended_at")).values_list("name", "last"))
    return [ScheduledJob(name, title_of(name), scheduled[name].every, last.get(name)) for name in sorted(scheduled)]


def title_of(name: str) -> str:
    """Return the German title of a job, to be translated where it is shown; its name if it has none."""
    return (JOBS[name].title if name in JOBS else "") or name
