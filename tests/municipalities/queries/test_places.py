from datetime import date

import pytest

from staffel.municipalities.models import Municipality
from staffel.municipalities.queries import places
from tests.municipalities.factories import make_dataset, make_kreis, make_land, make_municipality, make_project, make_verband

pytestmark = pytest.mark.django_db
ENDED = date(2025, 12, 31)


def make_some(count, **facts):
    return [make_municipality(f"1206000{n}", name=f"Ort {n}", population=1000 * n, **facts) for n in range(1, count + 1)]


# Municipality -----------------------------------------------------------------------------------------------------------


def test_municipality_facts_speak_in_words_with_days():
    make_municipality(verband=make_verband())

    facts = places.municipality_facts("12060052")

    assert (facts.short_name, facts.path, facts.size_word, facts.density) == (
        "Eberswalde",
        "/kommunen/12060052/",
        "Mittelstadt",
        443,
    )
    assert (facts.land.name, facts.land.path, facts.kreis.name) == ("Brandenburg", "/laender/12/", "Barnim")
    assert (facts.verband.name, facts.verband.kind, facts.verband.path) == ("Britz-Chorin-Oderberg", "Amt", "")
    assert facts.region_type_word == "Mittelstadt oder städtischer Raum in einer Stadtregion"
    assert (facts.urbanisation_word, facts.region_type_on) == ("Mittlere Besiedlungsdichte", date(2021, 12, 31))
    assert (facts.is_dissolved, facts.successor, facts.predecessors) == (False, None, ())
    assert facts.credit.startswith("Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 30.11.2025")


def test_municipality_facts_of_an_unknown_key_are_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert places.municipality_facts("99999999") is None


def test_municipality_facts_of_a_merger_name_who_came_and_went():
    new = make_municipality("12060001", name="Neu")
    make_municipality("12060003", name="Zett", valid_to=ENDED, successor=new)
    make_municipality("12060002", name="Alt", valid_to=ENDED, successor=new)

    assert [place.name for place in places.municipality_facts("12060001").predecessors] == ["Alt", "Zett"]
    old = places.municipality_facts("12060002")
    assert (old.is_dissolved, old.valid_to, old.successor.path) == (True, ENDED, "/kommunen/12060001/")


def test_municipality_facts_of_an_uninhabited_area_have_no_size_and_no_kreis():
    place = make_municipality("12000999", name="Küste", population=0, counted=False)
    Municipality.objects.filter(pk=place.pk).update(kreis=None, latitude=None, longitude=None, region_type="", area_km2=None)

    facts = places.municipality_facts("12000999")

    assert (facts.size_word, facts.kreis, facts.is_own_kreis, facts.region_type_word) == ("", None, False, "")
    assert (facts.area_km2, facts.density, places.neighbours_in_kreis(facts)) == (None, None, ())


@pytest.mark.parametrize("count", [1, 3])
def test_municipality_facts_cost_two_queries(count, django_assert_num_queries):
    new = make_municipality("12060009", name="Neu")
    make_some(count, valid_to=ENDED, successor=new)

    with django_assert_num_queries(2):
        assert len(places.municipality_facts("12060009").predecessors) == count


# Neighbours -------------------------------------------------------------------------------------------------------------


def test_neighbours_come_nearest_first_and_without_midpoint_last():
    here = make_municipality("12060001", latitude=52.0, longitude=13.0)
    make_municipality("12060002", name="Ohne", latitude=None, longitude=None)
    make_municipality("12060003", name="Fern", latitude=53.0, longitude=13.0)
    make_municipality("12060004", name="Nah", latitude=52.1, longitude=13.0)
    make_municipality("12060005", name="Aufgelöst", latitude=52.1, longitude=13.0, valid_to=ENDED)
    make_municipality("12060006", name="Wald", latitude=52.1, longitude=13.0, counted=False)
    make_municipality("12061001", name="Anderer Kreis", kreis=make_kreis("12061", name="Spree"))

    found = places.neighbours_in_kreis(here)

    assert [place.name for place in found] == ["Nah", "Fern", "Ohne"]
    assert [round(place.distance_km, 1) for place in found[:2]] == [11.1, 111.2]
    assert found[2].distance_km is None


def test_neighbours_of_a_place_without_midpoint_have_no_distance():
    here = make_municipality("12060001", latitude=None, longitude=None)
    make_municipality("12060002", name="Nah")

    assert [(place.name, place.distance_km) for place in places.neighbours_in_kreis(here)] == [("Nah", None)]


