"""Public pages that are made once and sent many times.

The answer to an anonymous GET depends on the address, the release and the state of the data, and on nothing else. It is
kept in this process under these, compressed, with its ETag: a browser that has it gets 304, a new one
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
# What a kept page costs beside its bytes and its address: the objects around them, measured.
ENTRY_BYTES = 3_000
# An address of ours is shorter; a longer one is somebody's game and is answered, but not kept.
LONGEST_ADDRESS = 300
KEPT_HEADERS = ("Content-Type", "Content-Disposition", "Link", "Access-Control-Allow-Origin", "X-Robots-Tag")


class KeptPage:
    """The bytes of one answer, compressed in every encoding that was asked for so far."""

    def __init__(self, response):
        self.headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        # Of the content, not of the key: after an update the page may name new files under an old address.
        self.etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:20]}"'
        self.counted = 0
        self._bodies = {"zstd": compress(response.content, "zstd", thorough=True)}

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return ENTRY_BYTES + sum(map(len, self._bodies.values()))

    def body(self, encoding: str) -> bytes:
        """Return the bytes in ``encoding``; brotli is made at the first call and kept, plain text is made each time."""
        if encoding in self._bodies:
            return self._bodies[encoding]
        plain = zstandard.ZstdDecompressor().decompress(self._bodies["zstd"])
        if encoding:
            self._bodies[encoding] = compress(plain, encoding, thorough=True)
            return self._bodies[encoding]
        return plain


class Shelf:
    """The kept pages of this process, the one asked for longest ago first, and how many bytes they take."""

    def __init__(self):
        self.pages: OrderedDict[tuple, KeptPage] = OrderedDict()
        self.bytes = 0
        self._lock = Lock()

    def find(self, key: tuple) -> KeptPage | None:
        """Return the page under ``key``, which is then the last to go."""
        with self._lock:
            if key in self.pages:
                self.pages.move_to_end(key)
            return self.pages.get(key)

    def keep(self, key: tuple, page: KeptPage) -> None:
        """Put ``page`` on the shelf, and take off what was not asked for longest until all fit ``KEPT_BYTES``."""
        with self._lock:
            if key in self.pages:
                return
            self.pages[key] = page
            # Brotli copies made later are not counted again: at most they double what is counted.
            page.counted = page.size
            self.bytes += page.counted
            while self.bytes > KEPT_BYTES and len(self.pages) > 1:
                self.bytes -= self.pages.popitem(last=False)[1].counted

    def clear(self) -> None:
        """Drop every page; tests call it, production never needs to."""
        with self._lock:
            self.pages.clear()
            self.bytes = 0


shelf = Shelf()


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
            path = request.get_full_path()
            if len(path) > LONGEST_ADDRESS:
                return view(request, *args, **kwargs)
            # A page may print its own host, so the answer depends on that too.
            key = (path, request.get_host(), request.is_secure(), settings.RELEASE, stamp())
            page = shelf.find(key)
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                page = KeptPage(response)
                shelf.keep(key, page)
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
    response["Vary"] = "Accept-Encoding, Cookie"
    return response
