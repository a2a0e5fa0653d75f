"""How far something long is, and what it made: told by whoever does it, heard by whoever waits.

Where nobody listens it costs nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import BinaryIO

from staffel.curriculum.core.files import Files
from staffel.curriculum.models import Version

Tell = Callable[[str, int, int], None]
Make = Callable[[Version], None]
_listener: ContextVar[tuple[Tell, Make] | None] = ContextVar("listener", default=None)


def _nothing(_version: Version) -> None:
    pass


@contextmanager
def heard_by(tell: Tell, made: Make = _nothing) -> Iterator[None]:
    """Let ``tell(step, done, total)`` and ``made(version)`` hear everything that is told inside."""
    before = _listener.set((tell, made))
    try:
        yield
    finally:
        _listener.reset(before)


def tell(step: str, done: int, total: int) -> None:
    """Say that ``done`` of ``total`` are done in ``step``, one of ``Errand.Step``."""
    if listener := _listener.get():
        listener[0](step, done, total)


def made(version: Version) -> None:
    """Say what came of it, in the transaction that makes it: both are there, or neither."""
    if listener := _listener.get():
        listener[1](version)


class Told:
    """The files of others (``core/files.py``); each that is opened counts as one of ``times`` as many as there are."""

    def __init__(self, files: Files, step: str, times: int):
        self._files, self._step = files, step
        self._done, self._total = 0, times * len(files.paths())

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._files.paths()

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._files.size(path)

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes."""
        return self._files.sha256(path)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        self._done = min(self._done + 1, self._total)
        tell(self._step, self._done, self._total)
        return self._files.open(path)
