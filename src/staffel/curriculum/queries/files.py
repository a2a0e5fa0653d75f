"""What is asked about the files of a version: bytes by path, and the content that they say.

A version that was loaded by the code of before has no files: ``source_of`` and ``unit_content`` return None for it.
"""

import re
from array import array
from collections.abc import Iterator
from functools import cached_property
from io import BufferedReader, BytesIO, RawIOBase
from typing import BinaryIO

from django.db import connection
from django.db.models import BinaryField, Q
from django.db.models.functions import Collate, Substr

from staffel.curriculum.core.content import Material, Outline, Source, Unit
from staffel.curriculum.core.files import PICTURES, Files
from staffel.curriculum.core.paths import Paths, place, span
from staffel.curriculum.core.pictures import HEAD_BYTES, Sides, sides_of
from staffel.curriculum.core.reader import FromFiles, read_outline, read_unit
from staffel.curriculum.core.writer import GLOSSARY, HEAD, METHODS
from staffel.curriculum.core.writer import OUTLINE as OUTLINE_FILES
from staffel.curriculum.models import Blob, BlobPart, Version, VersionFile

# Bytes of one part of a file, in the database and in memory.
PART = 512 * 1024
PROGRAMME = "programme/"
OUTLINE = tuple(PROGRAMME + path for path in OUTLINE_FILES)
# Rows that are fetched at a time.
CHUNK = 1000
DIGEST_BYTES = 32
# How each database is told to sort texts by their bytes.
_BY_BYTES = {"sqlite": "BINARY", "postgresql": "C"}
# So many small files are fetched at once, where files are read one after the other.
AHEAD = 64
AHEAD_BYTES = 1024 * 1024
# In canonical text, where whatever stands inside of something else is indented.
_LANGUAGE = re.compile(rb'^language: "?([A-Za-z0-9-]+)"?$', re.MULTILINE)
FOLDER = 32


