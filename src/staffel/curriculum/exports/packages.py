"""Versions as files: the package that was signed, and the folder to go on working with.

A package is put together from the stored files and computes nothing: the same version is the same bytes forever.
"""

from collections.abc import Callable
from functools import partial
from typing import BinaryIO

from staffel.base.rules import RuleBroken
from staffel.curriculum.core import rules
from staffel.curriculum.core.package.writer import name_of, write_zip
from staffel.curriculum.models import Download, Version
from staffel.curriculum.queries.files import programme_files, stored_files


def has_package(version: Version) -> bool:
    """Whether the version was released or received with its package: drafts and what is older have none. No query."""
    return bool(version.manifest_digest)


def package_name(version: Version) -> str:
    """Return the name of its file: ``KEY-1.0.0.staffel.zip``."""
    return name_of(version.programme.key, version.number)


def folder_name(version: Version) -> str:
    """Return the name of its folder as a file: ``KEY-1.0.0.zip``."""
    return f"{version.programme.key}-{version.number}.zip"


def refuse_without_package(version: Version) -> None:
    """Raise RuleBroken: CUR-12 for a draft, CUR-11 for a version from before packages."""
    if not has_package(version):
        rule = rules.HAS_FILES if version.is_fixed else rules.HAS_PACKAGE
        raise RuleBroken(rule, f"version {version.pk} has no package", number=version.number)


def package_zip(version: Version, stream: BinaryIO) -> None:
    """Write the package of a released or received version to ``stream``, which can seek. One query for each 64 small files.

    Raises RuleBroken: CUR-12 for a draft, CUR-11 for a version from before packages.
    """
    refuse_without_package(version)
    files = stored_files(version)
    write_zip(((path, partial(files.open, path)) for path in files.paths()), stream)


def folder_zip(version: Version, stream: BinaryIO) -> None:
    """Write the programme's files of any version to ``stream``, which can seek, as a ZIP file with one folder in it.

    Raises RuleBroken: CUR-11 for a version without files.
    """
    files = programme_files(version)
    if not files.paths():
        raise RuleBroken(rules.HAS_FILES, f"version {version.pk} has no files", number=version.number)
    top = version.programme.key
    write_zip(((f"{top}/{path}", partial(files.open, path)) for path in files.paths()), stream)


# What every version with files is had as, beside the forms of other systems.
ARCHIVES: dict[str, Callable[[Version, BinaryIO], None]] = {
    Download.Kind.PACKAGE: package_zip,
    Download.Kind.FOLDER: folder_zip,
}
