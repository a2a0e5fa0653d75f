"""Codes by which somebody verifies an award: 12 random characters and a check character, shown as ``XXXX-XXXX-XXXXX``.

The characters are Crockford's base 32, read as the 32 numbers of the finite field GF(32). A code is right if the sum of its
characters, each times its weight, is 0. The weights are the powers 0 to 12 of a number whose first 31 powers all
differ. So the check finds every single wrong character (no weight is 0), every swap of two characters wherever they stand
(no two weights are equal), and two equal characters that are both read wrong alike (the sum of two weights is never 0); any
other mistake passes one time in 32. ISO 7064 and Crockford's own check would need further signs for as much.

Source: Verhoeff, Error Detecting Decimal Codes (1969), for what people get wrong; Crockford, Base 32 encoding.
"""

import hashlib

from staffel.base.public_id import ALPHABET

BODY = 12
LENGTH = BODY + 1
# x^5 + x^2 + 1, primitive over GF(2): 2 has 31 different powers.
POLYNOMIAL = 0b100101
GROUPS = (4, 4, 5)
_READ = str.maketrans("ILO", "110", " -\t\n\u2010\u2011\u2013\u00a0")
_VALUE = {character: value for value, character in enumerate(ALPHABET)}


class NotACode(ValueError):
    """What was typed has the wrong length, or a character that no code has."""


class Mistyped(ValueError):
    """What was typed looks like a code, but its check character is not right."""


def with_check(body: str) -> str:
    """Return ``body``, 12 characters of ``ALPHABET``, with its check character.

    >>> with_check("000000000001")
    '0000000000012'
    """
    if len(body) != BODY or set(body) - set(ALPHABET):
        raise ValueError(f"a code begins with {BODY} characters of {ALPHABET}, got {body!r}")
    return body + ALPHABET[_sum(body)]


def code_from(words: str) -> str:
    """Return the code that belongs to ``words``: the same words give the same code, others another one."""
    number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:8])
    return with_check("".join(ALPHABET[number >> 5 * place & 31] for place in range(BODY)))


def read(typed: str) -> str:
    """Return what a person typed as 13 characters: upper case, no blanks or hyphens, I and L as 1, O as 0.

    Raises NotACode or Mistyped.

    >>> read("oooo-0000 000l2")
    '0000000000012'
    """
    cleaned = typed.upper().translate(_READ)
    if len(cleaned) != LENGTH or set(cleaned) - set(ALPHABET):
        raise NotACode(f"a code has {LENGTH} characters of {ALPHABET}, got {len(cleaned)}")
    if _sum(cleaned[:BODY]) != _VALUE[cleaned[BODY]]:
        raise Mistyped("the check character is not right")
    return cleaned


def show(code: str) -> str:
    """Return a code as people read it.

    >>> show("0000000000012")
    '0000-0000-00012'
    """
    first, second, _last = GROUPS
    return f"{code[:first]}-{code[first : first + second]}-{code[first + second :]}"


def _sum(body: str) -> int:
    """Return the weighted sum in GF(32) by Horner's rule, the check character at weight 1."""
    total = 0
    for character in body:
        total = _doubled(total ^ _VALUE[character])
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ POLYNOMIAL if value > 31 else value
