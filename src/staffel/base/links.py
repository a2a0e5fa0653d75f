"""Links for people without an account: one row by a random token of which only the digest is kept.

A link is a capability: whoever has it may do what its purpose says with the one row. ``staffel.base.actions`` issues and
closes links; ``staffel.base.guard.guard_link`` is the door that they open.
"""

import hashlib

from django.utils import timezone

from staffel.base.core import rules
from staffel.base.models import Link
from staffel.base.rules import RuleBroken


def digest_of(token: str) -> str:
    """Return the SHA-256 of a token as 64 hexadecimal digits; 128 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def target_of(token: str, purpose: str) -> str:
    """Return the public id of the row that an open link leads to. One query.

    Raises RuleBroken: BAS-01 if no open link of this purpose has this token.
    """
    link = Link.objects.filter(digest=digest_of(token), purpose=purpose).first()
    if link is None or link.closed_at or link.expires_at <= timezone.now():
        raise RuleBroken(rules.LINK_OPEN, f"no open link for {purpose}")
    return link.target
