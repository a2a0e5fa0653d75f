"""What happens to what is kept about people: an account is erased, and everything goes when its time is over."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.utils.translation import gettext as _

from staffel.accounts.actions import audit
from staffel.accounts.actions.sign_ins import forget_ended_sign_ins
from staffel.accounts.core import rules
from staffel.accounts.core.roles import Role
from staffel.accounts.models import CountedAttempt, Feedback, Letter, Membership, Person, Report
from staffel.base.rules import RuleBroken


@transaction.atomic
def erase_account(person: Person) -> bool:
    """Take away account, roles, sign-ins, letters and what the log says about it; return whether the row itself is gone.

    A row that others must keep (the certificate of a course points to it) stays, closed and without name and address.
    Raises RuleBroken: ACC-01 if an organisation would be left without a coordinator.
    """
    _refuse_last_coordinator(person)
    Session.objects.filter(session_key__in=person.sign_ins.values("session_key")).delete()
    Letter.objects.filter(to_email__iexact=person.email).delete()
    # What was wrong with a page stays to be mended, by nobody in particular.
    Feedback.objects.filter(email__iexact=person.email).update(email="")
    audit.record("accounts.person_erased", person, by=_("Inhaberin oder Inhaber des Kontos"))
    audit.blank_person(person)
    try:
        with transaction.atomic():
            person.delete()
    except (ProtectedError, RestrictedError):
        _empty(person)
        return False
    return True


def _refuse_last_coordinator(person: Person) -> None:
    held = [one.organisation_id for one in person.held if one.role == Role.COORDINATOR]
    # Locked as in ``remove_role``: of two who leave at the same moment, one has to stay.
    rows = list(Membership.objects.select_for_update().filter(organisation__in=held, role=Role.COORDINATOR).order_by("pk"))
    for organisation in held:
        if all(row.person_id == person.pk for row in rows if row.organisation_id == organisation):
            raise RuleBroken(rules.COORDINATOR_STAYS, f"the last coordinator of {organisation}")


def _empty(person: Person) -> None:
    for relation in ("memberships", "sign_ins", "emailaddress_set", "authenticator_set", "socialaccount_set"):
        getattr(person, relation).all().delete()
    person.name, person.is_active, person.last_login = _("Gelöschtes Konto"), False, None
    person.email = f"geloescht-{person.public_id.lower()}@konto.invalid"
    person.save(update_fields=["name", "email", "is_active", "last_login"])


def expire(now: datetime, *, letters: timedelta, feedback: timedelta, log: timedelta) -> dict[str, int]:
    """Delete what is older than its time, counted back from ``now``; return how many rows, by category.

    A letter that still waits is never deleted. Of the audit log only the content goes: ``staffel.accounts.core.chain``.
    """
    old_letters = Letter.objects.filter(~Q(state=Letter.State.WAITING), created_at__lt=now - letters)
    return {
        "accounts.sign_in": forget_ended_sign_ins() + CountedAttempt.objects.filter(expires__lt=now).delete()[0],
        "accounts.letters": old_letters.delete()[0],
        "accounts.audit": audit.blank_before(now - log),
        "accounts.feedback": Feedback.objects.filter(done_at__lt=now - feedback).delete()[0],
    }


def report_retention(counts: dict[str, int], *, failed: list[str]) -> Report:
    """Write down how many rows of each category a clearing took away, and in which contexts it failed."""
    return Report.objects.create(kind=Report.Kind.RETENTION, content=counts | ({"failed": failed} if failed else {}))
