"""Version numbers of three parts: ``1.0.0`` is before ``1.0.1``, ``1.9.0`` before ``1.10.0``.

What the parts say: the first changes when completion or the whole course changes, the second when content is added or
replaced, the third when wording is mended.
"""

import re

NUMBER = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")


def is_number(text: str) -> bool:
    """Whether ``text`` is a version number: three whole numbers without leading zeros, at most 99999 each."""
    return NUMBER.fullmatch(text) is not None


def order(number: str) -> tuple[int, ...]:
    """Return what versions are sorted by; a part that is no number counts as 0."""
    return tuple(int(part) if part.isascii() and part.isdigit() else 0 for part in number.split("."))


def after(number: str) -> str:
    """Return the next number for mended wording: ``1.0.0`` gives ``1.0.1``."""
    first, second, third = (*order(number), 0, 0)[:3]
    return f"{first}.{second}.{third + 1}"
