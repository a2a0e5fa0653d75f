import pytest

from staffel.reporting.queries import maps
from staffel.reporting.queries.maps import UnknownState, Wanted
from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.municipalities.factories import make_kreis, make_municipality


@pytest.mark.parametrize(
    ("parameters", "state"),
    [
        ({}, Wanted("erreicht")),
        ({"ebene": "groesse", "land": "09"}, Wanted("groesse", "09")),
        ({"kreis": "12060"}, Wanted("erreicht", "", "12060")),
        ({"land": "12", "ort": "12060052"}, Wanted("erreicht", "12", "", "12060052")),
        ({"kreis": "12060", "ort": "12060052"}, Wanted("erreicht", "", "", "12060052")),
        ({"seite": "3"}, Wanted("erreicht")),
    ],
)
def test_wanted_reads_the_address(parameters, state):
    assert maps.wanted(parameters) == state


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"ebene": "wetter"}, "Diese Ebene der Karte gibt es nicht."),
        ({"land": "17"}, "Ein Land mit diesem Schlüssel gibt es nicht."),
        ({"kreis": "12099"}, "Einen Kreis mit diesem Schlüssel zeigt die Karte nicht."),
        ({"ort": "1206005"}, "Eine Kommune mit diesem Schlüssel gibt es nicht."),
        ({"ort": "12060052\n"}, "Eine Kommune mit diesem Schlüssel gibt es nicht."),
        ({"ort": "١٢٠٦٠٠٥٢"}, "Eine Kommune mit diesem Schlüssel gibt es nicht."),
        ({"land": "12", "kreis": "09162"}, "Dieser Ort liegt nicht in dem gewählten Land."),
        ({"land": "12", "ort": "09162000"}, "Dieser Ort liegt nicht in dem gewählten Land."),
    ],
)
def test_wanted_refuses_what_does_not_exist(parameters, sentence):
    with pytest.raises(UnknownState) as refusal:
        maps.wanted(parameters)

    assert str(refusal.value) == sentence


def test_address_holds_the_state_and_nothing_empty():
    assert Wanted("staffeln").address() == "/karte/?ebene=staffeln"
    assert Wanted("groesse", "12", "12060").address(ort="12060052") == "/karte/?ebene=groesse&land=12&ort=12060052"
    assert Wanted("groesse", "12").address(land="") == "/karte/?ebene=groesse"


@pytest.mark.django_db
def test_map_page_marks_an_ort_with_its_card():
    eberswalde = make_municipality()
    make_seat(make_pilot_cohort(2), eberswalde)

    page = maps.map_page(Wanted("staffeln", ort="12060052"))

    assert (page.mark.name, page.mark.where, page.mark.note) == ("Eberswalde", "Barnim, Brandenburg", "Staffel 2")
    assert page.mark.href == "/kommunen/12060052/"
    assert page.mark.zoom_href == "/karte/?ebene=staffeln&land=12&ort=12060052"
    assert [(point.title, point.marked) for point in page.points] == [("Eberswalde: Staffel 2", True)]


@pytest.mark.django_db
def test_map_page_marks_a_kreis_with_what_the_layer_says():
    make_kreis(deprivation_quintile=4)

    page = maps.map_page(Wanted("deprivation", "12", "12060"))

    assert (page.mark.name, page.mark.where, page.mark.note) == ("Barnim", "Brandenburg", "Fünftel 4")
    assert page.mark.zoom_href == ""
    assert len(page.areas) == 18
    assert [area.title for area in page.areas if area.tone] == ["Barnim: Fünftel 4"]
    assert [name.text for name in page.figures] == ["4"]


@pytest.mark.django_db
def test_map_page_refuses_an_unknown_ort():
    with pytest.raises(UnknownState) as refusal:
        maps.map_page(Wanted("staffeln", ort="12069999"))

    assert str(refusal.value) == "Eine Kommune mit diesem Schlüssel gibt es nicht."


@pytest.mark.django_db
def test_map_page_of_a_kreis_newer_than_the_outlines_still_stands():
    make_kreis("12099", "Neuland", deprivation_quintile=2)

    page = maps.map_page(Wanted("deprivation", "12"))

    assert page.figures == ()
    assert [row[0].href for row in page.drawn.table.rows] == ["/kreise/12099/"]
