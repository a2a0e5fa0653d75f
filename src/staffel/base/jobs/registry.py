"""Which jobs there are: filled when the program starts, from the ``tasks`` module of every context."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Registered:
    """A job: its name, the function, how often it is tried, and for a schedule the time between two runs."""

    name: str
    run: Callable[..., None]
    attempts: int
    every: timedelta | None


JOBS: dict[str, Registered] = {}


def job(name: str, *, attempts: int = 6, every: timedelta | None = None):
    """Register the decorated function as ``name``; with ``every`` it also runs on a schedule, without arguments.

    It must bear being run twice: a worker may die between the work and the note that it is done.
    """

    def register(function):
        JOBS[name] = Registered(name, function, attempts, every)
        return function

    return register
