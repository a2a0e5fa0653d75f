from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from staffel.admissions.actions.release import answer_release
from staffel.admissions.forms.apply import ReleaseForm
from staffel.admissions.models import Release
from staffel.admissions.queries import applications as queries
from staffel.base.guard import guard_link
from staffel.ui.parts import Crumb


@guard_link("admissions.release", of=queries.releases_by_link)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request, release, token):
    form = ReleaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        yes = form.cleaned_data["answer"] == Release.Answer.YES
        answer_release(release, yes=yes, reason=form.cleaned_data["reason"])
        return redirect(f"/freigabe/{token}/")
    page = queries.release_page(release, timezone.now())
    context = {"crumbs": [Crumb("Start", "/"), Crumb(_("Freigabe"))], "page": page, "form": form}
    return render(request, "admissions/release/release.html", context)
