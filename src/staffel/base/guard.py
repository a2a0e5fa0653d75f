"""The door of every view.

Every view is either guarded or public by a stated reason; a test walks all URLs. ``@guard(may_x, of=visible)`` fetches the
row by its public id from what the person may *see* (404 for a stranger, who never learns that it exists), asks whether
they may *act* on it (403), and hands the row to the view.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from staffel.base.links import target_of

DOOR = "staffel_door"
# The view that a guard stands before, for the test of the doors.
BEHIND = "staffel_behind"


def guard(may: Callable[..., bool], *, of: Callable | None = None):
    """Let a signed-in person through if ``may`` says so.

    Without ``of``, ``may(person)`` decides and the view is called as before. With ``of``, a function that returns the
    rows a person may see, the row with the URL's ``public_id`` is fetched, ``may(person, row)`` decides, and the
    view gets the row in place of the id. Raises Http404 for a row out of sight, PermissionDenied for a refusal.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, public_id=None, **kwargs):
            if of is None:
                if not may(request.user):
                    raise PermissionDenied
                return view(request, *args, **kwargs)
            row = get_object_or_404(of(request.user), public_id=public_id)
            if not may(request.user, row):
                raise PermissionDenied
            return view(request, row, *args, **kwargs)

        setattr(guarded, DOOR, f"guard: {may.__module__}.{may.__name__}")
        setattr(guarded, BEHIND, view)
        return guarded

    return decorate


def guard_link(purpose: str, *, of: Callable):
    """Let whoever holds an open link of ``purpose`` through to its one row, with no account.

    The URL has the link's ``token``; ``of()`` returns the rows that the purpose can lead to; the view gets the row and the
    token. Raises RuleBroken BAS-01 for a token that is unknown, expired or closed, Http404 if the row is gone. A view that
    acts does so on POST only: mail scanners open links.
    """

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, token, **kwargs):
            row = get_object_or_404(of(), public_id=target_of(token, purpose))
            return view(request, row, *args, token=token, **kwargs)

        door = never_cache(guarded)
        setattr(door, DOOR, f"link: {purpose}")
        setattr(door, BEHIND, view)
        return login_not_required(door)

    return decorate


def public(reason: str):
    """Open a view to everybody, without an account, for the ``reason`` given."""
    if not reason:
        raise ValueError("a public view needs a reason")

    def decorate(view):
        @wraps(view)
        def opened(request, *args, **kwargs):
            return view(request, *args, **kwargs)

        setattr(opened, DOOR, f"public: {reason}")
        return login_not_required(opened)

    return decorate


def reads_only(view):
    """Answer GET and HEAD, and 405 to everything else.

    Without the exemption the CSRF check would come first and tell a wrong method that its page was open too long.
    """
    safe = require_safe(view)
    safe.csrf_exempt = True
    return safe


def door_of(view) -> str | None:
    """Return how ``view`` is guarded, as written down by ``guard`` or ``public``, or None if it is not."""
    return getattr(view, DOOR, None)
