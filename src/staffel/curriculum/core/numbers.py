"""Version numbers of three parts: ``1.0.0`` is before ``1.0.1``, ``1.9.0`` before ``1.10.0``.

What the parts say: the first changes when a competency or the rule of completion changes, the second when content is added
or replaced, the third when wording is mended; ``changes.py`` has the table.
"""

import re
from collections.abc import Collection

NUMBER = re.compile(r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})")


def is_number(text: str) -> bool:
    """Whether ``text`` is a version number: three whole numbers without leading zeros, at most 99999 each."""
    return NUMBER.fullmatch(text) is not None


def order(number: str) -> tuple[int, ...]:
    """Return what versions are sorted by; a part that is no number counts as 0."""
    return tuple(int(part) if part.isascii() and part.isdigit() else 0 for part in number.split("."))


def after(number: str) -> str:
    """Return the next number for mended wording: ``1.0.0`` gives ``1.0.1``."""
    return raised(number, 2)


def raised(number: str, part: int) -> str:
    """Return ``number`` with its part 0, 1 or 2 raised by one and those behind it set to 0."""
    parts = [*order(number), 0, 0][:3]
    parts[part] += 1
    return ".".join(map(str, [*parts[: part + 1], 0, 0][:3]))


def free(number: str, taken: Collection[str]) -> str:
    """Return the first number from ``number`` on, for mended wording, that is not taken."""
    while number in taken:
        number = after(number)
    return number
