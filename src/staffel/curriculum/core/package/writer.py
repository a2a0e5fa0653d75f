"""A programme as the files of a package, and files as a ZIP file: the same version gives the same bytes, always.

Everything is made in two passes over the programme: one that computes digests and keeps the small metadata compressed in
memory, one that hands out the files in their order. No file is ever in memory as a whole but the manifest, while it is
signed; what is known of the others takes some hundred bytes for each unit.
"""

import hashlib
import io
import struct
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import BinaryIO

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.files import PIECE, Files, content_digest
from staffel.curriculum.core.package import amb, licences, manifest, provenance, signing
from staffel.curriculum.core.package.crate import Crate, Described, document
from staffel.curriculum.core.package.kept import Kept, Streamed
from staffel.curriculum.core.package.layout import (
    AMB,
    CRATE,
    LICENCES,
    MANIFEST,
    PROGRAMME,
    PROVENANCE,
    PUBLISHER,
    SIGNATURE,
)
from staffel.curriculum.core.package.manifest import DIGEST_BYTES
from staffel.curriculum.core.package.provenance import Provenance, Publisher, Upstream
from staffel.curriculum.core.package.signing import Statement
from staffel.curriculum.core.reader import FromFiles

Content = bytes | Callable[[], BinaryIO]

# Stands in the kept entity of a file for its digest: JSON has no zero byte, so nobody else can have written it.
_DIGEST = "\0"

