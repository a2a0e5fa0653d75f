"""What the public API says about itself: OpenAPI 3.1, written by hand.

Source: https://spec.openapis.org/oas/v3.1.1
"""

from staffel.municipalities.core.listing import Funded, Sort
from staffel.municipalities.core.places import REGION_TYPES, URBANISATION, SizeClass
from staffel.municipalities.core.search import LONGEST_QUERY

MOST_ROWS = 500
DEFAULT_LIMIT = 50
VERSION = "1.0.0"
# Key parameters: another form is a mistake (400), a key that does not exist is not found (404).
KEYS = {
    "land": {"type": "string", "pattern": "^[0-9]{2}$"},
    "kreis": {"type": "string", "pattern": "^[0-9]{5}$"},
    "after": {"type": "string", "pattern": "^[0-9]{8}$"},
}


def document(source: str) -> dict:
    """Return the description of the API; ``source`` is the credit line that users have to print."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Staffel: Kommunen in Deutschland",
            "version": VERSION,
            "summary": "Alle Kommunen, Kreise und Länder und die Modellprojekte Smart Cities, nur zum Lesen.",
            "description": (
                "Ohne Anmeldung, für jede Herkunft (CORS). Antworten tragen einen ETag: Wer ihn mit If-None-Match schickt, "
                "bekommt 304, solange sich nichts geändert hat. Schlüssel sind Text mit führenden Nullen. "
                "Die Lizenz gilt für das Verzeichnis; Modellprojekte sind Angaben von öffentlichen Seiten, bei jedem genannt. "
                f"Bitte nennen Sie bei jeder Verwendung die Quelle: {source}"
            ),
            "license": {"name": "Datenlizenz Deutschland Namensnennung 2.0", "url": "https://www.govdata.de/dl-de/by-2-0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": "Orte"}, {"name": "Förderung"}],
        "paths": _paths(),
        "components": {"schemas": _schemas(), "responses": _responses(), "headers": _headers()},
    }


# Paths ------------------------------------------------------------------------------------------------------------------


def _paths() -> dict:
    return {
        "/api/v1/municipalities": _get(
            "listMunicipalities",
            "Kommunen suchen, filtern und seitenweise lesen",
            "MunicipalityPage",
            parameters=_filters(),
            headers={"Link": {"$ref": "#/components/headers/Link"}},
            refusals=("400", "404"),
        ),
        "/api/v1/municipalities/{ags}": _get(
            "getMunicipality",
            "Eine Kommune, auch eine aufgelöste",
            "SourcedMunicipality",
            parameters=[_in_path("ags", "Amtlicher Gemeindeschlüssel, acht Ziffern", "12060020")],
            refusals=("400", "404"),
        ),
        "/api/v1/kreise": _get(
            "listKreise",
            "Alle Kreise und kreisfreien Städte",
            "KreisList",
            parameters=[_query("land", "Nur dieses Land, zwei Ziffern", KEYS["land"], "12")],
            refusals=("400", "404"),
        ),
        "/api/v1/kreise/{code}": _get(
            "getKreis",
            "Ein Kreis",
            "SourcedKreis",
            parameters=[_in_path("code", "Kreisschlüssel, fünf Ziffern", "12060")],
            refusals=("400", "404"),
        ),
        "/api/v1/laender": _get("listLaender", "Die 16 Länder", "LandList", refusals=("400",)),
        "/api/v1/laender/{code}": _get(
            "getLand",
            "Ein Land",
            "SourcedLand",
            parameters=[_in_path("code", "Schlüssel des Landes, zwei Ziffern", "12")],
            refusals=("400", "404"),
        ),
        "/api/v1/funded-projects": _get(
            "listFundedProjects",
            "Alle Modellprojekte Smart Cities des Bundes",
            "ProjectList",
            tag="Förderung",
            refusals=("400",),
        ),
    }


def _get(operation: str, summary: str, schema: str, *, parameters=(), headers=None, refusals=(), tag="Orte") -> dict:
    answers = {
        "200": {
            "description": "Gefunden",
            "headers": {"ETag": {"$ref": "#/components/headers/ETag"}} | (headers or {}),
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
        },
        "304": {"description": "Seit dem geschickten ETag unverändert"},
        **{code: {"$ref": f"#/components/responses/{code}"} for code in refusals},
    }
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": [tag],
            "parameters": list(parameters),
            "responses": answers,
        }
    }


def _in_path(name: str, description: str, example: str) -> dict:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": description,
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
        "example": example,
    }


def _query(name: str, description: str, schema: dict, example=None) -> dict:
    parameter = {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
    return parameter if example is None else parameter | {"example": example}


def _words(choices) -> dict:
    return {"type": "string", "enum": [str(choice) for choice in choices]}


def _filters() -> list[dict]:
    limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": DEFAULT_LIMIT}
    return [
        _query(
            "q", "Name, Postleitzahl der Verwaltung oder Schlüssel", {"type": "string", "maxLength": LONGEST_QUERY}, "münchen"
        ),
        _query("land", "Nur dieses Land, zwei Ziffern", KEYS["land"], "12"),
        _query("kreis", "Nur dieser Kreis, fünf Ziffern", KEYS["kreis"], "12060"),
        _query("size", "Größenklasse nach der Zahl der Menschen", _words(SizeClass)),
        _query("region", "Raumtyp RegioStaR 7", _words(REGION_TYPES)),
        _query("funded", "Ob und wodurch ein Modellprojekt sie erreicht", _words(Funded)),
        _query("uninhabited", "Auch unbewohnte gemeindefreie Gebiete", _words(("true", "false"))),
        _query("sort", "Reihenfolge; ohne Angabe bei einer Suche die besten Treffer zuerst, sonst nach Namen", _words(Sort)),
        _query("after", "Weiter hinter der Kommune mit diesem Schlüssel", KEYS["after"]),
        _query("limit", "Höchstens so viele", limit),
    ]


# Shapes -----------------------------------------------------------------------------------------------------------------


def _object(properties: dict, **more) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties, "additionalProperties": False} | more


def _text(description: str = "", **more) -> dict:
    return {"type": "string"} | ({"description": description} if description else {}) | more


def _maybe(schema: dict) -> dict:
    if "type" in schema and "enum" not in schema:
        return schema | {"type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def _count(description: str) -> dict:
    return {"type": "integer", "minimum": 0, "description": description}


def _number(description: str) -> dict:
    return {"type": "number", "description": description}


def _day(description: str) -> dict:
    return {"type": "string", "format": "date", "description": description}


def _coded(codes: dict) -> dict:
    return {"type": "string", "enum": list(codes), "description": "; ".join(f"{code} {word}" for code, word in codes.items())}


SOURCED = {
    "source": _text("Die Quelle, die bei jeder Verwendung zu nennen ist"),
    "licence": _text("Adresse der Lizenz"),
}


def _municipality() -> dict:
    return {
        "ags": _text("Amtlicher Gemeindeschlüssel", pattern="^[0-9]{8}$"),
        "ars": _text("Regionalschlüssel", pattern="^[0-9]{12}$"),
        "name": _text("Name ohne Bezeichnung"),
        "official_name": _text("Name mit Bezeichnung"),
        "second_name": _maybe(_text("Sorbischer oder niederdeutscher Name")),
        "kind": _text("Art, etwa Stadt oder Gemeinde"),
        "counted": {"type": "boolean", "description": "false: unbewohntes Gebiet, zählt nicht als Kommune"},
        "land": _ref("Name"),
        "kreis": _maybe(_ref("Name")),
        "verband": _maybe(_ref("Name")),
        "population": _count("Zahl der Menschen"),
        "population_on": _day("Stand der Zahl der Menschen"),
        "size_class": _maybe(_words(SizeClass) | {"description": "Größenklasse"}),
        "area_km2": _maybe(_number("Fläche in Quadratkilometern")),
        "area_on": _maybe(_day("Stand der Fläche")),
        "postal_code": _maybe(_text("Postleitzahl der Verwaltung")),
        "latitude": _maybe(_number("Breite des Mittelpunkts, WGS 84")),
        "longitude": _maybe(_number("Länge des Mittelpunkts, WGS 84")),
        "position_on": _maybe(_day("Stand der Lage")),
        "urbanisation": _maybe(_coded(URBANISATION)),
        "urbanisation_on": _maybe(_day("Stand der Verstädterung")),
        "region_type": _maybe(_coded(REGION_TYPES)),
        "region_type_on": _maybe(_day("Stand des Raumtyps")),
        "funding": {"type": "array", "items": _ref("Funding"), "description": "Modellprojekte, die sie erreichen"},
        "register_on": _day("Gebietsstand"),
        "valid_from": _maybe(_day("Besteht seit, falls bekannt")),
        "valid_to": _maybe(_day("Letzter Tag, falls aufgelöst")),
        "successor": _maybe(_text("Schlüssel der Nachfolgerin, falls aufgelöst")),
        "path": _text("Adresse der Seite"),
    }


def _kreis() -> dict:
    return {
        "code": _text("Kreisschlüssel", pattern="^[0-9]{5}$"),
        "name": _text(),
        "official_name": _text(),
        "kind": _text("Landkreis, Kreis, Kreisfreie Stadt …"),
        "seat": _maybe(_text("Sitz der Verwaltung")),
        "land": _ref("Name"),
        "municipalities": _count("Zahl der Kommunen"),
        "population": _count("Zahl der Menschen"),
        "population_on": _day("Stand der Zahl der Menschen"),
        "area_km2": _number("Fläche in Quadratkilometern"),
        "area_on": _day("Stand der Fläche"),
        "nuts3": _maybe(_text("NUTS 3")),
        "latitude": _maybe(_number("Breite, WGS 84")),
        "longitude": _maybe(_number("Länge, WGS 84")),
        "deprivation_quintile": _maybe(
            {
                "type": "integer",
                "minimum": 1,
                "maximum": 5,
                "description": "Fünftel der Benachteiligung, 5 am meisten (GISD 2021)",
            }
        ),
        "path": _text("Adresse der Seite"),
    }


def _land() -> dict:
    return {
        "code": _text("Schlüssel", pattern="^[0-9]{2}$"),
        "name": _text(),
        "iso": _text("ISO 3166-2"),
        "capital": _text("Hauptstadt"),
        "municipalities": _count("Zahl der Kommunen"),
        "population": _count("Zahl der Menschen"),
        "population_on": _day("Stand der Zahl der Menschen"),
        "area_km2": _number("Fläche in Quadratkilometern"),
        "area_on": _day("Stand der Fläche"),
        "path": _text("Adresse der Seite"),
    }


def _project() -> dict:
    member = _object(
        {
            "name": _text("Name, bei Kreisen und Verbänden mit ihrer Art"),
            "path": _maybe(_text("Adresse der Seite")),
            "role": _text("Federführung, Partner …"),
            "source": _text("Öffentliche Seite, die diese Beteiligung nennt"),
        }
    )
    return {
        "code": _text("Kennung"),
        "name": _text(),
        "year": {"type": "integer", "description": "Jahr der Auswahl"},
        "category": _maybe(_text()),
        "laender": {"type": "array", "items": _text("Schlüssel des Landes")},
        "members": {"type": "array", "items": member},
        "source": _text("Öffentliche Seite, von der die Angaben stammen"),
    }


def _list(item: str) -> dict:
    return {"total": _count("Zahl aller Treffer"), "items": {"type": "array", "items": _ref(item)}}


def _schemas() -> dict:
    page = SOURCED | {
        "total": _count("Zahl aller Treffer"),
        "guessed": {"type": "boolean", "description": "true: nichts passt genau, diese Namen sind ähnlich geschrieben"},
        "items": {"type": "array", "items": _ref("Municipality")},
        "next": _maybe(_text("Adresse der nächsten Seite")),
    }
    return {
        "Name": _object({"code": _text(), "name": _text()}),
        "Funding": _object({"through": _words((Funded.SELF, Funded.VERBAND, Funded.KREIS)), "project": _text("Kennung")}),
        "Municipality": _object(_municipality()),
        "SourcedMunicipality": _object(SOURCED | _municipality()),
        "MunicipalityPage": _object(page),
        "Kreis": _object(_kreis()),
        "SourcedKreis": _object(SOURCED | _kreis()),
        "KreisList": _object(SOURCED | _list("Kreis")),
        "Land": _object(_land()),
        "SourcedLand": _object(SOURCED | _land()),
        "LandList": _object(SOURCED | _list("Land")),
        "Project": _object(_project()),
        "ProjectList": _object({"source": SOURCED["source"]} | _list("Project")),
        "Problem": _object(
            {
                "type": _text(),
                "title": _text(),
                "status": {"type": "integer"},
                "detail": _text("Ein deutscher Satz: was nicht stimmt"),
            },
            description="RFC 9457",
        ),
    }


def _responses() -> dict:
    problem = {"application/problem+json": {"schema": _ref("Problem")}}
    return {
        "400": {"description": "Ein Parameter stimmt nicht", "content": problem},
        "404": {"description": "Gibt es nicht", "content": problem},
    }


def _headers() -> dict:
    return {
        "ETag": {"description": "Marke dieses Stands", "schema": {"type": "string"}},
        "Link": {"description": 'rel="next": die nächste Seite', "schema": {"type": "string"}},
    }
