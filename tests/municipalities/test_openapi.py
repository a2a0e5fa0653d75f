import re

from openapi_spec_validator import OpenAPIV31SpecValidator

from staffel.municipalities import urls
from staffel.municipalities.openapi import document

SOURCE = "Quelle: Beispiel."


def test_document_is_valid_openapi_3_1():
    assert [error.message for error in OpenAPIV31SpecValidator(document(SOURCE)).iter_errors()] == []


def test_document_names_licence_and_source():
    info = document(SOURCE)["info"]

    assert info["license"]["url"] == "https://www.govdata.de/dl-de/by-2-0"
    assert info["description"].endswith(f"die Quelle: {SOURCE}")


def test_document_describes_every_address_of_the_api():
    routes = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(one.pattern)) for one in urls.urlpatterns}
    described = set(document(SOURCE)["paths"])

    assert {route for route in routes if route.startswith("/api/v1/")} - described == {
        "/api/v1/",
        "/api/v1/openapi.json",
        "/api/v1/{rest}",
    }
    assert described <= routes
