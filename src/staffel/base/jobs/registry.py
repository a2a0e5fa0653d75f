"""Which jobs there are: filled when the program starts, from the ``tasks`` module of every context."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

ATTEMPTS = 6
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Registered:
    """A job as it was registered; see ``job``."""

    name: str
    run: Callable[..., None]
    attempts: int = ATTEMPTS
    every: timedelta | None = None
    lease: timedelta = LEASE
    when_dead: Callable[..., None] | None = None
    title: str = ""


JOBS: dict[str, Registered] = {}


class JobFailed(Exception):
    """A job could not do its work now. The message is kept and shown: no name, no address, nothing personal in it."""


class JobRefused(JobFailed):
    """As JobFailed, but trying again would not help: the job is dead at once."""


def job(
    name: str,
    *,
    attempts: int = ATTEMPTS,
    every: timedelta | None = None,
    lease: timedelta = LEASE,
    when_dead: Callable[..., None] | None = None,
    title: str = "",
):
    """Register the decorated function as ``name``; with ``every`` it also runs on a schedule, without arguments.

    It must bear being run twice: a worker may die between the work and the note that it is done. No transaction is
    open when it is called: the actions that it calls have their own. A run that lasts longer than ``lease`` is broken off.
    It is tried up to ``attempts`` times; then ``when_dead`` is called with its arguments, in the transaction that gives it up.
    ``title`` says in German, marked with ``N_``, what the office reads on the page of jobs.
    """

    def register(function):
        if name in JOBS and JOBS[name].run.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {name!r}: in {JOBS[name].run.__module__} and {function.__module__}")
        JOBS[name] = Registered(name, function, attempts, every, lease, when_dead, title)
        return function

    return register
