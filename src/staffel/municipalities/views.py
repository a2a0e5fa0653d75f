from collections import OrderedDict
from urllib.parse import urlencode
from weakref import WeakKeyDictionary

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition

from staffel.base.guard import public, reads_only
from staffel.base.public_cache import kept_public
from staffel.municipalities import exports
from staffel.municipalities.core.listing import Directory, Filters
from staffel.municipalities.core.search import Number
from staffel.municipalities.forms import ListForm, ProjectForm
from staffel.municipalities.queries import listing, search
from staffel.municipalities.queries.places import stamp
from staffel.ui.parts import Crumb, File, KeysetPage
from staffel.ui.words import whole

SUGGESTION_SECONDS = 60
LIST, EXPORT, PROJECTS, PROJECT_EXPORT, API = (
    "/kommunen/",
    "/kommunen/export.",
    "/foerderung/",
    "/foerderung/export.",
    "/api/v1/",
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SORTED = {"name": "name", "einwohner": "population", "land": "land"}
NO_FILE = gettext_lazy("Eine Datei gibt es nur, wenn wir die ganze Adresse verstehen. Unter der Liste liegen die Dateien.")
START = Crumb("Start", "/")


# Municipalities ---------------------------------------------------------------------------------------------------------


@public("whoever looks for a municipality has no account yet")
@reads_only
@cache_control(public=True, max_age=SUGGESTION_SECONDS)
def suggestions(request):
    query = request.GET.get("q", "")
    found = search.suggestions(query)
    shown = sum(hit.kind == "municipality" for hit in found.hits)
    more = f"{LIST}?{urlencode({'q': query})}" if found.total > shown else ""
    hits = [(hit, whole(hit.population)) for hit in found.hits]
    return render(request, "municipalities/_suggestions.html", {"found": found, "hits": hits, "query": query, "more": more})


@public("the register is public")
@reads_only
@kept_public(stamp)
def municipality_list(request):
    return _list(request)


def _list(request, *, status: int = 200, more_problems: tuple[str, ...] = ()):
    known = search.directory()
    form = ListForm(request.GET, known=known)
    filters = form.filters()
    problems = [*form.problems, *more_problems]
    selection = known.select(filters)
    page = _page(known, selection, filters, request.GET)
    if page is None:
        problems.append(_("Diese Seite der Liste gibt es nicht. Sie sehen den Anfang."))
        page = known.page(selection, filters.order)
    kept = _kept(form)
    context = {
        "crumbs": [START, Crumb(_("Kommunen"))],
        "form": form,
        "first_filters": form.selects("land", "kreis", "foerderung"),
        "more_filters": [*form.selects("groesse", "raum"), form.sort_select()],
        "query": filters.query,
        "more_open": any(form.cleaned_data.get(name) for name in ("groesse", "raum", "unbewohnt", "sortierung")),
        "problems": problems,
        "selection": selection,
        "nothing": _nothing_words(selection, form),
        "hidden_href": _href(LIST, kept | {"unbewohnt": "on"}),
        "chips": [(words, _href(LIST, _without(kept, name))) for name, _value, words in form.chosen()],
        "count": _count_words(page.total, known.count, filters.uninhabited),
        "lines": listing.lines(page.rows),
        "columns": _columns(filters, kept),
        "page": _pages(page, kept),
        "files": _files(EXPORT, kept, _rows(page.total)),
        "sources": _sources(known),
    }
    return render(request, "municipalities/list.html", context, status=status)


def _page(known, selection, filters, parameters):
    """Return the page that the address names, or None where it names none: a strange key, or nothing behind it."""
    try:
        page = known.page(selection, filters.order, after=parameters.get("nach", ""), before=parameters.get("vor", ""))
    except KeyError:
        return None
    return page if page.rows or not page.total else None


def _etag(request, *args, **kwargs):
    # Weak: the same rows may come compressed or not.
    return f'W/"{settings.RELEASE}-{stamp()}"'


@public("the register is public")
@reads_only
def municipality_export(request, ending):
    form = ListForm(request.GET, known=search.directory())
    filters = form.filters()
    if form.problems:
        return _list(request, status=400, more_problems=(str(NO_FILE),))
    clean = _kept(form)
    if request.META["QUERY_STRING"] != urlencode(clean):
        # One list has one address: a word that we do not know must not buy a new file.
        return redirect(_href(EXPORT + ending, clean))
    return (_whole_export if filters in WHOLE else _part_export)(request, ending, filters)


def _export(request, ending, filters):
    known = search.directory()
    content = _workbook(known, filters) if ending == "xlsx" else _written(ending, known, filters)
    return _file(EXPORTS[ending], content, f"kommunen.{ending}")


def _written(ending: str, known: Directory, filters: Filters) -> bytes:
    rows = [known.rows[at] for at in known.select(filters).positions]
    return getattr(exports, f"municipalities_{ending}")(rows, listing.credit_line(known))


# 10,753 rows take a second as XLSX, a tenth of it as CSV or JSON, and 1.5 MB: the last few are kept as long as the register.
MOST_WORKBOOKS = 4
_workbooks: WeakKeyDictionary[Directory, OrderedDict[Filters, bytes]] = WeakKeyDictionary()


def _workbook(known: Directory, filters: Filters) -> bytes:
    kept = _workbooks.setdefault(known, OrderedDict())
    content = kept.get(filters) or _written("xlsx", known, filters)
    kept[filters] = content
    if len(kept) > MOST_WORKBOOKS:
        kept.popitem(last=False)
    return content


WHOLE = (Filters(), Filters(uninhabited=True))
_part_export = condition(etag_func=_etag)(_export)
_whole_export = kept_public(stamp)(_export)
EXPORTS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "json": "application/json"}


