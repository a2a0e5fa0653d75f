"""A ZIP file from a foreign hand as files by path.

The whole directory is checked before a byte of content is read: what it says must be what the local headers say, entries
must lie one after the other without gaps or overlaps, and every name must be one that any disk can hold. Content is read
in pieces, never beyond its declared size, and its CRC is checked at its end. Read by our own code and not with ``zipfile``,
which takes the directory's word for all of this.

Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.6.
"""

import hashlib
import io
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from stat import S_IFDIR, S_IFMT, S_IFREG, S_ISGID, S_ISUID, S_ISVTX
from typing import BinaryIO, NamedTuple

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.core.package.layout import LIMITS, Limits, NotAPackage, collisions, shown, wrong_path
from staffel.curriculum.core.package.unpacking import Deflated, Place, Stored

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_STORED, _DEFLATED, _EMPTY_DEFLATED = 0, 8, 2
_ENCRYPTED, _DESCRIPTOR, _PATCHED, _STRONG, _UTF8, _MASKED = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 11, 1 << 13
_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
# Below these nobody needs to worry how well something was compressed.
_HARMLESS_FILE, _HARMLESS_TOTAL = 1_000_000, 16_000_000

_NO_ZIP = "Die Datei ist kein ZIP-Archiv, oder ihr Ende fehlt."
_BROKEN = "Das Verzeichnis des ZIP-Archivs ist beschädigt."
_PARTS = "Das ZIP-Archiv ist auf mehrere Dateien verteilt. Bitte erstellen Sie es in einem Stück."
_GAPS = "Das ZIP-Archiv enthält Daten, die zu keiner Datei gehören, oder Dateien, die sich überschneiden."


class _Entry(NamedTuple):
    """One line of the directory; ``name`` as it stands there, sizes in bytes."""

    name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int


