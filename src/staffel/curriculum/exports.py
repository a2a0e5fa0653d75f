"""Versions as files: the package that was signed, and the folder to go on working with.

A package is put together from the stored files and computes nothing: the same version is the same bytes forever.
"""

from typing import BinaryIO

from staffel.curriculum.models import Version


def has_package(version: Version) -> bool:
    """Whether the version was signed here or received: others have no package. One query at most."""
    return bool(version.manifest_digest)


def package_name(version: Version) -> str:
    """Return the name of its file: ``KEY-1.0.0.staffel.zip``."""
    return f"{version.programme.key}-{version.number}.staffel.zip"


def folder_name(version: Version) -> str:
    """Return the name of its folder as a file: ``KEY-1.0.0.zip``."""
    return f"{version.programme.key}-{version.number}.zip"


def package_zip(version: Version, stream: BinaryIO) -> None:
    """Write the package of a released or received version to ``stream``, which needs no seek.

    Raises RuleBroken: CUR-12 for a version without a package.
    """
    raise NotImplementedError


def folder_zip(version: Version, stream: BinaryIO) -> None:
    """Write the programme's files of any version to ``stream`` as a ZIP file with the programme's key as its folder.

    Raises RuleBroken: CUR-12 for a version without files.
    """
    raise NotImplementedError
