from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from staffel.accounts.queries.audit import history_of
from staffel.admissions.actions import placing
from staffel.admissions.actions.calls import note_export
from staffel.admissions.forms.decide import FIRST, MORE, BoardForm, BulkForm, DecideForm
from staffel.admissions.models import Call, Decision
from staffel.admissions.permissions import (
    applications_visible_to,
    calls_visible_to,
    may_decide_application,
    may_manage_call,
    may_see_application,
    may_see_call,
)
from staffel.admissions.queries import board, office
from staffel.admissions.queries.application import application_facts_for_office, next_undecided
from staffel.admissions.queries.mix import mix_charts
from staffel.admissions.views.office_calls import FORM_METHODS, crumbs_of
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb, File
from staffel.ui.tables import as_csv, as_xlsx, file_answer
from staffel.ui.words import whole

MOST_NAMED = 30


def board_path(call: Call) -> str:
    return f"{office.call_path(call)}bewerbungen/"


@guard(may_see_call, of=calls_visible_to)
@reads_only
def board_page(request, call):
    known = board.known_of(call)
    form = BoardForm(request.GET, laender=known.laender)
    filters = form.filters()
    counts = board.counts(call, request.user, filters, known)
    page = board.page_of(board.found(call, request.user, filters, known), request.GET.get("seite"), counts.found)
    may_act, path, kept = may_manage_call(request.user, call), board_path(call), form.kept()
    context = {
        "crumbs": crumbs_of(call, Crumb(_("Bewerbungen"))),
        "call": call,
        "tabs": office.tabs(call, "bewerbungen", may_act=may_act),
        "path": path,
        "form": form,
        "first_filters": form.selects(*FIRST),
        "more_filters": form.selects(*MORE),
        "chips": [(words, _href(path, kept, but=name)) for name, words in form.chosen()],
        "counts": counts,
        "count": board.count_words(counts),
        "lines": board.lines(page.object_list, known),
        "page": page,
        "mix": mix_charts(counts.mix, known.laender, call.cohort.places),
        "may_decide": may_act and call.state == Call.State.CLOSED,
        "kept": kept,
        "files": _files(path, kept) if may_act else [],
    }
    return render(request, "admissions/office/board.html", context)


def _href(path: str, kept: dict, *, but: str = "") -> str:
    rest = {name: value for name, value in kept.items() if name != but}
    return f"{path}?{urlencode(rest)}" if rest else path


def _files(path: str, kept: dict) -> list[File]:
    return [
        File(_("Diese Liste als Tabelle"), _href(f"{path}export.xlsx", kept), "XLSX"),
        File(_("Diese Liste als Text"), _href(f"{path}export.csv", kept), "CSV"),
    ]


@guard(may_manage_call, of=calls_visible_to)
@reads_only
def board_export(request, call, ending):
    known = board.known_of(call)
    form = BoardForm(request.GET, laender=known.laender)
    rows = board.found(call, request.user, form.filters(), known)
    if form.problems:
        return redirect(_href(board_path(call), form.kept()))
    lines = list(board.cells(board.iterate(rows, known)))
    note_export(call, rows=len(lines), filters=form.kept(), by=request.user)
    heads = board.columns()
    content = as_csv(heads, lines) if ending == "csv" else as_xlsx(_("Bewerbungen"), heads, lines)
    return file_answer(content, name=f"bewerbungen-{call.public_id}", ending=ending)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def decide_many(request, call):
    known = board.known_of(call)
    filter_form = BoardForm(request.GET, laender=known.laender)
    rows = board.found(call, request.user, filter_form.filters(), known)
    if "alle" not in request.GET:
        rows = rows.filter(public_id__in=[one for one in request.GET.getlist("b") if one.isalnum()])
    lines = board.lines(rows, known)
    form = BulkForm(request.POST if request.method == "POST" else None, initial=_bulk_initial(lines))
    if request.method == "POST" and form.is_valid() and lines:
        placing.decide_many(call, rows.values_list("pk", flat=True), **form.cleaned_data, by=request.user)
        words = ngettext("Eine Bewerbung ist entschieden.", "%(count)s Bewerbungen sind entschieden.", len(lines))
        messages.success(request, words % {"count": whole(len(lines))})
        return redirect(board_path(call))
    context = {
        "crumbs": crumbs_of(call, Crumb(_("Bewerbungen"), board_path(call)), Crumb(_("Gemeinsam entscheiden"))),
        "lines": lines[:MOST_NAMED],
        "more": len(lines) - MOST_NAMED,
        "count": len(lines),
        "form": form,
        "back": board_path(call),
    }
    return render(request, "admissions/office/decide_many.html", context)


