"""The only writer of the audit log."""

import hashlib
import json
import secrets

from django.db import models

from staffel.accounts.models import AuditEntry, Person


def record(
    action: str,
    thing: models.Model,
    *,
    by: Person | str,
    why: str = "",
    before: dict | None = None,
    after: dict | None = None,
) -> AuditEntry:
    """Write down who did what, in the caller's transaction.

    ``action`` is like ``admissions.offer_accepted``. ``by`` is a person, or in words who acted without an account
    ("Fachvorgesetzte, über den Link", "Zeitplan"). ``before`` and ``after`` hold what changed, as values JSON can hold.
    """
    payload = {"who": str(by), "why": why, "before": before or {}, "after": after or {}}
    salt = secrets.token_hex(16)
    return AuditEntry.objects.create(
        action=action,
        thing_type=thing._meta.label,
        thing_id=getattr(thing, "public_id", "") or str(thing.pk),
        actor_id=by.public_id if isinstance(by, Person) else "",
        payload=payload,
        salt=salt,
        digest=digest_of(payload, salt),
    )


def digest_of(payload: dict, salt: str) -> str:
    """Return the SHA-256 of salt and payload as 64 hexadecimal digits; the payload as JSON with sorted keys."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()