class BlobStream(RawIOBase):
    """The bytes of one blob, fetched part by part; may be sought in. One query for each part, the last two are at hand."""

    def __init__(self, blob: int, size: int):
        super().__init__()
        self._blob, self._size, self._position = blob, size, 0
        self._parts: dict[int, bytes] = {}

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._position, self._size)[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer) -> int:
        if self._position >= self._size:
            return 0
        number, within = divmod(self._position, PART)
        piece = self._part(number)[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _part(self, number: int) -> bytes:
        if number not in self._parts:
            while len(self._parts) > 1:
                self._parts.pop(next(iter(self._parts)))
            content = BlobPart.objects.values_list("content", flat=True).get(blob=self._blob, number=number)
            self._parts[number] = bytes(content)
        return self._parts[number]


def open_blob(blob: Blob) -> BinaryIO:
    """Return the bytes of ``blob`` at their beginning; may be sought in, one query for each part that is read."""
    return BufferedReader(BlobStream(blob.pk, blob.size), PART)


class _Table:
    """What is known of each file of a version: about a hundred bytes for each, in the order of the paths."""

    def __init__(self, version: int, only: Q, prefix: str):
        self.blobs, self.sizes, self.digests = array("Q"), array("Q"), bytearray()
        rows = VersionFile.objects.filter(only, version=version, path__startswith=prefix)
        # The databases sort by their own ideas, if nobody tells them.
        rows = rows.order_by(Collate("path", _BY_BYTES[connection.vendor]))
        self.paths = Paths(self._taken(rows.values_list("path", "blob_id", "blob__sha256", "blob__size"), prefix))

    def _taken(self, rows, prefix: str) -> Iterator[str]:
        for path, blob, digest, size in rows.iterator(chunk_size=CHUNK):
            # LIKE of SQLite takes A for a.
            if path.startswith(prefix):
                self.blobs.append(blob)
                self.sizes.append(size)
                self.digests += bytes.fromhex(digest)
                yield path[len(prefix) :]


class StoredFiles:
    """The files of a version in the database whose path begins with ``prefix``, without it; or of these what ``only`` says.

    Reads when it is asked. Whoever reads the files of a folder, or files one after the other, gets them by few queries: small
    ones come together.
    """

    def __init__(self, version: int, only: Q | None = None, prefix: str = ""):
        self._version, self._only, self._prefix = version, only if only is not None else Q(), prefix
        self._near: dict[str, bytes] = {}
        self._next = self._last = 0

    @cached_property
    def _table(self) -> _Table:
        return _Table(self._version, self._only, self._prefix)

    def paths(self) -> Paths:
        """Return all paths, sorted."""
        return self._table.paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._table.sizes[self._place(path)]

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        at = self._place(path) * DIGEST_BYTES
        return self._table.digests[at : at + DIGEST_BYTES].hex()

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        at = self._place(path)
        size = self._table.sizes[at]
        if size > PART:
            return BufferedReader(BlobStream(self._table.blobs[at], size), PART)
        if path not in self._near:
            self._near = self.contents(self._neighbours(path, at))
        self._next = at + 1
        return BytesIO(self._near[path])

    def contents(self, paths) -> dict[str, bytes]:
        """Return the bytes of some files as a whole, by path. One query. Raises KeyError for an unknown one."""
        wanted = {path: self._table.blobs[self._place(path)] for path in paths}
        parts = BlobPart.objects.filter(blob__in=set(wanted.values())).order_by("blob_id", "number")
        bytes_of: dict[int, bytes] = {}
        for blob, content in parts.values_list("blob_id", "content"):
            bytes_of[blob] = bytes_of.get(blob, b"") + bytes(content)
        return {path: bytes_of.get(blob, b"") for path, blob in wanted.items()}

    def keep_texts_near(self) -> "StoredFiles":
        """Fetch all small files but materials now, since they will be asked for, and return itself. Two queries at most."""
        sizes = zip(self.paths(), self._table.sizes, strict=True)
        self._near = self.contents([path for path, size in sizes if "/files/" not in path and size <= PART])
        return self

    def _place(self, path: str) -> int:
        # Files are mostly asked for one after the other, and each several times.
        paths = self._table.paths
        for near in (self._last, self._last + 1):
            if near < len(paths) and paths[near] == path:
                self._last = near
                return near
        at = place(paths, path)
        if at == len(paths) or paths[at] != path:
            raise KeyError(path)
        self._last = at
        return at

    def _neighbours(self, path: str, start: int) -> list[str]:
        """Return ``path`` and the small files that will be asked for next: the rest of a small folder, or what follows."""
        paths, sizes = self._table.paths, self._table.sizes
        folder = path[: path.rfind("/") + 1]
        first, end = span(paths, folder) if folder else (0, len(paths))
        inside = range(first, min(end, first + 4 * FOLDER))
        beside = [at for at in inside if "/" not in paths[at][len(folder) :]]
        following = range(start, min(start + AHEAD, len(paths))) if start == self._next else ()
        wanted, total = {start: None}, sizes[start]
        for other in (*(beside if len(beside) <= FOLDER else ()), *following):
            if other not in wanted and total + sizes[other] <= AHEAD_BYTES:
                wanted[other] = None
                total += sizes[other]
        return [paths[at] for at in wanted]


def has_files(version: Version) -> bool:
    """Whether anything is stored of the version besides its rows. One query."""
    return VersionFile.objects.filter(version=version).exists()


def stored_files(version: Version) -> StoredFiles:
    """Return all files of ``version`` by their path in the package: ``programme/…``, once signed all others too.

    Paths, sizes and digests take one query in all, when the first is asked for, and about a hundred bytes of memory for each
    file; a file takes one query for each part of 512 KiB, small files of a folder come together. ``contents(paths)`` fetches
    several at once.
    """
    return StoredFiles(version.pk)


def programme_files(version: Version) -> Files:
    """Return the programme's files of ``version``, without ``programme/`` before their paths."""
    return StoredFiles(version.pk, prefix=PROGRAMME)


def source_of(version: Version) -> Source | None:
    """Return ``version`` as a programme to be asked, to compare, merge or export; None if it has no files.

    Two queries, and one for each unit that is asked for.
    """
    files = programme_files(version)
    return FromFiles(files) if files.paths() else None


def outline_of(version: Version) -> Outline | None:
    """Return what the files say of the whole, None for a version without files. Two queries, however many units there are."""
    found = StoredFiles(version.pk, Q(path__in=OUTLINE), PROGRAMME).keep_texts_near()
    return read_outline(found) if found.paths() else None


def language_of(version: Version) -> str:
    """Return the language of a version as its text says it, ``de`` for one without files. Two queries."""
    path = f"{PROGRAMME}{HEAD}"
    found = StoredFiles(version.pk, Q(path=path))
    said = _LANGUAGE.search(found.contents([path])[path]) if found.paths() else None
    return said[1].decode() if said else "de"


def cards_of(version: Version) -> frozenset[str]:
    """Return which of ``methods`` and ``glossary`` the version has. One query."""
    paths = {f"{PROGRAMME}{METHODS}": "methods", f"{PROGRAMME}{GLOSSARY}": "glossary"}
    found = VersionFile.objects.filter(version=version, path__in=paths).values_list("path", flat=True)
    return frozenset(paths[path] for path in found)


def unit_content(version: Version, key: str) -> Unit | None:
    """Return all that the unit says; None for an unknown one and for a version without files. Two queries."""
    found = _unit_files(version, key)
    outline = read_outline(found) if found.paths() else None
    return read_unit(found, outline, key) if outline and key in outline.units else None


def units_of(version: Version, keys) -> dict[str, Unit] | None:
    """Return all that some units say, by their keys; None for a version without files. Two queries, however many they are.

    The texts of all units of the version are in memory meanwhile: not for a large one.
    """
    stored = StoredFiles(version.pk, prefix=PROGRAMME)
    if not stored.paths():
        return None
    source = FromFiles(stored.keep_texts_near())
    return {key: source.unit(key) for key in keys}


def sides_in(version: Version, unit: Unit | None) -> dict[str, Sides]:
    """Return width and height of the pictures of ``unit``, by their names, where their beginning says it. One query at most."""
    names = [each.file for each in unit.materials if each.file.lower().endswith(PICTURES)] if unit else []
    if not names:
        return {}
    folder = f"{PROGRAMME}units/{unit.key}/files/"
    parts = VersionFile.objects.filter(version=version, path__in=[folder + name for name in names], blob__parts__number=0)
    heads = parts.values_list("path", Substr("blob__parts__content", 1, HEAD_BYTES, output_field=BinaryField()))
    found = {path.removeprefix(folder): sides_of(path, bytes(head)) for path, head in heads}
    return {name: sides for name, sides in found.items() if sides}


def material(version: Version, key: str, name: str) -> tuple[Material, BinaryIO] | None:
    """Return what is known of the file ``name`` of a unit, and its bytes, read in parts; None if there is none."""
    unit = unit_content(version, key)
    known = next((each for each in unit.materials if each.file == name), None) if unit and name else None
    return known and (known, _unit_files(version, key).open(f"units/{key}/files/{name}"))


def _unit_files(version: Version, key: str) -> Files:
    """Return the files of one unit and those of the outline, with the texts at hand."""
    only = Q(path__startswith=f"{PROGRAMME}units/{key}/") | Q(path__in=OUTLINE)
    return StoredFiles(version.pk, only, PROGRAMME).keep_texts_near()
