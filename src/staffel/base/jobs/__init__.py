"""Work after the answer: registered by name, enqueued inside the transaction, run by ``manage.py work``.

``job`` registers a function of a context's ``tasks.py``, ``enqueue`` writes the row that will run it. A job that cannot do
its work raises ``JobFailed`` (tried again later) or ``JobRefused`` (trying again would not help).
"""

from staffel.base.jobs.actions import enqueue
from staffel.base.jobs.registry import JobFailed, JobRefused, job

__all__ = ["JobFailed", "JobRefused", "enqueue", "job"]
