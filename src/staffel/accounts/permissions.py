"""Who may do what with people and roles."""

from django.db.models import Q

from staffel.accounts.core.roles import Role


def signed_in(person) -> bool:
    """Everybody with an account: their own affairs."""
    return person.is_authenticated


def may_manage_people(person, colleague=None) -> bool:
    """Only the Programmkoordination, in its own organisation."""
    return person.has_role(Role.COORDINATOR)


def colleagues_of(person) -> Q:
    """People with a role in the organisation for which ``person`` coordinates, themselves included."""
    if not person.has_role(Role.COORDINATOR):
        return Q(pk=None)
    return Q(memberships__organisation=person.acting.organisation_id)


def may_end_sign_in(person, sign_in) -> bool:
    """Only one's own."""
    return sign_in.person_id == person.pk


def runs_instance(person, *roles: Role) -> bool:
    """Whether the person acts in one of ``roles`` for the organisation that runs the instance: what is here is everybody's."""
    return person.has_role(*roles) and person.acting.organisation.runs_instance


def may_read_audit(person) -> bool:
    """Only the Programmkoordination: the log names people of all municipalities."""
    return runs_instance(person, Role.COORDINATOR)


def may_edit_texts(person) -> bool:
    """Only the Programmkoordination, which answers for them."""
    return runs_instance(person, Role.COORDINATOR)


def may_deal_with_feedback(person, feedback=None) -> bool:
    """Only the Programmkoordination."""
    return runs_instance(person, Role.COORDINATOR)


# Letters and jobs -------------------------------------------------------------------------------------------------------


def may_see_letters(person) -> bool:
    """The Programmkoordination and the Betrieb, who sees states only."""
    return runs_instance(person, Role.COORDINATOR, Role.OPERATOR)


def letters_visible_to(person) -> Q:
    """All letters for those who may see letters at all."""
    return Q() if may_see_letters(person) else Q(pk=None)


def may_read_letters(person) -> bool:
    """Only the Programmkoordination reads what stands in letters."""
    return runs_instance(person, Role.COORDINATOR)


def may_read_letter(person, letter) -> bool:
    """Only the Programmkoordination; of a confidential letter it sees the envelope."""
    return may_read_letters(person)


def may_send_letter_again(person, letter) -> bool:
    """Whoever sees its state."""
    return may_see_letters(person)


def may_run_jobs(person) -> bool:
    """The Programmkoordination and the Betrieb."""
    return runs_instance(person, Role.COORDINATOR, Role.OPERATOR)
