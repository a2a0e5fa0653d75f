from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.base.rules import RuleBroken
from staffel.curriculum import comparison_words, permissions
from staffel.curriculum.actions import errands
from staffel.curriculum.actions import receiving as actions
from staffel.curriculum.forms import TrustForm, UnsignedForm, UploadForm
from staffel.curriculum.models import Errand, Upload
from staffel.curriculum.pages import received
from staffel.curriculum.queries.editing import ROOM, errand_path, upload_path, version_path
from staffel.curriculum.queries.sizes import is_long_to_read, is_long_upload
from staffel.curriculum.queries.uploads import comparison_of, examination_of, here_of
from staffel.curriculum.words import groups
from staffel.ui.parts import Crumb


def _crumbs(*last: Crumb) -> list[Crumb]:
    return [Crumb(_("Start"), "/"), Crumb(_("Programme"), ROOM), *last]


@guard(permissions.may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def upload_new(request):
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if is_long_to_read(file, actions.LIMITS):
                return redirect(errand_path(errands.send(file, file.name, by=request.user)))
            kept = actions.upload(file, file.name, by=request.user, organisation=request.user.acting.organisation)
        except RuleBroken as broken:
            form.add_error("file", _(broken.rule.sentence) % broken.values)
        else:
            return redirect(upload_path(kept))
    context = {"crumbs": _crumbs(Crumb(_("Hochladen"))), "form": form, "back": ROOM}
    return render(request, "curriculum/editing/upload_new.html", context, status=422 if form.errors else 200)


@guard(permissions.may_edit_this, of=permissions.uploads_visible_to)
@reads_only
def upload_preview(request, upload):
    if upload.kind == Upload.Kind.UNKNOWN:
        going = examination_of(upload)
        return redirect(errand_path(going) if going else ROOM)
    return _preview(request, upload, _trust_form(upload))


@guard(permissions.may_edit_this, of=permissions.uploads_visible_to)
@reads_only
def upload_comparison(request, upload):
    with comparison_of(upload) as comparison:
        page = request.GET.get("seite", "1")
        address = f"{upload_path(upload)}vergleich/"
        view = comparison_words.view_of(comparison, page=page, address=address) if comparison else None
    context = {
        "crumbs": _crumbs(Crumb(upload.name, upload_path(upload)), Crumb(_("Vergleich"))),
        "heading": _("Was sich ändern würde"),
        "between": received.between(upload.report),
        "comparison": view,
        "back": upload_path(upload),
    }
    return render(request, "curriculum/editing/comparison.html", context)


@guard(permissions.may_edit_this, of=permissions.uploads_visible_to)
@require_POST
def upload_receive(request, upload):
    form = _trust_form(upload, request.POST)
    if form is not None and not form.is_valid():
        return _preview(request, upload, form)
    note = form.cleaned_data["where"] if form else ""
    if is_long_upload(upload):
        values = {"trust_key": form is not None, "note": note}
        return redirect(errand_path(errands.begin(Errand.Act.RECEIVE, upload, upload.name, by=request.user, **values)))
    version = actions.receive(upload, by=request.user, trust_key=form is not None, note=note)
    messages.success(request, _("Version %(number)s ist übernommen, so wie sie kam.") % {"number": version.number})
    return redirect(version_path(version))


@guard(permissions.may_edit_this, of=permissions.uploads_visible_to)
@require_POST
def upload_take_over(request, upload):
    if is_long_upload(upload):
        return redirect(errand_path(errands.begin(Errand.Act.TAKE_OVER, upload, upload.name, by=request.user)))
    loaded = actions.take_over(upload, by=request.user)
    said = {
        "new": _("Der Entwurf %(number)s ist angelegt."),
        "replaced": _("Der Entwurf %(number)s ist ersetzt."),
        "unchanged": _("Genau das ist als Version %(number)s schon da. Geändert hat sich nichts."),
    }
    messages.success(request, said[loaded.outcome] % {"number": loaded.version.number})
    return redirect(version_path(loaded.version))


@guard(permissions.may_edit_this, of=permissions.uploads_visible_to)
@require_POST
def upload_drop(request, upload):
    actions.drop_upload(upload, by=request.user)
    messages.success(request, _("Die hochgeladene Datei ist verworfen. Sonst hat sich nichts geändert."))
    return redirect(ROOM)


def _trust_form(upload: Upload, data=None):
    """Return the form that asks for trust, None where the signature says enough."""
    forms = {"new": TrustForm, "retired": TrustForm, "none": UnsignedForm}
    form = forms.get(upload.report["signature"]) if upload.kind == Upload.Kind.PACKAGE else None
    return form and form(data)


def _preview(request, upload, form):
    report = upload.report
    context = {
        "crumbs": _crumbs(Crumb(upload.name)),
        "upload": upload,
        "report": report,
        "facts": received.facts_of_report(upload),
        "licences": received.licences(report["licences"]),
        "between": received.between(report),
        "groups": groups(report["fingerprint"]),
        "form": form,
        "is_package": upload.kind == Upload.Kind.PACKAGE,
        "here": upload_path(upload),
    }
    here = here_of(upload)
    context |= {
        "warnings": received.warnings(upload, here),
        "same": here.same,
        "same_at": here.same_at,
        "same_path": here.same and version_path(here.same),
        "replaced": here.replaced,
        "replaced_path": here.replaced and version_path(here.replaced),
        "draft_is_another": here.replaced is not None and here.replaced.digest != report.get("draft"),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "curriculum/editing/upload.html", context, status=status)
