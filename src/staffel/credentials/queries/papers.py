"""What the paper of an award says, and what that of one to come would say."""

from datetime import date
from typing import NamedTuple

from staffel.cohorts.models import Cohort, Enrolment
from staffel.credentials.models import Award
from staffel.credentials.queries.issuing import facts_of


class Paper(NamedTuple):
    """What a certificate says. ``facts`` are an award's; ``code`` is empty on a preview, which has none yet."""

    kind: str
    name: str
    facts: dict
    issued_on: str
    code: str


def paper_of(award: Award) -> Paper:
    """Return the paper of an award as it was issued. No query."""
    return Paper(award.kind, award.holder_name, award.facts, award.issued_on.isoformat(), award.code)


def preview_paper(enrolment: Enrolment, today: date) -> Paper:
    """Return what the award of ``enrolment`` would say if it were issued today. Three queries."""
    cohort = Cohort.objects.select_related("version__programme", "module", "organisation").get(pk=enrolment.cohort_id)
    kind = Award.Kind.ATTENDANCE if cohort.module else Award.Kind.CERTIFICATE
    return Paper(kind, enrolment.person.name, facts_of(cohort, [enrolment])[enrolment.pk], today.isoformat(), "")
