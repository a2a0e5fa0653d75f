"""What was asked, how long did it take, under which number; and the answer, made small.

The request's number stands in every log line, in the ``X-Request-ID`` header and on every error page, so that a person's
report finds the line.
"""

import secrets
import time

import brotli
import structlog
import zstandard
from django.conf import settings
from django.utils.cache import patch_vary_headers

from staffel.base import metrics

log = structlog.get_logger("staffel.request")

# Below this the header costs more than compression saves.
SMALLEST_COMPRESSED = 400
COMPRESSED_TYPES = ("text/", "application/json", "application/geo+json", "application/xml", "image/svg+xml")


class RequestNumber:
    """Number each request, log and count its answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.number = secrets.token_hex(6)
        structlog.contextvars.bind_contextvars(request=request.number)
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        response["X-Request-ID"] = request.number
        match = request.resolver_match
        name = match.view_name if match else "unknown"
        metrics.count_request(name, request.method, response.status_code, seconds)
        if settings.LOG_REQUESTS:
            # Without its query, and without the token of a link: neither a search term nor a key has a place in a log.
            log.info(
                "answered",
                method=request.method,
                path=path_for_log(request),
                view=name,
                status=response.status_code,
                ms=round(seconds * 1000, 1),
            )
        structlog.contextvars.unbind_contextvars("request")
        return response


def path_for_log(request) -> str:
    """Return the path of a request, with a word in place of a link's token: whoever reads a log must not come in by it."""
    match = request.resolver_match
    token = match.kwargs.get("token") if match else None
    return request.path.replace(token, "TOKEN") if token else request.path


def accepted_encoding(header: str) -> str:
    """Return the best of ``zstd``, ``br`` and no compression (empty) that an ``Accept-Encoding`` header allows.

    An encoding with ``q=0`` is refused by the client. Source: RFC 9110, section 12.5.3.
    """
    allowed = set()
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if weight.strip().removeprefix("q=").strip("0.") or not weight:
            allowed.add(name.strip())
    return next((encoding for encoding in ("zstd", "br") if encoding in allowed), "")


def compress(content: bytes, encoding: str, *, thorough: bool = False) -> bytes:
    """Return ``content`` in ``encoding``; ``thorough`` is for bytes that are kept and sent many times."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=12 if thorough else 3).compress(content)
    if encoding == "br":
        return brotli.compress(content, quality=9 if thorough else 4)
    return content


class Compression:
    """Send dynamic text compressed: zstd at level 3 (35 µs for a page of 36 KB), else brotli at level 4."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.streaming or response.has_header("Content-Encoding") or response.status_code in (204, 304):
            return response
        if not response.get("Content-Type", "").startswith(COMPRESSED_TYPES):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = accepted_encoding(request.headers.get("Accept-Encoding", ""))
        if not encoding or len(response.content) < SMALLEST_COMPRESSED:
            return response
        response.content = compress(response.content, encoding)
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
        return response
