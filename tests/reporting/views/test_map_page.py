import re
from xml.etree import ElementTree

import brotli
import pytest

from tests.cohorts.factories import make_pilot_cohort, make_seat
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_dataset, make_kreis, make_municipality, make_project

pytestmark = pytest.mark.django_db
LAYERS = ["erreicht", "staffeln", "foerderung", "groesse", "deprivation"]
SVG = "{http://www.w3.org/2000/svg}"


def make_places(count=1):
    """Fill every layer with ``count`` municipalities of Barnim."""
    make_kreis(deprivation_quintile=4)
    cohort = make_pilot_cohort()
    for number in range(count):
        place = make_municipality(f"1206000{number}", f"Ort {number}", 120_000, latitude=52.6 + number / 10)
        make_seat(cohort, place, position=number)
        make_project(f"MPSC-2019-0{number}", f"Projekt {number}", municipality=place)


def drawing_of(response):
    """Return the map's drawing as XML; a drawing that is not well-formed raises."""
    text = re.search(r'<svg class="map".*?</svg>', response.content.decode(), re.DOTALL).group()
    return ElementTree.fromstring(text.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))


def titles_in(drawing, group):
    [found] = [node for node in drawing.iter(f"{SVG}g") if node.get("class") == group]
    return [link.find(f"{SVG}title").text for link in found.iter(f"{SVG}a")]


@pytest.mark.parametrize("layer", LAYERS)
def test_map_shows_the_layer_as_drawing_legend_and_table(client, layer):
    make_places()

    response = client.get("/karte/", {"ebene": layer})

    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("<h1>") == 1
    assert "<caption>" in page
    assert '<h2 class="map-beside__head">Legende</h2>' in page
    assert len(titles_in(drawing_of(response), "map-kreise")) == 400


def test_map_opens_with_who_was_reached(client):
    assert client.get("/karte/").content.count(b"<h1>Erreichte Kommunen</h1>") == 1


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("count", [1, 3])
def test_map_costs_three_queries_at_most(client, layer, count, django_assert_num_queries):
    make_places(count)
    queries = {"erreicht": 3, "groesse": 3}.get(layer, 2)

    with django_assert_num_queries(queries):
        assert client.get("/karte/", {"ebene": layer}).status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/karte/", {"ebene": layer}).status_code == 200


@pytest.mark.parametrize("layer", LAYERS)
def test_map_with_a_marked_ort_costs_one_query_more(client, layer, django_assert_num_queries):
    make_places()
    queries = {"erreicht": 4}.get(layer, 3)

    with django_assert_num_queries(queries):
        assert client.get("/karte/", {"ebene": layer, "ort": "12060000"}).status_code == 200


@pytest.mark.parametrize("layer", ["erreicht", "staffeln", "foerderung"])
def test_map_table_holds_the_same_municipalities_as_the_drawing(client, layer):
    make_places(3)

    response = client.get("/karte/", {"ebene": layer})

    drawn = {title.split(": ")[0] for title in titles_in(drawing_of(response), "map-points")}
    table = response.content.decode().split('id="tabelle"')[1]
    assert drawn == set(re.findall(r'<a href="/kommunen/\d{8}/">(.*?)</a>', table)) == {"Ort 0", "Ort 1", "Ort 2"}


def test_map_of_a_land_shows_its_kreise_and_ways_to_the_neighbours(client):
    make_places()

    drawing = drawing_of(client.get("/karte/", {"land": "12"}))

    assert len(titles_in(drawing, "map-kreise")) == 18
    assert {"Berlin", "Sachsen", "Sachsen-Anhalt", "Mecklenburg-Vorpommern"} <= set(titles_in(drawing, "map-around"))
    assert "Saarland" not in titles_in(drawing, "map-around")


def test_map_links_keep_the_state(client):
    make_places()

    page = client.get("/karte/", {"ebene": "foerderung", "land": "12"}).content.decode()

    assert '<a href="/karte/?ebene=foerderung&amp;land=12&amp;kreis=12060" tabindex="-1">' in page
    assert '<a href="/karte/?ebene=foerderung&amp;land=12&amp;ort=12060000">' in page
    assert '<a href="/karte/?ebene=groesse&amp;land=12">Größe</a>' in page


def test_map_marks_a_kreis_by_its_address(client):
    make_places()

    page = client.get("/karte/", {"ebene": "deprivation", "kreis": "12060"}).content.decode()

    assert '<p class="map-card__name">Barnim</p>' in page
    assert '<a href="/kreise/12060/">Zur Seite von Barnim</a>' in page
    assert '<a href="/karte/?ebene=deprivation&amp;land=12&amp;kreis=12060">Brandenburg vergrößern</a>' in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("ebene=wetter", "Diese Ebene der Karte gibt es nicht."),
        ("land=99", "Ein Land mit diesem Schlüssel gibt es nicht."),
        ("kreis=00000", "Einen Kreis mit diesem Schlüssel zeigt die Karte nicht."),
        ("ort=00000000", "Eine Kommune mit diesem Schlüssel gibt es nicht."),
        ("land=12&kreis=09162", "Dieser Ort liegt nicht in dem gewählten Land."),
        ("ort=%3Cscript%3E", "Eine Kommune mit diesem Schlüssel gibt es nicht."),
    ],
)
def test_map_says_what_does_not_exist(client, query, sentence):
    response = client.get(f"/karte/?{query}")

    assert response.status_code == 404
    assert f"<p>{sentence}</p>" in response.content.decode()
    assert b"<script>" not in response.content


def test_map_refuses_to_be_written(client):
    assert client.post("/karte/").status_code == 405


@pytest.mark.parametrize("layer", LAYERS)
def test_map_obeys_the_content_security_policy(client, layer):
    make_places()

    response = client.get("/karte/", {"ebene": layer, "land": "12", "ort": "12060000"})

    page = response.content.decode()
    assert not re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]* src=)", page)
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_map_without_data_says_so(client):
    page = client.get("/karte/").content.decode()

    assert "Noch ist keine Kommune in Deutschland erreicht." in page
    assert "Hier gibt es noch nichts zu zeigen." in page


def test_map_changes_with_the_data_only(client):
    make_dataset()
    first = client.get("/karte/")
    assert client.get("/karte/", headers={"If-None-Match": first["ETag"]}).status_code == 304

    make_seat(make_pilot_cohort(), make_municipality())
    make_dataset("pilot_cohorts")

    assert client.get("/karte/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_map_changes_when_an_award_is_issued(client):
    first = client.get("/karte/")
    make_award(make_finisher(make_finished_cohort(), "Anke", make_municipality()))

    again = client.get("/karte/", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, titles_in(drawing_of(again), "map-points")) == (200, ["Eberswalde: 1 Mensch mit Urkunde"])


@pytest.mark.parametrize("layer", LAYERS)
def test_map_keeps_its_weight(client, layer):
    make_places()

    page = client.get("/karte/", {"ebene": layer}).content

    # The outlines weigh 29 KB at most; what a layer adds on the real data is measured in bench/.
    assert len(brotli.compress(page, quality=9)) <= 40_000
