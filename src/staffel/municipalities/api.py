"""The public API, version 1: read only, JSON, without an account.

Every answer names its source. Refusals are problems as in RFC 9457. What may be asked and what is answered stands in
``openapi.py``; a test holds the two together.
"""

import json
import re
from collections.abc import Container
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from staffel.base.guard import public
from staffel.base.public_cache import kept_public
from staffel.municipalities import exports
from staffel.municipalities.core.listing import Filters, Funded, Sort
from staffel.municipalities.core.places import REGION_TYPES, SizeClass
from staffel.municipalities.core.search import LONGEST_QUERY
from staffel.municipalities.openapi import DEFAULT_LIMIT, KEYS, MOST_ROWS, document
from staffel.municipalities.queries import listing, search
from staffel.municipalities.queries.places import stamp

METHODS = "GET, HEAD, OPTIONS"
LIST = "/api/v1/municipalities"
FILTERS = ("q", "land", "kreis", "size", "region", "funded", "uninhabited", "sort")
_UNKNOWN = gettext_lazy("Den Wert „%(value)s“ für „%(name)s“ kennen wir nicht.")
TITLES = {400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}


class Problem(Exception):
    """The request cannot be answered: ``status`` and a German sentence for the person who wrote it."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def answers_json(view):
    """Answer GET, HEAD and OPTIONS from every origin, and turn a ``Problem`` into problem+json."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": METHODS})
        elif request.method not in ("GET", "HEAD"):
            response = _problem(405, _("Diese Schnittstelle wird nur gelesen: GET, HEAD oder OPTIONS."))
            response["Allow"] = METHODS
        else:
            try:
                response = view(request, *args, **kwargs)
            except Problem as problem:
                response = _problem(problem.status, problem.sentence)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = METHODS
        response["Access-Control-Allow-Headers"] = "If-None-Match"
        response["Access-Control-Expose-Headers"] = "ETag, Link"
        return response

    # Nothing can be written here: a POST shall hear so, and not that it lacks a token.
    return csrf_exempt(answered)


def _problem(status: int, sentence: str) -> HttpResponse:
    content = {"type": "about:blank", "title": TITLES[status], "status": status, "detail": sentence}
    return HttpResponse(exports.as_json(content), status=status, content_type="application/problem+json")


def _json(content: dict) -> HttpResponse:
    return HttpResponse(exports.as_json(content), content_type="application/json")


def _known(parameters, allowed: tuple[str, ...]) -> dict[str, str]:
    """Return the parameters given. Raises Problem for one that does not exist, comes twice or holds a NUL."""
    for name, values in parameters.lists():
        if name not in allowed:
            raise Problem(400, _("Den Parameter „%(name)s“ gibt es hier nicht.") % {"name": name})
        if len(values) > 1:
            raise Problem(400, _("Der Parameter „%(name)s“ steht mehrmals in der Adresse.") % {"name": name})
        if "\0" in values[0]:
            raise Problem(400, _("Der Parameter „%(name)s“ enthält ein Zeichen, das nicht sein darf.") % {"name": name})
    return parameters.dict()


# Municipalities ---------------------------------------------------------------------------------------------------------


@public("the register is open data")
@answers_json
@kept_public(stamp)
def municipality_list(request):
    given = _known(request.GET, (*FILTERS, "after", "limit"))
    known = search.directory()
    _check_keys(given, {"land": known.laender, "kreis": known.kreis_names, "after": known.index.position})
    filters, limit = _filters(given), _limit(given)
    selection = known.select(filters)
    page = known.page(selection, filters.order, after=given.get("after", ""), limit=limit)
    following = f"{LIST}?{urlencode(given | {'after': page.after})}" if page.after else None
    response = _json(
        {
            "source": listing.credit_line(known),
            "licence": exports.LICENCE,
            "total": page.total,
            "guessed": selection.guessed,
            "items": [exports.municipality_json(row) for row in page.rows],
            "next": following,
        }
    )
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


@public("the register is open data")
@answers_json
@kept_public(stamp)
def municipality(request, ags):
    _known(request.GET, ())
    known = search.directory()
    row = known.row(ags)
    if row is None:
        raise Problem(404, _("Eine Kommune mit dem Schlüssel „%(ags)s“ gibt es nicht.") % {"ags": ags})
    return _json(_sourced(known) | exports.municipality_json(row))


