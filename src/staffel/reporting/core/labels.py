"""Place names beside points on a map so that nothing lies on anything.

Greedy: the first point gets its best place, each next one the first place that is still free, or none. A name without a
place is not lost: the point keeps it as its accessible name.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

# Mean width of a letter of Fira Sans as a share of the font size, on the safe side; measured on the names of all Kreise.
LETTER = 0.56


@dataclass(frozen=True)
class Label:
    """Where a name stands: ``x``, ``y`` of the base line, and ``anchor`` as SVG's ``text-anchor``."""

    x: float
    y: float
    anchor: str
    box: Box


def place_labels(points: Sequence[tuple[float, float, str]], *, size: float, gap: float, view: Box) -> list[Label | None]:
    """Return a label, or None, for each of ``points`` (x, y, name), the most important first.

    ``size`` is the font size, ``gap`` the half width of a point's marker, both in map units. No label leaves ``view``,
    touches another label, or covers a marker. Source: point-feature labelling, Christensen, Marks, Shieber (1995), greedy.
    """
    markers = [(x - gap, y - gap, x + gap, y + gap) for x, y, _ in points]
    taken: list[Box] = []
    placed: list[Label | None] = []
    for index, (x, y, name) in enumerate(points):
        others = [box for place, box in enumerate(markers) if place != index]
        label = next(
            (
                label
                for label in _candidates(x, y, name, size, gap)
                if _inside(label.box, view) and not any(_touch(label.box, box) for box in (*others, *taken))
            ),
            None,
        )
        if label:
            taken.append(label.box)
        placed.append(label)
    return placed


def _candidates(x: float, y: float, name: str, size: float, gap: float):
    width, rise, fall = len(name) * size * LETTER, size * 0.75, size * 0.25
    for dx, dy, anchor in (
        (gap * 1.3, size * 0.32, "start"),
        (-gap * 1.3, size * 0.32, "end"),
        (0, -gap - size * 0.3, "middle"),
        (0, gap + size * 0.85, "middle"),
        (gap, -gap, "start"),
        (gap, gap + size * 0.6, "start"),
        (-gap, -gap, "end"),
        (-gap, gap + size * 0.6, "end"),
    ):
        at, base = x + dx, y + dy
        left = {"start": at, "middle": at - width / 2, "end": at - width}[anchor]
        yield Label(round(at, 1), round(base, 1), anchor, (left, base - rise, left + width, base + fall))


def _touch(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(box: Box, view: Box) -> bool:
    return box[0] >= view[0] and box[1] >= view[1] and box[2] <= view[2] and box[3] <= view[3]
