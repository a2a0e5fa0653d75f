"""Three-way merging of texts and of orders: what changed on one side only is taken, the rest is a clash.

All functions give the same for ours and theirs exchanged, as long as nothing clashes.

Prose is merged by blocks: where both sides changed, added or removed the same blocks, the lines of these blocks are merged
(diff3 of lines, changes of neighbouring lines clash), and if that fails all these blocks clash as one. Source: Khanna, Kunal,
Pierce, A formal investigation of diff3 (2007).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffel.curriculum.core.alignment import Hunk, hunks, matches, pairs
from staffel.curriculum.core.prose import Piece, joined, pieces


@dataclass(frozen=True, slots=True)
class Clash:
    """Blocks that both sides changed differently; ``name`` is the place of the first in the base: ``block-3``.

    What both sides inserted differently at the same spot is ``after-block-3``.
    """

    name: str
    base: tuple[Piece, ...]
    ours: tuple[Piece, ...]
    theirs: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the base that somebody changed, and what is there on each side, as (start, end)."""

    base: tuple[int, int]
    ours: tuple[int, int]
    theirs: tuple[int, int]


def merge_prose(base: str, ours: str, theirs: str) -> list[Piece | Clash]:
    """Return the blocks of the merged text; where both changed the same differently stands a ``Clash``."""
    olds, our_pieces, their_pieces = pieces(base), pieces(ours), pieces(theirs)
    texts = [[piece.text for piece in side] for side in (olds, our_pieces, their_pieces)]
    result: list[Piece | Clash] = []
    at = our_at = their_at = 0
    regions = _regions(*(hunks(texts[0], side, pairs(texts[0], side)) for side in texts[1:]))
    for region in [*regions, Region((len(olds), 0), (len(our_pieces), 0), (len(their_pieces), 0))]:
        for shift in range(region.base[0] - at):
            result.append(_spaced(olds[at + shift], our_pieces[our_at + shift], their_pieces[their_at + shift]))
        at, our_at, their_at = region.base[1], region.ours[1], region.theirs[1]
        result += _merged_blocks(
            region, olds[slice(*region.base)], our_pieces[slice(*region.ours)], their_pieces[slice(*region.theirs)]
        )
    return result


def merge_order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], kept: set[str]) -> list[str] | None:
    """Return the names in ``kept`` in merged order, or None where both sides ordered them differently.

    Each name is at most once in a list, and each kept one in ``ours`` or ``theirs``. What one side inserted stays behind the
    neighbour that it was inserted after; where both inserted behind the same one, each side's stay together, and the side whose
    first name sorts first comes first.
    """
    ours, theirs = [name for name in ours if name in kept], [name for name in theirs if name in kept]
    both = set(ours) & set(theirs)
    our_shared, their_shared = [name for name in ours if name in both], [name for name in theirs if name in both]
    base_shared = [name for name in base if name in both]
    if their_shared in (our_shared, base_shared):
        shared = our_shared
    elif our_shared == base_shared:
        shared = their_shared
    else:
        return None
    behind, their_behind = _insertions(ours, both), _insertions(theirs, both)
    result = []
    for name in ["", *shared]:
        result += [name] if name else []
        for run in sorted(run for run in (behind.get(name, []), their_behind.get(name, [])) if run):
            result += run
    return result


def _insertions(names: Sequence[str], shared: set[str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    last = ""
    for name in names:
        if name in shared:
            last = name
        else:
            result.setdefault(last, []).append(name)
    return result


def _merged_blocks(region: Region, base: list[Piece], ours: list[Piece], theirs: list[Piece]) -> list[Piece | Clash]:
    texts = [[piece.text for piece in side] for side in (base, ours, theirs)]
    if texts[1] == texts[2] or texts[2] == texts[0]:
        return list(ours)
    if texts[1] == texts[0]:
        return list(theirs)
    lines = _merge_lines(*(joined(side) for side in (base, ours, theirs))) if base and ours and theirs else None
    if lines is not None:
        merged = pieces(lines)
        return [Piece(merged[0].text, ours[0].before or theirs[0].before), *merged[1:]] if merged else []
    start, end = region.base
    name = f"block-{start + 1}" if start < end else f"after-block-{start}"
    return [Clash(name, tuple(base), tuple(ours), tuple(theirs))]


def _merge_lines(base: str, ours: str, theirs: str) -> str | None:
    olds, our_lines, their_lines = (text.split("\n") for text in (base, ours, theirs))
    result: list[str] = []
    at = 0
    changed = (hunks(olds, side, matches(olds, side)) for side in (our_lines, their_lines))
    for region in _regions(*changed, touching=True):
        result += olds[at : region.base[0]]
        at = region.base[1]
        old, our, their = olds[slice(*region.base)], our_lines[slice(*region.ours)], their_lines[slice(*region.theirs)]
        if their in (our, old):
            result += our
        elif our == old:
            result += their
        else:
            return None
    return "\n".join(result + olds[at:])


def _regions(ours: list[Hunk], theirs: list[Hunk], *, touching: bool = False) -> Iterator[Region]:
    """Yield the stretches that hunks of both sides cover, rising; hunks that overlap are one, with ``touching`` neighbours too.

    Insertions at the same spot overlap; an insertion at the edge of a changed stretch does not.
    """
    marked = [(hunk.start, hunk.end, side, hunk) for side, changed in enumerate((ours, theirs)) for hunk in changed]
    spans: list[tuple[int, int, list[tuple[int, Hunk]]]] = []
    for start, end, side, hunk in sorted(marked, key=lambda mark: mark[:3]):
        if spans:
            first, last, members = spans[-1]
            if start < last or (touching and start <= last) or first == last == start == end:
                spans[-1] = (first, max(last, end), [*members, (side, hunk)])
                continue
        spans.append((start, end, [(side, hunk)]))
    shifts = [0, 0]
    for first, last, members in spans:
        covered = []
        for side in (0, 1):
            own = [hunk for of, hunk in members if of == side]
            begin = first + shifts[side]
            shifts[side] += sum((hunk.new_end - hunk.new_start) - (hunk.end - hunk.start) for hunk in own)
            covered.append((begin, last + shifts[side]))
        yield Region((first, last), *covered)


def _spaced(base: Piece, ours: Piece, theirs: Piece) -> Piece:
    if ours.before == base.before:
        return theirs
    return ours if theirs.before == base.before else max(ours, theirs, key=lambda piece: piece.before)
