"""A programme that is read once, unit by unit, so that it can be written to the database in one go.

What is known of each unit besides its texts is small and stays in memory; the canonical texts wait in a temporary file.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from staffel.curriculum.actions.files import Known, known_in
from staffel.curriculum.actions.progress import tell
from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.files import PIECE, Files, content_digest
from staffel.curriculum.core.lines import Mistake
from staffel.curriculum.core.package.kinds import check_of, wrong_kind
from staffel.curriculum.core.package.layout import PROGRAMME
from staffel.curriculum.core.reader import NotAProgramme, check_programme
from staffel.curriculum.core.writer import write_outline, write_unit
from staffel.curriculum.models import Errand

IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class UnitRow:
    """What the row of a unit says, but for its summary, which may be long; ``objectives`` are sentences."""

    key: str
    title: str
    kind: str
    minutes: int
    objectives: tuple[str, ...]
    competencies: tuple[str, ...]


@dataclass(slots=True)
class Counts:
    """How much is in a programme; ``files`` and ``bytes`` are those of materials, ``licences`` counts them by SPDX id."""

    minutes: int = 0
    quiz: int = 0
    tasks: int = 0
    files: int = 0
    bytes: int = 0
    licences: dict[str, int] = field(default_factory=dict)

    def add(self, unit: Unit) -> None:
        """Count a unit."""
        self.minutes += unit.minutes
        self.quiz += len(unit.quiz)
        self.tasks += unit.task is not None
        for material in unit.materials:
            self.files += bool(material.file)
            self.bytes += material.size
            self.licences[material.licence] = self.licences.get(material.licence, 0) + 1


class Gathered:
    """A programme that was read without a mistake: its outline, what rows will say, and its canonical files.

    To be used in a ``with``: the temporary file goes at its end. ``outline``, ``units`` (rows by key), ``counts`` and
    ``digest`` stay.
    """

    outline: Outline
    digest: str

    def __init__(self, files: Files):
        self.units: dict[str, UnitRow] = {}
        self.counts = Counts()
        self._files, self._mistakes = files, []
        self._paths = frozenset(files.paths())
        self._expected = sum(1 for path in self._paths if path.endswith("/unit.yaml"))
        # Of each text its digest, where it stands in the temporary file, and its size; of a material only the digest.
        self._entries: dict[str, tuple[str, int, int] | str] = {}
        self._spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed at the end of the with
        try:
            self._read()
        except BaseException:
            self._spool.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._spool.close()

    @property
    def files(self) -> "Canonical":
        """The canonical files, as long as this is open."""
        return Canonical(self)

    @property
    def total(self) -> int:
        """How many files there are."""
        return len(self._entries)

    def entry(self, path: str) -> bytes | Known:
        """Return one file by its path in the programme. Raises KeyError."""
        entry = self._entries[path]
        return known_in(self._files, path) if isinstance(entry, str) else self._text(*entry[1:])

    def digests(self) -> dict[str, str]:
        """Return the digest of each file by its path, sorted."""
        return {path: entry if isinstance(entry, str) else entry[0] for path, entry in self._entries.items()}

    def entries(self) -> Iterator[tuple[str, bytes | Known]]:
        """Yield every file as it stands in a package, sorted by path."""
        for path in self._entries:
            yield PROGRAMME + path, self.entry(path)

    def summary(self, key: str) -> str:
        """Return the summary of a unit."""
        return self._text(*self._entries[f"units/{key}/summary.md"][1:]).decode().removesuffix("\n")

    def _text(self, at: int, size: int) -> bytes:
        self._spool.seek(at)
        return self._spool.read(size)

    def _read(self) -> None:
        mistakes: tuple[Mistake, ...] = ()
        try:
            self.outline = check_programme(self._files, self._take, measured=True)
        except NotAProgramme as error:
            mistakes = error.mistakes
        if mistakes or self._mistakes:
            raise NotAProgramme([*mistakes, *self._mistakes])
        self._keep(write_outline(self.outline))
        self._entries = {path: self._entries[path] for path in sorted(self._entries, key=str.encode)}
        self.digest = content_digest(self.digests().items())

    def _take(self, unit: Unit) -> None:
        self.units[unit.key] = UnitRow(
            unit.key,
            unit.title,
            str(unit.kind),
            unit.minutes,
            tuple(objective.text for objective in unit.objectives),
            unit.competencies,
        )
        self.counts.add(unit)
        tell(Errand.Step.READ, len(self.units), self._expected)
        self._keep(write_unit(unit))
        for material in unit.materials:
            if material.file:
                path = f"units/{unit.key}/files/{material.file}"
                self._entries[path] = material.sha256
                if path in self._paths:
                    self._look(path, material.file)

    def _keep(self, texts: dict[str, bytes]) -> None:
        for path, content in texts.items():
            at = self._spool.seek(0, 2)
            self._spool.write(content)
            self._entries[path] = (hashlib.sha256(content).hexdigest(), at, len(content))

    def _look(self, path: str, name: str) -> None:
        """Note a file that is not what a unit may have, or not what its name says."""
        mistake = wrong_kind(name)
        if not mistake:
            check = check_of(name)
            with self._files.open(path) as stream:
                while not mistake and (piece := stream.read(PIECE)):
                    mistake = check.feed(piece)
            mistake = mistake or check.finish()
        if mistake:
            self._mistakes.append(Mistake(path, 1, mistake))


class Canonical:
    """The canonical files of a programme that was gathered (``core/files.py``)."""

    def __init__(self, gathered: Gathered):
        self._gathered = gathered
        self._digests = gathered.digests()
        self._paths = tuple(self._digests)

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        entry = self._gathered.entry(path)
        return len(entry) if isinstance(entry, bytes) else entry.size

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._digests[path]

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        entry = self._gathered.entry(path)
        return BytesIO(entry) if isinstance(entry, bytes) else entry.open()
