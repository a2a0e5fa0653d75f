"""An XLSX file that may be opened: unpacked under a limit, read as XML, and packed again with nothing else in it.

``python_calamine`` takes memory for every cell up to the last one: a single cell in XFD1048576 ends the process. What a file
says about its own size is not believed. Pure: bytes in, bytes out.
"""

import io
import re
import zipfile
import zlib
from xml.parsers import expat

# The real file has 2 MB, unpacks to about 15 and has 20 columns and 15,000 rows.
MOST_UNPACKED = 100_000_000
MOST_PARTS = 200
MOST_COLUMNS = 60
MOST_ROWS = 100_000
PIECE = 1 << 20

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_DAMAGED = "Die XLSX-Datei ist beschädigt oder unvollständig."
_READABLE = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class FileRefused(ValueError):
    """A file that is not taken; the text is a German sentence for the person who brought it."""


def checked_workbook(content: bytes) -> bytes:
    """Return the XLSX file with only those parts that are XML, each small enough. Raises FileRefused.

    Refused: a DOCTYPE (entities in it can grow without end), more than ``MOST_COLUMNS`` or ``MOST_ROWS``, more than
    ``MOST_UNPACKED`` bytes, and what no program for tables writes: encryption, unusual compression, hundreds of parts or two
    of one name.
    """
    checked, left = io.BytesIO(), MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(checked, "w") as kept:
            parts = _parts(archive)
            for part in parts:
                unpacked = _unpack(archive, part, left)
                left -= len(unpacked)
                if _is_xml(unpacked):
                    kept.writestr(zipfile.ZipInfo(part.filename), unpacked)
    except FileRefused:
        raise
    # RuntimeError: encrypted; LookupError: XML in an encoding that does not exist; the others: lengths that lead nowhere.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, LookupError, RuntimeError) as error:
        raise FileRefused(_DAMAGED) from error
    return checked.getvalue()


def _parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if not len(names) == len(parts) <= MOST_PARTS or any(part.compress_type not in _READABLE for part in parts):
        raise FileRefused(_DAMAGED)
    return parts


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    pieces, length = [], 0
    with archive.open(part) as stream:
        while piece := stream.read(PIECE):
            length += len(piece)
            if length > most:
                raise FileRefused("Die XLSX-Datei ist ausgepackt zu groß für ein Gemeindeverzeichnis.")
            pieces.append(piece)
    return b"".join(pieces)


def _is_xml(unpacked: bytes) -> bool:
    """Whether a part is well-formed XML, and no table in it goes too far; pictures and printer settings are not."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Extent().start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(unpacked, True)
    except expat.ExpatError:
        return False
    return True


def _refuse_doctype(*_declared) -> None:
    raise FileRefused("Die XLSX-Datei enthält eine DOCTYPE-Angabe. Ein Gemeindeverzeichnis hat keine.")


class _Extent:
    """How far the table of a part goes: a cell names its place, or stands behind the one before."""

    def __init__(self):
        self._row = 0
        self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            given = attributes.get("r", "")
            self._row = int(given) if re.fullmatch("[0-9]{1,7}", given) else self._row + 1
            self._column = 0
        elif name == "c":
            found = _CELL.fullmatch(attributes.get("r", "").upper())
            self._column = _number_of(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
        else:
            return
        if self._column > MOST_COLUMNS or self._row > MOST_ROWS:
            raise FileRefused(
                f"Die XLSX-Datei hat mehr als {MOST_COLUMNS} Spalten oder {MOST_ROWS // 1000}.000 Zeilen. "
                "Ein Gemeindeverzeichnis ist kleiner."
            )


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
