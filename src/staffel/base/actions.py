"""What happens to links."""

import secrets

from django.utils import timezone

from staffel.base.links import digest_of
from staffel.base.models import Link


def issue_link(purpose: str, target: str, *, until) -> str:
    """Open a link to the row with public id ``target`` until the time ``until`` and return its token, 22 characters.

    The token exists only in what is returned: put it into the letter, keep it nowhere.
    """
    token = secrets.token_urlsafe(16)
    Link.objects.create(purpose=purpose, target=target, digest=digest_of(token), expires_at=until)
    return token


def close_links(purpose: str, target: str) -> int:
    """Close all open links of a purpose to a row and return how many there were."""
    return Link.objects.filter(purpose=purpose, target=target, closed_at=None).update(closed_at=timezone.now())
