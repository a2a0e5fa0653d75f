"""The way to the pages of the editors, and archives that are only for them."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

from django.http import FileResponse
from django.utils.translation import gettext as _

from staffel.curriculum.models import Version
from staffel.curriculum.queries.editing import ROOM, version_path
from staffel.ui.parts import Crumb


def crumbs_of(version: Version | None = None, *last: Crumb) -> list[Crumb]:
    """Return the way to a page below the room, or below a version. Not through the office, which is closed to editors."""
    first = [Crumb(_("Start"), "/"), Crumb(_("Programme"), ROOM)]
    if version is None:
        return [*first, *last]
    return [*first, Crumb(f"{version.title or version.programme.title} {version.number}", version_path(version)), *last]


def private_archive(write: Callable[[BinaryIO], None], name: str) -> FileResponse:
    """Return what ``write`` writes as a file to fetch that no proxy keeps."""
    # On disk, not in memory: a package may hold gigabytes.
    spool = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write(spool)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    answer = FileResponse(spool, as_attachment=True, filename=name, content_type="application/zip")
    answer["Cache-Control"] = "private, no-store"
    return answer
