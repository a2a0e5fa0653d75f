"""Checks folders and brings them into form, without Django or a database::

python -m staffel.curriculum.core programmes/smart-city-manager
python -m staffel.curriculum.core format [--check] programmes/smart-city-manager …
python -m staffel.curriculum.core teach programmes/smart-city-manager …
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.files import Files, digest_of, sha256_of
from staffel.curriculum.core.reader import MOST_FILES, FromFiles, NotAProgramme, check_programme, read_outline, read_unit
from staffel.curriculum.core.teaching.checking import findings_in
from staffel.curriculum.core.writer import write_outline, write_unit

_USAGE = """\
Bitte nennen Sie einen Ordner:
  python -m staffel.curriculum.core ORDNER                    prüft ihn
  python -m staffel.curriculum.core format ORDNER …           bringt Ordner in die einheitliche Form
  python -m staffel.curriculum.core format --check ORDNER …   sagt nur, was sich ändern würde
  python -m staffel.curriculum.core teach ORDNER …            sagt, was beim Unterrichten fehlt oder stört
"""


class Folder:
    """The files below a folder, as they are when they are asked for; hidden files and links are left out.

    No more paths are listed than a programme may have, and one.
    """

    def __init__(self, folder: Path):
        found: dict[str, Path] = {}
        for path in _walk(folder):
            # A name that is no UTF-8 is shown with question marks, and refused by whoever reads it.
            found[path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()] = path
            if len(found) > MOST_FILES:
                break
        self._files = {path: found[path] for path in sorted(found, key=str.encode)}
        self._paths = tuple(self._files)
        self._digests: dict[str, str] = {}

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._files[path].stat().st_size

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes, computed once."""
        if path not in self._digests:
            with self.open(path) as stream:
                self._digests[path] = sha256_of(stream)
        return self._digests[path]

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._files[path].open("rb")

    def replace(self, path: str, content: bytes) -> None:
        """Put ``content`` in the place of a file: the old bytes or the new ones are there, at any moment."""
        old = self._files[path]
        new = old.with_name(f".{old.name}.new")
        new.write_bytes(content)
        new.chmod(old.stat().st_mode)
        new.replace(old)
        self._digests.pop(path, None)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below ``folder`` that are neither hidden nor links."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walk(path)
        elif path.is_file():
            yield path


class _Over:
    """Files with some that stand in the place of theirs."""

    def __init__(self, files: Files, contents: dict[str, bytes]):
        self._files, self._contents = files, contents

    def paths(self) -> tuple[str, ...]:
        return self._files.paths()

    def size(self, path: str) -> int:
        return len(self._contents[path]) if path in self._contents else self._files.size(path)

    def sha256(self, path: str) -> str:
        return sha256_of(self.open(path)) if path in self._contents else self._files.sha256(path)

    def open(self, path: str) -> BinaryIO:
        return BytesIO(self._contents[path]) if path in self._contents else self._files.open(path)


def main(arguments: list[str]) -> int:
    """Check a folder or bring folders into form; return 0, 1 for mistakes, 2 for a wrong call."""
    if arguments[:1] == ["teach"] and arguments[1:] and all(Path(name).is_dir() for name in arguments[1:]):
        return max(_teach(Path(name)) for name in arguments[1:])
    if arguments[:1] == ["format"]:
        only_check = arguments[1:2] == ["--check"]
        folders = [Path(name) for name in arguments[2 if only_check else 1 :]]
    else:
        only_check, folders = False, [Path(name) for name in arguments]
    if not folders or not all(folder.is_dir() for folder in folders) or (len(folders) > 1 and arguments[0] != "format"):
        sys.stderr.write(_USAGE)
        return 2
    if arguments[0] != "format":
        return _check(folders[0])
    return max(_format(folder, only_check=only_check) for folder in folders)


def counted(number: int, one: str, several: str) -> str:
    """Return a number with its word: ``1 Modul``, ``2 Module``."""
    return f"{number} {one if number == 1 else several}"


def _check(folder: Path) -> int:
    """Say what the folder holds, or every mistake."""
    files = Folder(folder)
    try:
        outline = check_programme(files)
    except NotAProgramme as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{outline.title} {outline.version}: {counted(len(outline.modules), 'Modul', 'Module')}, "
        f"{counted(len(outline.units), 'Einheit', 'Einheiten')}, "
        f"{counted(len(outline.competencies), 'Kompetenz', 'Kompetenzen')}. Prüfsumme {digest_of(files)}\n"
    )
    return 0


def _teach(folder: Path) -> int:
    """Say everything that is to be mended before somebody teaches with it; return 0 if there is nothing."""
    files = Folder(folder)
    try:
        check_programme(files)
    except NotAProgramme as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = [str(finding) for finding in findings_in(FromFiles(files))]
    sys.stderr.write("".join(f"{sentence}\n" for sentence in found))
    sys.stdout.write(
        f"{folder}: {len(found)} Stellen sind zu verbessern.\n" if found else f"{folder}: Nichts ist zu verbessern.\n"
    )
    return 1 if found else 0


def _format(folder: Path, *, only_check: bool) -> int:
    """Rewrite what is not in canonical form, digests and sizes of materials too, or only say what is not.

    Nothing is written while there is one mistake in the folder. What is to be written is read again before it is.
    """
    files = Folder(folder)
    changed: dict[str, None] = {}
    try:
        outline = check_programme(files, lambda unit: changed.update(_differing(files, write_unit(unit))), measured=True)
    except NotAProgramme as error:
        sys.stderr.write("".join(f"{folder / str(mistake)}\n" for mistake in error.mistakes))
        return 1
    changed.update(_differing(files, write_outline(outline)))
    if only_check:
        sys.stderr.write("".join(f"{folder / path} ist nicht in der einheitlichen Form.\n" for path in sorted(changed)))
        sys.stderr.write("Bitte rufen Sie „make format-programmes“ auf.\n" if changed else "")
        return 1 if changed else 0
    if changed:
        _rewrite(files, outline)
    sys.stdout.write("".join(f"{folder / path}\n" for path in sorted(changed)))
    return 0


def _differing(files: Files, contents: dict[str, bytes]) -> dict[str, None]:
    """Return the paths whose bytes in ``files`` are others."""
    found = {}
    for path, content in contents.items():
        with files.open(path) as stream:
            if stream.read(len(content) + 1) != content:
                found[path] = None
    return found


def _rewrite(files: Folder, outline: Outline) -> None:
    head = write_outline(outline)
    if read_outline(_Over(files, head)) != outline:
        raise AssertionError("what was written is not what was read; nothing is changed")

    def rewrite(unit: Unit) -> None:
        contents = write_unit(unit)
        if read_unit(_Over(files, contents), outline, unit.key) != unit:
            raise AssertionError(f"what was written of {unit.key} is not what was read; this unit is not changed")
        for path in _differing(files, contents):
            files.replace(path, contents[path])

    check_programme(files, rewrite, measured=True)
    for path in _differing(files, head):
        files.replace(path, head[path])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
