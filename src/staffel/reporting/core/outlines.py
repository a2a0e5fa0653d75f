"""The two maps that Staffel shows, made from the official outlines: Länder coarse, Kreise finer, on one sheet.

``data/map.json`` is the result, so that no request has to project or simplify. Its keys:

=================  ==================================================================================================
``projection``     the constants of ``Conic``
``grid``           the constants of ``Grid``: one unit is half a kilometre
``laender``        Land key to path, coarse: for Germany at a glance
``kreise``         Kreis key to path
``laender_fine``   Land key to path, along the same lines as ``kreise``
``inner_borders``  Land key to the lines between its Kreise, each drawn once; empty where a Land has one Kreis only
``land_borders``   the lines between Länder, each drawn once, along the same lines as ``kreise``
``middles``        Kreis key to a point well inside, x and y, for a figure
``names``          Land or Kreis key to name; where a town and the Kreis around it share one, the kind stands behind it
=================  ==================================================================================================
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from staffel.reporting.core import cartography
from staffel.reporting.core.cartography import Conic, Grid

UNIT_KM = 0.5
MARGIN = 8
# Chosen by eye and by weight: compressed 5 KB for the Länder, 25 KB for the Kreise, and a coast that is still a coast.
LAENDER_LEAST_BEND_KM2 = 4.0
LAENDER_LEAST_SPECK_KM2 = 20.0
KREISE_LEAST_BEND_KM2 = 2.0
KREISE_LEAST_SPECK_KM2 = 6.0


@dataclass(frozen=True)
class Outlines:
    """What ``data/map.json`` holds; see the module for the meaning of each part."""

    projection: Conic
    grid: Grid
    laender: Mapping[str, str]
    kreise: Mapping[str, str]
    laender_fine: Mapping[str, str]
    inner_borders: Mapping[str, str]
    land_borders: str
    middles: Mapping[str, tuple[int, int]]
    names: Mapping[str, str]

    def place(self, longitude: float, latitude: float) -> tuple[int, int]:
        """Return the whole units of a point in degrees on the sheet."""
        return self.grid.place(*self.projection.forward(longitude, latitude))

    def as_data(self) -> dict:
        """Return plain values for JSON; ``read`` takes them back."""
        return asdict(self)


def read(data: Mapping) -> Outlines:
    """Return the outlines of a parsed ``data/map.json``."""
    middles = {key: tuple(point) for key, point in data["middles"].items()}
    return Outlines(**{**data, "projection": Conic(**data["projection"]), "grid": Grid(**data["grid"]), "middles": middles})


def make(topojson: Mapping, names: Mapping[str, str]) -> Outlines:
    """Return the outlines drawn from a TopoJSON file with the layers ``kreise`` and ``laender`` on shared arcs.

    A Kreis's key begins with its Land's. ``names`` has a name for every key. Raises ValueError as ``cartography.decode``
    does or if a unit has no name, KeyError if a layer is missing.
    """
    projection = Conic()
    whole = cartography.project(cartography.decode(topojson), projection)
    drawn = {unit.key for layer in ("laender", "kreise") for unit in whole.layers[layer]}
    if drawn != set(names):
        raise ValueError(f"outlines and names differ in {sorted(drawn ^ set(names))}")
    grid = cartography.sheet(whole, UNIT_KM, MARGIN)

    coarse = cartography.without_specks(whole, "laender", LAENDER_LEAST_SPECK_KM2)
    coarse = cartography.simplify(coarse, LAENDER_LEAST_BEND_KM2)
    coarse = cartography.on_grid(coarse, grid)

    fine = cartography.without_specks(whole, "kreise", KREISE_LEAST_SPECK_KM2)
    fine = cartography.without_specks(fine, "laender", KREISE_LEAST_SPECK_KM2)
    fine = cartography.on_grid(cartography.simplify(fine, KREISE_LEAST_BEND_KM2), grid)

    keys = sorted(unit.key for unit in fine.layers["laender"])
    inner = {
        land: cartography.borders_between(fine, "kreise", [unit.key for unit in fine.layers["kreise"] if unit.key[:2] == land])
        for land in keys
    }
    kreise = _paths(fine, "kreise")
    return Outlines(
        projection=projection,
        grid=grid,
        laender=_paths(coarse, "laender"),
        kreise=kreise,
        laender_fine=_paths(fine, "laender"),
        inner_borders={land: cartography.draw_lines(fine, arcs) for land, arcs in inner.items()},
        land_borders=cartography.draw_lines(fine, cartography.borders_between(fine, "laender", keys)),
        middles={key: cartography.middle(path) for key, path in kreise.items()},
        names=dict(names),
    )


def kreis_names(rows: Iterable[tuple[str, str, bool]]) -> dict[str, str]:
    """Return code to name for rows (code, name, is a single town), told apart where two Kreise share a name."""
    rows = list(rows)
    times = Counter(name for _, name, _ in rows)
    return {code: f"{name} ({'Stadt' if town else 'Landkreis'})" if times[name] > 1 else name for code, name, town in rows}


def _paths(topology: cartography.Topology, layer: str) -> dict[str, str]:
    return {unit.key: cartography.draw(topology, unit) for unit in sorted(topology.layers[layer], key=lambda unit: unit.key)}


def frame(box: tuple[float, float, float, float], *, margin: float = 0.04) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a view of ``box`` with ``margin`` (a share of the longer side) around it."""
    left, top, width, height = box
    around = max(width, height) * margin
    return math.floor(left - around), math.floor(top - around), math.ceil(width + 2 * around), math.ceil(height + 2 * around)
