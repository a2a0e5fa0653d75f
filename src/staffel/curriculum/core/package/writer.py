"""A programme as the files of a package, and files as a ZIP file: the same version gives the same bytes, always.

Everything is made in two passes over the programme: one that computes digests and keeps the small metadata compressed in
memory, one that hands out the files in their order. No file is ever in memory as a whole but the manifest.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from heapq import merge
from itertools import groupby
from typing import BinaryIO

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.files import PIECE, Files, content_digest
from staffel.curriculum.core.package import amb, licences, manifest, provenance, signing
from staffel.curriculum.core.package.crate import Crate, Described, document
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
from staffel.curriculum.core.package.provenance import Provenance, Publisher, Upstream
from staffel.curriculum.core.package.signing import Statement
from staffel.curriculum.core.reader import FromFiles

Content = bytes | Callable[[], BinaryIO]

_DATE = (1980, 1, 1, 0, 0, 0)
_FILE_OF_UNIX = (0o100644 << 16, 3)


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
    beside: dict[str, Content] = made.metadata()
    if signer:
        beside[PUBLISHER] = signing.to_pem(signer.public_key)
    beside[CRATE] = made.crate(beside)
    beside[MANIFEST] = manifest.write(made.digests(beside))
    if signer:
        beside[SIGNATURE] = signer.sign(beside[MANIFEST])
    del made
    yield from _in_order(files, beside)


def _in_order(files: Files, beside: dict[str, Content]) -> Iterator[tuple[str, Content]]:
    """Yield the files of the programme among those beside it."""
    programme = ((PROGRAMME + path, partial(files.open, path)) for path in files.paths())
    others = ((path, beside.pop(path)) for path in sorted(beside, key=str.encode))
    yield from merge(programme, others, key=lambda entry: entry[0].encode())


class _Made:
    """What is made from a programme for its package."""

    def __init__(self, files: Files, outline: Outline, publisher: Publisher, release: Release):
        self._files, self._outline, self._publisher, self._release = files, outline, publisher, release
        self._at = provenance.moment(release.at)
        self._paths = files.paths()
        self._texts = licences.right_of_texts(outline)
        self._describe = Crate(outline, publisher)
        self._programme = bytearray()
        self._amb: dict[str, _Kept] = {}
        self._licences = _Kept()
        self.crate_lines = _Kept()
        self._read()

    def _read(self) -> None:
        """The first pass: every unit is read once, every file is digested once."""
        positions = {key: number for number, key in enumerate(self._outline.units, start=1)}
        modules = {key: module for module in self._outline.modules for key in module.units}
        source = FromFiles(self._files)
        separator = "{\n"
        for key, group in groupby(self._paths, key=_unit_of):
            unit = source.unit(key) if key else None
            paths = list(group)
            rights = licences.rights_of_files(unit) if unit else {}
            if unit:
                self._keep(self._describe.folder(unit, positions[key], [PROGRAMME + path for path in paths]))
                self._amb[f"{AMB}{key}.json"] = _Kept(
                    amb.write(self._outline, modules[key], unit, publisher=self._publisher.name, day=self._at[:10])
                )
            for path in paths:
                right = rights.get(_file_of(path), self._texts)
                digest = self._files.sha256(path)
                self._programme += bytes.fromhex(digest)
                self._keep(self._describe.file(self._described(path, digest, right, unit)))
                self._licences.write(f"{separator}{licences.line(PROGRAMME + path, right)}".encode())
                separator = ",\n"
        self._licences.write(b"\n}\n")

    def _described(self, path: str, digest: str, right: licences.Right, unit: Unit | None) -> Described:
        name = _file_of(path)
        material = next((one for one in unit.materials if one.file == name), None) if unit and name else None
        words = (material.title, material.alt) if material else ("", "")
        return Described(PROGRAMME + path, self._files.size(path), digest, right, *words)

    def _keep(self, line: str) -> None:
        self.crate_lines.write(line.encode() + b"\n")

    def metadata(self) -> dict[str, Content]:
        """Return what stands beside the programme and says who made it."""
        outline, release = self._outline, self._release
        digests = manifest.Digests(self._paths, self._programme)
        said = Provenance(
            programme=outline.key,
            version=outline.version,
            title=outline.title,
            licence=outline.licence,
            content=content_digest((path, digests[path]) for path in self._paths),
            released_at=release.at,
            publisher=self._publisher,
            upstream=release.upstream,
            succession=release.succession,
        )
        return {**self._amb, LICENCES: self._licences, PROVENANCE: provenance.write(said)}

    def crate(self, beside: dict[str, Content]) -> "_Kept":
        """Return the document that describes everything but itself, the manifest and its signature."""
        kept = _Kept()
        for line in document(self._entities(beside)):
            kept.write(line)
        return kept

    def _entities(self, beside: dict[str, Content]) -> Iterator[str]:
        single = sorted(path for path in beside if not path.startswith(AMB))
        yield from self._describe.head(self._at, self._release.upstream, single)
        with self.crate_lines() as lines:
            yield from (line.decode().removesuffix("\n") for line in io.BufferedReader(lines))
        yield self._describe.descriptions(sorted(self._outline.units))
        for path in sorted(beside):
            content = beside[path]
            yield self._describe.file(Described(path, _size(content), _digest(content), self._texts))
        yield from self._describe.named()

    def digests(self, beside: dict[str, Content]) -> Iterator[tuple[str, str]]:
        """Yield path and digest of every file, sorted."""
        digests = manifest.Digests(self._paths, self._programme)
        programme = ((PROGRAMME + path, digests[path]) for path in self._paths)
        others = ((path, _digest(beside[path])) for path in sorted(beside, key=str.encode))
        yield from merge(programme, others, key=lambda entry: entry[0].encode())


def _unit_of(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("units/") else ""


def _file_of(path: str) -> str:
    return path.split("/", 3)[3] if path.startswith("units/") and path.count("/") == 3 else ""


def _size(content: "Content | _Kept") -> int:
    return len(content) if isinstance(content, bytes) else content.size


def _digest(content: "Content | _Kept") -> str:
    return hashlib.sha256(content).hexdigest() if isinstance(content, bytes) else content.sha256


class _Kept:
    """Bytes that are kept compressed in memory and opened by calling; ``size`` and ``sha256`` are those of the bytes."""

    def __init__(self, content: bytes = b""):
        self.size = 0
        self._total = hashlib.sha256()
        self._blocks: list[bytes] = []
        self._open = b""
        if content:
            self.write(content)

    def write(self, piece: bytes) -> None:
        """Add bytes at the end."""
        self.size += len(piece)
        self._total.update(piece)
        self._open += piece
        if len(self._open) >= PIECE:
            self._close()

    def _close(self) -> None:
        self._blocks.append(zlib.compress(self._open, 1))
        self._open = b""

    @property
    def sha256(self) -> str:
        return self._total.hexdigest()

    def __call__(self) -> BinaryIO:
        if self._open:
            self._close()
        return _Reading(self._blocks)


class _Reading(io.RawIOBase):
    """The bytes of some compressed blocks."""

    def __init__(self, blocks: list[bytes]):
        super().__init__()
        self._blocks = iter(blocks)
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._left:
            self._left = zlib.decompress(next(self._blocks, _NOTHING))
        found = self._left[: len(buffer)]
        buffer[: len(found)] = found
        self._left = self._left[len(found) :]
        return len(found)


_NOTHING = zlib.compress(b"")


def write_zip(entries: Iterable[tuple[str, Content]], stream: BinaryIO) -> None:
    """Write files as a ZIP file: stored, in the order given, each with the date 1980-01-01 and the mode 0644.

    ``stream`` can seek. Files are read in pieces.
    """
    attributes, system = _FILE_OF_UNIX
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for path, content in entries:
            entry = zipfile.ZipInfo(path, _DATE)
            entry.external_attr, entry.create_system = attributes, system
            with archive.open(entry, "w") as out:
                if isinstance(content, bytes):
                    out.write(content)
                    continue
                with content() as source:
                    while piece := source.read(PIECE):
                        out.write(piece)
