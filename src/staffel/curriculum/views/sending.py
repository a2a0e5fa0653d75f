"""Bytes that everybody may fetch: from the database to the browser in parts, once for each browser, from any byte on.

What a version has never changes, so the digest of the bytes is their ETag.
"""

import re
from dataclasses import dataclass
from io import RawIOBase
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from staffel.curriculum.queries.files import PART

# A picture may be a document with a program in it: what stands alone in a window gets nothing to run and nowhere to ask.
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
_RANGE = re.compile(r"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent: its name as a file, its media type, its number of bytes, and what tells it from others."""

    name: str
    media_type: str
    size: int
    etag: str
    shown: bool = False


def unchanged(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """Return the answer for whoever has the bytes already, 304, or wanted others, 412; else None."""
    answer = get_conditional_response(request, etag=quote_etag(etag))
    return answer and fetched(answer, etag)


def send(request: HttpRequest, sent: Sent, stream: BinaryIO) -> HttpResponseBase:
    """Return ``stream``, which can seek and is closed with the answer; the part that was asked for, if it is one part.

    Whoever asks for several parts gets the whole, as RFC 9110 allows.
    """
    part = _part(request, sent)
    if part is None:
        response = _file(sent, stream, sent.size)
    elif not part:
        stream.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{sent.size}"
    else:
        stream.seek(part.start)
        response = _file(sent, _Window(stream, len(part)), len(part))
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{sent.size}"
    response["Accept-Ranges"] = "bytes"
    return fetched(response, sent.etag)


def fetched(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Return ``response`` with its ETag and with headers that let nothing in it run."""
    response["ETag"] = quote_etag(etag)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file(sent: Sent, stream: BinaryIO, size: int) -> FileResponse:
    response = FileResponse(stream, as_attachment=not sent.shown, filename=sent.name, content_type=sent.media_type)
    # In pieces as large as those of the database; those of Django have 4 KiB.
    response.block_size = PART
    response["Content-Length"] = str(size)
    return response


def _part(request: HttpRequest, sent: Sent) -> range | None:
    """Return which bytes are asked for, none if there are none of these; None for the whole."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or request.headers.get("If-Range", quote_etag(sent.etag)) != quote_etag(sent.etag):
        return None
    first, last, from_end = asked.groups()
    if from_end is not None:
        return range(max(0, sent.size - int(from_end)), sent.size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, sent.size) if last else sent.size)


class _Window(RawIOBase):
    """The next ``left`` bytes of a stream."""

    def __init__(self, stream: BinaryIO, left: int):
        super().__init__()
        self._stream, self._left = stream, left

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(found)
        return found

    def close(self) -> None:
        self._stream.close()
        super().close()
