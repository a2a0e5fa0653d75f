"""The single files of programmes that everybody may fetch: materials and public keys. Packages are in ``downloads.py``."""

from io import BytesIO

from django.http import Http404

from staffel.base.guard import public, reads_only
from staffel.curriculum.core.package import layout
from staffel.curriculum.pages.media import SHOWN, media_type
from staffel.curriculum.queries import releases
from staffel.curriculum.views.sending import Sent, send, unchanged


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
    etag, kind = stored.sha256(path), media_type(name)
    if answer := unchanged(request, etag):
        return answer
    return send(request, Sent(name, kind, stored.size(path), etag, shown=kind in SHOWN), stored.open(path))


@public("whoever checks a signature needs the public key")
@reads_only
def publisher(request, key, number):
    row = releases.released_row(key, number)
    pem = releases.publisher_pem(row) if row else None
    if pem is None:
        raise Http404
    if answer := unchanged(request, row.signed_with):
        return answer
    return send(request, Sent(layout.PUBLISHER, "application/x-pem-file", len(pem), row.signed_with), BytesIO(pem))