def _check_keys(given: dict[str, str], known: dict[str, Container[str]]) -> None:
    """Raise Problem for a key that has another form than its description says, or that does not exist."""
    for name, keys in known.items():
        if name not in given or given[name] in keys:
            continue
        status = 404 if _is_key(name, given[name]) else 400
        raise Problem(status, _UNKNOWN % {"name": name, "value": given[name]})


def _is_key(name: str, value: str) -> bool:
    """Whether ``value`` has the form of the key ``name``: nothing else may reach the database."""
    return re.fullmatch(KEYS[name]["pattern"].strip("^$"), value) is not None


def _filters(given: dict[str, str]) -> Filters:
    if len(given.get("q", "")) > LONGEST_QUERY:
        raise Problem(400, _("Bitte suchen Sie mit höchstens %(most)s Zeichen.") % {"most": LONGEST_QUERY})
    allowed = {
        "size": set(SizeClass),
        "region": REGION_TYPES,
        "funded": set(Funded),
        "uninhabited": {"true", "false"},
        "sort": set(Sort),
    }
    for name, values in allowed.items():
        if given.get(name, "") not in values and name in given:
            raise Problem(400, _UNKNOWN % {"name": name, "value": given[name]})
    return Filters(
        query=given.get("q", "").strip(),
        land=given.get("land", ""),
        kreis=given.get("kreis", ""),
        size=given.get("size", ""),
        region=given.get("region", ""),
        funded=given.get("funded", ""),
        uninhabited=given.get("uninhabited") == "true",
        sort=given.get("sort", ""),
    )


def _limit(given: dict[str, str]) -> int:
    limit = given.get("limit", str(DEFAULT_LIMIT))
    if not (limit.isascii() and limit.isdecimal() and len(limit) <= 4 and 1 <= int(limit) <= MOST_ROWS):
        raise Problem(400, _("„limit“ ist eine ganze Zahl von 1 bis %(most)s.") % {"most": MOST_ROWS})
    return int(limit)


def _sourced(known) -> dict:
    return {"source": listing.credit_line(known), "licence": exports.LICENCE}


def _all(known, items: list[dict]) -> HttpResponse:
    return _json(_sourced(known) | {"total": len(items), "items": items})


# Kreise, Länder, funded projects ----------------------------------------------------------------------------------------


@public("the register is open data")
@answers_json
@kept_public(stamp)
def kreis_list(request):
    given = _known(request.GET, ("land",))
    known = search.directory()
    _check_keys(given, {"land": known.laender})
    only = {"land__code": given["land"]} if given else {}
    return _all(known, [exports.kreis_json(one) for one in listing.kreise(known, **only)])


@public("the register is open data")
@answers_json
@kept_public(stamp)
def kreis(request, code):
    _known(request.GET, ())
    known = search.directory()
    for one in listing.kreise(known, code=code) if _is_key("kreis", code) else ():
        return _json(_sourced(known) | exports.kreis_json(one))
    raise Problem(404, _("Einen Kreis mit dem Schlüssel „%(code)s“ gibt es nicht.") % {"code": code})


@public("the register is open data")
@answers_json
@kept_public(stamp)
def land_list(request):
    _known(request.GET, ())
    known = search.directory()
    return _all(known, [exports.land_json(one) for one in listing.laender(known)])


@public("the register is open data")
@answers_json
@kept_public(stamp)
def land(request, code):
    _known(request.GET, ())
    known = search.directory()
    for one in listing.laender(known, code=code) if _is_key("land", code) else ():
        return _json(_sourced(known) | exports.land_json(one))
    raise Problem(404, _("Ein Land mit dem Schlüssel „%(code)s“ gibt es nicht.") % {"code": code})


@public("who is funded is public")
@answers_json
@kept_public(stamp)
def project_list(request):
    _known(request.GET, ())
    items = [exports.project_json(project) for project in listing.project_lines(search.directory())]
    return _json({"source": listing.PROJECT_SOURCE, "total": len(items), "items": items})


# About the API ----------------------------------------------------------------------------------------------------------


@public("whoever writes a program reads this first")
@answers_json
@kept_public(stamp)
def description(request):
    known = search.directory()
    return HttpResponse(json.dumps(document(listing.credit_line(known)), ensure_ascii=False, indent=1), "application/json")


@public("says that there is nothing here, as JSON")
@answers_json
def nothing(request, rest=""):
    raise Problem(404, _("Diese Adresse gibt es in der Schnittstelle nicht. Alle stehen in /api/v1/openapi.json."))