@pytest.mark.parametrize("count", [1, 3])
def test_neighbours_cost_one_query(count, django_assert_num_queries):
    here = make_municipality("12060009")
    make_some(count)

    with django_assert_num_queries(1):
        assert len(places.neighbours_in_kreis(here)) == count


# Kreis and Land ---------------------------------------------------------------------------------------------------------


def test_kreis_facts_list_municipalities_big_before_small():
    make_kreis(deprivation_quintile=4, deprivation_score=0.6)
    make_some(2, verband=make_verband())
    make_municipality("12060008", name="Groß", population=20_000)
    make_municipality("12060009", name="Weg", valid_to=ENDED)

    facts = places.kreis_facts("12060")

    assert [(line.name, line.size_word, line.verband) for line in facts.municipalities] == [
        ("Groß", "Mittelstadt", ""),
        ("Ort 2", "Landgemeinde", "Britz-Chorin-Oderberg"),
        ("Ort 1", "Landgemeinde", "Britz-Chorin-Oderberg"),
    ]
    assert [(share.word, share.municipalities, share.population) for share in facts.sizes] == [
        ("Großstadt", 0, 0),
        ("Mittelstadt", 1, 20_000),
        ("Kleinstadt", 0, 0),
        ("Landgemeinde", 2, 3000),
    ]
    assert (facts.deprivation_word, facts.deprivation_year, facts.register_on) == (
        "Hohe Benachteiligung",
        2021,
        date(2025, 11, 30),
    )
    assert (facts.population, facts.population_on, facts.density) == (190_000, date(2024, 12, 31), 128)


@pytest.mark.parametrize("count", [1, 3])
def test_kreis_facts_cost_three_queries(count, django_assert_num_queries):
    make_some(count, verband=make_verband())

    with django_assert_num_queries(3):
        assert len(places.kreis_facts("12060").municipalities) == count


def test_kreis_facts_of_an_unknown_key_are_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert places.kreis_facts("99999") is None


def test_land_facts_count_sizes_kreise_and_funded():
    one, _, three = make_some(3)
    make_municipality("12061001", name="Stadt", population=100_000, kreis=make_kreis("12061", name="Oder"))
    make_municipality("13001001", name="Woanders", kreis=make_kreis("13001", land=make_land("13", name="Meck")))
    make_project("P-1", municipality=one)
    make_project("P-2", municipality=three)
    make_project("P-3", kreis=make_kreis("13001"))

    facts = places.land_facts("12")

    assert (facts.name, facts.municipalities, facts.funded_municipalities, facts.funded_projects) == ("Brandenburg", 4, 2, 2)
    assert [(kreis.name, kreis.municipalities, kreis.path) for kreis in facts.kreise] == [
        ("Barnim", 3, "/kreise/12060/"),
        ("Oder", 1, "/kreise/12061/"),
    ]
    assert [(share.word, share.municipalities, share.population) for share in facts.sizes] == [
        ("Großstadt", 1, 100_000),
        ("Mittelstadt", 0, 0),
        ("Kleinstadt", 0, 0),
        ("Landgemeinde", 3, 6000),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_land_facts_cost_four_queries(count, django_assert_num_queries):
    for number in range(1, count + 1):
        make_municipality(f"1206{number}001", kreis=make_kreis(f"1206{number}", name=f"Kreis {number}"))

    with django_assert_num_queries(4):
        assert len(places.land_facts("12").kreise) == count


def test_land_facts_of_an_unknown_key_are_none(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert places.land_facts("99") is None


def test_land_without_municipalities_has_its_facts():
    make_land()

    facts = places.land_facts("12")

    assert (facts.municipalities, facts.kreise, facts.register_on) == (0, (), None)


# What is loaded ---------------------------------------------------------------------------------------------------------


def test_stamp_costs_one_query_and_changes_with_a_digest(django_assert_num_queries):
    dataset = make_dataset(digest="a")

    with django_assert_num_queries(1):
        before = places.stamp()

    assert places.stamp() == before
    dataset.digest = "b"
    dataset.save()
    assert places.stamp() != before


def test_known_keys():
    make_municipality(valid_to=ENDED)

    assert (places.all_ags(), places.all_land_codes()) == ({"12060052"}, {"12"})
