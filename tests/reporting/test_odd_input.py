"""What strangers put into an address: no page of a place and no map may fail over it, on either database."""

import pytest

from tests.municipalities.factories import make_municipality
from tests.municipalities.test_odd_input import ODD

pytestmark = pytest.mark.django_db

PARAMETERS = ("ebene", "land", "kreis", "ort", "fremd")
LAYERS = ("erreicht", "staffeln", "foerderung", "groesse", "deprivation")


@pytest.fixture(autouse=True)
def places():
    make_municipality()


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("path", ["/kommunen/", "/kreise/", "/laender/"])
def test_pages_of_odd_keys_do_not_exist(client, path, value):
    assert client.get(f"{path}{value}/").status_code == 404


@pytest.mark.parametrize("path", ["/kommunen/12060052/", "/kreise/12060/", "/laender/12/"])
@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
def test_pages_of_places_take_no_parameter(client, path, value):
    assert client.get(f"{path}?fremd={value}&{value}").status_code == 200


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("layer", LAYERS)
def test_map_answers_odd_values(client, layer, value):
    for name in PARAMETERS:
        # The last one counts.
        for query in (f"ebene={layer}&{name}={value}", f"ebene={layer}&{name}=12&{name}={value}"):
            assert client.get(f"/karte/?{query}").status_code == (200 if name == "fremd" else 404), query[:60]


@pytest.mark.parametrize("query", ["ort=%00", "ort=12%00", "ebene=groesse&ort=%00", "ebene=groesse&ort=1206005"])
def test_map_says_that_an_odd_ort_does_not_exist(client, query):
    response = client.get(f"/karte/?{query}")

    assert response.status_code == 404
    assert "Eine Kommune mit diesem Schlüssel gibt es nicht." in response.content.decode()
