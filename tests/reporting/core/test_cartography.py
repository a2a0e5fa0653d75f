import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.reporting.core import cartography
from staffel.reporting.core.cartography import Conic, Grid, Topology, Unit

places = st.tuples(st.floats(5.5, 15.5), st.floats(47, 55.5))
points = st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000))
lines = st.lists(points, min_size=2, max_size=40)

# Two squares side by side, the right one with a hole that a third unit fills, and an island of the left one.
#   arc 0: the shared border; 1: the rest of the left square; 2: the rest of the right one; 3: the hole; 4: the island
NEIGHBOURS = {
    "type": "Topology",
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
        [[14, 4], [2, 0], [0, 2], [-2, 0], [0, -2]],
        [[1, 20], [1, 0], [0, 1], [-1, -1]],
    ],
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "objects": {
        "kreise": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "MultiPolygon", "id": "left", "arcs": [[[0, 1]], [[4]]]},
                {"type": "Polygon", "id": "right", "arcs": [[2, -1], [3]]},
                {"type": "Polygon", "id": "town", "arcs": [[-4]]},
            ],
        }
    },
}


def neighbours():
    return cartography.decode(NEIGHBOURS)


# Projection ---------------------------------------------------------------------------------------------------------


@given(places)
def test_conic_inverse_returns_to_the_same_place(place):
    conic = Conic()

    assert conic.inverse(*conic.forward(*place)) == pytest.approx(place, abs=1e-9)


@given(places, st.floats(0.01, 1))
def test_conic_goes_up_to_the_north_and_right_to_the_east(place, step):
    longitude, latitude = place
    x, y = Conic().forward(longitude, latitude)

    assert Conic().forward(longitude, latitude + step)[1] > y
    assert Conic().forward(longitude + step, latitude)[0] > x


@given(st.lists(places, max_size=5))
def test_conic_forward_all_is_forward_for_each(many):
    conic = Conic()

    for quick, one in zip(conic.forward_all(many), many, strict=True):
        assert quick == pytest.approx(conic.forward(*one), abs=1e-9)


def test_conic_origin_is_zero_and_parallels_keep_their_length():
    conic = Conic()
    assert conic.forward(10.5, 51.0) == pytest.approx((0, 0), abs=1e-9)
    for latitude in (conic.south, conic.north):
        west, east = conic.forward(10.0, latitude), conic.forward(11.0, latitude)
        along_the_parallel = math.radians(1) * 6371 * math.cos(math.radians(latitude))
        assert math.dist(west, east) == pytest.approx(along_the_parallel, rel=1e-4)


# Decode -------------------------------------------------------------------------------------------------------------


def test_decode_adds_up_the_steps_and_keeps_shared_arcs():
    topology = neighbours()

    assert topology.arcs[1] == ((10, 10), (0, 10), (0, 0), (10, 0))
    assert [unit.key for unit in topology.layers["kreise"]] == ["left", "right", "town"]
    assert topology.layers["kreise"][0].rings == ((0, 1), (4,))
    assert cartography.ring_points(topology, (2, -1)) == [(10, 0), (20, 0), (20, 10), (10, 10)]


