"""What is asked about keys: those with which an organisation signs, and those of the publishers that are known here."""

from dataclasses import dataclass

from staffel.accounts.models import Organisation
from staffel.curriculum.models import Publisher, PublisherKey, SigningKey


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
