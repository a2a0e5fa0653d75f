from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from staffel.accounts.queries.audit import history_of
from staffel.admissions.actions import calls as actions
from staffel.admissions.forms.call import CallForm, CancelForm, DeadlineForm, NewCallForm, NothingForm, ReasonForm
from staffel.admissions.models import Call
from staffel.admissions.permissions import (
    calls_visible_to,
    may_manage_call,
    may_open_calls,
    may_see_call,
    may_see_calls,
)
from staffel.admissions.queries import office
from staffel.base.guard import guard, reads_only
from staffel.ui import markdown
from staffel.ui.parts import Crumb

FORM_METHODS = ["GET", "HEAD", "POST"]
OFFICE = Crumb(gettext_lazy("Büro"), "/buero/")
CALLS = Crumb(gettext_lazy("Ausschreibungen"), office.LIST)


def crumbs_of(call: Call, *more: Crumb) -> list[Crumb]:
    """The breadcrumb of a page below a call."""
    return [OFFICE, CALLS, Crumb(call.title, office.call_path(call)), *more]


@guard(may_see_calls)
@reads_only
def call_list(request):
    context = {
        "crumbs": [OFFICE, Crumb(CALLS.text)],
        "lines": office.call_lines(request.user),
        "may_open": may_open_calls(request.user),
    }
    return render(request, "admissions/office/calls.html", context)


@guard(may_open_calls)
@require_http_methods(FORM_METHODS)
def call_new(request):
    form = NewCallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        call = actions.draft_call(**form.cleaned_data, organisation=request.user.acting.organisation, by=request.user)
        messages.success(request, _("Der Entwurf ist gespeichert. Bekannt ist die Ausschreibung noch nicht."))
        return redirect(office.call_path(call))
    context = {
        "crumbs": [OFFICE, CALLS, Crumb(_("Neue Ausschreibung"))],
        "form": form,
        "heading": _("Neue Ausschreibung"),
        "no_version": not form.fields["version"].queryset.exists(),
        "back": office.LIST,
    }
    return render(request, "admissions/office/call_form.html", context)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_edit(request, call):
    form = CallForm(request.POST if request.method == "POST" else None, initial=CallForm.initial_of(call))
    if request.method == "POST" and form.is_valid():
        actions.change_call(call, **form.cleaned_data, by=request.user)
        messages.success(request, _("Der Entwurf ist gespeichert."))
        return redirect(office.call_path(call))
    context = {
        "crumbs": crumbs_of(call, Crumb(_("Entwurf ändern"))),
        "form": form,
        "heading": _("Entwurf ändern"),
        "back": office.call_path(call),
    }
    return render(request, "admissions/office/call_form.html", context)


@guard(may_open_calls)
@require_POST
def text_preview(request):
    context = {
        "crumbs": [OFFICE, CALLS, Crumb(_("Vorschau"))],
        "title": request.POST.get("title", "")[:200],
        "text": markdown.render(request.POST.get("text", "")[:50_000]),
    }
    return render(request, "admissions/office/preview.html", context)


@guard(may_see_call, of=calls_visible_to)
@reads_only
def call_page(request, call):
    may_act = may_manage_call(request.user, call)
    context = {
        "crumbs": [OFFICE, CALLS, Crumb(call.title)],
        "call": call,
        "facts": office.call_facts(call, request.user),
        "tabs": office.tabs(call, "", may_act=may_act),
        "text": markdown.render(call.text, first_heading=3),
        "history": history_of(call) if may_act else (),
        "may_edit": may_act and call.state == Call.State.DRAFT,
        "path": office.call_path(call),
    }
    return render(request, "admissions/office/call.html", context)


# Acts -------------------------------------------------------------------------------------------------------------------


class Words(NamedTuple):
    """What the page of an act says: heading, what happens, the button, and what is said when it is done."""

    heading: str
    sentence: str
    button: str
    done: str


PUBLISH = Words(
    gettext_lazy("Ausschreibung bekannt machen"),
    gettext_lazy(
        "Sie steht dann öffentlich im Netz und nimmt in der genannten Zeit Bewerbungen an. "
        "Text und Bedingungen lassen sich danach nicht mehr ändern."
    ),
    gettext_lazy("Bekannt machen"),
    gettext_lazy("Die Ausschreibung ist bekannt gemacht."),
)
CLOSE = Words(
    gettext_lazy("Vor der Frist schließen"),
    gettext_lazy("Neue Bewerbungen sind dann nicht mehr möglich. Angefangene, die nicht abgeschickt sind, nehmen nicht teil."),
    gettext_lazy("Ausschreibung schließen"),
    gettext_lazy("Die Ausschreibung ist geschlossen. Die Auswahl kann beginnen."),
)
EXTEND = Words(
    gettext_lazy("Frist verschieben"),
    gettext_lazy(
        "Bis zur neuen Frist kann man sich bewerben. Was schon entschieden ist, bleibt und wird noch nicht veröffentlicht."
    ),
    gettext_lazy("Frist verschieben"),
    gettext_lazy("Die Frist ist verschoben."),
)
CANCEL = Words(
    gettext_lazy("Ausschreibung absagen"),
    gettext_lazy(
        "Die Staffel findet nicht statt: Alle Bewerbungen, Angebote und Plätze gehen verloren, und alle bekommen einen "
        "Brief mit dem Grund. Rückgängig machen lässt sich das nicht."
    ),
    gettext_lazy("Endgültig absagen"),
    gettext_lazy("Die Ausschreibung ist abgesagt. Die Briefe gehen hinaus."),
)
END = Words(
    gettext_lazy("Ausschreibung beenden"),
    gettext_lazy("Die Warteliste wird geschlossen. Wer noch darauf steht, bekommt einen Brief."),
    gettext_lazy("Beenden"),
    gettext_lazy("Die Ausschreibung ist beendet."),
)


def _act(request, call: Call, form_class: type, act: Callable, words: Words):
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act(call, **form.cleaned_data, by=request.user)
        messages.success(request, words.done)
        return redirect(office.call_path(call))
    context = {"crumbs": crumbs_of(call, Crumb(words.heading)), "call": call, "form": form, "words": words}
    return render(request, "admissions/office/act.html", context | {"back": office.call_path(call)})


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_publish(request, call):
    return _act(request, call, NothingForm, actions.publish_call, PUBLISH)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_close(request, call):
    return _act(request, call, ReasonForm, actions.close_call, CLOSE)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_deadline(request, call):
    return _act(request, call, DeadlineForm, actions.move_deadline, EXTEND)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_cancel(request, call):
    return _act(request, call, CancelForm, actions.cancel_call, CANCEL)


@guard(may_manage_call, of=calls_visible_to)
@require_http_methods(FORM_METHODS)
def call_end(request, call):
    return _act(request, call, NothingForm, actions.end_call, END)
