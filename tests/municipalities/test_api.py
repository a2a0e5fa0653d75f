import hypothesis
import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client

from staffel.base import public_cache
from staffel.municipalities.openapi import document
from staffel.municipalities.queries import search
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project

pytestmark = pytest.mark.django_db

LIST = "/api/v1/municipalities"
ADDRESSES = (
    LIST,
    f"{LIST}/12060020",
    "/api/v1/kreise",
    "/api/v1/kreise/12060",
    "/api/v1/laender",
    "/api/v1/laender/12",
    "/api/v1/funded-projects",
    "/api/v1/openapi.json",
)
CREDIT = "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis, Gebietsstand 30.11.2025, Bevölkerung 31.12.2024"


@pytest.fixture
def places():
    make_land("12", name="Brandenburg")
    make_kreis("12060", name="Barnim", kind="Landkreis")
    bernau = make_municipality("12060020", short_name="Bernau bei Berlin", population=44_000, postal_code="16321")
    make_municipality("12060052", short_name="Eberswalde", population=41_481)
    make_municipality("12060100", short_name="Altdorf", population=100, valid_to="2024-01-01")
    make_project("MPSC-2019-01", name="Projekt Bernau", municipality=bernau)


def keys(response):
    return [item["ags"] for item in response.json()["items"]]


# Answers ----------------------------------------------------------------------------------------------------------------


def test_municipality_tells_all_facts_with_their_days(client, places):
    content = client.get(f"{LIST}/12060020").json()

    assert content["source"].startswith(CREDIT)
    assert content | {"source": ""} == {
        "source": "",
        "licence": "https://www.govdata.de/dl-de/by-2-0",
        "ags": "12060020",
        "ars": content["ars"],
        "name": "Bernau bei Berlin",
        "official_name": content["official_name"],
        "second_name": None,
        "kind": content["kind"],
        "counted": True,
        "land": {"code": "12", "name": "Brandenburg"},
        "kreis": {"code": "12060", "name": "Barnim"},
        "verband": None,
        "population": 44000,
        "population_on": "2024-12-31",
        "size_class": "mittelstadt",
        "area_km2": content["area_km2"],
        "area_on": "2024-12-31",
        "postal_code": "16321",
        "latitude": content["latitude"],
        "longitude": content["longitude"],
        "position_on": content["position_on"],
        "urbanisation": content["urbanisation"],
        "urbanisation_on": "2025-11-30",
        "region_type": content["region_type"],
        "region_type_on": "2021-12-31",
        "funding": [{"through": "self", "project": "MPSC-2019-01"}],
        "register_on": "2025-11-30",
        "valid_from": None,
        "valid_to": None,
        "successor": None,
        "path": "/kommunen/12060020/",
    }


def test_municipality_that_was_dissolved_is_still_told(client, places):
    assert client.get(f"{LIST}/12060100").json()["valid_to"] == "2024-01-01"


@pytest.mark.parametrize(
    "query, expected",
    [
        ("", ["12060020", "12060052"]),
        ("q=bernau", ["12060020"]),
        ("q=altdorf", ["12060100"]),
        ("funded=no", ["12060052"]),
        ("funded=self", ["12060020"]),
        ("land=12&kreis=12060&size=mittelstadt&sort=population", ["12060052", "12060020"]),
        ("after=12060020", ["12060052"]),
        ("limit=1", ["12060020"]),
    ],
)
def test_list_filters_like_the_page(client, places, query, expected):
    response = client.get(f"{LIST}?{query}")

    assert keys(response) == expected
    assert response.json()["source"].startswith(CREDIT)


def test_list_leads_to_the_next_page(client, places):
    first = client.get(f"{LIST}?limit=1&land=12")
    second = client.get(first.json()["next"])

    assert first.json()["next"] == "/api/v1/municipalities?limit=1&land=12&after=12060020"
    assert first["Link"] == '</api/v1/municipalities?limit=1&land=12&after=12060020>; rel="next"'
    assert (keys(first), keys(second), second.json()["next"]) == (["12060020"], ["12060052"], None)
    assert first.json()["total"] == second.json()["total"] == 2


def test_kreise_laender_and_projects(client, places):
    assert [(item["code"], item["municipalities"]) for item in client.get("/api/v1/kreise?land=12").json()["items"]] == [
        ("12060", 2)
    ]
    assert client.get("/api/v1/kreise/12060").json()["land"] == {"code": "12", "name": "Brandenburg"}
    assert [item["code"] for item in client.get("/api/v1/laender").json()["items"]] == ["12"]
    assert client.get("/api/v1/laender/12").json()["path"] == "/laender/12/"
    assert client.get("/api/v1/funded-projects").json()["items"][0]["members"] == [
        {
            "name": "Bernau bei Berlin",
            "path": "/kommunen/12060020/",
            "role": "Federführung",
            "source": "https://example.org/liste",
        }
    ]


