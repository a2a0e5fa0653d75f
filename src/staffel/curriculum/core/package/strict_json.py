"""JSON as a package has it: one spelling when written; no key twice and no deep nesting when read.

A large document is written with one entry per line, so that it can be made and read line by line.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

DEEPEST = 12
LONGEST_LINE = 8_000_000
# What no entry of a programme contains either (core/lines.py), and line ends.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")

# Made once: json.dumps would make an encoder for each of tens of thousands of lines.
_LINE = json.JSONEncoder(ensure_ascii=False).encode


class NotJson(ValueError):
    """The text is no JSON that is taken here; the message is a German half sentence for after "ist"."""


def small(value: object) -> bytes:
    """Return the JSON of a small document: two blanks per level, keys in the order given, one line end at its end."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def line(value: object) -> str:
    """Return the JSON of one entry in one line, keys in the order given, without a line end."""
    return _LINE(value)


def read(text: bytes) -> object:
    """Return the value of a JSON text in UTF-8. Raises NotJson."""
    return _read(text, _once)


def check(text: bytes) -> None:
    """Raise NotJson where ``read`` would; of an object nothing is kept but how deep it is."""
    _read(text, _depth_of)


def _read(text: bytes, take: Callable[[list[tuple[str, object]]], object]) -> object:
    try:
        value = json.loads(text.decode(), object_pairs_hook=take, parse_constant=_no_constant)
        too_deep = _depth(value) > DEEPEST
    except UnicodeDecodeError as error:
        raise NotJson("nicht in UTF-8 geschrieben") from error
    except RecursionError as error:
        raise NotJson("zu tief verschachtelt") from error
    except NotJson:
        raise
    except ValueError as error:
        raise NotJson("kein JSON") from error
    if too_deep:
        raise NotJson("zu tief verschachtelt")
    return value


def is_line(value: object, longest: int) -> bool:
    """Whether a value is one line of text without blanks at its ends, not empty and not too long."""
    return isinstance(value, str) and 1 <= len(value) <= longest and value == value.strip() and not _UNFIT.search(value)


def lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of ``stream`` without their ends. Raises NotJson for one that is too long."""
    rest = b""
    while piece := stream.read(1 << 16):
        first, *others = piece.split(b"\n")
        rest += first
        for other in others:
            yield rest
            rest = other
        if len(rest) > LONGEST_LINE:
            raise NotJson("in zu langen Zeilen geschrieben")
    if rest:
        yield rest


def _once(pairs: list[tuple[str, object]]) -> dict:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJson("mit derselben Angabe zweimal geschrieben")
    return found


def _no_constant(name: str):
    raise NotJson(f"mit {name} geschrieben, was keine Zahl ist")


class _Deep(int):
    """Stands for an object that has so many levels of objects and lists, itself among them."""


def _depth_of(pairs: list[tuple[str, object]]) -> _Deep:
    return _Deep(_depth(_once(pairs)))


def _depth(value: object) -> int:
    if isinstance(value, _Deep):
        return int(value)
    if not isinstance(value, (dict, list)):
        return 0
    return 1 + max(map(_depth, value.values() if isinstance(value, dict) else value), default=0)
