"""What the office does with jobs that failed."""

from django.db import transaction

from staffel.accounts.actions import letters
from staffel.accounts.actions.audit import record
from staffel.accounts.models import Letter
from staffel.base.core import rules
from staffel.base.jobs import actions
from staffel.base.models import Job
from staffel.base.rules import RuleBroken


@transaction.atomic
def try_again(job: Job, *, by) -> None:
    """Have a dead job run once more; a letter that waits for it waits again. Raises RuleBroken: BAS-02 if it is not dead."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.DEAD:
        raise RuleBroken(rules.TRY_AGAIN_WHAT_FAILED, f"job {job.pk} is {job.state}")
    failed = Letter.objects.filter(public_id=job.arguments.get("letter", ""), state=Letter.State.FAILED).first()
    if job.name == "accounts.send_letter" and failed:
        letters.send_again(failed, by=by)
        return
    actions.try_again(job.pk)
    record("base.job_tried_again", job, by=by, before={"state": "dead", "attempts": job.attempts}, after={"state": "waiting"})
