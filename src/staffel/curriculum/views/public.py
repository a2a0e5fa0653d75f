"""The public pages of programmes."""

from functools import wraps

from allauth.core.internal import ratelimit
from django.http import Http404
from django.shortcuts import redirect, render

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.curriculum.pages import comparison as comparisons
from staffel.curriculum.pages import linked_data
from staffel.curriculum.pages.crumbs import list_crumbs
from staffel.curriculum.pages.downloads import made
from staffel.curriculum.pages.places import PublicPlaces
from staffel.curriculum.pages.unit import unit_page
from staffel.curriculum.pages.version import scope, version_page
from staffel.curriculum.queries import downloads, files, releases, versions
from staffel.curriculum.views import parts

# Whose settings hold all limits. Its public function counts no GET, and this page has no other form.
LIMITS = "allauth.account"


def one_address(view):
    """Lead whoever adds a query to the page without one: else everybody could have it made anew with each request."""

    @wraps(view)
    def asked(request, *args, **kwargs):
        return redirect(request.path) if request.META.get("QUERY_STRING") else view(request, *args, **kwargs)

    return asked


@public("what is taught is public")
@reads_only
@kept_public(versions.stamp)
def programme_list(request):
    lines = [(line, scope(line)) for line in versions.newest_versions()]
    return render(request, "curriculum/programmes.html", {"lines": lines, "crumbs": list_crumbs()})


@public("what is taught is public")
@reads_only
@kept_public(versions.stamp)
def programme(request, key):
    lines = versions.released_versions(key)
    if not lines:
        raise Http404
    return _version(request, releases.released_row(key, lines[0].number), lines)


@public("what is taught is public, in earlier versions too")
@reads_only
@kept_public(versions.stamp)
def version(request, key, number):
    row = _released(key, number)
    return _version(request, row, versions.released_versions(key))


def _version(request, row, lines):
    facts, release = versions.version_facts(row), releases.release_facts(row)
    has_files = release is not None or files.has_files(row)
    cards = files.cards_of(row)
    page = version_page(facts, lines, release, has_files=has_files, forms=downloads.downloads_of(row), cards=cards)
    data = linked_data.block(linked_data.course(facts, files.language_of(row)))
    return render(request, "curriculum/version.html", {"page": page, "linked_data": data})


@public("what is taught is public")
@reads_only
@one_address
@kept_public(versions.stamp)
def unit(request, key, number, unit):
    row, page = _unit_page(key, number, unit)
    forms = made(downloads.downloads_of(page.version.id, unit), key, number, unit=unit)
    data = linked_data.block(linked_data.resource(page, files.language_of(row)))
    return render(request, "curriculum/unit.html", {"page": page, "downloads": forms, "linked_data": data})


@public("how something is taught is public as well")
@reads_only
@one_address
@kept_public(versions.stamp)
def guide(request, key, number, unit):
    _row, page = _unit_page(key, number, unit)
    if not page.guide_path:
        raise Http404
    forms = made(downloads.downloads_of(page.version.id, unit), key, number, unit=unit)
    return render(request, "curriculum/guide.html", {"page": page, "downloads": forms})


def _unit_page(key, number, unit):
    row = _released(key, number)
    content = files.unit_content(row, unit)
    page = unit_page(versions.version_facts(row), unit, content, sides=files.sides_in(row, content))
    if page is None:
        raise Http404
    return row, page


@public("what people learn is public")
@reads_only
@one_address
@kept_public(versions.stamp)
def competencies(request, key, number):
    page = parts.page_of(parts.matrix, _released(key, number), PublicPlaces)
    return render(request, "curriculum/competencies.html", {"page": page})


@public("what people learn is public")
@reads_only
@one_address
@kept_public(versions.stamp)
def competency(request, key, number, competency):
    page = parts.page_of(parts.competency, _released(key, number), PublicPlaces, competency)
    return render(request, "curriculum/competency.html", {"page": page})


@public("how something is taught is public as well")
@reads_only
@one_address
@kept_public(versions.stamp)
def methods(request, key, number):
    page = parts.page_of(parts.methods, _released(key, number), PublicPlaces)
    return render(request, "curriculum/methods.html", {"page": page})


@public("how something is taught is public as well")
@reads_only
@one_address
@kept_public(versions.stamp)
def method(request, key, number, method):
    page = parts.page_of(parts.method, _released(key, number), PublicPlaces, method)
    return render(request, "curriculum/method.html", {"page": page})


@public("what words mean is public")
@reads_only
@one_address
@kept_public(versions.stamp)
def glossary(request, key, number):
    page = parts.page_of(parts.glossary, _released(key, number), PublicPlaces)
    return render(request, "curriculum/glossary.html", {"page": page})


@public("what changed between two releases is public")
@reads_only
@kept_public(versions.stamp)
def comparison(request, key):
    lines = versions.released_versions(key)
    if not lines:
        raise Http404
    pair = comparisons.chosen(lines, request.GET.get("von", ""), request.GET.get("bis", ""))
    sources = tuple(line and files.source_of(releases.released_row(key, line.number)) for line in (pair.old, pair.new))
    query = comparisons.query_of(request.GET, pair, sources)
    if query is not None and query != request.META["QUERY_STRING"]:
        return redirect(f"{request.path}?{query}" if query else request.path)
    # Only what is made anew counts: a page that is kept never comes here.
    too_many = query is not None and not ratelimit.consume(request, app=LIMITS, action="comparison", limit_get=True)
    if too_many:
        pair = comparisons.too_many(pair)
    page = comparisons.comparison_page(key, lines, pair, sources, request.GET.get("seite", "1"))
    return render(request, "curriculum/comparison.html", {"page": page}, status=429 if too_many else 200)


def _released(key, number):
    """Return the row of a released version; raises Http404 for drafts and unknown ones."""
    row = releases.released_row(key, number)
    if row is None:
        raise Http404
    return row
