"""What is asked about places: facts with their dates and sources, for pages and maps."""

from staffel.municipalities.models import Dataset, Municipality


def digests() -> dict[str, str]:
    """Return the digest of every loaded table by its key. One query."""
    return dict(Dataset.objects.values_list("key", "digest"))


def all_ags() -> set[str]:
    """Return the keys of all municipalities, dissolved ones too. One query."""
    return set(Municipality.objects.values_list("ags", flat=True))
