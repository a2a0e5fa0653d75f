"""A folder on disk as files by path, for commands."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from staffel.curriculum.core.files import sha256_of
from staffel.curriculum.core.reader import MOST_FILES


class Folder:
    """The files below a folder; hidden ones and links are left out, and no more are looked for than a programme may have."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._paths = tuple(sorted(self._found(), key=str.encode))
        self._known = frozenset(self._paths)

    def _found(self) -> Iterator[str]:
        count = 0
        for place, folders, names in os.walk(self._folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(place, name)
                if name.startswith(".") or path.is_symlink() or not path.is_file():
                    continue
                yield path.relative_to(self._folder).as_posix()
                count += 1
                if count > MOST_FILES:
                    return

    def _path(self, path: str) -> Path:
        if path not in self._known:
            raise KeyError(path)
        return self._folder / path

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._path(path).stat().st_size

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes; reads them."""
        with self.open(path) as stream:
            return sha256_of(stream)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._path(path).open("rb")