def _file(content_type: str, content: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


def _sources(known) -> list[str]:
    line = listing.credit_line(known)
    return [line] if line else []


def _kept(form) -> dict[str, str]:
    """The parameters of the address that were understood."""
    given = {name: form.cleaned_data.get(name) for name in form.fields}
    return {name: "on" if value is True else value for name, value in given.items() if value}


def _without(parameters: dict, name: str) -> dict:
    gone = {name, "kreis"} if name == "land" else {name}
    return {key: value for key, value in parameters.items() if key not in gone}


def _href(path: str, parameters: dict) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _columns(filters, kept: dict) -> dict[str, tuple[str, str]]:
    """For each sortable column the address that sorts by it, or turns it round, and how it is sorted now."""
    found = {}
    for word, name in SORTED.items():
        first = f"-{word}" if word == "einwohner" else word
        now = {f"-{name}": "descending", name: "ascending"}.get(filters.order.value, "")
        turned = first if not now else word if now == "descending" else f"-{word}"
        found[word] = (_href(LIST, kept | {"sortierung": turned}), now)
    return found


def _pages(page, kept: dict) -> KeysetPage:
    before = "" if not page.before else _href(LIST, kept if page.is_second else kept | {"vor": page.before})
    words = _("%(first)s bis %(last)s von %(total)s") % {
        "first": whole(page.first),
        "last": whole(page.first + len(page.rows) - 1),
        "total": whole(page.total),
    }
    return KeysetPage(before, _href(LIST, kept | {"nach": page.after}) if page.after else "", words)


def _count_words(total: int, everything: int, with_uninhabited: bool) -> str:
    numbers = {"total": whole(total), "all": whole(everything)}
    if with_uninhabited:
        return ngettext("Ein Eintrag, auch unbewohnte Gebiete", "%(total)s Einträge, auch unbewohnte Gebiete", total) % numbers
    if total == everything:
        return _("Alle %(all)s Kommunen") % numbers
    return ngettext("Eine von %(all)s Kommunen", "%(total)s von %(all)s Kommunen", total) % numbers


def _nothing_words(selection, form) -> str:
    if selection.unknown == Number.POSTAL_CODE:
        return _("Wir kennen nur die Postleitzahl der Verwaltung. Suchen Sie nach dem Namen.")
    if selection.unknown == Number.KEY:
        return _("Diesen Schlüssel kennen wir nicht. Suchen Sie nach dem Namen.")
    if all(name in ("q", "unbewohnt") for name, *_rest in form.chosen()):
        return _("Keine Kommune passt zu Ihrer Suche.")
    return _("Keine Kommune passt zu allen Filtern.")


def _rows(count: int) -> str:
    return ngettext("1 Zeile", "%(rows)s Zeilen", count) % {"rows": whole(count)}


def _project_count(count: int) -> str:
    return ngettext("1 Projekt", "%(count)s Projekte", count) % {"count": whole(count)}


def _files(path: str, kept: dict, size: str) -> list[File]:
    titles = (
        ("csv", _("Tabelle für jedes Programm")),
        ("xlsx", _("Tabelle für Excel")),
        ("json", _("Daten zum Programmieren")),
    )
    return [File(title, _href(path + ending, kept), ending.upper(), size) for ending, title in titles]


# Funded projects --------------------------------------------------------------------------------------------------------


@public("who is funded is public")
@reads_only
@kept_public(stamp)
def project_list(request):
    return _project_page(request)


def _project_page(request, *, status: int = 200, more_problems: tuple[str, ...] = ()):
    known = search.directory()
    form, projects, total = _projects(request, known)
    kept = _kept(form)
    chips = [
        (str(dict(form.fields[name].choices)[value]), _href(PROJECTS, {key: kept[key] for key in kept if key != name}))
        for name, value in kept.items()
    ]
    numbers = {"shown": len(projects), "total": total}
    context = {
        "crumbs": [START, Crumb(_("Kommunen"), LIST), Crumb(_("Modellprojekte"))],
        "filters": form.selects("land", "jahr"),
        "problems": [*form.problems, *more_problems],
        "chips": chips,
        "projects": projects,
        "total": total,
        "count": _("Alle Projekte: %(total)s") % numbers
        if len(projects) == total
        else ngettext("Eines von %(total)s Projekten", "%(shown)s von %(total)s Projekten", len(projects)) % numbers,
        "files": _files(PROJECT_EXPORT, kept, _project_count(len(projects))),
        "sources": _sources(known),
    }
    return render(request, "municipalities/projects.html", context, status=status)


@public("who is funded is public")
@reads_only
@condition(etag_func=_etag)
def project_export(request, ending):
    known = search.directory()
    form, projects, _total = _projects(request, known)
    if form.problems:
        return _project_page(request, status=400, more_problems=(str(NO_FILE),))
    source = listing.PROJECT_SOURCE
    content = exports.projects_csv(projects) if ending == "csv" else getattr(exports, f"projects_{ending}")(projects, source)
    return _file(EXPORTS[ending], content, f"modellprojekte.{ending}")


def _projects(request, known):
    projects = listing.project_lines(known)
    form = ProjectForm(request.GET, known=known, years=sorted({project.year for project in projects}))
    form.is_valid()
    land, year = form.cleaned_data.get("land"), form.cleaned_data.get("jahr")
    shown = [
        project for project in projects if (not land or land in project.laender) and (not year or project.year == int(year))
    ]
    return form, shown, len(projects)


# Open data --------------------------------------------------------------------------------------------------------------


@public("open data are for everybody")
@reads_only
@kept_public(stamp)
def open_data(request):
    known = search.directory()
    context = {
        "crumbs": [START, Crumb(_("Offene Daten"))],
        "address": request.build_absolute_uri(API),
        "municipality_files": _files(EXPORT, {}, _rows(known.count)),
        "project_files": _files(PROJECT_EXPORT, {}, _project_count(len(listing.project_lines(known)))),
        "datasets": [(title, day, whole(rows)) for title, day, rows in listing.datasets()],
        "credit": listing.credit_line(known),
        "licence": exports.LICENCE,
    }
    return render(request, "municipalities/open_data.html", context)
