"""The files of a programme that is asked for, not stored: what a merge made, in canonical form."""

from collections.abc import Collection, Iterable
from io import BytesIO
from typing import BinaryIO

from staffel.curriculum.core.content import Material, Source
from staffel.curriculum.core.files import sha256_of
from staffel.curriculum.core.lines import Mistake
from staffel.curriculum.core.merging import Merged
from staffel.curriculum.core.reader import NotAProgramme, read_outline, read_unit
from staffel.curriculum.core.unit_reader import Known
from staffel.curriculum.core.writer import write_outline, write_unit


class SourceFiles:
    """The canonical files of ``source``, or of its outline and the units ``only``; the texts of one unit are in memory.

    Sizes and digests of materials are those that the units say: what is stored was measured before, and reading every film
    again to merge two sentences would take minutes.
    """

    def __init__(self, source: Source, only: Collection[str] | None = None):
        self._source = source
        self._outline = write_outline(source.outline)
        self._keys = source.outline.units if only is None else only
        self._paths: tuple[str, ...] | None = None
        self._materials: dict[str, Material] = {}
        self._near: tuple[str, dict[str, bytes]] = ("", {})

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted. Asks for each unit once."""
        if self._paths is None:
            found = list(self._outline)
            for key in self._keys:
                found += self._texts(key)
            self._paths = tuple(sorted([*found, *self._materials], key=str.encode))
        return self._paths

    def narrow(self, key: str) -> "SourceFiles":
        """Hold the outline and this one unit from now on, so that it is asked for once, and return itself."""
        self._keys, self._paths, self._materials, self._near = (key,), None, {}, ("", {})
        return self

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        if path in self._materials:
            return self._materials[path].size
        with self.open(path) as stream:
            return stream.seek(0, 2)

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        if path in self._materials:
            return self._materials[path].sha256
        with self.open(path) as stream:
            return sha256_of(stream)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes, at their beginning. Raises KeyError for an unknown path."""
        if path in self._outline:
            return BytesIO(self._outline[path])
        _, key, name = [*path.split("/", 2), "", ""][:3]
        if name.startswith("files/"):
            return self._source.open(key, name.removeprefix("files/"))
        return BytesIO(self._texts(key)[path])

    def _texts(self, key: str) -> dict[str, bytes]:
        if self._near[0] != key:
            unit = self._source.unit(key)
            self._near = (key, write_unit(unit))
            for material in unit.materials:
                if material.file:
                    self._materials[f"units/{key}/files/{material.file}"] = material
        return self._near[1]


def mistakes_after(merged: Merged, sides: Iterable[Source]) -> tuple[Mistake, ...]:
    """Return what a merge broke between fields, with ours where a conflict is open: minutes that no longer add up and the like.

    Looks at the units that both sides changed; at all of them only if a competency or method is gone that one of ``sides``
    had.
    """
    source = merged.preview
    known = Known.of(source.outline)
    had = [Known.of(side.outline) for side in sides]
    gone = any(one.competencies - known.competencies or one.methods - known.methods for one in had)
    keys = source.outline.units if gone else source.merged_units()
    files = SourceFiles(source, ())
    try:
        outline = read_outline(files)
    except NotAProgramme as error:
        return error.mistakes
    found: list[Mistake] = []
    for key in keys:
        try:
            read_unit(files.narrow(key), outline, key)
        except NotAProgramme as error:
            found += error.mistakes
    return tuple(found)
