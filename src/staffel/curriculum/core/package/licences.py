"""Licence and author of every file of the programme: ``licences.json``, one line per file.

::

    {
    "programme/competencies.yaml": {"licence": "CC-BY-4.0", "author": "Staffel"},
    "programme/programme.yaml": {"licence": "CC-BY-4.0", "author": "Staffel"}
    }

Licences are SPDX identifiers. The files of a programme that are not materials have the programme's licence and author.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.package import strict_json
from staffel.curriculum.core.package.layout import LICENCES, PROGRAMME, NotAPackage, shown

_SPDX = re.compile(r"(?!LicenseRef-)[A-Za-z0-9.+-]+")
_CREATIVE = re.compile(r"CC-(BY(?:-NC)?(?:-SA|-ND)?)-([1-4]\.[05])")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Right:
    """Under which licence a file may be used, and who made it."""

    licence: str
    author: str


def right_of_texts(outline: Outline) -> Right:
    """Return what holds for the texts of a programme."""
    return Right(outline.licence, outline.author)


def rights_of_files(unit: Unit) -> dict[str, Right]:
    """Return what holds for the files of a unit, by their names in ``files/``."""
    return {one.file: Right(one.licence, one.author) for one in reversed(unit.materials) if one.file}


def line(path: str, right: Right) -> str:
    """Return the line of one file, without comma and line end."""
    return f"{strict_json.line(path)}: {strict_json.line({'licence': right.licence, 'author': right.author})}"


def check(stream: BinaryIO, paths: Sequence[str]) -> None:
    """Read ``licences.json`` against the paths of all files of the programme, sorted, in it. Raises NotAPackage."""
    try:
        found = strict_json.lines(stream)
        if next(found, None) != b"{":
            raise NotAPackage(_SPELLING)
        last = len(paths) - 1
        for number, path in enumerate(paths):
            _check_line(next(found, b""), PROGRAMME + path, comma=number < last)
        if next(found, None) != b"}" or next(found, None) is not None:
            raise NotAPackage(_SPELLING)
    except strict_json.NotJson as error:
        raise NotAPackage(f"{LICENCES} ist {error}.") from error


_SPELLING = f"{LICENCES} nennt nicht genau die Dateien des Programms, je eine in einer Zeile, sortiert."


def _check_line(text: bytes, path: str, *, comma: bool) -> None:
    if text.endswith(b",") != comma or not text.startswith(b'"'):
        raise NotAPackage(_SPELLING)
    value = strict_json.read(b"{" + text.removesuffix(b",") + b"}")
    if list(value) != [path]:
        raise NotAPackage(_SPELLING)
    right = value[path]
    if not isinstance(right, dict) or set(right) != {"licence", "author"} or not _fit(right):
        raise NotAPackage(f"{LICENCES} nennt Lizenz und Urheber von {shown(path)} nicht richtig.")


def _fit(right: dict[str, object]) -> bool:
    return all(strict_json.is_line(text, _MOST) for text in right.values())


def address(licence: str) -> str:
    """Return the address where SPDX describes a licence; empty for what is no single identifier of its list."""
    return f"https://spdx.org/licenses/{licence}" if _SPDX.fullmatch(licence) else ""


def creative_commons(licence: str) -> str:
    """Return the address of a licence at Creative Commons, empty for another one."""
    if licence == "CC0-1.0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CREATIVE.fullmatch(licence)
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/" if found else ""
