"""Which files may lie in a unit's ``files/``, and whether one is what its name says.

Formats that everybody opens and nobody runs. Not among them: HTML (it runs scripts where it is opened), office files with
macros, and archives, since nothing in an archive inside an archive would be looked at, and people see what a unit has
only if each file stands by itself.
"""

import codecs
import re
from collections.abc import Callable
from typing import NamedTuple, Protocol

from staffel.curriculum.core.package.svg import Drawing

# What is looked at before the rest of a file is read.
HEAD_BYTES = 512


class Kind(NamedTuple):
    """A format: its media type, and whether the first bytes of a file are those of the format."""

    media_type: str
    begins: Callable[[bytes], bool]


class Check(Protocol):
    """Looks at a file piece by piece."""

    def feed(self, piece: bytes) -> str:
        """Return a German sentence as soon as something is wrong, else an empty text."""

    def finish(self) -> str:
        """Return a German sentence if something is missing at the end, else an empty text."""


def _open_document(media_type: str) -> Kind:
    # The first entry is named "mimetype" and stored, so that its content stands at byte 38.
    start = b"mimetype" + media_type.encode()
    return Kind(media_type, lambda head: head.startswith(b"PK\3\4") and head[30:].startswith(start))


def _office(kind: str) -> Kind:
    return Kind(f"application/vnd.openxmlformats-officedocument.{kind}", lambda head: head.startswith(b"PK\3\4"))


def _bytes(media_type: str, *starts: bytes) -> Kind:
    return Kind(media_type, lambda head: head.startswith(starts))


def _text(media_type: str) -> Kind:
    return Kind(media_type, lambda head: not _MARKUP.match(head))


_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<\s*([!?]|html|head|body|script|svg|iframe)", re.IGNORECASE)
_JPEG = _bytes("image/jpeg", b"\xff\xd8\xff")

KINDS = {
    "csv": _text("text/csv"),
    "docx": _office("wordprocessingml.document"),
    "jpeg": _JPEG,
    "jpg": _JPEG,
    "md": _text("text/markdown"),
    "mp3": Kind("audio/mpeg", lambda head: head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0")),
    "mp4": Kind("video/mp4", lambda head: head[4:8] == b"ftyp"),
    "odp": _open_document("application/vnd.oasis.opendocument.presentation"),
    "ods": _open_document("application/vnd.oasis.opendocument.spreadsheet"),
    "odt": _open_document("application/vnd.oasis.opendocument.text"),
    "pdf": _bytes("application/pdf", b"%PDF-"),
    "png": _bytes("image/png", b"\x89PNG\r\n\x1a\n"),
    "pptx": _office("presentationml.presentation"),
    "svg": Kind("image/svg+xml", lambda head: head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")),
    "txt": _text("text/plain"),
    "vtt": _bytes("text/vtt", b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
    "webp": Kind("image/webp", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP"),
    "xlsx": _office("spreadsheetml.sheet"),
}
_OTHERS = {
    "yaml": "application/yaml",
    "json": "application/json",
    "pem": "application/x-pem-file",
    "txt": "text/plain",
    "md": "text/markdown",
}


def media_type(path: str) -> str:
    """Return the media type of a file of a package by its name."""
    ending = path.rpartition(".")[2].lower()
    return KINDS[ending].media_type if ending in KINDS else _OTHERS.get(ending, "application/octet-stream")


def wrong_kind(name: str) -> str:
    """Return a German sentence if a material of this name is of a kind that is not taken, else an empty text."""
    stem, dot, ending = name.rpartition(".")
    if stem and dot and ending in KINDS:
        return ""
    return f"„{name[:80]}“ ist keine Datei, die eine Einheit enthalten kann. Erlaubt sind {', '.join(sorted(KINDS))}."


def check_of(name: str) -> Check:
    """Return what looks at the content of a material of this name, which has a kind that is taken."""
    ending = name.rpartition(".")[2]
    if ending == "svg":
        return Drawing(name)
    return _Text(name) if KINDS[ending].media_type.startswith("text/") else _Head(name)


class _Head:
    """Looks at the first bytes only."""

    def __init__(self, name: str):
        self._name, self._head, self._done = name, b"", False

    def feed(self, piece: bytes) -> str:
        if self._done:
            return ""
        self._head += piece[:HEAD_BYTES]
        return self.finish() if len(self._head) >= HEAD_BYTES else ""

    def finish(self) -> str:
        if self._done:
            return ""
        self._done = True
        ending = self._name.rpartition(".")[2]
        return "" if KINDS[ending].begins(self._head) else f"„{self._name[:80]}“ ist nicht vom Format {ending}."


class _Text(_Head):
    """Looks at all: it is UTF-8 without control characters."""

    _CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

    def __init__(self, name: str):
        super().__init__(name)
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def feed(self, piece: bytes) -> str:
        return super().feed(piece) or self._decoded(piece, last=False)

    def finish(self) -> str:
        return super().finish() or self._decoded(b"", last=True)

    def _decoded(self, piece: bytes, *, last: bool) -> str:
        try:
            text = self._decoder.decode(piece, last)
        except UnicodeDecodeError:
            return f"„{self._name[:80]}“ ist nicht in UTF-8 geschrieben. Bitte speichern Sie die Datei in UTF-8."
        return f"„{self._name[:80]}“ enthält Steuerzeichen." if self._CONTROL.search(text) else ""
