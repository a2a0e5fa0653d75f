"""How far something long is: told by whoever does it, heard by whoever waits. Where nobody listens it costs nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import BinaryIO

from staffel.curriculum.core.files import Files

Tell = Callable[[str, int, int], None]
_listener: ContextVar[Tell | None] = ContextVar("listener", default=None)


@contextmanager
def heard_by(tell: Tell) -> Iterator[None]:
    """Let ``tell(step, done, total)`` hear everything that is told inside."""
    before = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(before)


def tell(step: str, done: int, total: int) -> None:
    """Say that ``done`` of ``total`` are done in ``step``, one of ``Errand.Step``."""
    if listener := _listener.get():
        listener(step, done, total)


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