def test_description_is_served_with_the_credit_line(client, places):
    content = client.get("/api/v1/openapi.json").json()

    assert content == document(client.get("/api/v1/laender").json()["source"])


# Refusals ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, status, sentence",
    [
        (f"{LIST}?land=99", 404, "Den Wert „99“ für „land“ kennen wir nicht."),
        (f"{LIST}?land=", 400, "Den Wert „“ für „land“ kennen wir nicht."),
        (f"{LIST}?limit=501", 400, "„limit“ ist eine ganze Zahl von 1 bis 500."),
        (f"{LIST}?limit=0", 400, "„limit“ ist eine ganze Zahl von 1 bis 500."),
        (f"{LIST}?limit=²", 400, "„limit“ ist eine ganze Zahl von 1 bis 500."),
        (f"{LIST}?after=99999999", 404, "Den Wert „99999999“ für „after“ kennen wir nicht."),
        (f"{LIST}?kreis=1206", 400, "Den Wert „1206“ für „kreis“ kennen wir nicht."),
        (f"{LIST}?size=huge", 400, "Den Wert „huge“ für „size“ kennen wir nicht."),
        (f"{LIST}?q={'a' * 81}", 400, "Bitte suchen Sie mit höchstens 80 Zeichen."),
        (f"{LIST}?colour=red", 400, "Den Parameter „colour“ gibt es hier nicht."),
        (f"{LIST}?q=a&q=b", 400, "Der Parameter „q“ steht mehrmals in der Adresse."),
        (f"{LIST}?q=%00", 400, "Der Parameter „q“ enthält ein Zeichen, das nicht sein darf."),
        (f"{LIST}/99999999", 404, "Eine Kommune mit dem Schlüssel „99999999“ gibt es nicht."),
        ("/api/v1/kreise?land=99", 404, "Den Wert „99“ für „land“ kennen wir nicht."),
        ("/api/v1/kreise/99999", 404, "Einen Kreis mit dem Schlüssel „99999“ gibt es nicht."),
        ("/api/v1/laender/99", 404, "Ein Land mit dem Schlüssel „99“ gibt es nicht."),
        (
            "/api/v1/other",
            404,
            "Diese Adresse gibt es in der Schnittstelle nicht. Alle stehen in /api/v1/openapi.json.",
        ),
    ],
)
def test_refusal_is_a_problem_with_a_sentence(client, places, path, status, sentence):
    response = client.get(path)

    titles = {400: "Bad Request", 404: "Not Found"}
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {"type": "about:blank", "title": titles[status], "status": status, "detail": sentence}
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (status, "*")


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(places, path, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(path)

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.json()["detail"] == "Diese Schnittstelle wird nur gelesen: GET, HEAD oder OPTIONS."


@pytest.mark.parametrize("path", ADDRESSES)
def test_api_answers_every_origin_and_knows_what_is_unchanged(client, places, path):
    asked = client.options(path)
    got = client.get(path)
    head = client.head(path)
    again = client.get(path, headers={"If-None-Match": got["ETag"]})

    assert (asked.status_code, asked["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert {one["Access-Control-Allow-Origin"] for one in (asked, got, head, again)} == {"*"}
    assert (got["Content-Type"], head.status_code, head.content) == ("application/json", 200, b"")
    assert (again.status_code, again.content) == (304, b"")


# Price ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    "path, queries",
    [
        (LIST, 2),
        (f"{LIST}/12060000", 2),
        ("/api/v1/kreise", 3),
        ("/api/v1/kreise/12060", 3),
        ("/api/v1/laender/12", 3),
        ("/api/v1/funded-projects", 4),
    ],
)
def test_api_costs_few_queries_and_one_when_kept(client, django_assert_num_queries, count, path, queries):
    for number in range(count):
        place = make_municipality(f"1206000{number}")
        make_project(f"P-{number}", municipality=place)
    search.directory()
    public_cache.shelf.clear()

    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200
    with django_assert_num_queries(1):
        client.get(path)


# Whatever is asked ------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_connection():
    """Keep the test's transaction open: a real request would end with its connection, as Django's own client knows."""
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    yield
    signals.request_started.connect(close_old_connections)
    signals.request_finished.connect(close_old_connections)


# The same document as the server's, so that no database is needed to read it.
schema = schemathesis.openapi.from_dict(document("Quelle"))
schema.app = get_wsgi_application()


@schema.parametrize()
@hypothesis.settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_every_answer_fits_the_description(case, places, open_connection):
    response = case.call(headers={"Host": "localhost", "Accept-Encoding": "identity"})

    case.validate_response(response)
    assert response.status_code < 500
