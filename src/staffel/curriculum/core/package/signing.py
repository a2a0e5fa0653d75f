"""Ed25519: keys, signatures, and statements by which a key names its successor.

A secret key is 32 raw bytes, a public key too; its fingerprint is the SHA-256 of these 32 bytes, 64 hexadecimal digits.
The only module that needs more than Python: ``cryptography``.

Source: RFC 8032 (Ed25519), RFC 8410 (its keys in PEM).
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

SIGNATURE_BYTES = 64
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Statement:
    """The holder of the key ``old`` says that ``new`` follows it. Keys and signature in hexadecimal digits.

    ``at`` is a moment like ``2026-11-25T15:00:00Z``, as the holder says.
    """

    old: str
    new: str
    at: str
    signature: str


def new_pair() -> tuple[bytes, bytes]:
    """Return a new secret key and its public key, 32 bytes each."""
    secret = Ed25519PrivateKey.generate()
    return secret.private_bytes_raw(), secret.public_key().public_bytes_raw()


def public_of(secret: bytes) -> bytes:
    """Return the public key of a secret one."""
    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def sign(secret: bytes, data: bytes) -> bytes:
    """Return the signature of ``data``, 64 bytes; the same key and data give the same bytes."""
    return Ed25519PrivateKey.from_private_bytes(secret).sign(data)


def verifies(public: bytes, signature: bytes, data: bytes) -> bool:
    """Whether ``signature`` over ``data`` was made with the secret key of ``public``; never raises for wrong bytes."""
    if len(public) != KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes) -> str:
    """Return the SHA-256 of the raw public key, 64 hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def to_pem(public: bytes) -> bytes:
    """Return the public key as a PEM file (SubjectPublicKeyInfo), as openssl reads it."""
    return Ed25519PublicKey.from_public_bytes(public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def from_pem(pem: bytes) -> bytes:
    """Return the 32 raw bytes of a public key from a PEM file.

    Raises ValueError if it is none, one of another kind, or spelled in another way than ``to_pem`` does: two spellings
    of a key would be two files with one fingerprint.
    """
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise ValueError("no public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"expected an Ed25519 key, got {type(key).__name__}")  # noqa: TRY004 - the caller passes bytes
    raw = key.public_bytes_raw()
    if to_pem(raw) != pem:
        raise ValueError("the key is not in its plain spelling")
    return raw


def succession(old_secret: bytes, new_public: bytes, at: datetime) -> Statement:
    """Return the statement, signed with the old key, that ``new_public`` follows it. ``at`` is in UTC."""
    old, new, moment = public_of(old_secret).hex(), new_public.hex(), f"{at:%Y-%m-%dT%H:%M:%SZ}"
    return Statement(old, new, moment, sign(old_secret, _said(old, new, moment)).hex())


def follow(statements: Sequence[Statement], trusted: Iterable[bytes]) -> tuple[bytes, ...]:
    """Return the public keys that descend from a trusted one by ``statements``, in the order of the statements.

    ``trusted`` are raw public keys; they are not part of the result. A statement with a wrong signature says nothing.
    Each statement may rest on any other, whatever their order.
    """
    known = {key.hex() for key in trusted}
    sound = [one for one in statements if _holds(one)]
    found: list[str] = []
    grown = True
    while grown:
        grown = False
        for one in sound:
            if one.old in known and one.new not in known:
                known.add(one.new)
                found.append(one.new)
                grown = True
    return tuple(bytes.fromhex(key) for key in sorted(found, key=[one.new for one in sound].index))


def _holds(statement: Statement) -> bool:
    try:
        public, signature = bytes.fromhex(statement.old), bytes.fromhex(statement.signature)
    except ValueError:
        return False
    return verifies(public, signature, _said(statement.old, statement.new, statement.at))


def _said(old: str, new: str, at: str) -> bytes:
    """Return the bytes that are signed: JSON without blanks, keys in alphabetical order (RFC 8785 for these values)."""
    return json.dumps({"at": at, "new": new, "old": old}, separators=(",", ":"), ensure_ascii=False).encode()
