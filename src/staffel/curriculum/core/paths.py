"""Many paths in little memory: a large programme has tens of thousands, and several lists of them at a time."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise


class Paths(Sequence[str]):
    """Paths sorted by their UTF-8 bytes; takes their letters and four bytes for each. Read like a tuple, equal to one.

    Raises ValueError for paths that are not sorted or not all different.
    """

    __slots__ = ("_ends", "_text")
    __hash__ = None

    def __init__(self, paths: Iterable[str]):
        text, self._ends = bytearray(), array("I", [0])
        before = None
        for path in paths:
            encoded = path.encode()
            if before is not None and encoded <= before:
                raise ValueError(f"{path!r} stands after {before!r}")
            text += encoded
            self._ends.append(len(text))
            before = encoded
        self._text = bytes(text)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._text[start:end].decode() for start, end in pairwise(self._ends))

    def __getitem__(self, at):
        if isinstance(at, slice):
            return tuple(self[number] for number in range(*at.indices(len(self))))
        if at < 0:
            at += len(self)
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._bytes(at).decode()

    def __contains__(self, path) -> bool:
        try:
            self.place(path)
        except KeyError:
            return False
        return True

    def __eq__(self, other) -> bool:
        if not isinstance(other, tuple | Paths):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"Paths({tuple(self)!r})"

    def first(self, text: str) -> int:
        """Return the number of the first path that is not before ``text``; how many there are if all are."""
        return bisect_left(range(len(self)), text.encode(errors="surrogatepass"), key=self._bytes)

    def place(self, path: str) -> int:
        """Return the number of ``path``, counted from 0. Raises KeyError for an unknown one."""
        at = self.first(path)
        if at == len(self) or self[at] != path:
            raise KeyError(path)
        return at

    def below(self, prefix: str) -> range:
        """Return the numbers of the paths that begin with ``prefix``."""
        start = at = self.first(prefix)
        encoded = prefix.encode()
        while at < len(self) and self._bytes(at).startswith(encoded):
            at += 1
        return range(start, at)

    def _bytes(self, at: int) -> bytes:
        return self._text[self._ends[at] : self._ends[at + 1]]
