"""What happens to the release: the supervisor is asked, reminded, answers, or does not.

The release may come after the call's deadline, as long as its own time runs: nobody loses a place to somebody's holiday.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.admissions.actions.links import application_link, close_release_links, release_link
from staffel.admissions.actions.one_per_body import check_single, others
from staffel.admissions.actions.placing import hold_call
from staffel.admissions.core import rules
from staffel.admissions.mails import release as mails
from staffel.admissions.models import Application, Call, Release
from staffel.base.jobs import enqueue
from staffel.base.rules import N_, RuleBroken
from staffel.ui.words import moment

BY_SUPERVISOR = N_("Fachvorgesetzte, über den Link")
BY_APPLICANT = N_("Bewerbung, über den Link")
BY_SCHEDULE = N_("Zeitplan")
State = Application.State
ASKABLE = (State.SUBMITTED, State.REFUSED, State.EXPIRED)
SELECTING = (Call.State.OPEN, Call.State.CLOSED)
# All questions of an application count, whoever was asked.
MOST_QUESTIONS = 5


def open_release(application: Application, *, now: datetime) -> Release:
    """Write down that the supervisor is asked; the letter is the caller's affair."""
    return Release.objects.create(
        application=application,
        name=application.supervisor_name,
        email=application.supervisor_email,
        asked_at=now,
        expires_at=now + timedelta(days=application.call.release_days),
    )


@transaction.atomic
def ask_release(application: Application, *, name: str = "", email: str = "") -> Release:
    """Ask for the release again, the same person or another one, and return the new question.

    The earlier question is over: its link closes. Raises RuleBroken: ADM-07 if the supervisor would be the applicant, ADM-15
    if the application waits for no release or the places are given, ADM-16 after five questions, ADM-06 if somebody else has
    applied for the body since this one was refused.
    """
    # The call first: a colleague who sends an application meanwhile must be seen.
    call = hold_call(application.call_id)
    rows = Application.objects.select_for_update(of=("self",)).select_related("municipality", "partner")
    row = rows.get(pk=application.pk)
    row.call = call
    if row.state not in ASKABLE or row.call.state not in SELECTING:
        raise RuleBroken(rules.RELEASE_CAN_BE_ASKED, f"application is {row.state}, call is {row.call.state}")
    if email and email.casefold() == row.email.casefold():
        raise RuleBroken(rules.SUPERVISOR_IS_ANOTHER, "both addresses are the same")
    asked = list(row.releases.all())
    if len(asked) >= MOST_QUESTIONS:
        raise RuleBroken(rules.FEW_QUESTIONS, f"{len(asked)} questions on one application", most=MOST_QUESTIONS)
    if row.state != State.SUBMITTED:
        check_single(others(call, row.municipality, row.partner, but=row.pk))
    now = timezone.now()
    for earlier in asked:
        if not earlier.answer:
            close_release_links(earlier)
    before, row.state, row.changed_at = row.state, State.SUBMITTED, now
    row.supervisor_name, row.supervisor_email = name or row.supervisor_name, email or row.supervisor_email
    row.save(update_fields=["state", "supervisor_name", "supervisor_email", "changed_at"])
    record(
        "admissions.release_asked_again",
        row,
        by=gettext(BY_APPLICANT),
        before={"state": before},
        after={"state": row.state},
    )
    release = open_release(row, now=now)
    enqueue("admissions.write_release_asked", key=f"admissions.release_asked:{release.public_id}", release_id=release.public_id)
    return release


@transaction.atomic
def answer_release(release: Release, *, yes: bool, reason: str = "", by=None) -> Release:
    """Take the supervisor's answer and tell the applicant.

    ``by`` is a person where somebody answers for the supervisor; without it, it was the link. Raises RuleBroken: ADM-12 if the
    question is answered or over, ADM-13 after its time, ADM-14 for a no without a reason.
    """
    application = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=release.application_id)
    row = application.releases.order_by("-pk").first()
    if row.pk != release.pk or row.answer or application.state != State.SUBMITTED:
        raise RuleBroken(rules.RELEASE_OPEN, f"release {release.public_id}, application is {application.state}")
    if row.expires_at <= timezone.now():
        raise RuleBroken(rules.RELEASE_IN_TIME, f"expired {row.expires_at}", day=moment(row.expires_at))
    if not yes and not reason.strip():
        raise RuleBroken(rules.REFUSAL_HAS_REASON, "a no without a reason")
    row.answer = Release.Answer.YES if yes else Release.Answer.NO
    row.reason, row.answered_at = reason.strip(), timezone.now()
    row.save(update_fields=["answer", "reason", "answered_at"])
    application.state = State.RELEASED if yes else State.REFUSED
    application.save(update_fields=["state"])
    # The reason stands in the row, which is erased in time; the log keeps that there was one.
    record(
        "admissions.release_answered",
        application,
        by=by or gettext(BY_SUPERVISOR),
        before={"state": State.SUBMITTED},
        after={"state": application.state},
    )
    row.application = application
    mails.answered(row, application_link(application))
    return row


# On schedule ------------------------------------------------------------------------------------------------------------


def remind_releases(now: datetime) -> int:
    """Remind, once and half-way, every supervisor who has not answered. Returns how many."""
    return sum(
        _remind(pk, now) for pk in list(_unanswered().filter(reminded_at=None, expires_at__gt=now).values_list("pk", flat=True))
    )


@transaction.atomic
def _remind(pk: int, now: datetime) -> bool:
    release = _locked(pk)
    if release is None or release.reminded_at or now < release.asked_at + (release.expires_at - release.asked_at) / 2:
        return False
    release.reminded_at = now
    release.save(update_fields=["reminded_at"])
    record("admissions.release_reminded", release.application, by=gettext(BY_SCHEDULE))
    mails.reminded(release, release_link(release))
    return True


def expire_releases(now: datetime) -> int:
    """End every question whose time is over, and tell the applicants. Returns how many."""
    due = _unanswered().filter(expires_at__lte=now)
    return sum(_expire(pk) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _expire(pk: int) -> bool:
    release = _locked(pk)
    if release is None:
        return False
    application = release.application
    application.state = State.EXPIRED
    application.save(update_fields=["state"])
    record(
        "admissions.release_expired",
        application,
        by=gettext(BY_SCHEDULE),
        before={"state": State.SUBMITTED},
        after={"state": application.state},
    )
    mails.expired(release, application_link(application))
    return True


def _unanswered():
    """Return the newest question of every application that waits for its release."""
    newest = Release.objects.filter(application=OuterRef("application")).order_by("-pk").values("pk")[:1]
    rows = Release.objects.filter(answer="", application__state=State.SUBMITTED)
    return rows.annotate(newest=Subquery(newest)).filter(pk=F("newest")).order_by("pk")


def _locked(pk: int) -> Release | None:
    """Return the question with its application locked, or None if it was answered meanwhile."""
    release = Release.objects.get(pk=pk)
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "municipality", "partner")
    application = rows.get(pk=release.application_id)
    newest = application.releases.order_by("-pk").first()
    if newest.pk != pk or newest.answer or application.state != State.SUBMITTED:
        return None
    newest.application = application
    return newest


# Letters ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_asked(public_id: str) -> None:
    """Write the letter that asks the supervisor; nothing if the question is over."""
    found = _unanswered().filter(public_id=public_id).exclude(email="")
    for release in found.select_related("application__call", "application__municipality", "application__partner"):
        mails.asked(release, release_link(release))
