from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from staffel.accounts.actions.texts import change_text
from staffel.accounts.core.texts import TITLES, VIDEO
from staffel.accounts.forms import TextForm, VideoForm
from staffel.accounts.permissions import may_edit_texts
from staffel.accounts.queries.texts import text_lines, text_of
from staffel.base.guard import guard, reads_only
from staffel.ui.markdown import render as rendered
from staffel.ui.parts import Crumb

OFFICE, TEXTS = Crumb("Büro", "/buero/"), "/buero/texte/"


@guard(may_edit_texts)
@reads_only
def texts(request):
    context = {"crumbs": [OFFICE, Crumb(_("Texte der Instanz"))], "lines": text_lines()}
    return render(request, "accounts/texts.html", context)


@guard(may_edit_texts)
@reads_only
def text(request, key):
    form_class = _form_of(key)
    return _page(request, key, form_class(initial={"markdown": text_of(key)}))


@guard(may_edit_texts)
@require_POST
def text_preview(request, key):
    form = _form_of(key)(request.POST)
    preview = rendered(form.cleaned_data["markdown"]) if form.is_valid() else None
    return _page(request, key, form, preview=preview)


@guard(may_edit_texts)
@require_POST
def text_change(request, key):
    form = _form_of(key)(request.POST)
    if not form.is_valid():
        return _page(request, key, form)
    change_text(key, form.cleaned_data["markdown"], by=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("Der Text ist gespeichert und auf der Seite zu sehen."))
    return redirect(TEXTS)


def _form_of(key: str):
    if key not in TITLES:
        raise Http404
    return VideoForm if key == VIDEO else TextForm


def _page(request, key, form, *, preview=None):
    title = _(TITLES[key])
    context = {
        "crumbs": [OFFICE, Crumb(_("Texte der Instanz"), TEXTS), Crumb(title)],
        "key": key,
        "title": title,
        "form": form,
        "preview": preview,
        "can_preview": key != VIDEO,
        "page": f"/{key.removesuffix('-video')}/",
    }
    return render(request, "accounts/text.html", context)
