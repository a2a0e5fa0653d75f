"""What the frame of a personal page shows: who is signed in, in which role, and where that role goes."""

from typing import NamedTuple

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from staffel.accounts.core.roles import Role
from staffel.ui.frame import NavigationItem, navigation_for

# The key of the navigation of a person in their own affairs.
PERSON = "person"


class Account(NamedTuple):
    """The signed-in person as the frame shows them; ``role`` is empty in their own affairs, ``choice`` if there is none."""

    name: str
    role: str
    organisation: str
    navigation: list[NavigationItem]
    choice: bool


def account(request) -> dict:
    """Return the variable ``account``, looked up only where it is shown, and the template of the bar that shows it.

    Whoever has no session cookie sees no bar: a public page asks nothing for them, and can be kept.
    """
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and hasattr(request, "user")
    return {"account": SimpleLazyObject(lambda: account_of(request)), "account_bar": "accounts/_bar.html" if signed_in else ""}


def account_of(request) -> Account:
    """Return who is signed in. One query, if the request has not asked for the role before."""
    acting = request.user.acting
    navigation = navigation_for(request.path, acting.role if acting else PERSON)
    if acting is None:
        return Account(request.user.name, "", "", navigation, bool(request.user.held))
    return Account(request.user.name, gettext(Role(acting.role).label), acting.organisation.name, navigation, True)
