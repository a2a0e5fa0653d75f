"""What of a sequence is still there in another one: equal entries in their order, and changed ones that are alike.

Everything here is symmetric and bounded: equal stretches are found with a longest common subsequence on bits (one operation
on a long whole number per entry), and where that would take too much memory only between entries that occur once on both
sides. Sources: Hyyrö, Bit-parallel LCS-length computation revisited (2004); Cohen, Patience diff (2008).
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

MOST_BITS = 1 << 22
MOST_LIKENESSES = 2500
ALIKE = 0.4
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hunk:
    """What became of ``old[start:end]``: ``new[new_start:new_end]``; either may be empty."""

    start: int
    end: int
    new_start: int
    new_end: int


def matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of equal entries as (old, new), both rising."""
    found: list[tuple[int, int]] = []
    work = [(0, len(old), 0, len(new))]
    while work:
        start, end, new_start, new_end = work.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            found.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            found.append((end, new_end))
        if start == end or new_start == new_end:
            continue
        one, other = old[start:end], new[new_start:new_end]
        if len(one) * len(other) <= MOST_BITS:
            found += [(start + i, new_start + j) for i, j in _common(one, other)]
            continue
        at, new_at = start, new_start
        anchors = _anchors(one, other)
        for i, j in anchors:
            found.append((start + i, new_start + j))
            work.append((at, start + i, new_at, new_start + j))
            at, new_at = start + i + 1, new_start + j + 1
        if anchors:
            work.append((at, end, new_at, new_end))
    return sorted(found)


def in_order(keys: Sequence[Hashable], others: Sequence[Hashable]) -> set[Hashable]:
    """Return the most keys that both have in the same order; what else both have was moved. Each has a key at most once."""
    position = {key: at for at, key in enumerate(keys)}
    shared = [key for key in others if key in position]
    return {shared[at] for at in _rising([position[key] for key in shared])}


def pairs(old: Sequence[Hashable], new: Sequence[Hashable], words: Callable[[Hashable], str] = str) -> list[tuple[int, int]]:
    """Return ``matches`` and, between them, the changed entries that are alike: (old, new), both rising.

    ``words`` gives the text by which two entries are alike: at least four tenths of their words are the same.
    """
    found = matches(old, new)
    result = list(found)
    at = new_at = 0
    for i, j in [*found, (len(old), len(new))]:
        if at < i and new_at < j:
            bags = [Counter(WORD.findall(words(entry).lower())) for entry in old[at:i]]
            new_bags = [Counter(WORD.findall(words(entry).lower())) for entry in new[new_at:j]]
            result += [(at + one, new_at + other) for one, other in _most_alike(bags, new_bags)]
        at, new_at = i + 1, j + 1
    return sorted(result)


def hunks(old: Sequence[Hashable], new: Sequence[Hashable], aligned: Sequence[tuple[int, int]]) -> list[Hunk]:
    """Return what changed, rising: one hunk per changed pair of ``aligned``, one per stretch between pairs."""
    result = []
    at = new_at = 0
    for i, j in [*aligned, (len(old), len(new))]:
        if at < i or new_at < j:
            result.append(Hunk(at, i, new_at, j))
        if i < len(old) and j < len(new) and old[i] != new[j]:
            result.append(Hunk(i, i + 1, j, j + 1))
        at, new_at = i + 1, j + 1
    return result


def likeness(one: Counter, other: Counter) -> float:
    """Return the share of words that two texts have in common, 0 to 1 (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    masks: dict[Hashable, int] = {}
    for at, entry in enumerate(old):
        masks[entry] = masks.get(entry, 0) | 1 << at
    full = (1 << len(old)) - 1
    row, rows = full, []
    for entry in new:
        both = row & masks.get(entry, 0)
        row = ((row + both) | (row - both)) & full
        rows.append(row)

    found = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
        else:
            j -= 1
            if not j or rows[j - 1] >> (i - 1) & 1:
                i -= 1
                found.append((i, j))
    return found


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    once, new_once = Counter(old), Counter(new)
    position = {entry: at for at, entry in enumerate(old) if once[entry] == 1 and new_once[entry] == 1}
    shared = [(position[entry], at) for at, entry in enumerate(new) if entry in position]
    return [shared[at] for at in _rising([i for i, _ in shared])]


def _rising(numbers: Sequence[int]) -> list[int]:
    """Return the positions of a longest rising subsequence of different ``numbers``."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
    result = []
    at = ends[-1] if ends else -1
    while at >= 0:
        result.append(at)
        at = before[at]
    return result[::-1]


def _most_alike(bags: Sequence[Counter], others: Sequence[Counter]) -> list[tuple[int, int]]:
    if len(bags) * len(others) > MOST_LIKENESSES:
        return [(at, at) for at, (one, other) in enumerate(zip(bags, others, strict=False)) if likeness(one, other) >= ALIKE]
    # best[i][j]: the most likeness that pairs of bags[i:] and others[j:] can add up to.
    best = [[0.0] * (len(others) + 1) for _ in range(len(bags) + 1)]
    alike = [[likeness(one, other) for other in others] for one in bags]
    for i in range(len(bags) - 1, -1, -1):
        for j in range(len(others) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1])
            if alike[i][j] >= ALIKE:
                best[i][j] = max(best[i][j], alike[i][j] + best[i + 1][j + 1])
    found = []
    i = j = 0
    while i < len(bags) and j < len(others):
        if alike[i][j] >= ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
