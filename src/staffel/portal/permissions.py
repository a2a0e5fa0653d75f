"""Who may open the pages that put everything together."""

from staffel.accounts.core.roles import Role
from staffel.accounts.permissions import runs_instance


def may_have_own_page(person) -> bool:
    """Everybody with an account."""
    return person.is_active


def may_enter_office(person) -> bool:
    """Programme office and Land in all rooms, operators in the technical ones; a sponsor has the figures."""
    return person.has_role(Role.COORDINATOR, Role.LAND_COORDINATOR, Role.OPERATOR)


def may_have_own_data(person) -> bool:
    """Everybody with an account, about themselves."""
    return person.is_active


def may_read_retention(person) -> bool:
    """Only the Programmkoordination that runs the instance, which answers for what is kept."""
    return runs_instance(person, Role.COORDINATOR)
