"""The list of all files of a package with their digests, as ``sha256sum`` writes and reads it.

::

    2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  licences.json
    fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9  programme/programme.yaml

One line per file: digest, two blanks, path, line end; sorted by the UTF-8 bytes of the paths. All files but the manifest
and its signature.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import BytesIO
from typing import BinaryIO

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.core.package.layout import BESIDE, MANIFEST, NotAPackage, shown
from staffel.curriculum.core.paths import place

DIGEST_BYTES = 32
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]+)\n")


def write(digests: Callable[[], Iterable[tuple[str, str]]]) -> bytes:
    """Return the manifest for (path, digest) sorted by path; they are asked for twice."""
    # At once as many bytes as are needed: what grows leaves behind the places where it was smaller.
    text = BytesIO(bytes(sum(map(len, _written(digests())))))
    text.writelines(_written(digests()))
    return text.getvalue()


def _written(digests: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    return (f"{digest}  {path}\n".encode() for path, digest in digests)


def read(stream: BinaryIO, paths: Sequence[str]) -> tuple["Digests", str]:
    """Return the digests of a package's files and that of the manifest; ``paths`` are those that are there, sorted.

    Reads in pieces, to the end. Raises NotAPackage if the manifest is malformed, not sorted, or names not exactly these.
    """
    digests, total = bytearray(), hashlib.sha256()
    # What is malformed counts before what is named, wherever it stands.
    mistake, before = "", b""
    expected = iter(paths)
    for line in _lines(stream, total):
        found = _LINE.fullmatch(line)
        if found is None:
            raise NotAPackage(f"{MANIFEST} ist nicht so geschrieben, wie sha256sum es liest.")
        digest, path = found.groups()
        if path <= before:
            what = "nennt eine Datei zweimal" if path == before else "ist nicht sortiert"
            raise NotAPackage(f"{MANIFEST} {what}.")
        before = path
        if mistake:
            continue
        there = _next(expected, digests)
        if there is None or there.encode() != path:
            mistake = _difference(path.decode(errors="replace"), there)
        digests += bytes.fromhex(digest.decode())
    left = _next(expected, digests)
    if not mistake and left is not None:
        mistake = _not_named(left)
    if mistake:
        raise NotAPackage(mistake)
    return Digests(paths, digests), total.hexdigest()


def _next(paths: Iterator[str], digests: bytearray) -> str | None:
    """Return the next path that the manifest has to name, and keep the place of those before that it does not."""
    for path in paths:
        if path not in BESIDE:
            return path
        digests += bytes(DIGEST_BYTES)
    return None


def _lines(stream: BinaryIO, total: "hashlib._Hash") -> Iterator[bytes]:
    """Yield the lines with their ends, as far as they have one; feed ``total`` with all."""
    rest = b""
    while piece := stream.read(PIECE):
        total.update(piece)
        *lines, rest = (rest + piece).split(b"\n")
        # A line that never ends is none, and is not gathered.
        if len(rest) > PIECE:
            break
        yield from (line + b"\n" for line in lines)
    if rest:
        yield rest


def _difference(path: str, there: str | None) -> str:
    if there is not None and there.encode() < path.encode():
        return _not_named(there)
    return f"Die Datei {shown(path)} steht in {MANIFEST} und fehlt im Paket."


def _not_named(path: str) -> str:
    return f"Die Datei {shown(path)} liegt im Paket und fehlt in {MANIFEST}."


class Digests:
    """Digests by path, 32 bytes for each of ``paths``, which are sorted and kept as they are.

    What the manifest does not name has 32 zero bytes and is no known path.
    """

    def __init__(self, paths: Sequence[str], digests: bytes | bytearray):
        self._paths, self._digests = paths, digests

    def __getitem__(self, path: str) -> str:
        number = place(self._paths, path)
        if number == len(self._paths) or self._paths[number] != path or path in BESIDE:
            raise KeyError(path)
        return self._at(number)

    def items(self) -> Iterator[tuple[str, str]]:
        """Yield every path with its digest, in their order."""
        return ((path, self._at(number)) for number, path in enumerate(self._paths) if path not in BESIDE)

    def _at(self, number: int) -> str:
        at = number * DIGEST_BYTES
        return self._digests[at : at + DIGEST_BYTES].hex()
