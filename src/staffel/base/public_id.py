"""Names for rows that are seen outside: 12 random characters, Crockford base32."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12


def new_public_id() -> str:
    """Return 12 characters of ``ALPHABET`` (60 random bits)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_public_id(typed: str) -> str:
    """Return what a person typed in its canonical form: upper case, no blanks or hyphens, I and L as 1, O as 0.

    Source: Douglas Crockford, Base 32 encoding. Raises ValueError if it is not 12 characters of ``ALPHABET`` then.
    """
    cleaned = typed.upper().translate(str.maketrans("ILO", "110", " -"))
    if len(cleaned) != LENGTH or set(cleaned) - set(ALPHABET):
        raise ValueError(f"a public id has {LENGTH} characters of {ALPHABET}, got {typed!r}")
    return cleaned
