"""The files of programmes that everybody may fetch: materials, packages, folders, public keys.

Bytes go from the database to the browser in parts. A released version never changes, so digests of its own are its ETags.
"""

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from staffel.base.guard import public, reads_only
from staffel.curriculum.core.package import layout
from staffel.curriculum.exports import packages
from staffel.curriculum.pages.media import SHOWN, media_type
from staffel.curriculum.queries import files, releases

# A picture may be a document with a program in it: what stands alone in a window gets nothing to run and nowhere to ask.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


@public("the materials of a programme are public")
@reads_only
def material(request, key, number, unit, name):
    return file_of(request, releases.released_row(key, number), unit, name)


def file_of(request, row, unit, name):
    """Answer with the file ``name`` of a unit of a version; 404 if there is none."""
    found = releases.material_file(row, unit, name) if row else None
    if found is None:
        raise Http404
    stored, path = found
    etag = stored.sha256(path)
    if unchanged := _unchanged(request, etag):
        return unchanged
    kind = media_type(name)
    response = FileResponse(stored.open(path), as_attachment=kind not in SHOWN, filename=name, content_type=kind)
    response["Content-Length"] = str(stored.size(path))
    return fetched(response, etag)


@public("a released programme may be handed on by everybody")
@reads_only
def package(request, key, number):
    row = releases.released_row(key, number)
    if row is None:
        raise Http404
    if not packages.has_package(row):
        return render(request, "curriculum/no_files.html", {"row": row}, status=404)
    return _archive(request, packages.package_zip, row, packages.package_name(row), f"package-{row.manifest_digest}")


@public("a released programme may be written on by everybody")
@reads_only
def folder(request, key, number):
    row = releases.released_row(key, number)
    if row is None:
        raise Http404
    if not files.has_files(row):
        return render(request, "curriculum/no_files.html", {"row": row}, status=404)
    return _archive(request, packages.folder_zip, row, packages.folder_name(row), f"folder-{row.digest}")


@public("whoever checks a signature needs the public key")
@reads_only
def publisher(request, key, number):
    row = releases.released_row(key, number)
    pem = releases.publisher_pem(row) if row else None
    if pem is None:
        raise Http404
    if unchanged := _unchanged(request, row.signed_with):
        return unchanged
    response = HttpResponse(pem, content_type="application/x-pem-file")
    response["Content-Disposition"] = f'attachment; filename="{layout.PUBLISHER}"'
    return fetched(response, row.signed_with)


def _archive(request, write, row, name, etag):
    if unchanged := _unchanged(request, etag):
        return unchanged
    # On disk, not in memory: a package may hold gigabytes.
    spool = TemporaryFile()  # noqa: SIM115 - the response closes it
    write(row, spool)
    spool.seek(0)
    return fetched(FileResponse(spool, as_attachment=True, filename=name, content_type="application/zip"), etag)


def _unchanged(request, etag):
    """Return 304 for whoever has the file already, else None."""
    answer = get_conditional_response(request, etag=quote_etag(etag))
    return answer and fetched(answer, etag)


def fetched(response, etag):
    """Return ``response`` with its ETag and with headers that let nothing in it run."""
    response["ETag"] = quote_etag(etag)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
