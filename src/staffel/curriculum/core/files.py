"""Files by their path, wherever they lie: in memory, in a folder, in an archive, in the database.

Paths have ``/``, no first ``/``, and are sorted by their UTF-8 bytes. Those of a programme are::

    programme.yaml                      what holds for the whole, modules with the keys of their units
    competencies.yaml                   what people can do afterwards
    methods.yaml   glossary.yaml        method cards, glossary
    units/KEY/unit.yaml                 title, kind, minutes, objectives, plan, sources, materials, note
    units/KEY/summary.md                what it is about; always there
    units/KEY/handout.md                for participants        units/KEY/guide.md, slides.md   for trainers
    units/KEY/exercises.yaml            units/KEY/quiz.yaml     units/KEY/task.yaml
    units/KEY/files/NAME                materials, byte for byte

A file that would be empty is not there.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from heapq import merge
from io import BytesIO
from itertools import groupby
from typing import BinaryIO, Protocol

from staffel.curriculum.core.paths import Paths, below

PIECE = 1 << 16
# The pictures among the kinds of files that a unit may have (``package/kinds.py``).
PICTURES = (".jpeg", ".jpg", ".png", ".svg", ".webp")


class Files(Protocol):
    """Files by path. ``sha256`` may be computed when it is asked for the first time."""

    def paths(self) -> Sequence[str]:
        """Return all paths, sorted."""

    def size(self, path: str) -> int:
        """Return the number of bytes. Raises KeyError for an unknown path."""

    def sha256(self, path: str) -> str:
        """Return the SHA-256 as 64 hexadecimal digits. Raises KeyError for an unknown path."""

    def open(self, path: str) -> BinaryIO:
        """Return the bytes, at their beginning; the caller closes it. Raises KeyError for an unknown path."""


class InMemory:
    """Files that are in memory."""

    def __init__(self, files: Mapping[str, bytes]):
        self._files = {path: files[path] for path in sorted(files, key=str.encode)}

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return tuple(self._files)

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return len(self._files[path])

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return hashlib.sha256(self._files[path]).hexdigest()

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return BytesIO(self._files[path])


class Below:
    """The files of others whose path begins with ``prefix``, without it."""

    def __init__(self, files: Files, prefix: str):
        self._files, self._prefix = files, prefix

    def paths(self) -> Sequence[str]:
        """Return all paths, sorted."""
        return below(self._files.paths(), self._prefix)

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._files.size(self._prefix + path)

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._files.sha256(self._prefix + path)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._files.open(self._prefix + path)


class Over:
    """The files of others with some in their place, which are in memory, or beside them."""

    def __init__(self, files: Files, changed: Mapping[str, bytes]):
        self._files, self._changed = files, InMemory(changed)
        self._mine = frozenset(changed)
        self._paths = Paths(path for path, _ in groupby(merge(files.paths(), sorted(changed))))

    def _of(self, path: str) -> Files:
        return self._changed if path in self._mine else self._files

    def paths(self) -> Sequence[str]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._of(path).size(path)

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._of(path).sha256(path)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._of(path).open(path)


def content_digest(digests: Iterable[tuple[str, str]]) -> str:
    """Return the SHA-256 of a programme's files, given as (path, SHA-256 of its bytes) sorted by path.

    It is taken of the lines ``DIGEST  PATH`` that ``sha256sum`` would print, so it can be computed without Staffel.
    """
    total = hashlib.sha256()
    for path, digest in digests:
        total.update(f"{digest}  {path}\n".encode())
    return total.hexdigest()


def digest_of(files: Files) -> str:
    """Return the digest of a programme's files."""
    return content_digest((path, files.sha256(path)) for path in files.paths())


def sha256_of(stream: BinaryIO) -> str:
    """Return the SHA-256 of what is left of ``stream``, read in pieces."""
    total = hashlib.sha256()
    while piece := stream.read(PIECE):
        total.update(piece)
    return total.hexdigest()
