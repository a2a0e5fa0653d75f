"""The directory of a ZIP file, line by line: a large archive has tens of thousands, and none of them is kept.

Source: PKWARE APPNOTE 6.3.10, section 4.3.12.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.core.package.layout import NotAPackage

BROKEN = "Das Verzeichnis des ZIP-Archivs ist beschädigt."
PARTS = "Das ZIP-Archiv ist auf mehrere Dateien verteilt. Bitte erstellen Sie es in einem Stück."
ZIP64 = 0x0001
FULL_16, FULL_32 = 0xFFFF, 0xFFFFFFFF

_UNICODE_PATH = 0x7075
_CENTRAL = struct.Struct("<4s6H3L5H2L")


class Entry(NamedTuple):
    """One line of the directory; ``name`` as it stands there, sizes in bytes."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int


class Directory:
    """The lines of the directory, read in pieces each time somebody goes through them. Raises NotAPackage."""

    def __init__(self, read: Callable[[int, int], bytes], count: int, size: int, start: int):
        self._read, self._count, self._size, self._start = read, count, size, start

    def __iter__(self) -> Iterator[Entry]:
        pieces = _Pieces(self._read, self._start, self._size)
        for _ in range(self._count):
            head = pieces.take(_CENTRAL.size)
            if head[:4] != b"PK\1\2":
                raise NotAPackage(BROKEN)
            _, _, _, flags, method, _, _, crc, packed, unpacked, named, more, said, disk, _, attributes, offset = (
                _CENTRAL.unpack(head)
            )
            rest = pieces.take(named + more + said)
            name = rest[:named]
            if (disk and disk != FULL_16) or not name:
                raise NotAPackage(PARTS if disk else BROKEN)
            fields = fields_of(rest[named : named + more]) if more else {}
            if FULL_32 in (packed, unpacked, offset) or ZIP64 in fields:
                unpacked, packed, offset = widened(fields.get(ZIP64, b""), unpacked, packed, offset)
            if fields.get(_UNICODE_PATH, b"")[5:] not in (b"", name):
                raise NotAPackage("Eine Datei im ZIP-Archiv hat zwei verschiedene Namen.")
            yield Entry(name, flags, method, crc, packed, unpacked, offset, attributes >> 16)
        if pieces.left:
            raise NotAPackage(BROKEN)


class _Pieces:
    """``size`` bytes from ``at`` on, to be taken one after the other; ``left`` is how many are left."""

    def __init__(self, read: Callable[[int, int], bytes], at: int, size: int):
        self._read, self._at, self.left = read, at, size
        self._held, self._within = b"", 0

    def take(self, length: int) -> bytes:
        """Return the next ``length`` bytes. Raises NotAPackage if fewer are left."""
        if length > self.left:
            raise NotAPackage(BROKEN)
        held = len(self._held) - self._within
        if held < length:
            more = self._read(self._at + held, min(max(PIECE, length), self.left) - held)
            self._held, self._within = self._held[self._within :] + more, 0
        found = self._held[self._within : self._within + length]
        self._at, self._within, self.left = self._at + length, self._within + length, self.left - length
        return found


def surveyed(entries: Iterable[Entry]) -> tuple[bool, bool, int]:
    """Return whether entries lie in their order, whether they are sorted by name and differ, and how many bytes they have."""
    in_place = in_order = True
    offset, name, total = -1, b"", 0
    for entry in entries:
        in_place = in_place and offset < entry.offset
        in_order = in_order and name < entry.name
        offset, name = entry.offset, entry.name
        total += entry.size
    return in_place, in_order, total


def fields_of(extra: bytes) -> dict[int, bytes]:
    """Return the extra fields of an entry by their number. Bytes after the last whole one are padding."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        if at + 4 + length > len(extra) or (number in (ZIP64, _UNICODE_PATH) and number in found):
            raise NotAPackage(BROKEN)
        found[number] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return found


def widened(field: bytes, *numbers: int) -> tuple[int, ...]:
    """Return ``numbers`` with each that is full replaced by the next 64-bit number of ``field``."""
    found = []
    for number in numbers:
        if number == FULL_32:
            if len(field) < 8:
                raise NotAPackage(BROKEN)
            number, field = int.from_bytes(field[:8], "little"), field[8:]  # noqa: PLW2901
        found.append(number)
    return tuple(found)
