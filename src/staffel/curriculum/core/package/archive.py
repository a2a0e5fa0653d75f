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
from collections.abc import Iterable, Iterator, Sequence
from stat import S_IFDIR, S_IFMT, S_IFREG, S_ISGID, S_ISUID, S_ISVTX
from typing import BinaryIO

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.core.package.directory import (
    BROKEN,
    FULL_16,
    FULL_32,
    PARTS,
    ZIP64,
    Directory,
    Entry,
    fields_of,
    surveyed,
    widened,
)
from staffel.curriculum.core.package.layout import LIMITS, Limits, NotAPackage, collisions, shown, wrong_path
from staffel.curriculum.core.package.unpacking import Deflated, Place, Stored
from staffel.curriculum.core.paths import Paths

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LOCAL = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT = 65_535
_STORED, _DEFLATED, _EMPTY_DEFLATED = 0, 8, 2
_ENCRYPTED, _DESCRIPTOR, _PATCHED, _STRONG, _UTF8, _MASKED = 1, 1 << 3, 1 << 5, 1 << 6, 1 << 11, 1 << 13
# Below these nobody needs to worry how well something was compressed.
_HARMLESS_FILE, _HARMLESS_TOTAL = 1_000_000, 16_000_000

_NO_ZIP = "Die Datei ist kein ZIP-Archiv, oder ihr Ende fehlt."
_GAPS = "Das ZIP-Archiv enthält Daten, die zu keiner Datei gehören, oder Dateien, die sich überschneiden."


class _Facts:
    """Where each file lies, its sizes, its CRC-32 and how it is packed, in the same order as the paths.

    There is room for ``most`` from the start: arrays that grow beside each other leave holes.
    """

    def __init__(self, most: int):
        self.starts, self.sizes, self.packed = (array("Q", (0,)) * most for _ in range(3))
        self.crcs, self.methods = array("I", (0,)) * most, array("B", (0,)) * most

    def put(self, at: int, entry: Entry, start: int) -> None:
        """Keep those of a file. The directory was checked, so all numbers fit."""
        self.starts[at], self.sizes[at], self.packed[at] = start, entry.size, entry.packed
        self.crcs[at], self.methods[at] = entry.crc, entry.method

    def sort(self, order: Sequence[int]) -> None:
        """Bring all into another order."""
        for name, numbers in vars(self).items():
            setattr(self, name, array(numbers.typecode, (numbers[place] for place in order)))


