"""The only writer of the audit log: entries are recorded, sealed, checked and blanked here."""

import secrets
from collections.abc import Collection
from datetime import datetime

from django.db import connection, models, transaction
from django.db.models import Q

from staffel.accounts.core import chain
from staffel.accounts.models import AuditEntry, Person, Report
from staffel.accounts.queries import audit as queries

# A seal holds the write lock of SQLite for the time of one chunk.
CHUNK = 200
SEAL = "UPDATE accounts_auditentry SET position = %s, previous = %s, chained = %s WHERE id = %s"


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
    The role in which a person acts is written down too: at most one query, if nobody asked for it before.
    """
    person = by if isinstance(by, Person) else None
    payload = {
        "who": str(by),
        "actor": person.public_id if person else "",
        "role": person.acting.role if person and person.acting else "",
        "why": why,
        "before": before or {},
        "after": after or {},
    }
    salt = secrets.token_hex(16)
    return AuditEntry.objects.create(
        action=action,
        thing_type=thing._meta.label,
        thing_id=getattr(thing, "public_id", "") or str(thing.pk),
        actor_id=payload["actor"],
        payload=payload,
        salt=salt,
        digest=chain.digest_of(payload, salt),
    )


def seal() -> int:
    """Chain all entries written since the last time, in order, and return how many. Chunks of their own transaction."""
    total = 0
    while count := _seal_some():
        total += count
    return total


@transaction.atomic
def _seal_some() -> int:
    # The first entry is the lock: two sealers on PostgreSQL wait for each other here, and read the head afterwards.
    AuditEntry.objects.select_for_update().filter(position=1).first()
    entries = list(AuditEntry.objects.filter(position__isnull=True).order_by("pk")[:CHUNK])
    if not entries:
        return 0
    last, previous = queries.head()
    for position, entry in enumerate(entries, start=last + 1):
        entry.position, entry.previous = position, previous
        facts = (entry.public_id, queries.iso(entry.at), entry.action, entry.thing_type, entry.thing_id, entry.digest)
        entry.chained = previous = chain.link(previous, position, *facts)
    with connection.cursor() as cursor:
        # 200 rows: 4 ms this way, 110 ms by bulk_update with its long CASE.
        places = [(entry.position, entry.previous, entry.chained, entry.pk) for entry in entries]
        cursor.executemany(SEAL, places)
    return len(entries)


def check() -> Report:
    """Seal what is open, verify the whole chain against all heads noted so far, and write the report with the new head."""
    seal()
    finding = chain.verify(queries.sealed(), queries.noted_heads())
    problems = [[problem.position, str(problem.kind)] for problem in finding.problems]
    content = {"entries": finding.entries, "blanked": finding.blanked, "head": finding.head, "problems": problems}
    return Report.objects.create(kind=Report.Kind.AUDIT, content=content)


def blank_before(day: datetime) -> int:
    """Blank what is personal in all entries older than ``day``, and return how many. Seals first."""
    seal()
    return _blank(AuditEntry.objects.filter(at__lt=day))


def blank_things(thing_type: str, thing_ids: Collection[str]) -> int:
    """Blank what is personal in all entries about these things, and return how many.

    For erasure and retention of other contexts: with an application goes what the log says about it.
    """
    return _blank(AuditEntry.objects.filter(thing_type=thing_type, thing_id__in=thing_ids))


def blank_person(person: Person) -> int:
    """Blank all entries about ``person`` and all that they wrote in their own affairs, and return how many.

    What they did in a role stays until retention: it is the evidence of an office's act, about which others may ask.
    """
    own = Q(actor_id=person.public_id, payload__role="")
    about = Q(thing_type=Person._meta.label, thing_id=person.public_id)
    return _blank(AuditEntry.objects.filter(own | about))


def _blank(entries) -> int:
    return entries.filter(payload__isnull=False).update(payload=None, salt="", actor_id="")
