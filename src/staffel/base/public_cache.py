"""Public pages that are made once and sent many times.

The answer to an anonymous GET depends on the address, the release and the state of the data, and on nothing else. It is
kept in this process under these three, compressed, with its ETag: a browser that has it gets 304, a new one
gets bytes that exist already. No time-out: when the data change, their stamp changes, and the old entry is never asked for.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from threading import Lock

import zstandard
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from staffel.base.middleware import accepted_encoding, compress

# For each worker, which may take 120 MB in all. A page of the size of the full map takes 60 KB.
KEPT_BYTES = 16_000_000
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Link", "Access-Control-Allow-Origin", "X-Robots-Tag")

_kept: OrderedDict[tuple, "KeptPage"] = OrderedDict()
_lock = Lock()


class KeptPage:
    """The bytes of one answer, compressed in every encoding that was asked for so far."""

    def __init__(self, response):
        self.headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        # Of the content, not of the key: after an update the page may name new files under an old address.
        self.etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"'
        self._bodies = {"zstd": compress(response.content, "zstd", thorough=True)}

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(map(len, self._bodies.values()))

    def body(self, encoding: str) -> bytes:
        """Return the bytes in ``encoding``; brotli is made at the first call and kept, plain text is made each time."""
        if encoding in self._bodies:
            return self._bodies[encoding]
        plain = zstandard.ZstdDecompressor().decompress(self._bodies["zstd"])
        if encoding:
            self._bodies[encoding] = compress(plain, encoding, thorough=True)
            return self._bodies[encoding]
        return plain


def forget_all() -> None:
    """Drop every kept page; tests call it, production never needs to."""
    with _lock:
        _kept.clear()


def _keep(key: tuple, page: KeptPage) -> None:
    with _lock:
        _kept[key] = page
        total = sum(kept.size for kept in _kept.values())
        while total > KEPT_BYTES and len(_kept) > 1:
            total -= _kept.popitem(last=False)[1].size


def _look_up(key: tuple) -> KeptPage | None:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def kept_public(stamp: Callable[[], str], *, seconds: int = 0):
    """Keep the answers of a view to anonymous GET requests as long as ``stamp()`` stays the same.

    ``stamp`` returns a short text that changes with the data (one query at most). ``seconds`` is how long a browser
    may use its copy without asking. Only status 200 is kept; a signed-in person always gets a fresh page.
    """

    def decorate(view):
        @wraps(view)
        def kept(request, *args, **kwargs):
            if request.method not in ("GET", "HEAD") or settings.SESSION_COOKIE_NAME in request.COOKIES:
                response = view(request, *args, **kwargs)
                response.setdefault("Cache-Control", "private, no-store")
                return response
            key = (request.get_full_path(), request.headers.get("HX-Request", ""), settings.RELEASE, stamp())
            page = _look_up(key)
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                page = KeptPage(response)
                _keep(key, page)
            return _answer(request, page, seconds)

        return kept

    return decorate


def _answer(request, page: KeptPage, seconds: int):
    if page.etag.removeprefix("W/") in {
        tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))
    }:
        response = HttpResponseNotModified()
    else:
        encoding = accepted_encoding(request.headers.get("Accept-Encoding", ""))
        response = HttpResponse(page.body(encoding))
        for name, value in page.headers.items():
            response[name] = value
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = page.etag
    response["Cache-Control"] = f"public, max-age={seconds}, must-revalidate"
    response["Vary"] = "Accept-Encoding, Cookie, HX-Request"
    return response