class Archive:
    """The files of a ZIP file by path (``core/files.py``). Raises NotAPackage if anything about the archive is wrong.

    ``stream`` can seek and stays open as long as the files are used. Takes about 40 bytes of memory for each file, and where
    they are not sorted 150 for a moment.
    """

    def __init__(self, stream: BinaryIO, *, limits: Limits = LIMITS):
        self._stream, self._limits = stream, limits
        self._size = stream.seek(0, io.SEEK_END)
        count, size, start = self._end()
        if count > limits.files:
            raise NotAPackage(f"Das ZIP-Archiv hat mehr als {limits.files} Dateien.")
        if size > limits.directory:
            raise NotAPackage("Das Verzeichnis des ZIP-Archivs ist zu groß.")
        entries: Iterable[Entry] = Directory(self._read, count, size, start)
        in_place, in_order, total = surveyed(entries)
        if not in_place:
            # Hardly any writer lists files in another order than that in which they lie.
            entries, in_order = sorted(entries, key=lambda entry: entry.offset), False
        starts = self._check_places(entries, start)
        self._facts = _Facts(count)
        self._take(zip(entries, starts, strict=True), total, in_order=in_order)

    def paths(self) -> Paths:
        """Return all paths, sorted by their UTF-8 bytes."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes that the file has when it is unpacked."""
        return self._facts.sizes[self._at(path)]

    def sha256(self, path: str) -> str:
        """Return the digest of the file; reads it each time."""
        with self.open(path) as content:
            total = hashlib.sha256()
            while piece := content.read(PIECE):
                total.update(piece)
        return total.hexdigest()

    def open(self, path: str) -> BinaryIO:
        """Return the bytes of a file. Reading raises NotAPackage where they are not what the directory says."""
        at, facts = self._at(path), self._facts
        kind = Stored if facts.methods[at] == _STORED else Deflated
        return kind(self._stream, Place(path, facts.starts[at], facts.packed[at], facts.sizes[at], facts.crcs[at]))

    def _at(self, path: str) -> int:
        at = self._paths.place(path)
        if at == len(self._paths) or self._paths[at] != path:
            raise KeyError(path)
        return at

    def _read(self, offset: int, size: int) -> bytes:
        self._stream.seek(offset)
        found = self._stream.read(size)
        if len(found) != size:
            raise NotAPackage(BROKEN)
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
        if FULL_16 in (here, count) or FULL_32 in (size, start):
            disk, first_disk, here, count, size, start, end = self._end_64(end)
        if disk or first_disk or here != count:
            raise NotAPackage(PARTS)
        if start + size != end:
            raise NotAPackage(BROKEN)
        return count, size, start

    def _end_64(self, end: int) -> tuple[int, ...]:
        if end < _LOCATOR.size:
            raise NotAPackage(BROKEN)
        mark, disk, at, disks = _LOCATOR.unpack(self._read(end - _LOCATOR.size, _LOCATOR.size))
        if mark != b"PK\6\7" or at + _END_64.size != end - _LOCATOR.size:
            raise NotAPackage(BROKEN)
        if disk or disks != 1:
            raise NotAPackage(PARTS)
        mark, length, _, _, disk, first_disk, here, count, size, start = _END_64.unpack(self._read(at, _END_64.size))
        if mark != b"PK\6\6" or length != _END_64.size - 12:
            raise NotAPackage(BROKEN)
        return disk, first_disk, here, count, size, start, at

    def _check_places(self, entries: Iterable[Entry], end: int) -> array:
        """Return where the content of each entry begins; the entries are sorted by where they lie."""
        starts = array("Q")
        at = 0
        for entry in entries:
            if entry.offset != at or entry.offset + _LOCAL.size > end:
                raise NotAPackage(_GAPS)
            # In one go with the name: most have nothing more.
            head = self._read(entry.offset, min(_LOCAL.size + len(entry.name), end - entry.offset))
            mark, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack_from(head)
            rest = head[_LOCAL.size :]
            if len(rest) != name_length + extra_length:
                rest = self._read(entry.offset + _LOCAL.size, name_length + extra_length)
            if mark != b"PK\3\4":
                raise NotAPackage(BROKEN)
            fields = fields_of(rest[name_length:]) if extra_length else {}
            if FULL_32 in (packed, size):
                size, packed, _ = widened(fields.get(ZIP64, b""), size, packed, 0)
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

    def _descriptor(self, entry: Entry, at: int, end: int) -> int:
        """Return how long the record after the content is that repeats its size: four spellings are in use."""
        found = self._read(at, min(24, end - at))
        for layout in ("<3L", "<L2Q"):
            if layout == "<3L" and max(entry.packed, entry.size) > FULL_32:
                continue
            record = struct.pack(layout, entry.crc, entry.packed, entry.size)
            for mark in (b"PK\7\x08", b""):
                if found.startswith(mark + record):
                    return len(mark + record)
        raise NotAPackage(f"Das ZIP-Archiv nennt für {_readable(entry.name)} zwei verschiedene Angaben.")

    def _take(self, placed: Iterable[tuple[Entry, int]], total: int, *, in_order: bool) -> None:
        """Keep what is needed to find and read each file, after everything about names, kinds and sizes was checked."""
        mistakes: list[str] = []
        folders: list[str] = []
        named = self._named(placed, mistakes, folders)
        paths: Sequence[str]
        if in_order:
            paths = Paths(named)
        else:
            found = list(named)
            order = sorted(range(len(found)), key=found.__getitem__)
            paths = [found[place] for place in order]
            self._facts.sort(order)
        if total > self._limits.total:
            mistakes.append(f"Alle Dateien zusammen haben mehr als {self._limits.total} Bytes.")
        elif total > _HARMLESS_TOTAL and total > self._limits.ratio * self._size:
            mistakes.append("Das ZIP-Archiv ist so stark verdichtet, wie es bei Lernmaterial nicht vorkommt.")
        mistakes += collisions(paths, folders)
        if len(set(folders)) != len(folders):
            mistakes.append("Ein Ordner kommt im ZIP-Archiv zweimal vor.")
        if mistakes:
            raise NotAPackage(*mistakes)
        self._paths = paths if isinstance(paths, Paths) else Paths(paths)

    def _named(self, placed: Iterable[tuple[Entry, int]], mistakes: list[str], folders: list[str]) -> Iterator[str]:
        """Yield the path of each file and keep its facts; note what is wrong, and the paths of folders."""
        number = 0
        for entry, start in placed:
            path, mistake = _decoded(entry)
            mistake = mistake or wrong_path(path.removesuffix("/")) or self._unfit(entry, path)
            if mistake:
                mistakes.append(mistake)
            elif path.endswith("/"):
                folders.append(path[:-1])
            else:
                self._facts.put(number, entry, start)
                number += 1
                yield path

    def _unfit(self, entry: Entry, path: str) -> str:
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


def _decoded(entry: Entry) -> tuple[str, str]:
    """Return the path of an entry, and why it cannot be read as one."""
    try:
        path = entry.name.decode("utf-8" if entry.flags & _UTF8 else "ascii")
    except UnicodeDecodeError:
        readable = _readable(entry.name)
        return "", f"Der Name {readable} ist nicht in UTF-8 geschrieben. Bitte verwenden Sie nur a bis z, 0 bis 9, - und _."
    return path, ""


def _readable(name: bytes) -> str:
    return shown(name.decode(errors="replace"))


def folder(stream: BinaryIO, *, limits: Limits = LIMITS) -> "Inside":
    """Return the files of a folder that somebody packed: without a common folder at the top and what desktops add."""
    archive = Archive(stream, limits=limits)
    paths = Paths(path for path in archive.paths() if not _of_desktop(path))
    if not paths:
        raise NotAPackage("Das ZIP-Archiv enthält keine Dateien.")
    top = paths[0].partition("/")[0] + "/"
    return Inside(archive, paths, top if all(path.startswith(top) for path in paths) else "")


def _of_desktop(path: str) -> bool:
    first, name = path.partition("/")[0], path.rpartition("/")[2]
    return first == "__MACOSX" or name in (".DS_Store", "Thumbs.db", "desktop.ini") or name.startswith("._")


class Inside:
    """Some files of others, those below ``top`` without it."""

    def __init__(self, files: Archive, paths: Paths, top: str):
        self._files, self._top = files, top
        self._paths = paths.below(top)

    def paths(self) -> Paths:
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
        if path not in self._paths:
            raise KeyError(path)
        return self._top + path
