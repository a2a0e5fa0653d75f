"""The public pages of programmes."""

from django.http import Http404
from django.shortcuts import render

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.curriculum import pages
from staffel.curriculum.queries import versions as queries
from staffel.ui import markdown


@public("what is taught is public")
@reads_only
@kept_public(queries.stamp)
def programme_list(request):
    lines = [(line, pages.scope(line)) for line in queries.newest_versions()]
    return render(request, "curriculum/programmes.html", {"lines": lines, "crumbs": pages.list_crumbs()})


@public("what is taught is public")
@reads_only
@kept_public(queries.stamp)
def programme(request, key):
    lines = queries.released_versions(key)
    if not lines:
        raise Http404
    page = pages.version_page(queries.version_facts(lines[0].id), lines)
    return render(request, "curriculum/version.html", {"page": page})


@public("what is taught is public, in earlier versions too")
@reads_only
@kept_public(queries.stamp)
def version(request, key, number):
    found = queries.find_version(key, number)
    if found is None:
        raise Http404
    return render(request, "curriculum/version.html", {"page": pages.version_page(found, queries.released_versions(key))})


@public("what is taught is public")
@reads_only
@kept_public(queries.stamp)
def unit(request, key, number, unit):
    found = queries.find_version(key, number)
    page = found and pages.unit_page(found, unit)
    if page is None:
        raise Http404
    return render(request, "curriculum/unit.html", {"page": page, "summary": markdown.render(page.unit.summary)})