class Archive:
    """The files of a ZIP file by path (``core/files.py``). Raises NotAPackage if anything about the archive is wrong.

    ``stream`` can seek and stays open as long as the files are used. Takes about 150 bytes of memory for each file.
    """

    def __init__(self, stream: BinaryIO, *, limits: Limits = LIMITS):
        self._stream, self._limits = stream, limits
        self._size = stream.seek(0, io.SEEK_END)
        count, size, start = self._end()
        if count > limits.files:
            raise NotAPackage(f"Das ZIP-Archiv hat mehr als {limits.files} Dateien.")
        if size > limits.directory:
            raise NotAPackage("Das Verzeichnis des ZIP-Archivs ist zu groß.")
        entries = sorted(self._directory(count, size, start), key=lambda entry: entry.offset)
        starts = self._check_places(entries, start)
        self._take(entries, starts)

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted by their UTF-8 bytes."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes that the file has when it is unpacked."""
        return self._sizes[self._at(path)]

    def sha256(self, path: str) -> str:
        """Return the digest of the file; reads it each time."""
        with self.open(path) as content:
            total = hashlib.sha256()
            while piece := content.read(PIECE):
                total.update(piece)
        return total.hexdigest()

    def open(self, path: str) -> BinaryIO:
        """Return the bytes of a file. Reading raises NotAPackage where they are not what the directory says."""
        at = self._at(path)
        kind = Stored if self._methods[at] == _STORED else Deflated
        return kind(self._stream, Place(path, self._starts[at], self._packed[at], self._sizes[at], self._crcs[at]))

    def _at(self, path: str) -> int:
        encoded = path.encode(errors="surrogatepass")
        at = bisect_left(self._paths, encoded, key=str.encode)
        if at == len(self._paths) or self._paths[at] != path:
            raise KeyError(path)
        return at

    def _read(self, offset: int, size: int) -> bytes:
        self._stream.seek(offset)
        found = self._stream.read(size)
        if len(found) != size:
            raise NotAPackage(_BROKEN)
        return found

    def _end(self) -> tuple[int, int, int]:
        """Return how many entries the directory has, its size, and where it begins."""
        if self._size < _END.size:
            raise NotAPackage(_NO_ZIP)
        tail_at = max(0, self._size - _END.size - _LONGEST_COMMENT)
        tail = self._read(tail_at, self._size - tail_at)
        at = tail.rfind(b"PK\5\6")
        if at < 0 or len(tail) - at < _END.size:
            raise NotAPackage(_NO_ZIP)
        _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(tail, at)
        if at + _END.size + comment != len(tail):
            raise NotAPackage(_NO_ZIP)
        end = tail_at + at
        if _FULL_16 in (here, count) or _FULL_32 in (size, start):
            disk, first_disk, here, count, size, start, end = self._end_64(end)
        if disk or first_disk or here != count:
            raise NotAPackage(_PARTS)
        if start + size != end:
            raise NotAPackage(_BROKEN)
        return count, size, start

    def _end_64(self, end: int) -> tuple[int, ...]:
        if end < _LOCATOR.size:
            raise NotAPackage(_BROKEN)
        mark, disk, at, disks = _LOCATOR.unpack(self._read(end - _LOCATOR.size, _LOCATOR.size))
        if mark != b"PK\6\7" or at + _END_64.size != end - _LOCATOR.size:
            raise NotAPackage(_BROKEN)
        if disk or disks != 1:
            raise NotAPackage(_PARTS)
        mark, length, _, _, disk, first_disk, here, count, size, start = _END_64.unpack(self._read(at, _END_64.size))
        if mark != b"PK\6\6" or length != _END_64.size - 12:
            raise NotAPackage(_BROKEN)
        return disk, first_disk, here, count, size, start, at

    def _directory(self, count: int, size: int, start: int) -> Iterator[_Entry]:
        directory = io.BytesIO(self._read(start, size))
        for _ in range(count):
            head = directory.read(_CENTRAL.size)
            if len(head) < _CENTRAL.size or head[:4] != b"PK\1\2":
                raise NotAPackage(_BROKEN)
            _, _, _, flags, method, _, _, crc, packed, unpacked, *lengths, disk, _, attributes, offset = _CENTRAL.unpack(head)
            name, extra, _ = (directory.read(length) for length in lengths)
            if (disk and disk != _FULL_16) or not name:
                raise NotAPackage(_PARTS if disk else _BROKEN)
            fields = _fields(extra)
            if _FULL_32 in (packed, unpacked, offset) or _ZIP64 in fields:
                unpacked, packed, offset = _wide(fields.get(_ZIP64, b""), unpacked, packed, offset)
            if fields.get(_UNICODE_PATH, b"")[5:] not in (b"", name):
                raise NotAPackage("Eine Datei im ZIP-Archiv hat zwei verschiedene Namen.")
            yield _Entry(name, flags, method, crc, packed, unpacked, offset, attributes >> 16)
        if directory.tell() != size:
            raise NotAPackage(_BROKEN)

    def _check_places(self, entries: Sequence[_Entry], end: int) -> array:
        """Return where the content of each entry begins; the entries are sorted by where they lie."""
        starts = array("Q")
        at = 0
        for entry in entries:
            if entry.offset != at or entry.offset + _LOCAL.size > end:
                raise NotAPackage(_GAPS)
            head = self._read(entry.offset, _LOCAL.size)
            mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(head)
            rest = self._read(entry.offset + _LOCAL.size, name_length + extra_length)
            if mark != b"PK\3\4":
                raise NotAPackage(_BROKEN)
            fields = _fields(rest[name_length:])
            if _FULL_32 in (packed, size):
                size, packed, _ = _wide(fields.get(_ZIP64, b""), size, packed, 0)
            same = (flags, method, rest[:name_length]) == (entry.flags, entry.method, entry.name)
            facts = ((crc, entry.crc), (packed, entry.packed), (size, entry.size))
            later = flags & _DESCRIPTOR
            if not same or any(here != there and not (later and here == 0) for here, there in facts):
                raise NotAPackage(f"Das ZIP-Archiv nennt für {_readable(entry.name)} zwei verschiedene Angaben.")
            starts.append(entry.offset + _LOCAL.size + len(rest))
            at = starts[-1] + entry.packed
            if at > end:
                raise NotAPackage(_GAPS)
            if later:
                at += self._descriptor(entry, at, end)
        if at != end:
            raise NotAPackage(_GAPS)
        return starts

    def _descriptor(self, entry: _Entry, at: int, end: int) -> int:
        """Return how long the record after the content is that repeats its size: four spellings are in use."""
        found = self._read(at, min(24, end - at))
        for layout in ("<3L", "<L2Q"):
            if layout == "<3L" and max(entry.packed, entry.size) > _FULL_32:
                continue
            record = struct.pack(layout, entry.crc, entry.packed, entry.size)
            for mark in (b"PK\7\x08", b""):
                if found.startswith(mark + record):
                    return len(mark + record)
        raise NotAPackage(f"Das ZIP-Archiv nennt für {_readable(entry.name)} zwei verschiedene Angaben.")

    def _take(self, entries: Sequence[_Entry], starts: array) -> None:
        """Keep what is needed to find and read each file, after everything about names, kinds and sizes was checked."""
        mistakes: list[str] = []
        named: list[tuple[str, int]] = []
        folders: list[str] = []
        for number, entry in enumerate(entries):
            path, mistake = _decoded(entry)
            mistake = mistake or wrong_path(path.removesuffix("/")) or self._unfit(entry, path)
            if mistake:
                mistakes.append(mistake)
            elif path.endswith("/"):
                folders.append(path[:-1])
            else:
                named.append((path, number))
        total = sum(entry.size for entry in entries)
        if total > self._limits.total:
            mistakes.append(f"Alle Dateien zusammen haben mehr als {self._limits.total} Bytes.")
        elif total > _HARMLESS_TOTAL and total > self._limits.ratio * self._size:
            mistakes.append("Das ZIP-Archiv ist so stark verdichtet, wie es bei Lernmaterial nicht vorkommt.")
        named.sort(key=lambda pair: pair[0].encode())
        self._paths = tuple(path for path, _ in named)
        mistakes += collisions(self._paths, folders)
        if len(set(folders)) != len(folders):
            mistakes.append("Ein Ordner kommt im ZIP-Archiv zweimal vor.")
        if mistakes:
            raise NotAPackage(*mistakes)
        places = [place for _, place in named]
        self._starts = array("Q", (starts[place] for place in places))
        self._sizes = array("Q", (entries[place].size for place in places))
        self._packed = array("Q", (entries[place].packed for place in places))
        self._crcs = array("L", (entries[place].crc for place in places))
        self._methods = array("B", (entries[place].method for place in places))

    def _unfit(self, entry: _Entry, path: str) -> str:
        """Return why an entry is nothing to be read, empty if it is."""
        kind = S_IFMT(entry.mode)
        if path.endswith("/"):
            odd = entry.size or entry.packed > _EMPTY_DEFLATED or kind not in (0, S_IFDIR)
            return f"Der Ordner {shown(path)} hat einen Inhalt wie eine Datei." if odd else ""
        special = kind not in (0, S_IFREG) or entry.mode & (S_ISUID | S_ISGID | S_ISVTX)
        strange = entry.method not in (_STORED, _DEFLATED) or entry.flags & _PATCHED
        squeezed = entry.size > _HARMLESS_FILE and entry.size > self._limits.ratio * entry.packed
        wrong = (
            (special, "ist eine Verknüpfung oder eine besondere Datei. Erlaubt sind nur gewöhnliche Dateien."),
            (entry.flags & (_ENCRYPTED | _STRONG | _MASKED), "ist verschlüsselt."),
            (strange, "ist auf eine Art verdichtet, die hier nicht gelesen wird. Bitte wählen Sie die übliche."),
            (entry.method == _STORED and entry.packed != entry.size, "hat im ZIP-Archiv zwei verschiedene Größen."),
            (entry.size > self._limits.file, f"hat mehr als {self._limits.file} Bytes."),
            (squeezed, "ist so stark verdichtet, wie es bei Lernmaterial nicht vorkommt."),
        )
        return next((f"{shown(path)} {sentence}" for is_so, sentence in wrong if is_so), "")


