"""The drawing sheet: outlines from ``data/map.json``, the part of it that is seen, and the marks put on it.

The outlines are read once in a process, at the first map. Lengths called ``px`` are meant for a map 640 px wide; a view
knows how many map units that is, so that marks look alike at every zoom.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from staffel.reporting.core import cartography, outlines

SEEN_WIDTH_PX = 640


@lru_cache(maxsize=1)
def sheet() -> outlines.Outlines:
    """Return the outlines. No query; the file is read at the first call."""
    return outlines.read(json.loads((settings.DATA / "map.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1024)
def bounds(path: str) -> tuple[int, int, int, int]:
    """Return left, top, width and height of one of the sheet's paths."""
    return cartography.bounds(path)


def safe(path: str) -> SafeString:
    """Return one of our own paths as it is: digits and letters, nothing to escape."""
    return mark_safe(path)  # noqa: S308 - made by cartography


@dataclass(frozen=True, slots=True)
class View:
    """The part of the sheet that is seen, in map units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def box(self) -> str:
        """SVG's ``viewBox``."""
        return f"{self.left} {self.top} {self.width} {self.height}"

    @property
    def unit(self) -> float:
        """Map units in one px. A tall view is shown as high as Germany, so its height counts."""
        return max(self.width, self.height * 0.74) / SEEN_WIDTH_PX

    def px(self, length: float) -> str:
        """Return a length in px as map units, for an attribute."""
        return f"{length * self.unit:.3g}"

    def meets(self, path: str) -> bool:
        """Return whether the bounds of a path reach into the view."""
        left, top, width, height = bounds(path)
        return (
            left < self.left + self.width
            and self.left < left + width
            and top < self.top + self.height
            and self.top < top + height
        )


def whole() -> View:
    """Return the view of all of Germany."""
    return View(0, 0, sheet().grid.width, sheet().grid.height)


def view_of_land(land: str, *, margin: float = 0.04) -> View:
    """Return the view of one Land by its key. Raises KeyError for an unknown one."""
    return View(*outlines.frame(bounds(sheet().laender_fine[land]), margin=margin))


# Marks ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Baton:
    """The slanted bar that marks a municipality of a Staffel; ``tone`` is 1, 2 or 3, or empty where it does not matter."""

    tone: str
    path: SafeString


def batons(x: float, y: float, tones: tuple[str, ...], *, view: View, half_px: float) -> tuple[Baton, ...]:
    """Return parallel batons around a point, one for each tone, ``half_px`` long to either side, rising like the wordmark's."""
    dx, dy = half_px * view.unit, half_px * 0.6 * view.unit
    apart = half_px * 1.05 * view.unit
    first = y - apart * (len(tones) - 1) / 2
    return tuple(
        Baton(tone, safe(f"M{x - dx:.1f} {first + apart * place + dy:.1f}l{2 * dx:.1f}{-2 * dy:.1f}"))
        for place, tone in enumerate(tones)
    )


@dataclass(frozen=True, slots=True)
class Area:
    """A Land or Kreis on the map: ``tone`` is the end of its class, ``title`` its accessible name."""

    key: str
    href: str
    title: str
    path: SafeString
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name written on the map; its place is text, because templates write numbers as Germans do."""

    text: str
    x: str
    y: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: ``kind`` is "baton", "dot" or "area", ``tone`` the end of its class."""

    kind: str
    tone: str
    words: str
    count: str
