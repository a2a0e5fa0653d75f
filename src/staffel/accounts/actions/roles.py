"""What happens to roles: given by invitation, taken with a reason, switched in a session."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.accounts.actions.letters import post
from staffel.accounts.actions.people import let_first_office_run_instance, person_for
from staffel.accounts.core import rules
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Membership, Organisation, Person
from staffel.base.addresses import absolute
from staffel.base.public_id import new_public_id
from staffel.base.rules import RuleBroken


@transaction.atomic
def invite(email: str, *, name: str, role: Role, organisation: Organisation, by: Person | str) -> Membership:
    """Give the person with this e-mail a role in ``organisation`` and write them a letter; the account is made if needed.

    Raises RuleBroken: ACC-03 if the account is closed, ACC-02 if they have the role.
    """
    person = person_for(email, name=name)
    if not person.is_active:
        raise RuleBroken(rules.ACCOUNT_OPEN, f"person {person.pk} is closed")
    try:
        with transaction.atomic():
            membership = Membership.objects.create(person=person, organisation=organisation, role=role)
    except IntegrityError as error:
        raise RuleBroken(rules.ROLE_ONCE, f"person {person.pk} is {role} of {organisation.pk}") from error
    let_first_office_run_instance(organisation, role)
    record("accounts.membership_given", person, by=by, after=_role_facts(membership))
    post(
        "accounts.invited",
        event=f"accounts.invited:{new_public_id()}",
        to=(person.name, person.email),
        subject=gettext("Einladung zu Staffel: %(role)s") % {"role": gettext(role.label)},
        sentences=[
            gettext("%(who)s lädt Sie zu Staffel ein. Ihre Rolle: %(role)s, %(organisation)s.")
            % {"who": by, "role": gettext(role.label), "organisation": organisation.name},
            gettext("Ein Passwort brauchen Sie nicht: Sie melden sich mit dieser Adresse an und bekommen einen Code per Mail."),
        ],
        button=(gettext("Anmelden"), absolute("/anmelden/")),
        after=[gettext("Sie kennen den Anlass nicht? Dann brauchen Sie nichts zu tun.")],
    )
    return membership


@transaction.atomic
def remove_role(person: Person, *, role: Role, organisation: Organisation, by: Person, reason: str) -> None:
    """Take ``role`` in ``organisation`` from ``person``.

    Raises RuleBroken: ACC-04 without a reason, ACC-05 if they do not have the role, ACC-01 if nobody would coordinate.
    """
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "no reason")
    # All rows of the organisation are locked: two coordinators who remove each other must not both succeed.
    locked = list(Membership.objects.select_for_update().filter(organisation=organisation).order_by("pk"))
    membership = next((one for one in locked if one.person_id == person.pk and one.role == role), None)
    if membership is None:
        raise RuleBroken(rules.OWN_ROLE, f"person {person.pk} is not {role} of {organisation.pk}")
    if role == Role.COORDINATOR and sum(one.role == Role.COORDINATOR for one in locked) == 1:
        raise RuleBroken(rules.COORDINATOR_STAYS, f"the last coordinator of {organisation.pk}")
    membership.organisation = organisation
    before = _role_facts(membership)
    membership.delete()
    record("accounts.membership_taken", person, by=by, why=reason.strip(), before=before)


@transaction.atomic
def note_role_switch(person: Person, *, before: Membership | None, after: Membership | None) -> None:
    """Write down that ``person`` now acts in another role; None stands for their own affairs."""
    record("accounts.role_switched", person, by=person, before=_role_facts(before), after=_role_facts(after))


def _role_facts(membership: Membership | None) -> dict:
    if membership is None:
        return {"role": ""}
    return {"role": str(membership.role), "organisation": membership.organisation.name}
