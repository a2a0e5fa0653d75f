"""What happens to an application until it is decided: begun, saved as one goes, sent, taken back.

Nobody here has an account: whoever holds the link acts. What concerns places and offers stands in ``placing`` and ``offers``.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.admissions.actions.links import application_link, close_application_links, close_release_links
from staffel.admissions.actions.one_per_body import check_single, others
from staffel.admissions.actions.placing import free_place, hold_call, undecide
from staffel.admissions.actions.release import open_release, write_asked
from staffel.admissions.core import consents as wordings
from staffel.admissions.core import rules
from staffel.admissions.core.steps import open_steps
from staffel.admissions.mails import applications as mails
from staffel.admissions.models import Application, Call, Decision
from staffel.admissions.queries import bodies
from staffel.admissions.queries.applications import is_withdrawable, values_of
from staffel.base.jobs import enqueue
from staffel.base.rules import N_, RuleBroken
from staffel.municipalities.models import Municipality
from staffel.ui.words import moment

BY_LINK = N_("Bewerbung, über den Link")
MOST_DRAFTS = 5
# One letter with the link in so many minutes is enough.
LINK_AGAIN_MINUTES = 10
# What an applicant fills in; everything else is ours.
DRAFT_FIELDS = frozenset(
    ("name", "function", "deputy_name", "deputy_email", "supervisor_name", "supervisor_email", "motivation", "baseline")
)
State = Application.State


# Begin ------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_application(
    call: Call, *, email: str, municipality: Municipality, partner: Municipality | None = None, is_example: bool = False
) -> tuple[Application, str]:
    """Begin an application, send the link to it, and return it with a token.

    Raises RuleBroken: ADM-01 outside the call's time, ADM-05 and ADM-06 if the bodies may not apply, ADM-10 if the address
    has begun many already.
    """
    _check_open(call, rules.TAKES_APPLICATIONS)
    _check_bodies(call, municipality, partner)
    known = others(call, municipality, partner, email=email)
    check_single(known)
    if known["drafts"] >= MOST_DRAFTS:
        raise RuleBroken(rules.FEW_DRAFTS, f"{known['drafts']} drafts from one address", most=MOST_DRAFTS)
    application = Application.objects.create(
        call=call, email=email, municipality=municipality, partner=partner, is_example=is_example
    )
    record("admissions.application_started", application, by=gettext(BY_LINK), after=_of(application))
    enqueue("admissions.write_started", key=f"admissions.started:{application.public_id}", application=application.public_id)
    return application, application_link(application)


def _check_open(call: Call, rule) -> None:
    now = timezone.now()
    if call.state != Call.State.OPEN or not call.opens_at <= now < call.closes_at:
        raise RuleBroken(
            rule,
            f"call {call.public_id} is {call.state}, {call.opens_at} to {call.closes_at}",
            opens=moment(call.opens_at),
            closes=moment(call.closes_at),
        )


def _check_bodies(call: Call, municipality: Municipality, partner: Municipality | None) -> None:
    if partner is not None and partner.pk == municipality.pk:
        raise RuleBroken(rules.TWO_DIFFERENT, f"{municipality.ags} twice")
    verdict = bodies.eligibility(call, municipality, partner)
    if not verdict.eligible:
        reasons = " ".join(bodies.reason_words(reason) for reason in verdict.against)
        raise RuleBroken(rules.ELIGIBLE, f"{municipality.ags} is not eligible", reason=reasons)


def _of(application: Application) -> dict:
    """What the audit log keeps of an application: bodies, no person."""
    places = [place.ags for place in (application.municipality, application.partner) if place]
    return {"call": application.call.public_id, "municipalities": places}


@transaction.atomic
def send_links(call: Call, email: str) -> int:
    """Send the links to all applications of an address on a call, and return how many there were.

    The page says the same whatever the number is: it must not tell who applied. A second request within ten minutes sends
    nothing.
    """
    found = call.applications.filter(email__iexact=email).exclude(email="").select_related("call").order_by("pk")[:MOST_DRAFTS]
    stretch = int(timezone.now().timestamp() // (LINK_AGAIN_MINUTES * 60))
    for application in found:
        enqueue(
            "admissions.write_link_again",
            key=f"admissions.link_again:{application.public_id}:{stretch}",
            application=application.public_id,
            asked=str(stretch),
        )
    return len(found)


# Save -------------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_draft(application: Application, values: Mapping[str, object]) -> Application:
    """Save what was typed into one step, and return the application as it is now.

    ``values`` maps names of ``DRAFT_FIELDS`` to clean values. Raises RuleBroken ADM-03 if it has been sent.
    Raises ValueError for a field that is not the applicant's.
    """
    if foreign := set(values) - DRAFT_FIELDS:
        raise ValueError(f"an applicant fills in {sorted(DRAFT_FIELDS)}, not {sorted(foreign)}")
    return _save(_locked_draft(application), dict(values))


@transaction.atomic
def save_bodies(application: Application, *, municipality: Municipality, partner: Municipality | None) -> Application:
    """Save for whom somebody applies. Raises RuleBroken: ADM-03, ADM-05, ADM-06, ADM-11."""
    draft = _locked_draft(application)
    _check_bodies(draft.call, municipality, partner)
    check_single(others(draft.call, municipality, partner, but=draft.pk))
    return _save(draft, {"municipality": municipality, "partner": partner})


def _locked_draft(application: Application) -> Application:
    draft = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    if draft.state != State.DRAFT:
        raise RuleBroken(rules.ONLY_DRAFT_CHANGES, f"application {draft.public_id} is {draft.state}")
    return draft


def _save(draft: Application, values: dict) -> Application:
    for name, value in values.items():
        setattr(draft, name, value)
    draft.changed_at = timezone.now()
    # Not audited: a draft belongs to the applicant alone, and is saved with every field.
    draft.save(update_fields=[*values, "changed_at"])
    return draft


@transaction.atomic
def discard_draft(application: Application) -> None:
    """Remove a draft with all that was typed. Raises RuleBroken ADM-03 if it has been sent."""
    draft = _locked_draft(application)
    close_application_links(draft)
    record("admissions.draft_discarded", draft, by=gettext(BY_LINK))
    draft.delete()


# Send and take back -----------------------------------------------------------------------------------------------------


@transaction.atomic
def submit(application: Application, *, agreed: set[str]) -> Application:
    """Send an application: from now on it is the supervisor's turn.

    ``agreed`` holds the keys of the agreements that were ticked. Raises RuleBroken: ADM-02 after the deadline, ADM-03 if it
    has been sent, ADM-04 if a step is open, ADM-05 and ADM-06 if the bodies may not apply, ADM-07 if the supervisor is the
    applicant, ADM-08 without the agreements.
    """
    # The call first: two applications of one body must not pass the check for a single one side by side.
    call = hold_call(application.call_id)
    rows = Application.objects.select_for_update(of=("self",)).select_related("municipality", "partner")
    draft = rows.get(pk=application.pk)
    draft.call = call
    if draft.state != State.DRAFT:
        raise RuleBroken(rules.ONLY_DRAFT_CHANGES, f"application {draft.public_id} is {draft.state}")
    _check_open(draft.call, rules.BEFORE_DEADLINE)
    if missing := open_steps(values_of(draft)):
        steps = ", ".join(gettext(step.label) for step in missing)
        raise RuleBroken(rules.STEPS_DONE, f"application {draft.public_id} lacks {missing}", steps=steps)
    check_supervisor(draft.email, draft.supervisor_email)
    if missing := wordings.open_keys(agreed):
        raise RuleBroken(rules.CONSENTS_GIVEN, f"{missing} not agreed to")
    _check_bodies(draft.call, draft.municipality, draft.partner)
    check_single(others(draft.call, draft.municipality, draft.partner, but=draft.pk))
    now = timezone.now()
    draft.state, draft.submitted_at, draft.changed_at = State.SUBMITTED, now, now
    draft.consents = wordings.agreed(agreed, now.isoformat(timespec="seconds"))
    draft.save(update_fields=["state", "submitted_at", "changed_at", "consents"])
    record("admissions.application_submitted", draft, by=gettext(BY_LINK), after=_of(draft))
    enqueue("admissions.write_submitted", key=f"admissions.submitted:{draft.public_id}", application=draft.public_id)
    open_release(draft, now=now)
    return draft


def check_supervisor(email: str, supervisor_email: str) -> None:
    """Raise RuleBroken ADM-07 if the supervisor's address is the applicant's."""
    if email.casefold() == supervisor_email.casefold():
        raise RuleBroken(rules.SUPERVISOR_IS_ANOTHER, "both addresses are the same")


@transaction.atomic
def withdraw(application: Application, *, reason: str = "") -> Application:
    """Take an application back, or give a confirmed place back: it leaves selection, waiting list and cohort.

    The next on the waiting list moves up. Raises RuleBroken ADM-09 if it is a draft, has an open offer, which is declined
    instead, or has ended; a place can be given back until the cohort begins.
    """
    call = hold_call(application.call_id)
    row = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    row.call = call
    if not is_withdrawable(row):
        raise RuleBroken(rules.STILL_RUNNING, f"application {row.public_id} is {row.state}")
    by = gettext(BY_LINK)
    if call.published_at is not None:
        free_place(row, by=by, reason=reason)
    elif Decision.objects.filter(application=row).exists():
        # Nobody has been told of it, and it would keep a place.
        undecide(row, by=by)
    for release in row.releases.filter(answer=""):
        close_release_links(release)
    before, row.state, row.ended_at = row.state, State.WITHDRAWN, timezone.now()
    row.save(update_fields=["state", "ended_at"])
    record(
        "admissions.application_withdrawn",
        row,
        by=by,
        why=reason,
        before={"state": before},
        after={"state": row.state},
    )
    mails.withdrawn(row)
    return row


# Letters ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_started(public_id: str) -> None:
    """Write the letter with the way back to a draft; nothing if the draft is gone."""
    for application in _found(public_id):
        mails.started(application, application_link(application))


@transaction.atomic
def write_link_again(public_id: str, asked: str) -> None:
    """Write the letter with the way back once more."""
    for application in _found(public_id):
        mails.link_again(application, application_link(application), asked=asked)


@transaction.atomic
def write_submitted(public_id: str) -> None:
    """Write the receipt to the applicant, and the question to the supervisor."""
    for application in _found(public_id):
        # Another supervisor may have been asked meanwhile: whom the receipt names is the one who gets the question.
        release = application.releases.order_by("-pk").first()
        mails.submitted(application, application_link(application), release_until=release.expires_at)
        write_asked(release.public_id)


def _found(public_id: str):
    return Application.objects.filter(public_id=public_id).exclude(email="").select_related("call")