def _decoded(entry: _Entry) -> tuple[str, str]:
    """Return the path of an entry, and why it cannot be read as one."""
    try:
        path = entry.name.decode("utf-8" if entry.flags & _UTF8 else "ascii")
    except UnicodeDecodeError:
        readable = _readable(entry.name)
        return "", f"Der Name {readable} ist nicht in UTF-8 geschrieben. Bitte verwenden Sie nur a bis z, 0 bis 9, - und _."
    return path, ""


def _readable(name: bytes) -> str:
    return shown(name.decode(errors="replace"))


def _fields(extra: bytes) -> dict[int, bytes]:
    """Return the extra fields of an entry by their number. Bytes after the last whole one are padding."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 4 <= len(extra):
        number, length = struct.unpack_from("<HH", extra, at)
        if at + 4 + length > len(extra) or (number in (_ZIP64, _UNICODE_PATH) and number in found):
            raise NotAPackage(_BROKEN)
        found[number] = extra[at + 4 : at + 4 + length]
        at += 4 + length
    return found


def _wide(field: bytes, *numbers: int) -> tuple[int, ...]:
    """Return ``numbers`` with each that is full replaced by the next 64-bit number of ``field``."""
    found = []
    for number in numbers:
        if number == _FULL_32:
            if len(field) < 8:
                raise NotAPackage(_BROKEN)
            number, field = int.from_bytes(field[:8], "little"), field[8:]  # noqa: PLW2901
        found.append(number)
    return tuple(found)


def folder(stream: BinaryIO, *, limits: Limits = LIMITS) -> "Inside":
    """Return the files of a folder that somebody packed: without a common folder at the top and what desktops add."""
    archive = Archive(stream, limits=limits)
    paths = [path for path in archive.paths() if not _of_desktop(path)]
    if not paths:
        raise NotAPackage("Das ZIP-Archiv enthält keine Dateien.")
    top = paths[0].partition("/")[0] + "/"
    return Inside(archive, paths, top if all(path.startswith(top) for path in paths) else "")


def _of_desktop(path: str) -> bool:
    first, name = path.partition("/")[0], path.rpartition("/")[2]
    return first == "__MACOSX" or name in (".DS_Store", "Thumbs.db", "desktop.ini") or name.startswith("._")


class Inside:
    """Some files of others, those below ``top`` without it."""

    def __init__(self, files: Archive, paths: Sequence[str], top: str):
        self._files, self._top = files, top
        self._paths = tuple(path.removeprefix(top) for path in paths)
        self._known = frozenset(self._paths)

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._files.size(self._inner(path))

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._files.sha256(self._inner(path))

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._files.open(self._inner(path))

    def _inner(self, path: str) -> str:
        if path not in self._known:
            raise KeyError(path)
        return self._top + path
