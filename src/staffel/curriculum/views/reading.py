"""What is not public yet, to be read by those who work on it: drafts, versions in review, received versions."""

from django.http import Http404
from django.shortcuts import redirect, render

from staffel.base.guard import guard, reads_only
from staffel.curriculum import permissions
from staffel.curriculum.models import Version
from staffel.curriculum.pages.places import OfficePlaces
from staffel.curriculum.pages.reading import reading_page
from staffel.curriculum.pages.unit import unit_page
from staffel.curriculum.queries import files, versions
from staffel.curriculum.views import parts
from staffel.curriculum.views.public_files import file_of

FRAME = "accounts/page.html"


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def version(request, version):
    if version.state == Version.State.RELEASED:
        return redirect(versions.version_path(version.programme.key, version.number))
    page = reading_page(versions.version_facts(version), files.cards_of(version))
    return render(request, "curriculum/editing/read.html", {"page": page, "row": version})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def unit(request, version, unit):
    return render(request, "curriculum/unit.html", {"page": _unit_page(version, unit), "frame": FRAME, "downloads": []})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def guide(request, version, unit):
    page = _unit_page(version, unit)
    if not page.guide_path:
        raise Http404
    return render(request, "curriculum/guide.html", {"page": page, "frame": FRAME})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def file(request, version, unit, name):
    response = file_of(request, version, unit, name)
    response["Cache-Control"] = "private, no-store"
    return response


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def competencies(request, version):
    page = parts.page_of(parts.matrix, version, OfficePlaces)
    return render(request, "curriculum/competencies.html", {"page": page, "frame": FRAME})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def competency(request, version, competency):
    page = parts.page_of(parts.competency, version, OfficePlaces, competency)
    return render(request, "curriculum/competency.html", {"page": page, "frame": FRAME})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def methods(request, version):
    page = parts.page_of(parts.methods, version, OfficePlaces)
    return render(request, "curriculum/methods.html", {"page": page, "frame": FRAME})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def method(request, version, method):
    page = parts.page_of(parts.method, version, OfficePlaces, method)
    return render(request, "curriculum/method.html", {"page": page, "frame": FRAME})


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def glossary(request, version):
    page = parts.page_of(parts.glossary, version, OfficePlaces)
    return render(request, "curriculum/glossary.html", {"page": page, "frame": FRAME})


def _unit_page(version, unit):
    facts, content = versions.version_facts(version), files.unit_content(version, unit)
    page = unit_page(facts, unit, content, OfficePlaces(facts), files.sides_in(version, content))
    if page is None:
        raise Http404
    return page
