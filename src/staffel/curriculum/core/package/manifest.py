"""The list of all files of a package with their digests, as ``sha256sum`` writes and reads it.

::

    2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae  licences.json
    fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9  programme/programme.yaml

One line per file: digest, two blanks, path, line end; sorted by the UTF-8 bytes of the paths. All files but the manifest
and its signature.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from io import BytesIO

from staffel.curriculum.core.package.layout import BESIDE, MANIFEST, NotAPackage, shown

DIGEST_BYTES = 32
_LINE = re.compile(rb"([0-9a-f]{64})  ([^\n]+)\n")


def write(digests: Iterable[tuple[str, str]]) -> bytes:
    """Return the manifest for (path, digest) sorted by path."""
    text = BytesIO()
    for path, digest in digests:
        text.write(f"{digest}  {path}\n".encode())
    return text.getvalue()


def read(text: bytes, paths: Sequence[str]) -> "Digests":
    """Return the digests of a package's files; ``paths`` are those that are there, sorted.

    Raises NotAPackage if the manifest is malformed, not sorted, or names not exactly these.
    """
    _check_order(text)
    digests = bytearray()
    named = [path for path in paths if path not in BESIDE]
    expected = iter(named)
    for found in _LINE.finditer(text):
        digest, path = found.groups()
        there = next(expected, None)
        if there is None or there.encode() != path:
            raise NotAPackage(_difference(path.decode(errors="replace"), there))
        digests += bytes.fromhex(digest.decode())
    left = next(expected, None)
    if left is not None:
        raise NotAPackage(_not_named(left))
    return Digests(named, digests)


def _check_order(text: bytes) -> None:
    at, before = 0, b""
    while at < len(text):
        found = _LINE.match(text, at)
        if found is None:
            raise NotAPackage(f"{MANIFEST} ist nicht so geschrieben, wie sha256sum es liest.")
        path = found[2]
        if path <= before:
            what = "nennt eine Datei zweimal" if path == before else "ist nicht sortiert"
            raise NotAPackage(f"{MANIFEST} {what}.")
        at, before = found.end(), path


def _difference(path: str, there: str | None) -> str:
    if there is not None and there.encode() < path.encode():
        return _not_named(there)
    return f"Die Datei {shown(path)} steht in {MANIFEST} und fehlt im Paket."


def _not_named(path: str) -> str:
    return f"Die Datei {shown(path)} liegt im Paket und fehlt in {MANIFEST}."


class Digests:
    """Digests by path, 32 bytes for each; ``paths`` are sorted by their UTF-8 bytes and kept as they are."""

    def __init__(self, paths: Sequence[str], digests: bytes):
        self._paths, self._digests = paths, bytes(digests)

    def __getitem__(self, path: str) -> str:
        number = bisect_left(self._paths, path.encode(), key=str.encode)
        if number == len(self._paths) or self._paths[number] != path:
            raise KeyError(path)
        at = number * DIGEST_BYTES
        return self._digests[at : at + DIGEST_BYTES].hex()
