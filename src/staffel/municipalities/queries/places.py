"""What is asked about places: facts with their dates and sources, for pages and maps."""

from staffel.municipalities.models import Dataset


def digests() -> dict[str, str]:
    """Return the digest of every loaded table by its key. One query."""
    return dict(Dataset.objects.values_list("key", "digest"))
