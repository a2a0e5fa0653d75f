"""What is asked about the files of a version: bytes by path, and the content that they say.

A version that was loaded by the code of before has no files: then ``source_of`` and ``unit_content`` return None.
"""

from typing import BinaryIO

from staffel.curriculum.core.content import Material, Source, Unit
from staffel.curriculum.core.files import Files
from staffel.curriculum.models import Version


def has_files(version: Version) -> bool:
    """Whether anything is stored of the version besides its rows. One query."""
    raise NotImplementedError


def stored_files(version: Version) -> Files:
    """Return all files of ``version`` by their path in the package: ``programme/…``, once signed all others too.

    Paths, sizes and digests take one query in all, when the first is asked for; ``open`` takes one query for each part of
    512 KiB that is read. It also has ``contents(paths) -> dict[path, bytes]``: small files at once, one query.
    """
    raise NotImplementedError


def source_of(version: Version) -> Source | None:
    """Return ``version`` as a programme to be asked, to compare, merge or export; None if it has no files. One query.

    A unit takes one query more.
    """
    raise NotImplementedError


def unit_content(version: Version, key: str) -> Unit | None:
    """Return all that the unit says; None for an unknown one and for a version without files. Three queries."""
    raise NotImplementedError


def material(version: Version, key: str, name: str) -> tuple[Material, BinaryIO] | None:
    """Return what is known of the file ``name`` of a unit and its bytes, read in parts; None if there is none."""
    raise NotImplementedError
