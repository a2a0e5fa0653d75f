"""What happens to awards: issued, revoked, and for the pilot written down after the fact."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.base.public_id import new_public_id
from staffel.base.rules import RuleBroken
from staffel.cohorts.models import Cohort, Enrolment, PilotCohort
from staffel.cohorts.queries import pilot_cohorts
from staffel.credentials import mails
from staffel.credentials.core import code as codes
from staffel.credentials.core import rules
from staffel.credentials.core.evidence import evidence_of
from staffel.credentials.core.lettering import unprintable
from staffel.credentials.core.personal import KEEP_DAYS
from staffel.credentials.models import Award
from staffel.credentials.queries.held import held_enrolments
from staffel.credentials.queries.issuing import completions, facts_of, is_over


@transaction.atomic
def issue_awards(cohort: Cohort, enrolments: Sequence[Enrolment], *, by) -> list[Award]:
    """Issue an award to each of ``enrolments``, or to none; each holder gets a letter with the way to the paper.

    All that is printed is copied. Locks the cohort, so that a second click finds the first one's awards. Raises RuleBroken:
    CRE-05 without anybody, CRE-03 before the end, CRE-04 for a place elsewhere, CRE-01 if there is an award, CRE-02 if the rule
    of the programme is not fulfilled, CRE-08 for a name that cannot be printed.
    """
    if not enrolments:
        raise RuleBroken(rules.SOMEBODY_CHOSEN, f"cohort {cohort.pk}: nobody chosen")
    rows = Cohort.objects.select_for_update(of=("self",)).select_related("version__programme", "module", "organisation")
    cohort = rows.get(pk=cohort.pk)
    now = timezone.now()
    if not is_over(cohort, now):
        raise RuleBroken(rules.COHORT_OVER, f"cohort {cohort.pk} is {cohort.state}")
    wanted = {enrolment.pk for enrolment in enrolments}
    places = list(
        Enrolment.objects.filter(pk__in=wanted, cohort=cohort, state=Enrolment.State.ACTIVE)
        .select_related("person")
        .order_by("person__name", "pk")
    )
    if len(places) != len(wanted):
        raise RuleBroken(rules.IN_THE_COHORT, f"cohort {cohort.pk}: {len(places)} of {len(wanted)} take part")
    held, done, facts = held_enrolments(wanted), completions(cohort), facts_of(cohort, places)
    for place in places:
        _refuse(place, held.get(place.pk), done.get(place.pk))
    kind = Award.Kind.ATTENDANCE if cohort.module else Award.Kind.CERTIFICATE
    awards = Award.objects.bulk_create(
        Award(
            code=codes.with_check(new_public_id()),
            kind=kind,
            enrolment=place,
            holder_name=place.person.name,
            facts=facts[place.pk],
            evidence=evidence_of(done[place.pk]),
            issued_on=timezone.localdate(now),
            issued_by=by,
            created_at=now,
        )
        for place in places
    )
    for award, place in zip(awards, places, strict=True):
        record("credentials.award_issued", award, by=by, after={"Staffel": cohort.public_id, "Teilnahme": place.public_id})
        mails.award_issued(award, place.person)
    return awards


def _refuse(place: Enrolment, award: Award | None, completion) -> None:
    name = place.person.name
    if award:
        raise RuleBroken(rules.ONCE, f"enrolment {place.pk} has award {award.pk}", name=name)
    if completion is None or not completion.is_fulfilled:
        raise RuleBroken(rules.FULFILLED, f"enrolment {place.pk} has not fulfilled the rule", name=name)
    if characters := unprintable(name):
        raise RuleBroken(rules.PRINTABLE_NAME, f"person {place.person_id}: {characters!r}", name=name, characters=characters)


@transaction.atomic
def revoke_award(award: Award, *, reason: str, by) -> Award:
    """Take back an award for good: verification says so, the PDF is no longer given, the holder is told why.

    Raises RuleBroken: CRE-06 without a reason, CRE-09 for a reconstruction, CRE-07 if it was taken back before.
    """
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, f"award {award.pk}: no reason")
    award = Award.objects.select_for_update().get(pk=award.pk)
    if award.is_reconstruction:
        raise RuleBroken(rules.REAL_AWARD, f"award {award.pk} is a reconstruction")
    if not award.is_valid:
        raise RuleBroken(rules.STILL_VALID, f"award {award.pk} was revoked at {award.revoked_at}")
    award.revoked_at, award.revocation_reason = timezone.now(), reason.strip()
    award.save(update_fields=["revoked_at", "revocation_reason"])
    before, after = {"Zustand": "gültig"}, {"Zustand": "widerrufen"}
    record("credentials.award_revoked", award, by=by, why=award.revocation_reason, before=before, after=after)
    mails.award_revoked(award, award.enrolment.person)
    return award


@transaction.atomic
def forget_revoked(person, *, by) -> int:
    """Blank name, evidence and reason of the revoked awards of ``person`` and return how many; the codes stay revoked."""
    revoked = Award.objects.filter(enrolment__person=person, revoked_at__isnull=False).exclude(holder_name="")
    for award in revoked:
        record("credentials.holder_forgotten", award, by=by)
    return revoked.update(**BLANK, revocation_reason=FORGOTTEN)


@transaction.atomic
def forget_old(now) -> int:
    """Blank name and evidence of the awards whose time is over and return how many; their codes stay valid."""
    before = timezone.localdate(now) - timedelta(days=KEEP_DAYS)
    old = Award.objects.filter(issued_on__lt=before).exclude(holder_name="")
    old.exclude(revocation_reason="").update(revocation_reason=FORGOTTEN)
    return old.update(**BLANK)


BLANK = {"holder_name": "", "evidence": {}}
# A revoked award has a reason, so it is replaced.
FORGOTTEN = "gelöscht"


@transaction.atomic
def reconstruct_pilot_awards(by) -> int:
    """Write down an award for each person who qualified in the three Staffeln of the pilot, and return how many are new.

    They have no name and no municipality: only the numbers are published. Their codes follow from Staffel and number, so
    that a second run changes nothing and every instance has the same.
    """
    ids = dict(PilotCohort.objects.values_list("number", "pk"))
    wanted = [
        _reconstruction(staffel, ids[staffel.number], count)
        for staffel in pilot_cohorts()
        for count in range(1, staffel.qualified + 1)
    ]
    known = set(Award.objects.filter(pilot_cohort__isnull=False).values_list("code", flat=True))
    new = Award.objects.bulk_create(award for award in wanted if award.code not in known)
    for number, pk in ids.items():
        if made := sum(award.pilot_cohort_id == pk for award in new):
            thing = PilotCohort(pk=pk, number=number)
            record("credentials.pilot_reconstructed", thing, by=by, after={"Staffel": number, "Zertifikate": made})
    return len(new)


def _reconstruction(staffel, pilot_cohort: int, number: int) -> Award:
    facts = {"programme": "Smart City Manager:in", "cohort": f"Staffel {staffel.number}", "module": "", "is_example": False}
    inferred = staffel.qualified_is_inferred
    return Award(
        code=codes.code_from(f"staffel:pilot:{staffel.number}:{number}"),
        kind=Award.Kind.CERTIFICATE,
        pilot_cohort_id=pilot_cohort,
        facts=facts | {"staffel": staffel.number, "number": number},
        evidence={"source": staffel.source, "qualified_total": staffel.qualified_total, "inferred": inferred},
        issued_on=staffel.starts_on,
    )
