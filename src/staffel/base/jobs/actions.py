"""The only writers of jobs: enqueued, taken, finished, failed, returned by the reaper, tried again, removed.

At least once: no transaction is open while a job runs, so a worker that dies between the work and ``finish`` leaves the
row running; its lease runs out and the job runs again. A row is changed only by the worker that holds it, in the try for
which it was taken: whoever comes back late finds the row no longer theirs and changes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from staffel.base.core import rules
from staffel.base.core.backoff import delay_after
from staffel.base.jobs.registry import ATTEMPTS, JOBS, LEASE
from staffel.base.models import Job
from staffel.base.rules import RuleBroken

KEEP_DONE = timedelta(days=30)
LOST = "Der Arbeitsprozess endete, bevor der Auftrag erledigt war."
REMOVED_AT_ONCE = 500


def enqueue(name: str, /, *, key: str | None = None, run_after=None, **arguments) -> None:
    """Write down that job ``name`` is to be run with ``arguments``, which JSON can hold, from ``run_after`` on. One query.

    Inside the caller's transaction: rolled back, it never was. Arguments name rows by public id and hold nothing personal.
    A job with a ``key`` exists once: a second call changes nothing, until the row is removed 30 days after it was done.
    Raises LookupError if no such job is registered.
    """
    if name not in JOBS:
        raise LookupError(f"no job is registered as {name!r}, there are {sorted(JOBS)}")
    row = Job(name=name, arguments=arguments, key=key, run_after=run_after or timezone.now())
    Job.objects.bulk_create([row], ignore_conflicts=key is not None)


def take(worker: str) -> Job | None:
    """Give the next due job to ``worker`` until its lease ends, and return it; None if nothing is due.

    One query if nothing is due, two more and a transaction else. Any number of workers on PostgreSQL never wait for each
    other and never get the same row.
    """
    now = timezone.now()
    due = Job.objects.filter(state=Job.State.WAITING, run_after__lte=now).order_by("run_after", "pk")
    # Asked first without a lock: on SQLite a transaction takes the turn of every other writer.
    if not due.exists():
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        registered = JOBS.get(job.name)
        job.state, job.worker, job.attempts = Job.State.RUNNING, worker, job.attempts + 1
        job.leased_until = now + (registered.lease if registered else LEASE)
        job.save(update_fields=["state", "worker", "attempts", "leased_until"])
    return job


def finish(job: Job) -> bool:
    """Note that a taken job is done, and return whether it was still the worker's. One query."""
    return bool(_held(job).update(state=Job.State.DONE, ended_at=timezone.now(), leased_until=None, last_error=""))


@transaction.atomic
def fail(job: Job, problem: str, *, for_good: bool = False, at_once: bool = False) -> str:
    """Note that a taken job failed, and return its state: ``waiting`` for the next try, or ``dead``.

    Dead after as many tries as the job is registered with, or ``for_good`` now; then what the job registered as
    ``when_dead`` is done in the same transaction. ``at_once`` leaves out the wait. Returns an empty text, and changes
    nothing, if the row is no longer the worker's.
    """
    now = timezone.now()
    registered = JOBS.get(job.name)
    dead = for_good or job.attempts >= (registered.attempts if registered else ATTEMPTS)
    # The golden ratio spreads neighbouring rows evenly, and the same row always gets the same delay.
    delay = timedelta(0) if at_once else delay_after(job.attempts, spread=job.pk * 0.618 % 1)
    state = Job.State.DEAD if dead else Job.State.WAITING
    changed = _held(job).update(
        state=state,
        run_after=now if dead else now + delay,
        ended_at=now if dead else None,
        leased_until=None,
        last_error=problem,
    )
    if not changed:
        return ""
    if dead and registered and registered.when_dead:
        registered.when_dead(**job.arguments)
    return state.value


def return_lost(*, before: datetime | None = None, alone: bool = False) -> list[str]:
    """Return the jobs whose lease ended before now to the queue, or give them up, and return their names.

    The first loss is tried again at once, since it mostly means that a worker was restarted; after the second it waits as
    after a failure, so that a job that kills its worker does not do so without end. ``alone`` takes every running job for
    lost: for the one worker of a SQLite database, when it starts.
    """
    running = Job.objects.filter(state=Job.State.RUNNING).order_by("pk")
    lost = running if alone else running.filter(leased_until__lt=before or timezone.now())
    if not lost.exists():
        return []
    with transaction.atomic():
        rows = list(lost.select_for_update(skip_locked=True))
        for job in rows:
            fail(job, LOST, at_once=job.attempts == 1)
    return [job.name for job in rows]


@transaction.atomic
def try_again(number: int) -> Job:
    """Have the dead job with this primary key run once more, with all its tries. Two queries.

    Raises Job.DoesNotExist, and RuleBroken: BAS-02 if it is not dead.
    """
    job = Job.objects.select_for_update().get(pk=number)
    if job.state != Job.State.DEAD:
        raise RuleBroken(rules.TRY_AGAIN_WHAT_FAILED, f"job {number} is {job.state}")
    job.state, job.attempts, job.run_after, job.ended_at = Job.State.WAITING, 0, timezone.now(), None
    job.save(update_fields=["state", "attempts", "run_after", "ended_at"])
    return job


@transaction.atomic
def enqueue_again(name: str, /, *, key: str, **arguments) -> None:
    """Have the job with this key run once more, whatever became of it; it is written anew if its row is gone.

    A job that is running stays as it is. At most three queries.
    """
    enqueue(name, key=key, **arguments)
    ended = Job.objects.filter(key=key, state__in=[Job.State.DONE, Job.State.DEAD])
    ended.update(state=Job.State.WAITING, attempts=0, run_after=timezone.now(), ended_at=None)


def enqueue_scheduled(now: datetime, known: dict[str, int]) -> None:
    """Enqueue each scheduled job for the slot of ``now``, once however many workers ask.

    Time is cut into slots of the length ``every``, counted from 1970 in UTC; the slot's number is part of the key. ``known``
    remembers the last slot of each job, so that asking again within a slot costs nothing. A slot in which no worker ran is
    left out, not made up for.
    """
    for name, registered in JOBS.items():
        if registered.every is None:
            continue
        slot = int(now.timestamp() // registered.every.total_seconds())
        if known.get(name) != slot:
            enqueue(name, key=f"schedule:{name}:{slot}")
            known[name] = slot


def remove_done(now: datetime) -> int:
    """Remove the jobs that were done more than 30 days before ``now``, and return how many. Dead ones stay."""
    removed = 0
    old = Job.objects.filter(state=Job.State.DONE, ended_at__lt=now - KEEP_DONE)
    # In parts: a long transaction would keep every other writer of SQLite waiting.
    while keys := list(old.order_by("pk").values_list("pk", flat=True)[:REMOVED_AT_ONCE]):
        removed += Job.objects.filter(pk__in=keys).delete()[0]
    return removed


def _held(job: Job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, worker=job.worker, attempts=job.attempts)
