"""The files of a programme that is asked for, not stored: what a merge made, in canonical form."""

from collections.abc import Collection, Iterable, Iterator
from io import BytesIO
from typing import BinaryIO

from staffel.curriculum.core.content import Material, Source
from staffel.curriculum.core.files import sha256_of
from staffel.curriculum.core.lines import Mistake
from staffel.curriculum.core.merging import Merged
from staffel.curriculum.core.paths import Paths
from staffel.curriculum.core.reader import NotAProgramme, read_outline, read_unit
from staffel.curriculum.core.unit_reader import Known
from staffel.curriculum.core.writer import write_outline, write_unit

# The texts of a unit and its materials, both by path.
_Unit = tuple[dict[str, bytes], dict[str, Material]]


class SourceFiles:
    """The canonical files of ``source``, or of its outline and the units ``only``; of these one at a time is in memory.

    Sizes and digests of materials are those that the units say: what is stored was measured before, and reading every film
    again to merge two sentences would take minutes.
    """

    def __init__(self, source: Source, only: Collection[str] | None = None):
        self._source = source
        self._outline = write_outline(source.outline)
        self._keys = source.outline.units if only is None else only
        self._paths: Paths | None = None
        self._near: tuple[str, _Unit] = ("", ({}, {}))

    def paths(self) -> Paths:
        """Return all paths, sorted. Asks for each unit once."""
        if self._paths is None:
            self._paths = Paths(self._all())
        return self._paths

    def _all(self) -> Iterator[str]:
        yield from sorted(self._outline)
        # A slash is after a hyphen: units/a-b/… stands before units/a/….
        for key in sorted(self._keys, key=lambda key: f"{key}/"):
            texts, materials = self._unit(key)
            yield from sorted([*texts, *materials])

    def narrow(self, key: str) -> "SourceFiles":
        """Hold the outline and this one unit from now on, so that it is asked for once, and return itself."""
        self._keys, self._paths, self._near = (key,), None, ("", ({}, {}))
        return self

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        if material := self._material(path):
            return material.size
        with self.open(path) as stream:
            return stream.seek(0, 2)

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        if material := self._material(path):
            return material.sha256
        with self.open(path) as stream:
            return sha256_of(stream)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes, at their beginning. Raises KeyError for an unknown path."""
        if path in self._outline:
            return BytesIO(self._outline[path])
        key, name = _key_and_name(path)
        if name.startswith("files/"):
            return self._source.open(key, name.removeprefix("files/"))
        return BytesIO(self._unit(key)[0][path])

    def _material(self, path: str) -> Material | None:
        key, name = _key_and_name(path)
        return self._unit(key)[1].get(path) if name.startswith("files/") else None

    def _unit(self, key: str) -> _Unit:
        if self._near[0] != key:
            unit = self._source.unit(key)
            materials = {f"units/{key}/files/{one.file}": one for one in unit.materials if one.file}
            self._near = (key, (write_unit(unit), materials))
        return self._near[1]


def _key_and_name(path: str) -> tuple[str, str]:
    _, key, name = [*path.split("/", 2), "", ""][:3]
    return key, name


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
