"""Many paths in little memory: a large programme has tens of thousands, and several lists of them at a time.

As texts they take about 100 bytes each, compressed in blocks about 6. Nearly always they are asked for one after the other, and
a block is unpacked as a whole.
"""

import sys
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

_BLOCK = 256
# Never in UTF-8.
_END = b"\xff"
_LAST = chr(sys.maxunicode)


class Paths(Sequence[str]):
    """Paths sorted by their UTF-8 bytes; takes a few bytes for each. Read like a tuple, equal to one.

    Raises ValueError for paths that are not sorted or not all different.
    """

    __slots__ = ("_blocks", "_firsts", "_near", "_prefix", "_start", "_stop")
    __hash__ = None

    def __init__(self, paths: Iterable[str]):
        self._blocks: list[bytes] = []
        self._firsts: list[bytes] = []
        # The block that was unpacked last: neighbours are asked for next.
        self._near: tuple[int, list[bytes]] = (-1, [])
        self._start = self._stop = 0
        self._prefix = b""
        left = _ascending(paths)
        while block := list(islice(left, _BLOCK)):
            self._blocks.append(zlib.compress(_END.join(block)))
            self._firsts.append(block[0])
            self._stop += len(block)

    def __len__(self) -> int:
        return self._stop - self._start

    def __iter__(self) -> Iterator[str]:
        cut = len(self._prefix)
        for number in range(self._start // _BLOCK, -(-self._stop // _BLOCK)):
            at = number * _BLOCK
            for path in self._block(number)[max(0, self._start - at) : self._stop - at]:
                yield path[cut:].decode(errors="surrogatepass")

    def __getitem__(self, at):
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        number, within = divmod(self._start + at, _BLOCK)
        return self._block(number)[within][len(self._prefix) :].decode(errors="surrogatepass")

    def __contains__(self, path) -> bool:
        at = self.place(path)
        return at < len(self) and self[at] == path

    def __eq__(self, other) -> bool:
        if not isinstance(other, tuple | Paths):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"Paths({tuple(self)!r})"

    def place(self, path: str) -> int:
        """Return the number of ``path``, or the one that it would have."""
        if not len(self):
            return 0
        wanted = self._prefix + path.encode(errors="surrogatepass")
        number = max(0, bisect_left(self._firsts, wanted) - 1)
        # Where a block begins with it, all of the block before are smaller.
        at = number * _BLOCK + bisect_left(self._block(number), wanted)
        return min(max(at, self._start), self._stop) - self._start

    def below(self, prefix: str) -> "Paths":
        """Return the paths that begin with ``prefix``, without it; they share the memory of these."""
        found = Paths(())
        found._blocks, found._firsts, found._near = self._blocks, self._firsts, self._near
        first, end = span(self, prefix)
        found._start, found._stop = self._start + first, self._start + end
        found._prefix = self._prefix + prefix.encode(errors="surrogatepass")
        return found

    def _block(self, number: int) -> list[bytes]:
        at, found = self._near
        if at != number:
            found = zlib.decompress(self._blocks[number]).split(_END)
            self._near = (number, found)
        return found


def _ascending(paths: Iterable[str]) -> Iterator[bytes]:
    before = None
    for path in paths:
        encoded = path.encode(errors="surrogatepass")
        if before is not None and encoded <= before:
            raise ValueError(f"{path!r} stands after {before.decode(errors='surrogatepass')!r}")
        yield encoded
        before = encoded


def place(paths: Sequence[str], path: str) -> int:
    """Return the number of ``path`` among sorted ones, or the one that it would have."""
    # Texts compare by their code points, which is the order of their UTF-8 bytes.
    return paths.place(path) if isinstance(paths, Paths) else bisect_left(paths, path)


def is_in(paths: Sequence[str], path: str) -> bool:
    """Whether a path is among sorted ones."""
    at = place(paths, path)
    return at < len(paths) and paths[at] == path


def span(paths: Sequence[str], prefix: str) -> tuple[int, int]:
    """Return the numbers of the first of sorted paths that begins with ``prefix``, and of the one after the last of them."""
    # What comes after all that begin so: the next letter in the place of the last one that has a next.
    stem = prefix.rstrip(_LAST)
    after = place(paths, stem[:-1] + chr(ord(stem[-1]) + 1)) if stem else len(paths)
    return place(paths, prefix), after


def below(paths: Sequence[str], prefix: str) -> Sequence[str]:
    """Return those of sorted paths that begin with ``prefix``, without it."""
    if isinstance(paths, Paths):
        return paths.below(prefix)
    first, end = span(paths, prefix)
    return tuple(path[len(prefix) :] for path in paths[first:end])
