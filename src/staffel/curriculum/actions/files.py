"""Bytes are kept once, in parts, however many versions have them."""

from collections.abc import Iterable
from typing import BinaryIO

from staffel.curriculum.models import Blob, Version

PART = 512 * 1024


def keep_blob(stream: BinaryIO) -> Blob:
    """Keep what is left of ``stream`` and return its row, which may have been there already.

    No more than one part is in memory. Three queries, and one for each part.
    """
    raise NotImplementedError


def attach(version: Version, entries: Iterable[tuple[str, bytes | BinaryIO]]) -> int:
    """Make ``entries``, each a path and its bytes, files of the draft ``version``, and return how many bytes there are.

    Small files are written in bulk: six queries for each 400 of them. A stream is read and closed before the next entry.
    """
    raise NotImplementedError


def drop_blobs() -> int:
    """Delete the bytes that no version and no upload has any more, and return how many."""
    raise NotImplementedError
