from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from staffel.base.guard import guard, reads_only
from staffel.cohorts import actions, exports, frame, permissions
from staffel.cohorts.forms import ReasonForm
from staffel.cohorts.queries import cohorts_of_office, cohorts_visible_to, people
from staffel.ui.parts import Crumb, File
from staffel.ui.tables import file_answer


@guard(permissions.may_see_cohort, of=cohorts_visible_to)
@reads_only
def people_list(request, cohort):
    manages = permissions.may_manage_cohort(request.user, cohort)
    only = permissions.enrolments_visible_to(request.user, cohort)
    query = request.GET.get("q", "").strip()[:100]
    everybody, left = people.people_of(cohort, only=only, for_office=manages)
    lines = [line for line in everybody if _fits(line, query)] if query else everybody
    path = f"/staffeln/{cohort.public_id}/menschen/"
    kinds = ("csv", "xlsx")
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Menschen"))),
        "tabs": frame.tabs(request.user, cohort, "menschen"),
        "cohort": cohort,
        "path": path,
        "lines": lines,
        "query": query,
        "count": _count(len(lines), len(everybody)),
        "everybody": len(everybody),
        "trainers": people.trainers_of(cohort),
        "left": left if permissions.may_see_office(request.user) else [],
        "manages": manages,
        "files": [File(_("Alle Menschen der Staffel"), f"{path}export.{kind}", kind.upper()) for kind in kinds],
    }
    return render(request, "cohorts/people.html", context)


def _fits(line, query: str) -> bool:
    wanted = query.casefold()
    return wanted in line.name.casefold() or any(wanted in town.casefold() for town, _path in line.places)


def _count(shown: int, everybody: int) -> str:
    numbers = {"shown": shown, "all": everybody}
    if shown == everybody:
        return ngettext("Eine Person", "%(all)s Menschen", everybody) % numbers
    return ngettext("Eine Person von %(all)s", "%(shown)s von %(all)s Menschen", shown) % numbers


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@reads_only
def people_export(request, cohort, ending):
    content = exports.people(people.people_of(cohort, for_office=True)[0], ending=ending)
    return file_answer(content, name="menschen", ending=ending)


@guard(permissions.may_manage_cohort, of=cohorts_of_office)
@require_http_methods(["GET", "POST"])
def leave(request, cohort, enrolment):
    enrolment = get_object_or_404(cohort.enrolments.select_related("person"), public_id=enrolment)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.leave(enrolment, by=request.user, reason=form.cleaned_data["grund"])
        messages.success(request, _("Der Platz von %(name)s ist frei.") % {"name": enrolment.person.name})
        return redirect("cohorts:people", cohort.public_id)
    path = f"/staffeln/{cohort.public_id}/menschen/"
    context = {
        "crumbs": frame.crumbs(request.user, cohort, Crumb(_("Menschen"), path), Crumb(enrolment.person.name)),
        "cohort": cohort,
        "enrolment": enrolment,
        "path": path,
        "form": form,
    }
    return render(request, "cohorts/leave.html", context, status=422 if form.errors else 200)
