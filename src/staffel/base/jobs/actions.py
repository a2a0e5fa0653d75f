"""The only writers of jobs."""

from django.utils import timezone

from staffel.base.jobs.registry import JOBS
from staffel.base.models import Job


def enqueue(name: str, *, key: str | None = None, run_after=None, **arguments) -> None:
    """Write down that job ``name`` is to be run with ``arguments``, which JSON can hold, from ``run_after`` on.

    Inside the caller's transaction: rolled back, it never was. A job with a ``key`` exists once, ever: a second call
    changes nothing. Raises LookupError if no such job is registered.
    """
    if name not in JOBS:
        raise LookupError(f"no job is registered as {name!r}, there are {sorted(JOBS)}")
    row = Job(name=name, arguments=arguments, key=key, run_after=run_after or timezone.now())
    Job.objects.bulk_create([row], ignore_conflicts=key is not None)
