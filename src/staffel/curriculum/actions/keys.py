"""Keys: those with which organisations here sign, and those of other publishers that are trusted here.

::

    SigningKey      active --rotate--> retired        active --revoke--> revoked
    PublisherKey    trusted --retire--> retired       trusted, retired --revoke--> revoked
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict

from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Organisation, Person
from staffel.base.boxes import box
from staffel.base.rules import RuleBroken
from staffel.curriculum.core import rules
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Publisher, PublisherKey, SigningKey
from staffel.curriculum.queries.trust import followers_of
from staffel.ui.words import day

PURPOSE = "staffel.curriculum.signing-key"
HEXADECIMAL = re.compile(r"[0-9a-f]{64}", re.IGNORECASE)

# Our own ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_key(organisation: Organisation, *, by: Person | str) -> SigningKey:
    """Make the key with which ``organisation`` signs, and return it. Raises RuleBroken: CUR-13 if it has one in use."""
    _locked(organisation)
    if active := _active(organisation):
        raise RuleBroken(rules.ONE_KEY, f"signing key {active.pk} is active", organisation=organisation.name)
    key = _new_key(organisation)
    record("curriculum.key_made", key, by=by, after={"fingerprint": key.fingerprint})
    return key


@transaction.atomic
def rotate_key(organisation: Organisation, *, by: Person | str) -> SigningKey:
    """Make a new key, let the old one sign that it follows, retire the old one, and return the new one.

    Packages signed with the old key stay good. Raises RuleBroken: CUR-14 without a key in use, CUR-32 if it does not open.
    """
    old = _key_in_use(organisation)
    secret, public = signing.new_pair()
    now = timezone.now()
    statement = signing.succession(open_secret(old), public, now)
    old.state, old.ended_at = SigningKey.State.RETIRED, now
    old.save(update_fields=["state", "ended_at"])
    key = _new_key(organisation, pair=(secret, public), statement=json.dumps(asdict(statement)))
    before, after = {"fingerprint": old.fingerprint}, {"fingerprint": key.fingerprint}
    record("curriculum.key_rotated", key, by=by, before=before, after=after)
    return key


@transaction.atomic
def revoke_key(organisation: Organisation, *, reason: str, by: Person | str) -> SigningKey:
    """Revoke the key in use, because others may have it, and return it; the next release makes a new one that nobody knows.

    The private key is forgotten. Raises RuleBroken: CUR-14 without a key in use, CUR-08 without a reason.
    """
    reason = _reason(reason)
    key = _key_in_use(organisation)
    key.state, key.ended_at, key.reason, key.secret = SigningKey.State.REVOKED, timezone.now(), reason, ""
    key.save(update_fields=["state", "ended_at", "reason", "secret"])
    record("curriculum.key_revoked", key, by=by, why=reason, before={"fingerprint": key.fingerprint})
    return key


def key_of(organisation: Organisation, *, by: Person | str) -> SigningKey:
    """Return the key in use of ``organisation``, made now if there is none. One query if there is."""
    return _active(organisation) or make_key(organisation, by=by)


def open_secret(key: SigningKey) -> bytes:
    """Return the private key, 32 bytes. It stays in this process.

    Raises RuleBroken: CUR-32 if the secret of the instance is another one than when the key was made.
    """
    try:
        return box(PURPOSE).decrypt(key.secret.encode())
    except InvalidToken as error:
        name = key.organisation.name
        raise RuleBroken(rules.KEY_OPENS, f"signing key {key.pk} is closed under another secret", organisation=name) from error


def succession_of(key: SigningKey) -> tuple[signing.Statement, ...]:
    """Return the statements that lead from the first key of the organisation to ``key``, the oldest first. One query."""
    keys = SigningKey.objects.filter(organisation=key.organisation_id).exclude(statement="")
    by_new = {one["new"]: one for one in map(json.loads, keys.values_list("statement", flat=True))}
    found, public = [], key.public_key
    while statement := by_new.pop(public, None):
        found.append(signing.Statement(**statement))
        public = statement["old"]
    return tuple(reversed(found))


def _locked(organisation: Organisation) -> None:
    # Two releases at the same time must not make two keys.
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _active(organisation: Organisation) -> SigningKey | None:
    return SigningKey.objects.filter(organisation=organisation, state=SigningKey.State.ACTIVE).first()


def _key_in_use(organisation: Organisation) -> SigningKey:
    _locked(organisation)
    key = _active(organisation)
    if key is None:
        raise RuleBroken(rules.KEY_IN_USE, f"organisation {organisation.pk} has no active key", organisation=organisation.name)
    return key


def _new_key(organisation: Organisation, *, pair: tuple[bytes, bytes] | None = None, statement: str = "") -> SigningKey:
    secret, public = pair or signing.new_pair()
    return SigningKey.objects.create(
        organisation=organisation,
        fingerprint=signing.fingerprint(public),
        public_key=public.hex(),
        secret=box(PURPOSE).encrypt(secret).decode(),
        made_at=timezone.now(),
        statement=statement,
    )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, "no reason")
    return reason.strip()[:300]


# Those of others --------------------------------------------------------------------------------------------------------


@transaction.atomic
def trust(name: str, public_key: str, note: str, *, by: Person | str) -> PublisherKey:
    """Trust a key (PEM or 64 hexadecimal digits) as one of the publisher ``name``, and return it.

    ``note`` says how the fingerprint was compared. A publisher of that name gets a further key; a retired key is trusted
    again; one that is trusted already stays as it is. Raises RuleBroken: CUR-08 without a note or a name, CUR-15 for what is
    no key, CUR-16 for a key of another publisher, CUR-17 for a revoked one.
    """
    name, note = _reason(name), _reason(note)
    public = read_public_key(public_key)
    key = PublisherKey.objects.select_for_update().filter(fingerprint=signing.fingerprint(public)).first()
    if key is not None and key.publisher.name != name:
        raise RuleBroken(rules.KEY_OF_ANOTHER, f"publisher key {key.pk}", publisher=key.publisher.name)
    if key is not None:
        refuse_revoked(key)
        if key.state == PublisherKey.State.TRUSTED:
            return key
        key.state, key.ended_at, key.reason, key.trusted_at = PublisherKey.State.TRUSTED, None, "", timezone.now()
        key.save(update_fields=["state", "ended_at", "reason", "trusted_at"])
    else:
        key = _note_key(_publisher(name), public)
    _note_source(key.publisher, note)
    after = {"publisher": name, "fingerprint": key.fingerprint}
    record("curriculum.publisher_key_trusted", key, by=by, why=note, after=after)
    return key


@transaction.atomic
def retire(key: PublisherKey, *, reason: str, by: Person | str) -> PublisherKey:
    """Take no more packages with this key without being asked, and return it; what was received stays.

    Raises RuleBroken: CUR-24 if it has ended, CUR-08 without a reason.
    """
    return _end(key, PublisherKey.State.RETIRED, "curriculum.publisher_key_retired", reason=reason, by=by)


@transaction.atomic
def revoke(key: PublisherKey, *, reason: str, by: Person | str) -> PublisherKey:
    """Refuse every package with this key, old ones too, and return it. Raises RuleBroken: CUR-24 if it is revoked, CUR-08.

    Keys that it named as its followers retire: whoever stole it could have named them.
    """
    key = _end(key, PublisherKey.State.REVOKED, "curriculum.publisher_key_revoked", reason=reason, by=by)
    why = gettext("Folgte dem gesperrten Schlüssel %(fingerprint)s.") % {"fingerprint": key.fingerprint[:16]}
    for follower in followers_of(key):
        retire(follower, reason=why, by=by)
    return key


def descends_from_trusted(public: bytes, succession: Sequence[signing.Statement]) -> Publisher | None:
    """Return the publisher from one of whose trusted keys ``public`` descends by these statements; None for nobody's.

    A statement by a revoked or retired key, or about one, counts for nothing: whoever has it could have written it, and
    nothing of it is taken without a question any more. Two queries.
    """
    keys = PublisherKey.objects.filter(public_key__in={key for one in succession for key in (one.old, one.new)})
    states = dict(keys.values_list("public_key", "state"))
    ended = {key for key, state in states.items() if state != PublisherKey.State.TRUSTED}
    sound = [one for one in succession if one.old not in ended and one.new not in ended]
    for root in [key for key, state in states.items() if state == PublisherKey.State.TRUSTED]:
        if public in signing.follow(sound, [bytes.fromhex(root)]):
            return Publisher.objects.get(keys__public_key=root)
    return None


def note_followed(publisher: Publisher, public: bytes, *, by: Person | str) -> PublisherKey:
    """Note the key that follows a trusted one of ``publisher``, and return it."""
    key = _note_key(publisher, public)
    after = {"publisher": publisher.name, "fingerprint": key.fingerprint}
    record("curriculum.publisher_key_followed", key, by=by, after=after)
    return key


def refuse_revoked(key: PublisherKey) -> None:
    """Raise RuleBroken CUR-17 if the key is revoked."""
    if key.state == PublisherKey.State.REVOKED:
        raise RuleBroken(
            rules.KEY_REVOKED,
            f"publisher key {key.pk} is revoked",
            fingerprint=key.fingerprint[:16],
            publisher=key.publisher.name,
        )


def read_public_key(text: str) -> bytes:
    """Return the raw public key from PEM, however its lines end, or hexadecimal digits. Raises RuleBroken: CUR-15."""
    digits = "".join(text.split())
    if HEXADECIMAL.fullmatch(digits):
        return bytes.fromhex(digits)
    lines = [line.strip() for line in text.strip().splitlines()]
    try:
        return signing.from_pem(("\n".join(lines) + "\n").encode())
    except ValueError as error:
        raise RuleBroken(rules.IS_KEY, f"{error}, {len(text)} characters") from error


def _publisher(name: str) -> Publisher:
    """Return the publisher of this name whose keys are known, made if there is none."""
    found = Publisher.objects.filter(name=name, keys__isnull=False).order_by("pk").first()
    return found or Publisher.objects.create(name=name)


def _note_key(publisher: Publisher, public: bytes) -> PublisherKey:
    return PublisherKey.objects.create(
        publisher=publisher,
        fingerprint=signing.fingerprint(public),
        public_key=public.hex(),
        trusted_at=timezone.now(),
    )


def _note_source(publisher: Publisher, note: str) -> None:
    if note not in publisher.note:
        publisher.note = f"{publisher.note}\n{note}".strip()
        publisher.save(update_fields=["note"])


def _end(key: PublisherKey, state: str, action: str, *, reason: str, by: Person | str) -> PublisherKey:
    reason = _reason(reason)
    key = PublisherKey.objects.select_for_update(of=("self",)).select_related("publisher").get(pk=key.pk)
    if key.state in (state, PublisherKey.State.REVOKED):
        said = {"state": gettext(key.get_state_display()), "day": day(key.ended_at)}
        raise RuleBroken(rules.KEY_ENDED, f"publisher key {key.pk} is {key.state}", **said)
    before = {"state": str(key.state)}
    key.state, key.ended_at, key.reason = state, timezone.now(), reason
    key.save(update_fields=["state", "ended_at", "reason"])
    after = {"state": str(state), "publisher": key.publisher.name, "fingerprint": key.fingerprint}
    record(action, key, by=by, why=reason, before=before, after=after)
    return key
