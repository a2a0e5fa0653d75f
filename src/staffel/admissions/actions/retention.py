"""What is forgotten: drafts go wholly; of an application that ended, body, times and result stay, and no person.

The rows stay because they are what figures count: how many municipalities applied, and with what result.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.actions.audit import blank_things, record
from staffel.accounts.models import Letter, Person
from staffel.admissions.actions.links import close_application_links, close_release_links
from staffel.admissions.actions.placing import free_place, hold_call
from staffel.admissions.core.personal import DRAFT_DAYS, ENDED_DAYS, PLACED_DAYS
from staffel.admissions.models import Application, Call, Decision, Offer, Release
from staffel.base.rules import N_

State = Application.State
BY_RETENTION = N_("Löschfrist")
FORGOTTEN = N_("gelöscht")
TO_SUPERVISOR = ("admissions.release_asked", "admissions.release_reminder")
ENDED = (State.REJECTED, State.DECLINED, State.LAPSED, State.WITHDRAWN)
RUNNING = (State.SUBMITTED, State.RELEASED, State.REFUSED, State.EXPIRED, State.OFFERED, State.WAITING)
AT_ONCE = 200


# On schedule ------------------------------------------------------------------------------------------------------------


def forget_drafts(now: datetime) -> int:
    """Delete the drafts that cannot be sent any more for 30 days, and return how many."""
    rows = Application.objects.filter(state=State.DRAFT, call__closes_at__lte=now - timedelta(days=DRAFT_DAYS))
    return sum(_delete(pk) for pk in list(rows.values_list("pk", flat=True)))


def forget_ended(now: datetime) -> int:
    """Forget the people of applications that ended half a year ago, and return how many applications these are.

    What never got an end of its own (no release when the places were given) ends with its call.
    """
    rows = Application.objects.exclude(email="").exclude(state__in=[State.DRAFT, State.ACCEPTED])
    over = Q(state__in=ENDED) | Q(call__state__in=[Call.State.ENDED, Call.State.CANCELLED])
    # The later of two: a waiting place is decided on first and ends afterwards.
    last = Coalesce(Greatest("ended_at", "decided_at"), "ended_at", "decided_at", "call__closes_at")
    return _forget_all(rows.filter(over).annotate(last=last).filter(last__lte=now - timedelta(days=ENDED_DAYS)))


def forget_placed(now: datetime) -> int:
    """Forget what people with a place wrote, two years after the last session, and return how many applications."""
    rows = Application.objects.filter(state=State.ACCEPTED).exclude(email="")
    rows = rows.annotate(last=Max("call__cohort__sessions__ends_at"))
    return _forget_all(rows.filter(last__lte=now - timedelta(days=PLACED_DAYS)))


def _forget_all(rows: QuerySet[Application]) -> int:
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        _forget(ids[start : start + AT_ONCE], by=gettext(BY_RETENTION))
    return len(ids)


# On request -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def forget_person(person: Person, applications: Iterable[int], *, by: Person | str) -> dict[str, int]:
    """Forget a person's applications (their ids) at once; who still has a chance or a waiting place leaves first.

    Returns how many ``drafts`` were deleted, how many were ``withdrawn``, and how many ``forgotten`` in all.
    """
    ids = sorted(applications)
    drafts = withdrawn = 0
    for row in Application.objects.filter(pk__in=ids).order_by("call", "pk"):
        if row.state == State.DRAFT:
            drafts += _delete(row.pk)
        elif row.state in RUNNING:
            _leave(row, by=by)
            withdrawn += 1
    kept = list(Application.objects.filter(pk__in=ids).values_list("pk", flat=True))
    _forget(kept, by=by)
    Decision.objects.filter(decided_by=person).update(decided_by=None)
    return {"drafts": drafts, "withdrawn": withdrawn, "forgotten": len(kept)}


def _leave(row: Application, *, by: Person | str) -> None:
    call = hold_call(row.call_id)
    if call.published_at is not None:
        free_place(row, by=by)
    else:
        Decision.objects.filter(application=row).delete()
    row.state, row.ended_at = State.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "ended_at"])


# How --------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def _delete(pk: int) -> int:
    draft = Application.objects.select_for_update().filter(pk=pk, state=State.DRAFT).first()
    if draft is None:
        return 0
    close_application_links(draft)
    record("admissions.draft_forgotten", draft, by=gettext(BY_RETENTION))
    draft.delete()
    return 1


@transaction.atomic
def _forget(ids: list[int], *, by: Person | str) -> None:
    gone = gettext(FORGOTTEN)
    rows = list(Application.objects.filter(pk__in=ids))
    asked = list(Release.objects.filter(application__in=ids))
    for release in asked:
        close_release_links(release)
    # Letters to the applicant are found by their address; those to the supervisor name the applicant too.
    Letter.objects.filter(event__in=[f"{kind}:{one.public_id}" for one in asked for kind in TO_SUPERVISOR]).delete()
    # What was typed about or by the person stands in the log as well.
    blank_things(Application._meta.label, [row.public_id for row in rows])
    for row in rows:
        close_application_links(row)
        record("admissions.application_forgotten", row, by=by)
    # An answer of No and a decision have a reason, says the database: the word that it is gone takes its place.
    Release.objects.filter(application__in=ids).update(name="", email="")
    Release.objects.filter(application__in=ids).exclude(reason="").update(reason=gone)
    Decision.objects.filter(application__in=ids).update(reason=gone, decided_by=None)
    Offer.objects.filter(application__in=ids).update(reason="")
    Application.objects.filter(pk__in=ids).update(
        name="",
        email="",
        function="",
        deputy_name="",
        deputy_email="",
        supervisor_name="",
        supervisor_email="",
        motivation="",
        baseline={},
        consents={},
        person=None,
    )
