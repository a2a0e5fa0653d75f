"""Who acts in a request: the person of the session, in the role chosen there, once they have proven enough.

Everything is lazy: a page that never asks for the person never touches the session.
"""

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from staffel.accounts.core.roles import Role

# The session's key for the chosen membership.
CHOSEN_ROLE = "acting_as"
OFFICE = "/buero/"


class ActingRole:
    """Replace ``request.user`` by the same person with what the session says of role and proof."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.user = SimpleLazyObject(lambda: acting_person(request))
        return self.get_response(request)


def acting_person(request):
    """Return the signed-in person as this request has them, or Django's anonymous user."""
    person = get_user(request)
    if person.is_authenticated:
        person.acting_as = request.session.get(CHOSEN_ROLE)
        person.proven = not settings.SECOND_PROOF or has_second_proof(request, person)
    return person


def has_second_proof(request, person) -> bool:
    """Whether a passkey, an app's code or a recovery code was shown in this session. No query."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, person))


class SecondProof:
    """Send those whose role sees people to their second proof before any page of the office."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_PROOF or not request.path.startswith(OFFICE) or not request.user.is_authenticated:
            return None
        person = request.user
        if not person.proven and any(Role(one.role).sees_people for one in person.held):
            return redirect("accounts:proofs")
        return None
