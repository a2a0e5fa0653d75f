"""Bytes that wait in memory, compressed: the small files beside a programme, until it is their turn."""

import hashlib
import io
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from typing import BinaryIO

from staffel.curriculum.core.files import PIECE


class Kept:
    """Bytes that are kept compressed and opened by calling; ``size`` and ``sha256`` are those of the bytes."""

    def __init__(self):
        self.size = 0
        self._total = hashlib.sha256()
        self._blocks: list[bytes] = []
        # Where each block begins, and the one that was unpacked last.
        self._starts = array("Q")
        self._near: tuple[int, bytes] = (-1, b"")
        self._open = bytearray()

    def write(self, piece: bytes) -> None:
        """Add bytes at the end."""
        self._total.update(piece)
        self._open += piece
        self.size += len(piece)
        if len(self._open) >= PIECE:
            self._close()

    def _close(self) -> None:
        self._starts.append(self.size - len(self._open))
        self._blocks.append(zlib.compress(self._open))
        self._open.clear()

    @property
    def sha256(self) -> str:
        """The digest of all bytes."""
        return self._total.hexdigest()

    def __call__(self) -> BinaryIO:
        return Streamed(self.pieces())

    def pieces(self) -> Iterator[bytes]:
        """Yield all bytes in pieces."""
        if self._open:
            self._close()
        return map(zlib.decompress, self._blocks)

    def part(self, at: int, size: int) -> bytes:
        """Return some of the bytes."""
        if self._open:
            self._close()
        found = b""
        number = bisect_right(self._starts, at) - 1
        while len(found) < size:
            if self._near[0] != number:
                self._near = (number, zlib.decompress(self._blocks[number]))
            within = at + len(found) - self._starts[number]
            found += self._near[1][within : within + size - len(found)]
            number += 1
        return found


class Streamed(io.RawIOBase):
    """The bytes of some pieces as a file."""

    def __init__(self, pieces: Iterator[bytes]):
        super().__init__()
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while not self._left:
            self._left = next(self._pieces, None)
            if self._left is None:
                self._left = b""
                return 0
        found = self._left[: len(buffer)]
        buffer[: len(found)] = found
        self._left = self._left[len(found) :]
        return len(found)
