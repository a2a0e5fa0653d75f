import csv
import json

import pytest
from django.conf import settings

from staffel.reporting.core import cartography, outlines
from staffel.reporting.management.commands import draw_outlines


@pytest.fixture(scope="module")
def drawn():
    return outlines.make(
        json.loads((settings.DATA / "outlines.topojson").read_text(encoding="utf-8")), draw_outlines.read_names()
    )


@pytest.fixture(scope="module")
def towns():
    with (settings.DATA / "municipalities.csv").open(encoding="utf-8") as file:
        return {row["ags"]: row for row in csv.DictReader(file)}


def test_map_json_is_what_the_outlines_give(drawn):
    stored = json.loads((settings.DATA / "map.json").read_text(encoding="utf-8"))

    assert stored == json.loads(json.dumps(drawn.as_data()))
    assert outlines.read(stored) == drawn


def test_outlines_hold_every_kreis_and_land_of_the_register(drawn):
    with (settings.DATA / "kreise.csv").open(encoding="utf-8") as file:
        codes = {row["kreis_code"] for row in csv.DictReader(file)}

    assert set(drawn.kreise) == codes
    assert set(drawn.laender) == set(drawn.laender_fine) == set(drawn.inner_borders) == {code[:2] for code in codes}


def test_pilot_municipalities_lie_in_brandenburg_and_in_their_kreis(drawn, towns):
    with (settings.DATA / "pilot_cohorts.csv").open(encoding="utf-8") as file:
        pilots = {row["ags"] for row in csv.DictReader(file)}

    assert len(pilots) == 36
    for ags in pilots:
        place = drawn.place(float(towns[ags]["lon"]), float(towns[ags]["lat"]))
        assert cartography.contains(drawn.laender["12"], *place), towns[ags]["name"]
        assert cartography.contains(drawn.kreise[ags[:5]], *place), towns[ags]["name"]


def test_a_town_in_the_midst_of_a_kreis_is_a_hole_of_it(drawn, towns):
    # Cottbus lies in Spree-Neiße, Berlin in Brandenburg.
    cottbus = drawn.place(float(towns["12052000"]["lon"]), float(towns["12052000"]["lat"]))
    berlin = drawn.place(float(towns["11000000"]["lon"]), float(towns["11000000"]["lat"]))

    assert [code for code, path in drawn.kreise.items() if cartography.contains(path, *cottbus)] == ["12052"]
    assert [code for code, path in drawn.laender.items() if cartography.contains(path, *berlin)] == ["11"]


def test_islands_and_exclaves_stay(drawn, towns):
    # Bremerhaven belongs to the Land Bremen, Norderney to Aurich; Helgoland (1.7 km²) is a documented speck.
    for ags, unit in (
        ("04012000", drawn.laender["04"]),
        ("04012000", drawn.kreise["04012"]),
        ("03452020", drawn.kreise["03452"]),
    ):
        assert cartography.contains(unit, *drawn.place(float(towns[ags]["lon"]), float(towns[ags]["lat"]))), ags


def test_every_kreis_shares_its_borders_to_the_point(drawn):
    inside = drawn.inner_borders["12"]
    corners = {point for line in cartography.read_path(inside) for point in line}
    of_the_kreise = {
        point
        for code, path in drawn.kreise.items()
        if code[:2] == "12"
        for line in cartography.read_path(path)
        for point in line
    }

    straight = corners - of_the_kreise
    # A ring leaves out points that lie straight on its way; everything else is the same point for both neighbours.
    assert len(straight) < len(corners) * 0.05


def test_middles_lie_in_their_own_kreis_only(drawn):
    for key in ("12071", "12052", "09162", "09184", "06435"):
        assert [other for other, path in drawn.kreise.items() if cartography.contains(path, *drawn.middles[key])] == [key]


def test_frame_leaves_room_around_a_box():
    assert outlines.frame((100, 100, 50, 200), margin=0.1) == (80, 80, 90, 240)


def test_kreis_names_are_told_apart_where_town_and_land_share_one():
    rows = [("09162", "München", True), ("09184", "München", False), ("12060", "Barnim", False)]

    assert outlines.kreis_names(rows) == {"09162": "München (Stadt)", "09184": "München (Landkreis)", "12060": "Barnim"}


def test_outline_names_are_unique(drawn):
    kreise = [name for key, name in drawn.names.items() if len(key) == 5]

    assert len(kreise) == len(set(kreise)) == 400


def test_make_refuses_outlines_without_a_name():
    data = {"type": "Topology", "arcs": [[[0, 0], [1, 0], [1, 1], [0, 0]]], "objects": {"laender": {"geometries": []}}}
    data["objects"]["kreise"] = {"geometries": [{"type": "Polygon", "id": "01001", "arcs": [[0]]}]}

    with pytest.raises(ValueError, match=r"^outlines and names differ in \['01001'\]$"):
        outlines.make(data, {})
