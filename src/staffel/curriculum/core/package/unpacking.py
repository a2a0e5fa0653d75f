"""The content of one entry of a ZIP file, read in pieces: never more than was declared, and exactly what was declared."""

import io
import zlib
from typing import BinaryIO, NamedTuple

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.core.package.layout import NotAPackage, shown


class Place(NamedTuple):
    """Where the content of a file lies in the stream, how many bytes it has there and unpacked, and its CRC-32."""

    path: str
    at: int
    packed: int
    size: int
    crc: int


class Content(io.RawIOBase):
    """The unpacked bytes of one entry, to be read once from its beginning."""

    def __init__(self, stream: BinaryIO, place: Place):
        super().__init__()
        self._stream, self._path, self._at, self._packed = stream, place.path, place.at, place.packed
        self._left, self._crc, self._sum = place.size, place.crc, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes, all that is left for a negative number; fewer only at the end."""
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        if not wanted:
            self._finish()
            return b""
        found = self._some(wanted)
        self._sum = zlib.crc32(found, self._sum)
        self._left -= len(found)
        if not self._left:
            self._finish()
        return found

    def readall(self) -> bytes:
        return self.read(-1)

    def _some(self, wanted: int) -> bytes:
        raise NotImplementedError

    def _finish(self) -> None:
        if not self._left and self._sum != self._crc:
            raise self._wrong()

    def _wrong(self) -> NotAPackage:
        return NotAPackage(f"{shown(self._path)} ist beschädigt: Der Inhalt passt nicht zu den Angaben im ZIP-Archiv.")

    def _raw(self, size: int) -> bytes:
        self._stream.seek(self._at)
        found = self._stream.read(min(size, self._packed))
        if size and self._packed and not found:
            raise self._wrong()
        self._at += len(found)
        self._packed -= len(found)
        return found


class Stored(Content):
    """An entry that is stored as it is."""

    def _some(self, wanted: int) -> bytes:
        found = self._raw(wanted)
        while len(found) < wanted:
            found += self._raw(wanted - len(found))
        return found


class Deflated(Content):
    """An entry that was compressed."""

    def __init__(self, stream: BinaryIO, place: Place):
        super().__init__(stream, place)
        self._unpacking = zlib.decompressobj(-zlib.MAX_WBITS)

    def _some(self, wanted: int) -> bytes:
        found = bytearray()
        while len(found) < wanted:
            piece = self._piece(wanted - len(found))
            if not piece:
                raise self._wrong()
            found += piece
        return bytes(found)

    def _piece(self, most: int) -> bytes:
        """Return at least one more byte, or none at the end of what was packed."""
        while not self._unpacking.eof:
            packed = self._unpacking.unconsumed_tail or self._raw(PIECE)
            try:
                piece = self._unpacking.decompress(packed, most)
            except zlib.error as error:
                raise self._wrong() from error
            if piece:
                return piece
            if not packed and not self._packed:
                return b""
        return b""

    def _finish(self) -> None:
        super()._finish()
        # More than was declared is a bomb or a hiding place; nothing of it is unpacked but one byte.
        if not self._left and (self._piece(1) or not self._unpacking.eof or self._unpacking.unused_data or self._packed):
            raise self._wrong()
