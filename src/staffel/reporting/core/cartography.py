"""Draw maps of Germany: from shared outlines in degrees to short SVG paths in whole numbers.

A topology stores each border once, as an *arc*; a ring names the arcs it runs along, backwards as ``~index``. Whatever is
done to an arc is done to both neighbours, so a simplified map has neither gaps nor overlaps. The way of a map::

    decode -> project (degrees to km) -> simplify (on the arcs) -> on_grid (km to whole units, y down) -> draw (SVG path)

Pure: values in, values out. Source of the format: TopoJSON Format Specification 1.0 (Bostock, Metcalf).
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

Point = tuple[float, float]
Arc = tuple[Point, ...]
Ring = tuple[int, ...]
"""Indices of arcs in order; ``~index`` (a negative number) is the arc backwards."""


@dataclass(frozen=True)
class Conic:
    """Lambert's conformal conic projection on a sphere, as maps of Germany use it.

    Angles in degrees, ``radius`` and results in km, x to the east and y to the north of the origin. The parallels are
    those of EPSG:4839 (ETRS89 / LCC Germany); the sphere instead of the ellipsoid moves a point by less than 0.3 %, far
    below a map unit at this scale.

    Source: Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), formulas 15-1 to 15-5, 14-9.
    """

    south: float = 48 + 40 / 60
    north: float = 53 + 40 / 60
    latitude: float = 51.0
    longitude: float = 10.5
    radius: float = 6371.0

    @cached_property
    def _cone(self) -> float:
        south, north = math.radians(self.south), math.radians(self.north)
        return math.log(math.cos(south) / math.cos(north)) / math.log(_widening(north) / _widening(south))

    @cached_property
    def _scale(self) -> float:
        south = math.radians(self.south)
        return self.radius * math.cos(south) * _widening(south) ** self._cone / self._cone

    @cached_property
    def _tip(self) -> float:
        """The distance in km of the origin from the tip of the cone."""
        return self._distance(self.latitude)

    def _distance(self, latitude: float) -> float:
        return self._scale / _widening(math.radians(latitude)) ** self._cone

    def forward(self, longitude: float, latitude: float) -> Point:
        """Return the place of a point in km; ``latitude`` must lie between the poles."""
        distance, angle = self._distance(latitude), self._cone * math.radians(longitude - self.longitude)
        return distance * math.sin(angle), self._tip - distance * math.cos(angle)

    def forward_all(self, points: Iterable[Point]) -> list[Point]:
        """Return the places in km of many points (longitude, latitude): the same as ``forward``, in a third of the time."""
        cone, scale, tip, origin = self._cone, self._scale, self._tip, self.longitude
        turn, half, quarter = cone * math.pi / 180, math.pi / 360, math.pi / 4
        sin, cos, tan = math.sin, math.cos, math.tan
        found = []
        for longitude, latitude in points:
            distance, angle = scale / tan(quarter + latitude * half) ** cone, turn * (longitude - origin)
            found.append((distance * sin(angle), tip - distance * cos(angle)))
        return found

    def inverse(self, x: float, y: float) -> Point:
        """Return longitude and latitude in degrees of a place in km."""
        height = self._tip - y
        widening = (self._scale / math.hypot(x, height)) ** (1 / self._cone)
        latitude = 2 * math.atan(widening) - math.pi / 2
        return self.longitude + math.degrees(math.atan2(x, height) / self._cone), math.degrees(latitude)


def _widening(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


@dataclass(frozen=True)
class Unit:
    """One area of a map: its key, and its rings (outer ones, islands and holes alike, told apart by even-odd filling)."""

    key: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Topology:
    """Arcs, and the units drawn along them by layer name (``kreise``, ``laender``)."""

    arcs: tuple[Arc, ...]
    layers: Mapping[str, tuple[Unit, ...]]


@dataclass(frozen=True)
class Grid:
    """The drawing sheet: whole units of ``unit_km`` km, x to the right and y down, with ``west``, ``top`` (km) at 0, 0."""

    west: float
    top: float
    unit_km: float
    width: int
    height: int

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return the whole units of a place in km."""
        return round((x - self.west) / self.unit_km), round((self.top - y) / self.unit_km)

    def place_all(self, points: Iterable[Point]) -> list[tuple[int, int]]:
        """Return the whole units of many places in km."""
        west, top, unit = self.west, self.top, self.unit_km
        return [(round((x - west) / unit), round((top - y) / unit)) for x, y in points]