def _bulk_initial(lines: list[board.Line]) -> dict:
    if not lines or any(line.eligible for line in lines):
        return {}
    return {
        "kind": Decision.Kind.REJECT,
        "reason": _("Die Kommune kann nach den Bedingungen der Ausschreibung nicht teilnehmen."),
    }


# One application --------------------------------------------------------------------------------------------------------


@guard(may_see_application, of=applications_visible_to)
@reads_only
def application_page(request, application):
    return _application(request, application)


def _application(request, application, form=None, status=200):
    facts = application_facts_for_office(application)
    may_act = may_decide_application(request.user, application)
    may_decide = may_act and application.call.state == Call.State.CLOSED and application.state in placing.UNDECIDED
    back = Crumb(_("Bewerbungen"), board_path(application.call))
    context = {
        "crumbs": crumbs_of(application.call, back, Crumb(facts.place)),
        "application": application,
        "facts": facts,
        "form": form or (DecideForm(initial=_initial(application, facts)) if may_decide else None),
        "may_decide": may_decide,
        "path": f"/buero/bewerbungen/{application.public_id}/",
        "following": next_undecided(application, request.user) if may_decide else "",
        "history": history_of(application) if may_act else (),
    }
    return render(request, "admissions/office/application.html", context, status=status)


def _initial(application, facts) -> dict:
    decision = Decision.objects.filter(application=application).first()
    if decision:
        return {"kind": decision.kind, "reason": decision.reason, "position": facts.position}
    if not facts.eligible:
        return {"kind": Decision.Kind.REJECT, "reason": facts.against}
    return {"reason": placing.REASON_UNRELEASED.get(application.state, "")}


@guard(may_decide_application, of=applications_visible_to)
@require_POST
def application_decide(request, application):
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _application(request, application, form, status=422)
    placing.decide(application, **form.cleaned_data, by=request.user)
    messages.success(request, _("Die Entscheidung ist gespeichert. Veröffentlicht wird sie mit allen anderen."))
    return redirect("admissions:office_application", application.public_id)


@guard(may_decide_application, of=applications_visible_to)
@require_POST
def application_undecide(request, application):
    placing.undecide(application, by=request.user)
    messages.success(request, _("Die Entscheidung ist zurückgenommen."))
    return redirect("admissions:office_application", application.public_id)


# Waiting list and publication -------------------------------------------------------------------------------------------


@guard(may_see_call, of=calls_visible_to)
@reads_only
def waiting_page(request, call):
    may_act = may_manage_call(request.user, call)
    context = {
        "crumbs": crumbs_of(call, Crumb(_("Warteliste"))),
        "call": call,
        "tabs": office.tabs(call, "warteliste", may_act=may_act),
        "entries": office.waiting_entries(call, request.user),
        "may_move": may_act and call.state == Call.State.CLOSED,
    }
    return render(request, "admissions/office/waiting.html", context)


@guard(may_decide_application, of=applications_visible_to)
@require_POST
def waiting_move(request, application, direction):
    if direction not in ("hoch", "runter"):
        raise Http404
    placing.move_waiting(application, up=direction == "hoch", by=request.user)
    return redirect("admissions:office_waiting", application.call.public_id)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def publication_page(request, call):
    if request.method == "POST":
        placing.publish_decisions(call, by=request.user)
        messages.success(request, _("Die Entscheidungen sind veröffentlicht. Die Briefe gehen hinaus."))
        return redirect(office.call_path(call))
    if call.state != Call.State.CLOSED:
        messages.info(request, _("Zu veröffentlichen gibt es in diesem Zustand der Ausschreibung nichts."))
        return redirect(office.call_path(call))
    context = {
        "crumbs": crumbs_of(call, Crumb(_("Veröffentlichen"))),
        "call": call,
        "tabs": office.tabs(call, "veroeffentlichen", may_act=True),
        "publication": office.publication(call),
    }
    return render(request, "admissions/office/publication.html", context)
