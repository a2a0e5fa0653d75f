"""What strangers put into an address: no page and no answer of the directory may fail over it, on either database."""

from urllib.parse import quote

import pytest

from tests.municipalities.factories import make_municipality, make_project

pytestmark = pytest.mark.django_db

ODD = {
    "NUL": "%00",
    "NUL behind a key": "12%00",
    "9,000 characters": "1" * 9000,
    "9,000 letters": "w" * 9000,
    "a byte that is no UTF-8": "%ff",
    "Arabic digits": quote("١٢٠٦٠"),
    "superscript": quote("²"),
    "negative": "-1",
    "line break": "12%0A",
    "lone surrogate": "%ed%a0%80",
    "formula": quote("=1+1"),
    "way up": quote("../../etc", safe=""),
}
LIST = ("q", "land", "kreis", "groesse", "foerderung", "raum", "unbewohnt", "sortierung", "nach", "vor", "fremd")
API_LIST = ("q", "land", "kreis", "size", "region", "funded", "uninhabited", "sort", "after", "limit", "fremd")
PARAMETERS = {
    "/kommunen/": LIST,
    "/kommunen/vorschlaege/": ("q", "fremd"),
    "/kommunen/export.csv": LIST,
    "/kommunen/export.xlsx": LIST,
    "/kommunen/export.json": LIST,
    "/foerderung/": ("land", "jahr", "fremd"),
    "/foerderung/export.csv": ("land", "jahr", "fremd"),
    "/foerderung/export.xlsx": ("land", "jahr", "fremd"),
    "/foerderung/export.json": ("land", "jahr", "fremd"),
    "/daten/": ("fremd",),
    "/api/v1/openapi.json": ("fremd",),
    "/api/v1/municipalities": API_LIST,
    "/api/v1/municipalities/12060052": ("fremd",),
    "/api/v1/kreise": ("land", "fremd"),
    "/api/v1/kreise/12060": ("fremd",),
    "/api/v1/laender": ("fremd",),
    "/api/v1/laender/12": ("fremd",),
    "/api/v1/funded-projects": ("fremd",),
}
PATHS = ("/api/v1/municipalities/", "/api/v1/kreise/", "/api/v1/laender/", "/api/v1/", "/kommunen/export.", "/kommunen/")


@pytest.fixture(autouse=True)
def places():
    make_project(municipality=make_municipality())


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("path", PARAMETERS)
def test_odd_values_are_answered(client, path, value):
    for name in PARAMETERS[path]:
        for query in (f"{name}={value}", f"{name}={value}&{name}=12", f"{name}[]={value}", f"{value}={value}"):
            assert client.get(f"{path}?{query}", follow=True).status_code in (200, 400, 404), query[:60]


@pytest.mark.parametrize("value", ODD.values(), ids=ODD)
@pytest.mark.parametrize("path", PATHS)
def test_odd_paths_do_not_exist(client, path, value):
    assert client.get(path + value).status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/kreise/", "/api/v1/laender/", "/api/v1/municipalities/"])
def test_api_says_that_an_odd_key_does_not_exist(client, path):
    response = client.get(path + "%00")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"].endswith("mit dem Schlüssel „\0“ gibt es nicht.")