def decode(data: Mapping) -> Topology:
    """Return the topology of a parsed TopoJSON file, its points in degrees (longitude, latitude).

    Each object must be a collection of polygons and multi-polygons with an ``id``. Raises ValueError if the file is not a
    TopoJSON topology, holds another kind of geometry, or names an arc that it does not have.
    """
    if data.get("type") != "Topology":
        raise ValueError(f"a TopoJSON topology is needed, got type {data.get('type')!r}")
    arcs = tuple(_decode_arc(arc, data.get("transform")) for arc in data["arcs"])
    layers = {
        name: tuple(Unit(str(shape["id"]), _rings_of(shape)) for shape in collection["geometries"])
        for name, collection in data["objects"].items()
    }
    for name, units in layers.items():
        for unit in units:
            for index in (index for ring in unit.rings for index in ring):
                if not -len(arcs) <= index < len(arcs):
                    raise ValueError(f"{name} {unit.key} names arc {index}, the file has {len(arcs)}")
    return Topology(arcs, layers)


def _decode_arc(arc: Sequence, transform: Mapping | None) -> Arc:
    if transform is None:
        return tuple((float(x), float(y)) for x, y in arc)
    (scale_x, scale_y), (west, south) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + west, y * scale_y + south))
    return tuple(points)


def _rings_of(shape: Mapping) -> tuple[Ring, ...]:
    if shape["type"] == "Polygon":
        return tuple(tuple(ring) for ring in shape["arcs"])
    if shape["type"] == "MultiPolygon":
        return tuple(tuple(ring) for polygon in shape["arcs"] for ring in polygon)
    raise ValueError(f"{shape.get('id')}: Polygon or MultiPolygon is needed, got {shape['type']}")


def project(topology: Topology, projection: Conic) -> Topology:
    """Return the topology with its points in km."""
    return replace(topology, arcs=tuple(tuple(projection.forward(*point) for point in arc) for arc in topology.arcs))


# Simplify -----------------------------------------------------------------------------------------------------------


def simplify(topology: Topology, least_area: float) -> Topology:
    """Return the topology without the points whose triangle with their neighbours is smaller than ``least_area`` (km²).

    Both ends of every arc stay, so units keep meeting where they met. No ring collapses: a ring of one arc keeps three
    different points, of two arcs one point between the ends. ``least_area`` is >= 0; 0 keeps every point that bends.

    Source: Visvalingam, Whyatt: Line generalisation by repeated elimination of points, The Cartographic Journal 30 (1993).
    """
    keep = {}
    for unit in (unit for units in topology.layers.values() for unit in units):
        for ring in unit.rings:
            for index in ring:
                arc = _forwards(index)
                keep[arc] = max(keep.get(arc, 2), {1: 4, 2: 3}.get(len(ring), 2))
    return replace(
        topology,
        arcs=tuple(simplify_line(arc, least_area, keep=keep.get(index, 2)) for index, arc in enumerate(topology.arcs)),
    )


