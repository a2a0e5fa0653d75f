"""The office's view of what runs in the background."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffel.accounts.actions.jobs import try_again
from staffel.accounts.permissions import may_run_jobs
from staffel.accounts.queries.jobs import jobs_page
from staffel.base.guard import guard, reads_only
from staffel.base.models import Job
from staffel.ui.parts import Crumb


@guard(may_run_jobs)
@reads_only
def job_list(request):
    context = {"crumbs": [Crumb(_("Büro"), "/buero/"), Crumb(_("Aufträge"))], "page": jobs_page()}
    return render(request, "accounts/job_list.html", context)


@guard(may_run_jobs)
@require_POST
def job_again(request, number):
    try_again(get_object_or_404(Job, pk=number), by=request.user)
    messages.success(request, _("Der Auftrag wird noch einmal versucht."))
    return redirect("accounts:job_list")
