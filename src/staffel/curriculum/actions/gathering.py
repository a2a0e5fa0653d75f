"""A programme that is read once, unit by unit, so that it can be written to the database in one go.

The canonical texts wait in a temporary file, and so does what is known of each unit and its files.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from functools import partial
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from staffel.curriculum.actions.files import Known
from staffel.curriculum.actions.progress import tell
from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.files import PIECE, Files, content_digest
from staffel.curriculum.core.lines import Mistake
from staffel.curriculum.core.package.kinds import check_of, wrong_kind
from staffel.curriculum.core.package.layout import PROGRAMME
from staffel.curriculum.core.paths import Paths, is_in
from staffel.curriculum.core.reader import NotAProgramme, check_programme
from staffel.curriculum.core.writer import write_outline, write_unit
from staffel.curriculum.models import Errand

IN_MEMORY = 1024 * 1024
# Where the record of the outline stands among those of the units.
OUTLINE = ""


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

    To be used in a ``with``: the temporary file goes at its end. ``outline``, ``counts``, ``digest`` and ``total``, the number
    of files, stay.
    """

    outline: Outline
    digest: str

    def __init__(self, files: Files):
        self.counts, self.total = Counts(), 0
        self._files, self._mistakes = files, []
        self._paths = files.paths()
        self._expected = sum(1 for path in self._paths if path.endswith("/unit.yaml"))
        # Where the line stands that tells of a unit: its row, and of each file the path, digest, place and size. Materials are
        # not in the temporary file and have no place.
        self._records: dict[str, int] = {}
        self._near: tuple[str | None, dict[str, tuple[str, int | None, int]]] = (None, {})
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

    def facts(self, path: str) -> tuple[str, int]:
        """Return digest and size of one file by its path in the programme. Raises KeyError."""
        digest, _, size = self._entry(path)
        return digest, size

    def entry(self, path: str) -> bytes | Known:
        """Return one file by its path in the programme. Raises KeyError."""
        return self._content(path, *self._entry(path))

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield the path of each file and its digest, sorted by path."""
        for key in self._sorted():
            yield from ((path, digest) for path, (digest, _, _) in self._files_of(key).items())

    def entries(self) -> Iterator[tuple[str, bytes | Known]]:
        """Yield every file as it stands in a package, sorted by path."""
        for key in self._sorted():
            for path, facts in self._files_of(key).items():
                yield PROGRAMME + path, self._content(path, *facts)

    def row(self, key: str) -> UnitRow:
        """Return what the row of a unit says."""
        *values, objectives, competencies = self._record(key)[0]
        return UnitRow(*values, tuple(objectives), tuple(competencies))

    def summary(self, key: str) -> str:
        """Return the summary of a unit."""
        return self.entry(f"units/{key}/summary.md").decode().removesuffix("\n")

    def _sorted(self) -> list[str]:
        # A slash is after a hyphen: units/a-b/… stands before units/a/….
        return sorted(self._records, key=lambda key: key and f"{key}/")

    def _entry(self, path: str) -> tuple[str, int | None, int]:
        return self._files_of(path.split("/", 2)[1] if path.startswith("units/") else OUTLINE)[path]

    def _files_of(self, key: str) -> dict[str, tuple[str, int | None, int]]:
        if self._near[0] != key:
            self._near = (key, {path: tuple(facts) for path, *facts in self._record(key)[1]})
        return self._near[1]

    def _record(self, key: str) -> list:
        self._spool.seek(self._records[key])
        return json.loads(self._spool.readline())

    def _content(self, path: str, digest: str, at: int | None, size: int) -> bytes | Known:
        if at is None:
            return Known(digest, size, partial(self._files.open, path))
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
        self._note(OUTLINE, None, self._keep(write_outline(self.outline)))
        self.digest = content_digest(self.digests())

    def _take(self, unit: Unit) -> None:
        self.counts.add(unit)
        facts = self._keep(write_unit(unit))
        for material in unit.materials:
            if material.file:
                path = f"units/{unit.key}/files/{material.file}"
                facts[path] = (material.sha256, None, material.size)
                if is_in(self._paths, path):
                    self._look(path, material.file)
        row = UnitRow(
            unit.key,
            unit.title,
            str(unit.kind),
            unit.minutes,
            tuple(objective.text for objective in unit.objectives),
            unit.competencies,
        )
        self._note(unit.key, row, facts)
        tell(Errand.Step.READ, len(self._records), self._expected)

    def _keep(self, texts: dict[str, bytes]) -> dict[str, tuple[str, int | None, int]]:
        """Put texts into the temporary file, and return what is known of each."""
        facts = {}
        for path, content in texts.items():
            at = self._spool.seek(0, 2)
            self._spool.write(content)
            facts[path] = (hashlib.sha256(content).hexdigest(), at, len(content))
        return facts

    def _note(self, key: str, row: UnitRow | None, facts: dict[str, tuple[str, int | None, int]]) -> None:
        self.total += len(facts)
        self._records[key] = self._spool.seek(0, 2)
        record = (row and astuple(row), [(path, *facts[path]) for path in sorted(facts, key=str.encode)])
        self._spool.write(json.dumps(record).encode() + b"\n")

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
        self._paths = Paths(path for path, _ in gathered.digests())

    def paths(self) -> Paths:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._gathered.facts(path)[1]

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._gathered.facts(path)[0]

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        entry = self._gathered.entry(path)
        return BytesIO(entry) if isinstance(entry, bytes) else entry.open()