# ZIP: PKWARE APPNOTE 6.3.10, section 4.3.
_LOCAL = struct.Struct("<4s2B4H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_OFFSET = struct.Struct("<2HQ")
_PLAIN, _WIDE, _UNIX, _UTF8 = 20, 45, 3, 1 << 11
# 1980-01-01, and a plain file that everybody may read.
_DAY, _MODE = 33, 0o100644 << 16
_LONGEST = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class Release:
    """Who releases when, and from what: ``upstream`` is the whole chain, the nearest first.

    ``at`` has a zone. ``succession`` are the changes of keys of the publisher, the oldest first.
    """

    at: datetime
    publisher: str
    upstream: tuple[Upstream, ...] = ()
    succession: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """A key of 32 raw bytes and what signs with its secret half: ``sign(data)`` returns 64 bytes."""

    public_key: bytes
    sign: Callable[[bytes], bytes]


def name_of(key: str, version: str) -> str:
    """Return the file name of a package."""
    return f"{key}-{version}.staffel.zip"


def package_files(
    files: Files, outline: Outline, release: Release, signer: Signer | None = None
) -> Iterator[tuple[str, Content]]:
    """Yield every file of a package, sorted by path, as bytes or as a function that opens it.

    ``files`` are the canonical files of the programme and ``outline`` what they say; without a ``signer`` the package is
    unsigned. ``sign`` is called once, with the manifest, before the first file is yielded. Raises NotAProgramme if a unit
    cannot be read.
    """
    fingerprint = signing.fingerprint(signer.public_key) if signer else ""
    publisher = Publisher(release.publisher, fingerprint)
    made = _Made(files, outline, publisher, release)
    if signer:
        made.beside[PUBLISHER] = signing.to_pem(signer.public_key)
    made.describe()
    listed = manifest.write(made.digests)
    made.beside[MANIFEST] = listed
    if signer:
        made.beside[SIGNATURE] = signer.sign(listed)
    del listed
    yield from made.files()


class _Made:
    """What is made from a programme for its package: ``beside`` is what stands beside it, without the descriptions of units."""

    def __init__(self, files: Files, outline: Outline, publisher: Publisher, release: Release):
        self._files, self._outline, self._publisher, self._release = files, outline, publisher, release
        self._at = provenance.moment(release.at)
        self._paths = files.paths()
        self._texts = licences.right_of_texts(outline)
        self._describe = Crate(outline, publisher)
        # At once as many bytes as are needed: growing would take an eighth more, and leave holes.
        self._programme = bytearray(DIGEST_BYTES * len(self._paths))
        self._amb = _Descriptions()
        self._licences = Kept()
        self._entities = Kept()
        self._read()
        self.beside: dict[str, Content | Kept | _Drawn] = {LICENCES: self._licences, PROVENANCE: self._provenance()}

    def _read(self) -> None:
        """The first pass: every unit is read once, every file is digested once."""
        units = self._outline.units
        numbers = {key: number for number, key in enumerate(units)}
        modules = [module for module in self._outline.modules for _ in module.units]
        source = FromFiles(self._files, outline=self._outline)
        separator, at = "{\n", 0
        for key, group in groupby(self._paths, key=_unit_of):
            unit = source.unit(key) if key else None
            paths = list(group)
            rights = licences.rights_of_files(unit) if unit else {}
            if unit:
                number = numbers[key]
                self._keep(self._describe.folder(unit, number + 1, [PROGRAMME + path for path in paths]))
                told = amb.write(self._outline, modules[number], unit, publisher=self._publisher.name, day=self._at[:10])
                # The key as the outline has it: the one from the path would be a second text.
                self._amb.add(units[number], told)
            for path in paths:
                right = rights.get(_file_of(path), self._texts)
                digest = self._files.sha256(path)
                self._programme[at : at + DIGEST_BYTES] = bytes.fromhex(digest)
                at += DIGEST_BYTES
                line = self._describe.file(self._described(path, digest, right, unit))
                # Half of what is left after compressing would be digests, and they are known.
                self._keep(line.replace(f'"sha256": "{digest}"', _DIGEST))
                self._licences.write(f"{separator}{licences.line(PROGRAMME + path, right)}".encode())
                separator = ",\n"
        self._licences.write(b"\n}\n")

    def _described(self, path: str, digest: str, right: licences.Right, unit: Unit | None) -> Described:
        name = _file_of(path)
        material = next((one for one in unit.materials if one.file == name), None) if unit and name else None
        words = (material.title, material.alt) if material else ("", "")
        return Described(PROGRAMME + path, self._files.size(path), digest, right, *words)

    def _keep(self, line: str) -> None:
        self._entities.write(line.encode() + b"\n")

    def _provenance(self) -> bytes:
        outline, release = self._outline, self._release
        said = Provenance(
            programme=outline.key,
            version=outline.version,
            title=outline.title,
            licence=outline.licence,
            content=content_digest(zip(self._paths, self._digests(), strict=True)),
            released_at=release.at,
            publisher=self._publisher,
            upstream=release.upstream,
            succession=release.succession,
        )
        return provenance.write(said)

    def _digests(self) -> Iterator[str]:
        found = memoryview(self._programme)
        return (found[at : at + DIGEST_BYTES].hex() for at in range(0, len(found), DIGEST_BYTES))

    def describe(self) -> None:
        """Add the document that describes everything but itself, the manifest and its signature."""
        facts = [(path, _size(self.beside[path]), _digest(self.beside[path])) for path in sorted(self.beside)]
        self.beside[CRATE] = _Drawn(lambda: document(self._all_entities(facts)))

    def _all_entities(self, beside: list[tuple[str, int, str]]) -> Iterator[str]:
        texts = [PROGRAMME + path for path in self._paths if not _unit_of(path)]
        yield from self._describe.head(self._at, self._release.upstream, texts, [path for path, _, _ in beside])
        digests = self._digests()
        with self._entities() as kept:
            for line in io.BufferedReader(kept):
                text = line.decode().removesuffix("\n")
                yield text.replace(_DIGEST, f'"sha256": "{next(digests)}"') if _DIGEST in text else text
        yield self._describe.descriptions(sorted(self._outline.units))
        for path, size, digest in merge(beside, self._amb.facts()):
            yield self._describe.file(Described(path, size, digest, self._texts))
        yield from self._describe.named()

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield path and digest of every file, sorted."""
        programme = zip((PROGRAMME + path for path in self._paths), self._digests(), strict=True)
        descriptions = ((path, digest) for path, _, digest in self._amb.facts())
        yield from merge(((path, _digest(self.beside[path])) for path in sorted(self.beside)), descriptions, programme)

    def files(self) -> Iterator[tuple[str, Content]]:
        """Yield all files in their order; what stands beside the programme is let go."""
        programme = ((PROGRAMME + path, partial(self._files.open, path)) for path in self._paths)
        others = ((path, self.beside.pop(path)) for path in sorted(self.beside))
        yield from merge(others, self._amb.files(), programme, key=itemgetter(0))


class _Drawn:
    """A file that is made anew each time it is opened, from less than it has bytes."""

    def __init__(self, make: Callable[[], Iterator[bytes]]):
        self._make, self.size, total = make, 0, hashlib.sha256()
        for piece in make():
            total.update(piece)
            self.size += len(piece)
        self.sha256 = total.hexdigest()

    def __call__(self) -> BinaryIO:
        return io.BufferedReader(Streamed(self._make()), PIECE)


class _Descriptions:
    """The descriptions of units, in the order of their folders, which is that of their names too: ``.`` and ``/`` are
    neighbours.
    """

    def __init__(self):
        self._keys: list[str] = []
        self._ends, self._digests = array("Q", [0]), bytearray()
        self._all = Kept()

    def add(self, key: str, content: bytes) -> None:
        """Add that of the next unit."""
        self._keys.append(key)
        self._all.write(content)
        self._ends.append(self._all.size)
        self._digests += hashlib.sha256(content).digest()

    def facts(self) -> Iterator[tuple[str, int, str]]:
        """Yield path, size and digest of each."""
        for number, key in enumerate(self._keys):
            digest = self._digests[number * DIGEST_BYTES : (number + 1) * DIGEST_BYTES].hex()
            yield f"{AMB}{key}.json", self._ends[number + 1] - self._ends[number], digest

    def files(self) -> Iterator[tuple[str, Content]]:
        """Yield each with its path."""
        for number, key in enumerate(self._keys):
            yield f"{AMB}{key}.json", partial(self._file, number)

    def _file(self, number: int) -> BinaryIO:
        at = self._ends[number]
        return io.BytesIO(self._all.part(at, self._ends[number + 1] - at))


def _unit_of(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("units/") else ""


def _file_of(path: str) -> str:
    return path.split("/", 3)[3] if path.startswith("units/") and path.count("/") == 3 else ""


def _size(content: "Content | Kept | _Drawn") -> int:
    return len(content) if isinstance(content, bytes) else content.size


def _digest(content: "Content | Kept | _Drawn") -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


def write_zip(entries: Iterable[tuple[str, Content]], stream: BinaryIO) -> None:
    """Write files as a ZIP file: stored, in the order given, each with the date 1980-01-01 and the mode 0644.

    ``stream`` can seek. Files are read in pieces; the directory waits compressed, about 25 bytes for each file. Raises
    ValueError for a file of 2 GiB or more. Not by ``zipfile``, which keeps 600 bytes for each file, but the same bytes.
    """
    directory, count = Kept(), 0
    at = stream.tell()
    for path, content in entries:
        name = path.encode()
        flags = 0 if path.isascii() else _UTF8
        size, crc = _write_file(stream, at, name, flags, content)
        extra, offset, version = b"", at, _PLAIN
        if at > _LONGEST:
            extra, offset, version = _OFFSET.pack(1, 8, at), 0xFFFFFFFF, _WIDE
        directory.write(
            _CENTRAL.pack(
                b"PK\1\2", version, _UNIX, version, 0, flags, 0, 0, _DAY, crc, size, size,
                len(name), len(extra), 0, 0, 0, _MODE, offset,
            )
            + name
            + extra
        )  # fmt: skip
        at += _LOCAL.size + len(name) + size
        count += 1
    for piece in directory.pieces():
        stream.write(piece)
    end, size = at + directory.size, directory.size
    if count > 0xFFFF or max(at, size) > _LONGEST:
        stream.write(_END_64.pack(b"PK\6\6", 44, _WIDE, _WIDE, 0, 0, count, count, size, at))
        stream.write(_LOCATOR.pack(b"PK\6\7", 0, end, 1))
    count, size, at = min(count, 0xFFFF), min(size, 0xFFFFFFFF), min(at, 0xFFFFFFFF)
    stream.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, at, 0))
    stream.flush()


def _write_file(stream: BinaryIO, at: int, name: bytes, flags: int, content: Content) -> tuple[int, int]:
    """Write one entry at ``at``, where the stream is, and return the size and the CRC-32 of its content."""
    if isinstance(content, bytes):
        size, crc = len(content), zlib.crc32(content)
        stream.write(_local(name, flags, size, crc))
        stream.write(content)
        return size, crc
    with content() as source:
        first, second = source.read(PIECE), source.read(PIECE)
        size, crc = len(first), zlib.crc32(first)
        stream.write(_local(name, flags, size, crc))
        stream.write(first)
        piece = second
        while piece:
            stream.write(piece)
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            piece = source.read(PIECE)
    if second:
        stream.seek(at)
        stream.write(_local(name, flags, size, crc))
        stream.seek(size, io.SEEK_CUR)
    return size, crc


def _local(name: bytes, flags: int, size: int, crc: int) -> bytes:
    if size > _LONGEST:
        raise ValueError(f"{name.decode()} has {size} bytes, at most {_LONGEST} can be written")
    return _LOCAL.pack(b"PK\3\4", _PLAIN, 0, flags, 0, 0, _DAY, crc, size, size, len(name), 0) + name
