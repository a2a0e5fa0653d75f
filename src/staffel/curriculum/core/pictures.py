"""How large a picture is, by what stands at its beginning: so that a page keeps the room for it before it is there.

Source: PNG (W3C, 2003) 11.2.2; JPEG (ITU-T T.81) B.2; WebP Container (RFC 9649) 2.5 to 2.7; SVG 2 8.2 and 8.6.
"""

import re
from collections.abc import Callable
from struct import unpack_from

Sides = tuple[int, int]

# Behind this nothing is looked for; before the frame of a JPEG may stand 64 KB about the camera.
HEAD_BYTES = 128 * 1024
MOST = 20_000

_ROOT = re.compile(rb"<(?:\w+:)?svg\b([^>]*)>")
_LENGTH = rb"\s%s\s*=\s*[\"']\s*(\d+(?:\.\d+)?)(?:px)?\s*[\"']"
_WIDTH, _HEIGHT = re.compile(_LENGTH % b"width"), re.compile(_LENGTH % b"height")
_VIEW_BOX = re.compile(rb"\sviewBox\s*=\s*[\"']\s*[-\d.e]+[\s,]+[-\d.e]+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)\s*[\"']")
_NO_FRAMES = (0xC4, 0xC8, 0xCC)


def sides_of(name: str, head: bytes) -> Sides | None:
    """Return width and height in pixels of the picture whose first bytes are ``head``; None where they do not say it."""
    look = _LOOKS.get(name.rpartition(".")[2].lower())
    found = look(head) if look else None
    return found if found and all(0 < side <= MOST for side in found) else None


def _png(head: bytes) -> Sides | None:
    return unpack_from(">II", head, 16) if len(head) >= 24 and head[12:16] == b"IHDR" else None


def _jpeg(head: bytes) -> Sides | None:
    at = 2
    while at + 9 <= len(head) and head[at] == 0xFF:
        marker, length = unpack_from(">BH", head, at + 1)
        # The frames, without the tables that stand among them.
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAMES:
            height, width = unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + length
    return None


def _webp(head: bytes) -> Sides | None:
    if len(head) < 30:
        return None
    match head[12:16]:
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
        case b"VP8 ":
            width, height = unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _svg(head: bytes) -> Sides | None:
    root = _ROOT.search(head)
    if root is None:
        return None
    width, height, box = (pattern.search(root[1]) for pattern in (_WIDTH, _HEIGHT, _VIEW_BOX))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    return (round(float(box[1])), round(float(box[2]))) if box else None


_LOOKS: dict[str, Callable[[bytes], Sides | None]] = {"png": _png, "jpg": _jpeg, "jpeg": _jpeg, "webp": _webp, "svg": _svg}
