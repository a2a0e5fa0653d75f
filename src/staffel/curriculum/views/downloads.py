"""The forms in which a released version can be fetched."""

from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from staffel.base.guard import public, reads_only
from staffel.curriculum.exports.names import file_name, media_type
from staffel.curriculum.queries import downloads, files
from staffel.curriculum.views.public_files import fetched


@public("a released programme may be taken into other systems by everybody")
@reads_only
def download(request, key, number, kind, unit=""):
    found = downloads.download(key, number, kind, unit)
    if found is None:
        raise Http404
    etag = found.blob.sha256
    if unchanged := get_conditional_response(request, etag=quote_etag(etag)):
        return unchanged
    stream, name = files.open_blob(found.blob), file_name(kind, key, number, unit)
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type(kind))
    response["Content-Length"] = str(found.blob.size)
    return fetched(response, etag)
