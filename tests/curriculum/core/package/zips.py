"""ZIP files as a foreign hand might make them: every field of every record can be set."""

import struct
import zlib
from dataclasses import dataclass, field
from io import BytesIO


@dataclass
class Piece:
    """One entry; what is None is what an honest writer would put there."""

    name: bytes
    content: bytes = b""
    method: int = 0
    flags: int = 0
    mode: int = 0o100644
    packed: bytes | None = None
    size: int | None = None
    packed_size: int | None = None
    crc: int | None = None
    offset: int | None = None
    disk: int = 0
    extra: bytes = b""
    local: dict = field(default_factory=dict)
    local_extra: bytes = b""
    before: bytes = b""
    after: bytes = b""

    def facts(self) -> dict:
        packed = self.packed if self.packed is not None else deflated(self.content) if self.method == 8 else self.content
        return {
            "name": self.name,
            "flags": self.flags,
            "method": self.method,
            "crc": zlib.crc32(self.content) if self.crc is None else self.crc,
            "packed": len(packed) if self.packed_size is None else self.packed_size,
            "size": len(self.content) if self.size is None else self.size,
            "bytes": packed,
        }


def deflated(content: bytes) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packing.compress(content) + packing.flush()


def archive(*pieces: Piece, comment: bytes = b"", end: dict | None = None, between: bytes = b"") -> BytesIO:
    """Return the archive; ``end`` overrides fields of its last record: disk, first, here, count, size, start."""
    out = bytearray()
    directory = bytearray()
    for piece in pieces:
        facts = piece.facts()
        out += piece.before
        offset = len(out) if piece.offset is None else piece.offset
        here = facts | piece.local
        out += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, here["flags"], here["method"], 0, 33, here["crc"], here["packed"], here["size"],
            len(here["name"]), len(piece.local_extra),
        )  # fmt: skip
        out += here["name"] + piece.local_extra + facts["bytes"] + piece.after
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 3 << 8 | 20, 20, facts["flags"], facts["method"], 0, 33, facts["crc"], facts["packed"],
            facts["size"], len(facts["name"]), len(piece.extra), 0, piece.disk, 0, piece.mode << 16, offset,
        )  # fmt: skip
        directory += facts["name"] + piece.extra
    out += between
    last = {"disk": 0, "first": 0, "here": len(pieces), "count": len(pieces), "size": len(directory), "start": len(out)}
    out += directory + struct.pack("<4s4H2LH", b"PK\5\6", *(last | (end or {})).values(), len(comment)) + comment
    return BytesIO(bytes(out))


def entry(name: str, content: bytes = b"x", **facts) -> Piece:
    """Return an entry named as a good writer would."""
    flags = 0 if name.isascii() else 0x800
    return Piece(name.encode(), content, flags=facts.pop("flags", flags), **facts)
