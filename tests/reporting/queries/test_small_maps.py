import pytest

from staffel.cohorts.queries import pilot_municipalities
from staffel.reporting.core import cartography
from staffel.reporting.queries import sheets, small_maps
from staffel.reporting.queries.sheets import Entry
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_municipality


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_germany_shows_every_pilot_without_a_query(count, django_assert_num_queries):
    cohort = make_pilot_cohort()
    for number in range(count):
        make_seat(cohort, make_municipality(f"1206000{number}", f"Ort {number}"), position=number)
    pilots = pilot_municipalities()

    with django_assert_num_queries(0):
        germany = small_maps.germany_with(pilots)

    assert germany.count == len(germany.batons) == len(germany.inset.towns) == count


@pytest.mark.django_db
def test_germany_names_laender_and_towns_with_their_staffeln():
    eberswalde = make_municipality()
    for number in (2, 3):
        make_seat(make_pilot_cohort(number), eberswalde)

    germany = small_maps.germany_with(pilot_municipalities())

    assert [land.title for land in germany.laender][:4] == [
        "Baden-Württemberg",
        "Bayern",
        "Berlin",
        "Brandenburg, 1 Kommune vertreten",
    ]
    assert [land.key for land in germany.laender if land.tone == "reached"] == ["12"]
    [town] = germany.inset.towns
    assert (town.href, town.title, len(town.batons), town.name.text) == (
        "/kommunen/12060052/",
        "Eberswalde, Staffel 2 und 3",
        2,
        "Eberswalde",
    )
    assert germany.legend == (
        Entry("baton", "2", "Staffel 2", "1 Kommune"),
        Entry("baton", "3", "Staffel 3", "1 Kommune"),
        Entry("baton", "two", "in zwei Staffeln", "1 Kommune"),
    )
    assert germany.summary == "Karte: 1 Kommune war in den Staffeln der Pilotphase vertreten."


def test_staffeln_in_words():
    assert small_maps.staffeln_in_words((1,)) == "Staffel 1"
    assert small_maps.staffeln_in_words((1, 2, 3)) == "Staffel 1, 2 und 3"


@pytest.mark.parametrize(
    ("name", "kreis", "label"),
    [
        ("Eberswalde", "12060", "Karte: Lage von Eberswalde in Barnim, Brandenburg."),
        ("Cottbus", "12052", "Karte: Lage von Cottbus in Brandenburg."),
        ("München", "09162", "Karte: Lage von München in Bayern."),
        ("Berlin", "11000", "Karte: Lage von Berlin in Deutschland."),
    ],
)
def test_small_map_of_municipality_says_where_it_lies(name, kreis, label):
    drawn = small_maps.small_map_of_municipality(name=name, kreis=kreis, latitude=52.5, longitude=13.4)

    assert drawn.label == label
    assert drawn.baton.path.startswith("M")
    assert drawn.area in (sheets.sheet().kreise[kreis], sheets.sheet().laender[kreis[:2]])


def test_small_map_of_municipality_without_a_midpoint_has_no_baton():
    drawn = small_maps.small_map_of_municipality(name="Almersbach", kreis="07132", latitude=None, longitude=None)

    assert drawn.baton is None


def test_small_map_of_kreis_has_dots_by_size():
    drawn = small_maps.small_map_of_kreis("12060", towns=[(52.83, 13.79, 41_481), (52.9, 13.8, 900), (None, None, 800)])

    assert drawn.label == "Karte: Barnim in Brandenburg mit seinen Kommunen."
    assert [path.count("h0") for _width, path in drawn.dots] == [1, 1]
    small, large = (float(width) for width, _path in drawn.dots)
    assert small < large


def test_small_map_of_land_lies_in_germany():
    drawn = small_maps.small_map_of_land("10")

    assert drawn.label == "Karte: Lage von Saarland in Deutschland."
    assert drawn.view == sheets.whole()
    assert drawn.area == sheets.sheet().laender["10"]
    assert cartography.bounds(drawn.area)[2] < 200


def test_small_maps_of_unknown_keys_are_none():
    assert small_maps.small_map_of_municipality(name="x", kreis="12099", latitude=1, longitude=1) is None
    assert small_maps.small_map_of_kreis("12099", towns=[]) is None
    assert small_maps.small_map_of_land("17") is None
