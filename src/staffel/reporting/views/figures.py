from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from staffel.base.guard import guard, public, reads_only
from staffel.base.public_cache import kept_public
from staffel.credentials.queries import stamp
from staffel.municipalities.core import credits as credit
from staffel.reporting import exports
from staffel.reporting.permissions import may_see_figures, sees_everything
from staffel.reporting.queries import figures
from staffel.ui.parts import Crumb, File

PUBLIC, OFFICE = "/zahlen/", "/buero/zahlen/"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@public("how far the programme reaches is a public fact")
@reads_only
@kept_public(stamp)
def public_figures(request):
    found = figures.public_figures()
    context = {
        "crumbs": [Crumb(_("Start"), "/"), Crumb(_("Zahlen"))],
        "figures": found,
        "files": _files(PUBLIC),
        "sources": [credit.REGISTER],
    }
    return render(request, "reporting/figures.html", context)


@public("how far the programme reaches is a public fact")
@reads_only
@kept_public(stamp)
def public_export(request, ending):
    found = figures.public_figures()
    remark = _(
        "Eine Kommune ist erreicht, wenn ein Mensch aus ihr eine gültige Urkunde hat oder sie in der Pilotphase dabei war."
    )
    return _file(found.lines, _with_examples(remark, found.examples), "zahlen", ending)


@guard(may_see_figures)
@reads_only
def office_figures(request):
    found = figures.office_figures(request.user, everything=sees_everything(request.user))
    context = {
        "crumbs": [Crumb(_("Büro"), "/buero/"), Crumb(_("Zahlen"))]
        if not sees_everything(request.user)
        else [Crumb(_("Zahlen"))],
        "figures": found,
        "files": _files(OFFICE),
        "sources": [credit.REGISTER],
    }
    return render(request, "reporting/office_figures.html", context)


@guard(may_see_figures)
@reads_only
def office_export(request, ending):
    found = figures.office_figures(request.user, everything=sees_everything(request.user))
    remark = _("Ein Platz, den sich zwei Kommunen teilen, zählt in jeder ihrer Gruppen.")
    answer = _file(found.lines, _with_examples(remark, found.examples), "programmzahlen", ending)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _with_examples(remark: str, examples: int) -> str:
    return f"{remark} {_('Enthält erfundene Beispiele.')}" if examples else remark


def _files(path: str) -> list[File]:
    titles = (
        ("csv", _("Tabelle für jedes Programm")),
        ("xlsx", _("Tabelle für Excel")),
        ("json", _("Daten zum Programmieren")),
    )
    return [File(title, f"{path}export.{ending}", ending.upper()) for ending, title in titles]


def _file(lines, remark: str, name: str, ending: str) -> HttpResponse:
    content = getattr(exports, f"figures_{ending}")(lines, remark)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    return HttpResponse(content, content_type=TYPES[ending], headers=headers)
