"""The process that runs the jobs: one on SQLite, any number on PostgreSQL.

Between two looks at the table it sleeps half a second. SIGTERM and SIGINT let the current job end, then stop.
"""

import fcntl
import os
import secrets
import signal
import socket
import threading
import time
import traceback
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.db import DatabaseError, connection, connections
from django.utils import timezone

from staffel.base import metrics
from staffel.base.jobs import actions
from staffel.base.jobs.registry import JOBS, JobFailed, JobRefused
from staffel.base.models import Job
from staffel.base.rules import RuleBroken

POLL_SECONDS = 0.5
REAP_SECONDS = 15
BROKEN_SECONDS = 5
# A worker that is told to stop, or killed, leaves its lock a moment after the next one starts.
LOCK_SECONDS = 10
FRAMES = 6

log = structlog.get_logger("staffel.jobs")


class OnlyOneWorker(Exception):
    """A second worker was started on a SQLite database; the message is meant for the operator."""


class Worker:
    """One worker: takes due jobs one after the other, keeps the schedule, returns what others lost."""

    def __init__(self):
        # A process number alone comes back after a restart, in containers even at once.
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(3)}"
        self._stop = threading.Event()
        self._slots: dict[str, int] = {}
        self._reap_at = 0.0

    def stop(self, *_signal) -> None:
        """Have the worker end after its current job."""
        self._stop.set()

    def run(self, *, drain: bool = False) -> None:
        """Work until told to stop, with ``drain`` only until nothing is due. Raises OnlyOneWorker."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        with only_worker() as alone:
            log.info("worker started", worker=self.name)
            if alone:
                self._survive(lambda: self._say_lost(actions.return_lost(alone=True)))
            while not self._stop.is_set():
                outcome = self._survive(self._step)
                if drain and outcome is False:
                    break
                if not outcome:
                    self._stop.wait(POLL_SECONDS if outcome is False else BROKEN_SECONDS)
        connections.close_all()
        log.info("worker stopped", worker=self.name)

    def _survive(self, act):
        """Return what ``act`` returns, None if the database failed: it may be restarting, or not migrated yet."""
        try:
            return act()
        except DatabaseError as error:
            log.warning("database failed", error=type(error).__name__, detail=str(error).strip().splitlines()[:1])
            connections.close_all()
            return None

    def _step(self) -> bool:
        """Look after schedule and leases, run one job if one is due, and return whether it was."""
        actions.enqueue_scheduled(timezone.now(), self._slots)
        if time.monotonic() >= self._reap_at:
            self._say_lost(actions.return_lost())
            self._reap_at = time.monotonic() + REAP_SECONDS
        job = actions.take(self.name)
        if job is None:
            return False
        self.perform(job)
        return True

    def perform(self, job: Job) -> str:
        """Run one taken job, note how it went, and return its new state, empty if it was no longer ours."""
        started = time.perf_counter()
        try:
            registered = JOBS.get(job.name)
            if registered is None:
                raise JobFailed(f"Es gibt keinen Auftrag mit dem Namen {job.name}.")  # noqa: TRY301 - fails like any other
            with time_limit(registered.lease.total_seconds()):
                registered.run(**job.arguments)
        except Exception as error:
            if not connection.in_atomic_block:
                # The job may have failed because the database went away: what follows needs a connection that lives.
                connection.close_if_unusable_or_obsolete()
            problem = describe(error)
            state = actions.fail(job, problem, for_good=isinstance(error, JobRefused))
            log.warning("job failed", job=job.name, number=job.pk, attempt=job.attempts, state=state, problem=problem)
        else:
            state = Job.State.DONE.value if actions.finish(job) else ""
            log.info("job done", job=job.name, number=job.pk, ms=round((time.perf_counter() - started) * 1000, 1))
        metrics.count_job(job.name, state or "lost", time.perf_counter() - started)
        return state

    def _say_lost(self, names: list[str]) -> None:
        for name in names:
            log.warning("job lost", job=name)
            metrics.count_job(name, "lost", 0)


def describe(error: Exception) -> str:
    """Return what is kept of an error: its type and the last places it came through, a message only where it is safe.

    Messages of libraries quote what they were given, and that may be somebody's address.
    """
    if isinstance(error, JobFailed):
        return str(error)
    kind = f"{type(error).__name__} {error.rule.id}" if isinstance(error, RuleBroken) else type(error).__name__
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return "\n".join([kind, *(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)])


@contextmanager
def time_limit(lease_seconds: float):
    """Break off what runs inside with JobFailed shortly before its lease ends, so that no two workers run the same job.

    Only the main thread can be interrupted; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def break_off(_signal, _frame):
        raise JobFailed(f"Nach {lease_seconds * 0.9:.0f} Sekunden abgebrochen.")

    before = signal.signal(signal.SIGALRM, break_off)
    signal.setitimer(signal.ITIMER_REAL, lease_seconds * 0.9)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def only_worker():
    """Hold the place of the one worker of a SQLite file and yield True; on PostgreSQL yield False. Raises OnlyOneWorker.

    One process is enough for a database with one writer, and it knows without waiting for a lease that whatever is
    marked as running was left behind by a dead one.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        yield False
        return
    path = f"{connection.settings_dict['NAME']}-worker"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        give_up = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= give_up:
                    raise OnlyOneWorker(path) from None
                time.sleep(0.1)
        yield True
    finally:
        os.close(descriptor)
