"""The order of a waiting list: a row of keys, the first is next.

Pure. Every function returns the new row; positions count from 1. Nobody is ever on it twice.

>>> insert(("A", "B"), "C", 2)
('A', 'C', 'B')
>>> moved(("A", "B", "C"), "C", up=True)
('A', 'C', 'B')
"""

from collections.abc import Hashable, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def insert(row: Sequence[Key], key: Key, position: int | None = None) -> tuple[Key, ...]:
    """Return the row with ``key`` at ``position`` (1 is next), at the end without one or behind the end.

    A key that is already there changes its place. Raises ValueError for a position below 1.
    """
    if position is not None and position < 1:
        raise ValueError(f"a position is 1 or more, got {position}")
    others = without(row, key)
    at = len(others) if position is None else min(position - 1, len(others))
    return (*others[:at], key, *others[at:])


def without(row: Sequence[Key], key: Key) -> tuple[Key, ...]:
    """Return the row without ``key``; those behind it move up."""
    return tuple(one for one in row if one != key)


def moved(row: Sequence[Key], key: Key, *, up: bool) -> tuple[Key, ...]:
    """Return the row with ``key`` one place further up or down; the first goes no further up, the last no further down.

    Raises ValueError if ``key`` is not in the row.
    """
    position = tuple(row).index(key) + 1
    return insert(row, key, max(1, position + (-1 if up else 1)))


def changed_positions(before: dict[Key, int], row: Sequence[Key]) -> dict[Key, int]:
    """Return the positions of ``row`` that differ from those ``before``."""
    return {key: position for position, key in enumerate(row, start=1) if before.get(key) != position}
