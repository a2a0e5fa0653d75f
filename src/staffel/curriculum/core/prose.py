"""Prose in blocks: paragraphs, lists, directives and code as they stand in the text, to be compared and merged one by one.

A block is never torn: a directive ``:::`` … ``:::`` and code between fences are one block each, whatever blank lines they
have; everything else ends at a blank line.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
OPENS = re.compile(r":::+[ \t]*\S")
CLOSES = re.compile(r":::+[ \t]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block; ``before`` are the line breaks between it and the block before, empty for the first."""

    text: str
    before: str = ""


def pieces(text: str) -> list[Piece]:
    """Return the blocks of ``text`` in their order; ``joined`` makes the same text of them, but for blank lines at its ends."""
    result: list[Piece] = []
    block: list[str] = []
    blanks = 0
    fence, directive = "", False

    def end() -> None:
        nonlocal blanks
        if block:
            result.append(Piece("\n".join(block), "\n" * (blanks + 1) if result else ""))
            block.clear()
            blanks = 0

    for line in text.split("\n"):
        mark = FENCE.match(line)
        if fence:
            block.append(line)
            if mark and mark[1].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
        elif mark:
            fence = mark[1]
            block.append(line)
        elif directive:
            block.append(line)
            if CLOSES.fullmatch(line):
                directive = False
                end()
        elif OPENS.match(line):
            end()
            directive = True
            block.append(line)
        elif line.strip():
            block.append(line)
        else:
            end()
            blanks += 1
    end()
    return result


def joined(blocks: Iterable[Piece]) -> str:
    """Return the text of ``blocks``; before one that was the first of its text and is no longer stands a blank line."""
    parts: list[str] = []
    for piece in blocks:
        if parts:
            parts.append(piece.before or "\n\n")
        parts.append(piece.text)
    return "".join(parts)