def simplify_line(points: Sequence[Point], least_area: float, *, keep: int = 2) -> Arc:
    """Return a part of ``points`` in their order: both ends, and what bends by at least ``least_area``, at least ``keep``.

    The flattest point goes first; its neighbours are weighed again, never lighter than the point that went. Equal
    weights fall in order of position, so that equal input gives equal output.
    """
    count = len(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    weight = {place: _triangle(*points[place - 1 : place + 2]) for place in range(1, count - 1)}
    queue = [(area, place) for place, area in weight.items()]
    heapq.heapify(queue)
    left = count
    while queue and left > max(keep, 2):
        area, place = heapq.heappop(queue)
        if weight.get(place) != area:
            continue
        if area >= least_area and area > 0:
            break
        del weight[place]
        left -= 1
        behind, ahead = before[place], after[place]
        after[behind], before[ahead] = ahead, behind
        for near in (behind, ahead):
            if near in weight:
                weight[near] = max(area, _triangle(points[before[near]], points[near], points[after[near]]))
                heapq.heappush(queue, (weight[near], near))
    return tuple(points[place] for place in range(count) if place in weight or place in (0, count - 1))


def _triangle(a: Point, b: Point, c: Point) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def without_specks(topology: Topology, layer: str, least_area: float) -> Topology:
    """Return the topology with ``layer`` freed of rings smaller than ``least_area`` (km²), where the unit keeps another.

    Only rings that run along one arc of their own can go (islands in the sea, exclaves in the midst of one neighbour,
    lakes): then the neighbour's hole goes with them, and no white spot remains. A unit that is small itself stays whole.
    """
    units = topology.layers[layer]
    areas = {unit.key: [abs(area_of(ring_points(topology, ring))) for ring in unit.rings] for unit in units}
    small, needed = set(), set()
    for unit in units:
        largest = max(areas[unit.key])
        for ring, area in zip(unit.rings, areas[unit.key], strict=True):
            if area == largest:
                needed.update(map(_forwards, ring))
            elif len(ring) == 1 and area < least_area:
                small.add(_forwards(ring[0]))
    specks = small - needed
    kept = tuple(
        Unit(unit.key, tuple(ring for ring in unit.rings if len(ring) > 1 or _forwards(ring[0]) not in specks))
        for unit in units
    )
    return replace(topology, layers={**topology.layers, layer: kept})


# Read a topology ----------------------------------------------------------------------------------------------------


def _forwards(index: int) -> int:
    return ~index if index < 0 else index


def ring_points(topology: Topology, ring: Ring) -> list[Point]:
    """Return the points of a ring, without the last one, which is the first again."""
    points: list[Point] = []
    for index in ring:
        arc = topology.arcs[_forwards(index)]
        points.extend((arc if index >= 0 else arc[::-1])[:-1])
    return points


def area_of(points: Sequence[Point]) -> float:
    """Return the signed area of a ring in the square of its unit (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, [*points[1:], *points[:1]], strict=True)) / 2


def borders_between(topology: Topology, layer: str, keys: Iterable[str]) -> tuple[int, ...]:
    """Return the arcs that two of the named units of ``layer`` share, in order of index."""
    wanted = set(keys)
    counted = Counter(
        _forwards(index) for unit in topology.layers[layer] if unit.key in wanted for ring in unit.rings for index in ring
    )
    return tuple(sorted(arc for arc, times in counted.items() if times > 1))


# Draw ---------------------------------------------------------------------------------------------------------------


def sheet(topology: Topology, unit_km: float, margin: int) -> Grid:
    """Return the grid that holds every point (km) with ``margin`` whole units around."""
    xs = [x for arc in topology.arcs for x, _ in arc]
    ys = [y for arc in topology.arcs for _, y in arc]
    west, top = min(xs) - margin * unit_km, max(ys) + margin * unit_km
    width = math.ceil((max(xs) - west) / unit_km) + margin
    height = math.ceil((top - min(ys)) / unit_km) + margin
    return Grid(round(west, 3), round(top, 3), unit_km, width, height)


def on_grid(topology: Topology, grid: Grid) -> Topology:
    """Return the topology in whole units of ``grid``."""
    return replace(topology, arcs=tuple(tuple(grid.place(*point) for point in arc) for arc in topology.arcs))


def draw(topology: Topology, unit: Unit) -> str:
    """Return the SVG path of a unit that lies on a grid, to be filled by the even-odd rule.

    Each ring begins at an absolute point and goes on in relative whole steps: ``M10 12l3-4 5 6z``. Rings that the grid
    has flattened to fewer than three points are left out, unless nothing else would remain of the unit.
    """
    rings = [_bends(ring_points(topology, ring)) for ring in unit.rings]
    solid = [points for points in rings if len(points) > 2] or rings
    return "".join(f"{write_line(points)}z" for points in solid)


def draw_lines(topology: Topology, arcs: Iterable[int]) -> str:
    """Return the SVG path of single arcs that lie on a grid, each drawn once."""
    return "".join(write_line(topology.arcs[_forwards(arc)]) for arc in arcs)


def _bends(points: Sequence[Point]) -> list[Point]:
    """Return a ring without points that repeat the one before or lie straight between their neighbours."""
    distinct = [point for place, point in enumerate(points) if point != points[place - 1]] or list(points[:1])
    count = len(distinct)
    if count < 3:
        return distinct
    return [
        point
        for place, point in enumerate(distinct)
        if _triangle(distinct[place - 1], point, distinct[(place + 1) % count])
        or distinct[place - 1] == distinct[(place + 1) % count]
    ]


def write_line(points: Sequence[Point]) -> str:
    """Return the SVG path of a line through whole points: ``M10 12l3-4 5 6``."""
    (x, y), rest = points[0], points[1:]
    steps = []
    for next_x, next_y in rest:
        if (next_x, next_y) != (x, y):
            steps += [next_x - x, next_y - y]
        x, y = next_x, next_y
    return f"M{_numbers(points[0])}" + (f"l{_numbers(steps)}" if steps else "")


def write_dots(points: Iterable[tuple[int, int]]) -> str:
    """Return the SVG path of dots, to be stroked with round caps: a line of length 0 at each point, in reading order.

    Points on the same place become one. ``Mx yh0`` and then relative ``mx+yh0``; reading order makes the steps short.
    """
    rows = sorted({(y, x) for x, y in points})
    if not rows:
        return ""
    before_y, before_x = rows[0]
    parts = [f"M{before_x} {before_y}h0"]
    for y, x in rows[1:]:
        # A plus sign separates as a minus does; no text work for 10,000 dots.
        parts.append(f"m{x - before_x}{y - before_y:+d}h0")
        before_y, before_x = y, x
    return "".join(parts)


def _numbers(values: Iterable[float]) -> str:
    """Return whole numbers as SVG reads them: a minus sign needs no space before it."""
    return " ".join(str(int(value)) for value in values).replace(" -", "-")


# Read a path --------------------------------------------------------------------------------------------------------


def read_path(path: str) -> list[list[tuple[int, int]]]:
    """Return the lines of a path that this module wrote: absolute whole points, without the closing one.

    Raises ValueError for a command other than ``M``, ``l`` and ``z``.
    """
    if strange := re.sub(r"[Mlz\d\s-]", "", path):
        raise ValueError(f"only M, l, z and whole numbers are read, got {strange[:20]!r}")
    lines = []
    for start, steps in re.findall(r"M([^lzM]*)(?:l([^zM]*))?", path):
        x, y = _values(start)
        points = [(x, y)]
        numbers = _values(steps)
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            points.append((x, y))
        lines.append(points)
    return lines


def _values(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"-?\d+", text)]


def bounds(path: str) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a path that this module wrote."""
    points = [point for line in read_path(path) for point in line]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def contains(path: str, x: float, y: float) -> bool:
    """Return whether a point lies inside a path of this module by the even-odd rule.

    Source: ray casting, Shimrat, Algorithm 112, CACM 5 (1962).
    """
    return _inside(_edges(path), x, y)


def _edges(path: str) -> list[tuple[Point, Point]]:
    """Return the sides of every ring of a path, each of some length."""
    pairs = (zip(points, [*points[1:], points[0]], strict=True) for points in read_path(path))
    return [(start, end) for ring in pairs for start, end in ring if start != end]


def _inside(edges: Sequence[tuple[Point, Point]], x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in edges:
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def middle(path: str, *, steps: int = 12) -> tuple[int, int]:
    """Return a point well inside a path, to set a figure on: of a lattice the point farthest from every border.

    The lattice has ``steps`` rows and columns over the bounds; the first of equally good points wins. A path without an
    inside returns the middle of its bounds.
    """
    left, top, width, height = bounds(path)
    edges = _edges(path)
    best, farthest = (left + width // 2, top + height // 2), 0.0
    for row in range(1, steps):
        y = top + height * row / steps
        for column in range(1, steps):
            x = left + width * column / steps
            if _inside(edges, x, y):
                distance = min(_distance((x, y), *edge) for edge in edges)
                if distance > farthest:
                    best, farthest = (round(x), round(y)), distance
    return best


def _distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance of a point from a line between two different points."""
    (x, y), (x1, y1), (dx, dy) = point, start, (end[0] - start[0], end[1] - start[1])
    along = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - x1 - along * dx, y - y1 - along * dy)