def test_decode_reads_arcs_without_transform():
    data = {"type": "Topology", "arcs": [[[1.5, 2.5], [3.5, 4.5]]], "objects": {}}

    assert cartography.decode(data).arcs == (((1.5, 2.5), (3.5, 4.5)),)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"type": "FeatureCollection"}, "a TopoJSON topology is needed, got type 'FeatureCollection'"),
        (
            {"objects": {"kreise": {"geometries": [{"type": "Point", "id": "x"}]}}},
            "x: Polygon or MultiPolygon is needed, got Point",
        ),
        (
            {"objects": {"kreise": {"geometries": [{"type": "Polygon", "id": "x", "arcs": [[7]]}]}}},
            "kreise x names arc 7, the file has 5",
        ),
    ],
)
def test_decode_refuses_what_it_cannot_read(change, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        cartography.decode({**NEIGHBOURS, **change})


# Simplify -----------------------------------------------------------------------------------------------------------


@given(lines, st.floats(0, 1e6), st.integers(2, 5))
def test_simplify_line_keeps_ends_and_order_and_adds_nothing(line, least_area, keep):
    short = cartography.simplify_line(line, least_area, keep=keep)

    assert (short[0], short[-1]) == (line[0], line[-1])
    assert len(short) >= min(keep, len(line))
    left = iter(line)
    assert all(point in left for point in short)


@given(lines)
def test_simplify_line_with_more_tolerance_keeps_a_part_of_what_less_keeps(line):
    fine, coarse = cartography.simplify_line(line, 100), cartography.simplify_line(line, 10_000)

    assert len(coarse) <= len(fine)


def test_simplify_line_drops_the_flat_point_and_keeps_the_corner():
    assert cartography.simplify_line([(0, 0), (5, 0.1), (10, 0), (10, 10)], 1) == ((0, 0), (10, 0), (10, 10))


def test_simplify_leaves_no_ring_without_an_area():
    rough = cartography.simplify(neighbours(), 1e9)

    assert rough.arcs[0] == ((10, 0), (10, 10))
    assert [len(arc) for arc in rough.arcs] == [2, 3, 3, 4, 4]
    for unit in rough.layers["kreise"]:
        for ring in unit.rings:
            assert cartography.area_of(cartography.ring_points(rough, ring)) != 0


def test_without_specks_drops_the_island_but_not_the_town_in_a_hole():
    kept = cartography.without_specks(neighbours(), "kreise", 50)

    assert [(unit.key, unit.rings) for unit in kept.layers["kreise"]] == [
        ("left", ((0, 1),)),
        ("right", ((2, -1), (3,))),
        ("town", ((-4,),)),
    ]


def test_borders_between_are_the_shared_arcs():
    topology = neighbours()

    assert cartography.borders_between(topology, "kreise", ["left", "right", "town"]) == (0, 3)
    assert cartography.borders_between(topology, "kreise", ["left", "right"]) == (0,)
    assert cartography.borders_between(topology, "kreise", ["left"]) == ()


# Paths --------------------------------------------------------------------------------------------------------------


def test_draw_writes_compact_rings_with_their_hole():
    topology = neighbours()

    assert cartography.draw(topology, topology.layers["kreise"][1]) == "M10 0l10 0 0 10-10 0zM14 4l2 0 0 2-2 0z"


def test_draw_leaves_out_rings_flattened_by_the_grid_unless_nothing_remains():
    arcs = (((0, 0), (4, 0), (4, 4), (0, 0)), ((9, 9), (9, 9), (9, 9)))
    topology = Topology(arcs, {})

    assert cartography.draw(topology, Unit("x", ((0,), (1,)))) == "M0 0l4 0 0 4z"
    assert cartography.draw(topology, Unit("x", ((1,),))) == "M9 9z"


@given(lines)
def test_read_path_returns_what_write_line_wrote(line):
    [read] = cartography.read_path(cartography.write_line(line))

    without_repeats = [point for place, point in enumerate(line) if place == 0 or point != line[place - 1]]
    assert read == without_repeats


def test_read_path_refuses_a_curve():
    with pytest.raises(ValueError, match=r"^only M, l, z and whole numbers are read, got 'c'$"):
        cartography.read_path("M0 0c1 1 2 2 3 3")


@given(st.lists(points, max_size=30))
def test_write_dots_stands_once_on_each_point(dots):
    path = cartography.write_dots(dots)

    x, y, seen = 0, 0, []
    for step_x, step_y in re.findall(r"[Mm](-?\d+) ?([+-]?\d+)h0", path):
        x, y = x + int(step_x), y + int(step_y)
        seen.append((x, y))
    assert sorted(seen) == sorted(set(dots))


def test_bounds_and_contains_know_the_hole():
    path = cartography.draw(neighbours(), neighbours().layers["kreise"][1])

    assert cartography.bounds(path) == (10, 0, 10, 10)
    assert cartography.contains(path, 12, 2)
    assert not cartography.contains(path, 15, 5)
    assert not cartography.contains(path, 5, 5)


def test_middle_keeps_clear_of_the_hole_and_the_border():
    ring = "M0 0l100 0 0 100-100 0zM10 10l50 0 0 80-50 0z"

    x, y = cartography.middle(ring)

    assert cartography.contains(ring, x, y)
    assert 75 <= x <= 85
    assert 20 <= y <= 80
    assert cartography.middle("M5 5z") == (5, 5)


def test_sheet_puts_everything_inside_the_margin_with_north_on_top():
    grid = cartography.sheet(neighbours(), 0.5, 3)

    assert grid == Grid(west=-1.5, top=22.5, unit_km=0.5, width=46, height=48)
    assert grid.place(0, 21) == (3, 3)
    assert grid.place(20, 0) == (43, 45)


def test_place_all_is_place_for_each():
    grid = Grid(west=-1.5, top=22.5, unit_km=0.5, width=46, height=48)

    assert grid.place_all([(0, 21), (20.3, 0)]) == [grid.place(0, 21), grid.place(20.3, 0)]


def test_drawn_path_is_well_formed_in_svg():
    path = cartography.draw(neighbours(), neighbours().layers["kreise"][0])

    assert ElementTree.fromstring(f'<svg><path d="{path}"/></svg>')[0].get("d") == path
