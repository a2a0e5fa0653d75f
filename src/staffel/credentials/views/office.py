from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from staffel.base.guard import guard
from staffel.cohorts.models import Enrolment
from staffel.cohorts.queries import cohorts_visible_to, enrolments_visible_to
from staffel.credentials import actions, exports, permissions, queries
from staffel.credentials.forms import IssueForm, RevokeForm
from staffel.ui.parts import Crumb
from staffel.ui.tables import private_file


def _crumbs(cohort, *last: str) -> list[Crumb]:
    home = f"/buero/staffeln/{cohort.public_id}/"
    awards = f"{home}zertifikate/" if last else ""
    known = [Crumb(_("Büro"), "/buero/"), Crumb(_("Staffeln"), "/buero/staffeln/"), Crumb(cohort.name, home)]
    return [*known, Crumb(_("Zertifikate"), awards), *map(Crumb, last)]


@guard(permissions.may_see_awards, of=cohorts_visible_to)
@require_safe
def awards(request, cohort):
    awards_there = queries.awards_of_cohort(cohort, request.user)
    candidates = queries.candidates(cohort, request.user, awards_there)
    numbers = {state: sum(one.state == state for one in candidates) for state in ("issued", "ready", "not_ready")}
    context = {
        "crumbs": _crumbs(cohort),
        "cohort": cohort,
        "candidates": candidates,
        "numbers": numbers,
        "lines": tuple(map(queries.line_of, awards_there)),
        "acts": permissions.may_issue_awards(request.user, cohort),
        "here": f"/buero/staffeln/{cohort.public_id}/zertifikate/",
    }
    return render(request, "credentials/awards.html", context)


@guard(permissions.may_issue_awards, of=cohorts_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request, cohort):
    ready = [one for one in queries.candidates(cohort, request.user) if one.state == "ready"]
    form = IssueForm(request.POST if request.method == "POST" else None, ready=ready)
    if request.method == "POST" and form.is_valid():
        chosen = Enrolment.objects.filter(public_id__in=form.cleaned_data["people"])
        issued = actions.issue_awards(cohort, list(chosen), by=request.user)
        words = ngettext(
            "Eine Urkunde ist ausgestellt. Die Person bekommt einen Brief.",
            "%(count)s Urkunden sind ausgestellt. Alle bekommen einen Brief.",
            len(issued),
        )
        messages.success(request, words % {"count": len(issued)})
        return redirect("credentials:awards", cohort.public_id)
    context = {"crumbs": _crumbs(cohort, _("Ausstellen")), "cohort": cohort, "form": form, "ready": ready}
    return render(request, "credentials/issue.html", context, status=422 if form.errors else 200)


@guard(permissions.may_preview_paper, of=enrolments_visible_to)
@require_safe
def preview(request, enrolment):
    return _pdf(exports.certificate_pdf(queries.preview_paper(enrolment, timezone.localdate())), "vorschau.pdf")


@guard(permissions.may_revoke_award, of=queries.awards_visible_to)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, award):
    form = RevokeForm(request.POST if request.method == "POST" else None)
    cohort = award.enrolment.cohort
    if request.method == "POST" and form.is_valid():
        actions.revoke_award(award, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Die Urkunde ist widerrufen. Die Person bekommt einen Brief mit dem Grund."))
        return redirect("credentials:awards", cohort.public_id)
    context = {"crumbs": _crumbs(cohort, _("Widerrufen")), "award": award, "line": queries.line_of(award), "form": form}
    return render(request, "credentials/revoke.html", context, status=422 if form.errors else 200)


@guard(permissions.may_see_award, of=queries.awards_visible_to)
@require_safe
def paper(request, award):
    if not award.has_paper:
        context = {"award": award, "line": queries.line_of(award), "crumbs": [Crumb(_("Start"), "/"), Crumb(_("Urkunde"))]}
        return render(request, "credentials/no_paper.html", context, status=410)
    return _pdf(exports.certificate_pdf(queries.paper_of(award)), f"urkunde-{award.code}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return private_file(content, name=name, content_type="application/pdf", shown=True)
