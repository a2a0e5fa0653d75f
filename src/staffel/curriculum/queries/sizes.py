"""What is too large for a page: it becomes an errand of the worker.

Measured on one core: reading and comparing a unit takes 5 to 10 ms, an unpacked file 1 ms, a megabyte of films 10 ms.
"""

from typing import BinaryIO

from django.db.models import Count, Sum

from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.layout import Limits, NotAPackage
from staffel.curriculum.models import Upload, Version, VersionFile

# About a hundred units with all their files.
FILES = 1000
BYTES = 50_000_000
TEXT_BYTES = 5_000_000
_TEXTS = (".yaml", ".yml", ".md", ".json", ".xml", ".html", ".xhtml", ".txt")


def is_long_to_read(file: BinaryIO, limits: Limits) -> bool:
    """Whether a file that can seek takes longer to look at than a page may; one that cannot be read is refused quickly."""
    size = file.seek(0, 2)
    file.seek(0)
    if size > BYTES:
        return True
    try:
        archive = Archive(file, limits=limits)
    except NotAPackage:
        return False
    finally:
        file.seek(0)
    paths = archive.paths()
    if len(paths) >= FILES:
        return True
    texts = sum(archive.size(path) for path in paths if path.lower().endswith(_TEXTS))
    return texts > TEXT_BYTES or sum(map(archive.size, paths)) > BYTES


def is_long_upload(upload: Upload) -> bool:
    """Whether an upload that was looked at takes longer to take over than a page may. No query."""
    return bool(upload.report.get("long"))


def is_long(version: Version) -> bool:
    """Whether a version takes longer to copy, to release or to merge into than a page may. One query."""
    found = VersionFile.objects.filter(version=version).aggregate(files=Count("pk"), size=Sum("blob__size", default=0))
    return found["files"] >= FILES or found["size"] > BYTES
