"""The forms in which a released version can be fetched: its package, its folder, what is made for other systems."""

from tempfile import TemporaryFile

from django.http import Http404
from django.shortcuts import render

from staffel.base.guard import public, reads_only
from staffel.curriculum.exports.names import file_name, media_type
from staffel.curriculum.exports.packages import ARCHIVES
from staffel.curriculum.models import Download
from staffel.curriculum.queries import downloads, files, releases
from staffel.curriculum.views.sending import Sent, send, unchanged


@public("a released programme may be taken into other systems by everybody")
@reads_only
def download(request, key, number, kind, unit=""):
    found = downloads.download(key, number, kind, unit)
    if found is None:
        raise Http404
    return _kept(request, found, file_name(kind, key, number, unit))


@public("a released programme may be handed on by everybody")
@reads_only
def package(request, key, number):
    return _archive(request, key, number, Download.Kind.PACKAGE)


@public("a released programme may be written on by everybody")
@reads_only
def folder(request, key, number):
    return _archive(request, key, number, Download.Kind.FOLDER)


def _archive(request, key, number, kind):
    name = file_name(kind, key, number, "")
    if found := downloads.download(key, number, kind):
        return _kept(request, found, name)
    row = releases.released_row(key, number)
    if row is None:
        raise Http404
    of_package = kind == Download.Kind.PACKAGE
    if not (row.manifest_digest if of_package else files.has_files(row)):
        return render(request, "curriculum/no_files.html", {"row": row}, status=404)
    return _put_together(request, row, kind, name, f"{kind}-{row.manifest_digest if of_package else row.digest}")


def _kept(request, found, name):
    if answer := unchanged(request, found.blob.sha256):
        return answer
    sent = Sent(name, media_type(found.kind), found.blob.size, found.blob.sha256)
    return send(request, sent, files.open_blob(found.blob))


def _put_together(request, row, kind, name, etag):
    """Answer with what the job has not made yet: some seconds after a release, or a day after an update."""
    if answer := unchanged(request, etag):
        return answer
    # On disk, not in memory: a package may hold gigabytes.
    spool = TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        ARCHIVES[kind](row, spool)
    except BaseException:
        spool.close()
        raise
    size = spool.tell()
    spool.seek(0)
    return send(request, Sent(name, media_type(kind), size, etag), spool)
