"""What is asked about the files of a version: bytes by path, and the content that they say.

A version that was loaded by the code of before has no files: ``source_of`` and ``unit_content`` return None for it.
"""

from bisect import bisect_left
from functools import cached_property
from io import BufferedReader, BytesIO, RawIOBase
from itertools import takewhile
from typing import BinaryIO

from django.db.models import Q

from staffel.curriculum.core.content import Material, Source, Unit
from staffel.curriculum.core.files import Below, Files
from staffel.curriculum.core.reader import FromFiles, read_outline, read_unit
from staffel.curriculum.models import Blob, BlobPart, Version, VersionFile

# Bytes of one part of a file, in the database and in memory.
PART = 512 * 1024
PROGRAMME = "programme/"
OUTLINE = (f"{PROGRAMME}programme.yaml", f"{PROGRAMME}competencies.yaml")
# So many small files are fetched at once, where files are read one after the other.
AHEAD = 64
AHEAD_BYTES = 1024 * 1024
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


class StoredFiles:
    """The files of a version in the database, or those of them that ``only`` names; reads when it is asked.

    Whoever reads the files of a folder, or files one after the other, gets them by few queries: small ones come together.
    """

    def __init__(self, version: int, only: Q | None = None):
        self._version, self._only = version, only if only is not None else Q()
        self._near: dict[str, bytes] = {}
        self._next = 0

    @cached_property
    def _rows(self) -> dict[str, tuple[int, str, int]]:
        found = VersionFile.objects.filter(self._only, version=self._version)
        rows = found.values_list("path", "blob_id", "blob__sha256", "blob__size")
        # The databases sort by their own ideas.
        return {path: tuple(facts) for path, *facts in sorted(rows, key=lambda row: row[0].encode())}

    @cached_property
    def _paths(self) -> tuple[str, ...]:
        return tuple(self._rows)

    @cached_property
    def _keys(self) -> list[bytes]:
        return [path.encode() for path in self._paths]

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._rows[path][2]

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._rows[path][1]

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        blob, _, size = self._rows[path]
        if size > PART:
            return BufferedReader(BlobStream(blob, size), PART)
        if path not in self._near:
            self._near = self.contents(self._neighbours(path))
        self._next = self._place(path) + 1
        return BytesIO(self._near[path])

    def contents(self, paths) -> dict[str, bytes]:
        """Return the bytes of some files as a whole, by path. One query. Raises KeyError for an unknown one."""
        wanted = {path: self._rows[path][0] for path in paths}
        parts = BlobPart.objects.filter(blob__in=set(wanted.values())).order_by("blob_id", "number")
        bytes_of: dict[int, bytes] = {}
        for blob, content in parts.values_list("blob_id", "content"):
            bytes_of[blob] = bytes_of.get(blob, b"") + bytes(content)
        return {path: bytes_of.get(blob, b"") for path, blob in wanted.items()}

    def keep_near(self, paths) -> None:
        """Fetch these small files now, since they will be asked for. One query."""
        self._near = self.contents(paths)

    def _place(self, path: str) -> int:
        return bisect_left(self._keys, path.encode())

    def _neighbours(self, path: str) -> list[str]:
        """Return ``path`` and the small files that will be asked for next: the rest of a small folder, or what follows."""
        place, folder = self._place(path), path[: path.rfind("/") + 1]
        first = bisect_left(self._keys, folder.encode())
        beside = [
            other
            for other in takewhile(lambda other: other.startswith(folder), self._paths[first : first + 4 * FOLDER])
            if "/" not in other[len(folder) :]
        ]
        following = self._paths[place : place + AHEAD] if place == self._next else ()
        wanted, total = {path: None}, self.size(path)
        for other in (*(beside if len(beside) <= FOLDER else ()), *following):
            if other not in wanted and total + self.size(other) <= AHEAD_BYTES:
                wanted[other] = None
                total += self.size(other)
        return list(wanted)


def has_files(version: Version) -> bool:
    """Whether anything is stored of the version besides its rows. One query."""
    return VersionFile.objects.filter(version=version).exists()


def stored_files(version: Version) -> StoredFiles:
    """Return all files of ``version`` by their path in the package: ``programme/…``, once signed all others too.

    Paths, sizes and digests take one query in all, when the first is asked for; a file takes one for each part of 512 KiB,
    small files of a folder come together. ``contents(paths)`` fetches several at once.
    """
    return StoredFiles(version.pk)


def programme_files(version: Version) -> Files:
    """Return the programme's files of ``version``, without ``programme/`` before their paths."""
    return Below(StoredFiles(version.pk, Q(path__startswith=PROGRAMME)), PROGRAMME)


def source_of(version: Version) -> Source | None:
    """Return ``version`` as a programme to be asked, to compare, merge or export; None if it has no files.

    Two queries, and one for each unit that is asked for.
    """
    files = programme_files(version)
    return FromFiles(files) if files.paths() else None


def unit_content(version: Version, key: str) -> Unit | None:
    """Return all that the unit says; None for an unknown one and for a version without files. Two queries."""
    found = _unit_files(version, key)
    outline = read_outline(found) if found.paths() else None
    return read_unit(found, outline, key) if outline and key in outline.units else None


def units_of(version: Version, keys) -> dict[str, Unit] | None:
    """Return all that some units say, by their keys; None for a version without files. Two queries, however many they are.

    The texts of all units of the version are in memory meanwhile: not for a large one.
    """
    stored = StoredFiles(version.pk, Q(path__startswith=PROGRAMME))
    if not stored.paths():
        return None
    source = FromFiles(_Gathered(stored, PROGRAMME))
    return {key: source.unit(key) for key in keys}


def material(version: Version, key: str, name: str) -> tuple[Material, BinaryIO] | None:
    """Return what is known of the file ``name`` of a unit, and its bytes, read in parts; None if there is none."""
    unit = unit_content(version, key)
    known = next((each for each in unit.materials if each.file == name), None) if unit and name else None
    return known and (known, _unit_files(version, key).open(f"units/{key}/files/{name}"))


def _unit_files(version: Version, key: str) -> Files:
    """Return the files of one unit and those of the outline."""
    only = Q(path__startswith=f"{PROGRAMME}units/{key}/") | Q(path__in=OUTLINE)
    return _Gathered(StoredFiles(version.pk, only), PROGRAMME)


class _Gathered(Below):
    """The few files of a unit and its outline, fetched together."""

    def __init__(self, files: StoredFiles, prefix: str):
        super().__init__(files, prefix)
        small = [path for path in files.paths() if "/files/" not in path and files.size(path) <= PART]
        files.keep_near(small)
