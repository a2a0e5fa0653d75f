"""What is asked about keys: those with which an organisation signs, and those of the publishers that are known here."""

import unicodedata
from dataclasses import dataclass

from django.db.models import Q

from staffel.accounts.models import Organisation
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Publisher, PublisherKey, SigningKey, Version
from staffel.curriculum.queries.releases import provenance_of


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The keys of an organisation: the one in use, None if there is none yet, and those before it, the last one first."""

    active: SigningKey | None
    earlier: tuple[SigningKey, ...]


def own_keys(organisation: Organisation) -> OwnKeys:
    """Return the keys with which ``organisation`` signs and signed. One query."""
    keys = tuple(SigningKey.objects.filter(organisation=organisation).order_by("-made_at", "-pk"))
    active = next((key for key in keys if key.state == SigningKey.State.ACTIVE), None)
    return OwnKeys(active, tuple(key for key in keys if key is not active))


def publisher_keys() -> tuple[tuple[Publisher, tuple[PublisherKey, ...]], ...]:
    """Return the publishers that are known by a key, by name, each with its keys, the newest first. One query."""
    found: dict[Publisher, list[PublisherKey]] = {}
    for key in PublisherKey.objects.select_related("publisher").order_by("publisher__name", "publisher_id", "-pk"):
        found.setdefault(key.publisher, []).append(key)
    return tuple((publisher, tuple(keys)) for publisher, keys in found.items())


def is_known_name(name: str) -> bool:
    """Whether a publisher is known by a key under this name or one that reads like it, or an office here signs with it.

    Two queries.
    """
    names = {
        *Publisher.objects.filter(keys__isnull=False).values_list("name", flat=True),
        *Organisation.objects.filter(Q(runs_instance=True) | Q(signing_keys__isnull=False)).values_list("name", flat=True),
    }
    return _read_aloud(name) in set(map(_read_aloud, names))


def _read_aloud(name: str) -> str:
    """Return what two names share that differ in capitals, blanks, and characters that nobody sees."""
    seen = "".join(letter for letter in unicodedata.normalize("NFKC", name) if unicodedata.category(letter)[0] != "C")
    return " ".join(seen.casefold().split())


def followers_of(key: PublisherKey) -> list[PublisherKey]:
    """Return the trusted keys of its publisher that descend from ``key`` by what their packages here say.

    Two queries, and two for each version that was received with one of these keys.
    """
    trusted = key.publisher.keys.filter(state=PublisherKey.State.TRUSTED).exclude(pk=key.pk)
    by_fingerprint = {one.fingerprint: one for one in trusted}
    received = Version.objects.filter(state=Version.State.RECEIVED, signed_with__in=by_fingerprint)
    found: dict[int, PublisherKey] = {}
    for version in received:
        one = by_fingerprint[version.signed_with]
        named = signing.follow(provenance_of(version).succession, [bytes.fromhex(key.public_key)])
        if bytes.fromhex(one.public_key) in named:
            found[one.pk] = one
    return list(found.values())
