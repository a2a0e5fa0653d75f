"""Work after the answer: registered by name, enqueued inside the transaction, run by ``manage.py work``.

``job`` registers a function of a context's ``tasks.py``, ``enqueue`` writes the row that will run it.
"""

from staffel.base.jobs.actions import enqueue
from staffel.base.jobs.registry import job

__all__ = ["enqueue", "job"]
