"""Checks a folder without Django: ``python -m staffel.curriculum.core programmes/smart-city-manager``."""

import sys
from pathlib import Path

from staffel.curriculum.core.lines import LARGEST_FILE
from staffel.curriculum.core.programme import digest
from staffel.curriculum.core.reading import MOST_FILES, NotAProgramme, read_programme


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the bytes of each file below ``folder`` by its path with ``/``; hidden files and links are left out.

    No more is read than the reader of programmes takes: one byte and one file above its limits.
    """
    files = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_symlink() or not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        with path.open("rb") as file:
            files[inside.as_posix()] = file.read(LARGEST_FILE + 1)
        if len(files) > MOST_FILES:
            break
    return files


def main(arguments: list[str]) -> int:
    """Print what the folder holds, or every mistake; return 0, 1 for mistakes, 2 for a wrong call."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("Bitte nennen Sie einen Ordner: python -m staffel.curriculum.core ORDNER\n")
        return 2
    try:
        programme = read_programme(read_folder(Path(arguments[0])))
    except NotAProgramme as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(
        f"{programme.title} {programme.version}: {len(programme.modules)} Module, {len(programme.units)} Einheiten, "
        f"{len(programme.competencies)} Kompetenzen. Prüfsumme {digest(programme)}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
