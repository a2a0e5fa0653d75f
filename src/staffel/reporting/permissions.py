"""Who may see which figures: the public what is public, the office its own, a Land its people's, the sponsor all; no names."""

from staffel.accounts.core.roles import Role


def may_see_figures(person) -> bool:
    """The programme office, a Land and the sponsor."""
    return person.has_role(Role.COORDINATOR, Role.LAND_COORDINATOR, Role.SPONSOR)


def sees_everything(person) -> bool:
    """The sponsor, who pays for all of it and sees nobody."""
    return person.has_role(Role.SPONSOR)
