from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.cohorts import actions, exports, permissions
from staffel.cohorts.forms import ListForm, PlanForm, ReasonForm, TrainerForm
from staffel.cohorts.frame import office_crumbs
from staffel.cohorts.queries import office as queries
from staffel.cohorts.queries.running import cohorts_of_office
from staffel.ui.parts import Crumb, Fact, File, Step
from staffel.ui.tables import file_answer
from staffel.ui.words import whole

PAGE_SIZE = 50


def _lines(request):
    form = ListForm(request.GET)
    form.is_valid()
    state, words = form.cleaned_data.get("zustand", ""), form.cleaned_data.get("q", "")
    return form, queries.cohort_lines(request.user, state=state, words=words)


@guard(permissions.may_see_office)
@reads_only
def office_list(request):
    form, lines = _lines(request)
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("seite"))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "crumbs": [office_crumbs()[0], Crumb(_("Staffeln"))],
        "form": form,
        "page": page,
        "narrowed": any(form.cleaned_data.values()),
        "files": [File(_("Diese Liste"), f"/buero/staffeln/export.{kind}{query}", kind.upper()) for kind in ("csv", "xlsx")],
        "plans": permissions.may_plan_cohorts(request.user),
    }
    return render(request, "cohorts/office_list.html", context)


@guard(permissions.may_see_office)
@reads_only
def office_export(request, ending):
    _form, lines = _lines(request)
    return file_answer(exports.cohorts(lines, ending=ending), name="staffeln", ending=ending)


@guard(permissions.may_plan_cohorts)
@require_http_methods(["GET", "POST"])
def plan(request):
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        cohort = actions.plan_cohort(
            facts["version"],
            name=facts["name"],
            places=facts["plaetze"],
            organisation=request.user.acting.organisation,
            starts_on=facts["beginn"],
            laender=facts["laender"],
            room_url=facts["raum"],
            module=facts["modul"],
            by=request.user,
        )
        messages.success(request, _("Die Staffel ist geplant. Bitte sehen Sie die Termine durch."))
        return redirect("cohorts:dates", cohort.public_id)
    context = {"crumbs": [*office_crumbs(), Crumb(_("Neue Staffel"))], "form": form}
    return render(request, "cohorts/plan.html", context, status=422 if form.errors else 200)


@guard(permissions.may_see_office, of=cohorts_of_office)
@reads_only
def office_cohort(request, cohort):
    return render(request, "cohorts/office_cohort.html", _cohort_context(request, cohort, TrainerForm()))


def _cohort_context(request, cohort, form):
    page = queries.cohort_page(cohort)
    path = f"/staffeln/{cohort.public_id}/"
    takes = permissions.may_take_attendance(request.user, cohort)
    return {
        "crumbs": [*office_crumbs(), Crumb(cohort.name)],
        "cohort": cohort,
        "page": page,
        "path": path,
        "office_path": f"/buero/staffeln/{cohort.public_id}/",
        "tone": queries.TONES[cohort.state],
        "manages": permissions.may_manage_cohort(request.user, cohort),
        "form": form,
        "steps": [_step(line, page.taken, path if takes else "") for line in page.sessions],
        "facts": _facts(cohort, page),
    }


def _step(line, taken: int, path: str) -> Step:
    href = f"{path}anwesenheit/{line.public_id}/" if path and line.state != "next" else ""
    if line.noted:
        words = _("Anwesenheit erfasst: %(noted)s von %(taken)s") % {"noted": line.noted, "taken": taken}
    else:
        words = _("Die Anwesenheit fehlt noch.") if line.is_over and taken else ""
    return Step(line.title, line.state, line.when, words, href)


def _facts(cohort, page) -> list[Fact]:
    version = cohort.version
    places = _("%(taken)s von %(places)s vergeben") % {"taken": whole(page.taken), "places": whole(cohort.places)}
    laender = ", ".join(page.laender) or _("nur bundesweite")
    found = [
        Fact(_("Programm"), f"{version.programme.title} {version.number}"),
        Fact(_("Zeit"), page.dates or _("noch keine Termine")),
        Fact(_("Plätze"), places),
        Fact(_("Feiertage"), laender),
        Fact(_("Raum"), cohort.room_url or _("noch keiner")),
    ]
    return [*found[:1], Fact(_("Modul"), cohort.module.title), *found[1:]] if cohort.module else found


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_POST
def start(request, cohort):
    actions.start_cohort(cohort, by=request.user)
    messages.success(request, _("Die Staffel läuft."))
    return redirect("cohorts:office_cohort", cohort.public_id)


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_http_methods(["GET", "POST"])
def complete(request, cohort):
    if request.method == "POST":
        actions.complete_cohort(cohort, by=request.user)
        messages.success(request, _("Die Staffel ist abgeschlossen."))
        return redirect("cohorts:office_cohort", cohort.public_id)
    return render(request, "cohorts/complete.html", _cohort_context(request, cohort, None))


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_http_methods(["GET", "POST"])
def cancel(request, cohort):
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_cohort(cohort, reason=form.cleaned_data["grund"], by=request.user)
        messages.success(request, _("Die Staffel ist abgesagt. Alle mit einem Platz bekommen eine Mail."))
        return redirect("cohorts:office_cohort", cohort.public_id)
    crumbs = [*office_crumbs(), Crumb(cohort.name, f"/buero/staffeln/{cohort.public_id}/"), Crumb(_("Absagen"))]
    context = _cohort_context(request, cohort, form) | {"crumbs": crumbs}
    return render(request, "cohorts/cancel.html", context, status=422 if form.errors else 200)


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_POST
def add_trainer(request, cohort):
    form = TrainerForm(request.POST)
    if not form.is_valid():
        return render(request, "cohorts/office_cohort.html", _cohort_context(request, cohort, form), status=422)
    actions.add_trainer(cohort, email=form.cleaned_data["email"], name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("%(name)s leitet diese Staffel.") % {"name": form.cleaned_data["name"]})
    return redirect("cohorts:office_cohort", cohort.public_id)


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_POST
def remove_trainer(request, cohort):
    number = request.POST.get("referent", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 12:
        raise Http404
    trainer = get_object_or_404(cohort.trainers.select_related("person", "cohort"), pk=number)
    actions.remove_trainer(trainer, by=request.user)
    messages.success(request, _("%(name)s leitet diese Staffel nicht mehr.") % {"name": trainer.person.name})
    return redirect("cohorts:office_cohort", cohort.public_id)
