from allauth.core import ratelimit
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.admissions.actions import applications as actions
from staffel.admissions.actions import release as release_actions
from staffel.admissions.actions.links import offer_link
from staffel.admissions.core import rules
from staffel.admissions.core.phases import Phase, phase_of
from staffel.admissions.core.steps import Step
from staffel.admissions.forms.apply import FORMS, LinkAgainForm, StartForm, SubmitForm, SupervisorForm
from staffel.admissions.models import Application
from staffel.admissions.queries import applications as queries
from staffel.admissions.queries import bodies, calls_public
from staffel.base.guard import guard_link, public, reads_only
from staffel.base.rules import RuleBroken
from staffel.ui.parts import Crumb

BY_LINK = guard_link("admissions.application", of=queries.by_link)
START = Crumb("Start", "/")
CALLS = Crumb("Ausschreibungen", "/ausschreibungen/")
DRAFT = Application.State.DRAFT
forms_taken = require_http_methods(["GET", "HEAD", "POST"])


# Begin ------------------------------------------------------------------------------------------------------------------


@public("whoever applies has no account")
@forms_taken
def start(request, public_id):
    call = calls_public.call_for_application(public_id)
    if call is None:
        raise Http404
    form = StartForm(request.POST or None)
    context = {"against": []}
    if form.is_valid():
        email, place = form.cleaned_data["email"], form.cleaned_data["ort"]
        try:
            _count(request, "application", email)
            _application, token = actions.start_application(call, email=email, municipality=place)
        except RuleBroken as refusal:
            context["against"] = _told(refusal, form, call, ("ort", place, None))
        else:
            return redirect("admissions:application", token=token)
    context |= _start_words(call, _("Bewerben"))
    return render(request, "admissions/apply/start.html", context | {"form": form})


def _count(request, act: str, email: str) -> None:
    """Count one more letter by this visitor and to this address. Raises RuleBroken ADM-17 if there were many lately."""
    if not ratelimit.consume(request, action=act, key=email.lower()):
        raise RuleBroken(rules.LETTERS_PACE, f"many letters by {act}")


def _say(refusal: RuleBroken, form, *said) -> None:
    """Say a refusal at the form, with all that was typed, if its rule is one of ``said``; else raise it."""
    if refusal.rule not in said:
        raise refusal
    form.add_error(None, _(refusal.rule.sentence) % refusal.values if refusal.values else _(refusal.rule.sentence))


def _start_words(call, here: str) -> dict:
    now = timezone.now()
    phase = phase_of(call.state, call.opens_at, call.closes_at, now)
    path = f"/ausschreibungen/{call.public_id}/"
    return {
        "crumbs": [START, CALLS, Crumb(call.title, path), Crumb(here)],
        "call": call,
        "call_path": path,
        "is_open": phase is Phase.OPEN,
        "deadline": calls_public.deadline_words(call, phase),
        "left": calls_public.left_words(call, phase, now),
    }


def _told(refusal: RuleBroken, form, call, places) -> list:
    """Put the refusal to the last place of the form, and return what speaks against the bodies, each with its rule."""
    field, place, partner = places
    if refusal.rule is rules.LETTERS_PACE:
        form.add_error(None, _(refusal.rule.sentence))
        return []
    if refusal.rule not in (rules.ELIGIBLE, rules.ONE_PER_BODY, rules.TWO_DIFFERENT, rules.FEW_DRAFTS):
        raise refusal
    if refusal.rule is rules.ELIGIBLE:
        form.add_error(field, _("Bitte wählen Sie eine andere Kommune."))
        against = bodies.eligibility(call, place, partner).against
        return [(bodies.reason_words(reason), reason.rule) for reason in against]
    form.add_error(field, _(refusal.rule.sentence) % refusal.values if refusal.values else _(refusal.rule.sentence))
    return []


@public("whoever lost the link has no account")
@forms_taken
def link_again(request, public_id):
    call = calls_public.call_for_application(public_id)
    if call is None:
        raise Http404
    form = LinkAgainForm(request.POST or None)
    if form.is_valid():
        try:
            _count(request, "application_links", form.cleaned_data["email"])
        except RuleBroken as refusal:
            _say(refusal, form, rules.LETTERS_PACE)
        else:
            actions.send_links(call, form.cleaned_data["email"])
            return redirect(f"{request.path}?unterwegs=ja")
    context = _start_words(call, _("Link noch einmal schicken"))
    context |= {"form": form, "sent": "unterwegs" in request.GET}
    return render(request, "admissions/apply/link_again.html", context)


# The draft, and the state afterwards ------------------------------------------------------------------------------------


@BY_LINK
@reads_only
def application(request, application, token):
    base = f"/bewerbung/{token}/"
    context = _frame(application, base)
    if application.state == DRAFT:
        context["draft"] = queries.draft_page(application, base, timezone.now())
        return render(request, "admissions/apply/draft.html", context)
    newest = queries.newest_release(application)
    context |= {
        "status": queries.status(application, newest),
        "summary": queries.summary(application, base),
        "baseline": queries.baseline_lines(application),
    }
    return render(request, "admissions/apply/status.html", context)


def _frame(application, base: str, here: str = "") -> dict:
    mine = Crumb(_("Ihre Bewerbung"), base if here else "")
    return {
        "crumbs": [START, mine, Crumb(here)] if here else [START, mine],
        "application": application,
        "base": base,
        "call_path": f"/ausschreibungen/{application.call.public_id}/",
    }


@BY_LINK
@forms_taken
def step(request, application, token, step):
    base = f"/bewerbung/{token}/"
    if request.method != "POST" and application.state != DRAFT:
        return redirect(base)
    was_whole = not queries.steps_open(application)
    form = FORMS[step](request.POST if request.method == "POST" else None, application=application)
    context = _frame(application, base, _(step.label)) | {"against": []}
    if form.is_bound:
        form.is_valid()
        application, context["against"] = _save(application, step, form)
        if "X-Autosave" in request.headers:
            return HttpResponse(queries.saved_words(application), content_type="text/plain; charset=utf-8")
        if form.is_valid():
            return redirect(_next(request, application, step, base, was_whole))
    context |= {"form": form, "saved": queries.saved_words(application), "number": list(Step).index(step) + 1}
    context |= {"was_whole": was_whole, "step": step, "title": _(step.label), "count": len(Step)}
    return render(request, f"admissions/apply/step_{step}.html", context)


def _save(application, step, form):
    """Save what is valid of a step; return the application as it is now, and what speaks against its bodies."""
    values = form.values()
    if step is not Step.PLACE:
        return actions.save_draft(application, values), []
    place, partner = values.get("municipality"), values.get("partner")
    if form.errors:
        return application, []
    try:
        return actions.save_bodies(application, municipality=place, partner=partner), []
    except RuleBroken as refusal:
        places = ("partner" if partner else "municipality", place, partner)
        return application, _told(refusal, form, application.call, places)


def _next(request, application, step, base: str, was_whole: bool) -> str:
    if "spaeter" in request.POST:
        return base
    missing = queries.steps_open(application)
    if was_whole or not missing:
        return f"{base}absenden/"
    later = [one for one in missing if list(Step).index(one) > list(Step).index(step)]
    return f"{base}{(later or missing)[0]}/"


@BY_LINK
@forms_taken
def submit(request, application, token):
    base = f"/bewerbung/{token}/"
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.submit(application, agreed=form.agreed())
        return redirect(base)
    if application.state != DRAFT or queries.steps_open(application):
        return redirect(base)
    context = _frame(application, base, _("Prüfen und absenden")) | {
        "form": form,
        "draft": queries.draft_page(application, base, timezone.now()),
        "summary": queries.summary(application, base),
        "baseline": queries.baseline_lines(application),
    }
    return render(request, "admissions/apply/submit.html", context)


# Afterwards -------------------------------------------------------------------------------------------------------------


@BY_LINK
@forms_taken
def withdraw(request, application, token):
    base = f"/bewerbung/{token}/"
    is_draft = application.state == DRAFT
    if request.method == "POST":
        if is_draft:
            actions.discard_draft(application)
            return redirect(f"/ausschreibungen/{application.call.public_id}/")
        actions.withdraw(application)
        return redirect(base)
    if not is_draft and not queries.is_withdrawable(application):
        return redirect(base)
    here = _("Entwurf löschen") if is_draft else _("Bewerbung zurückziehen")
    return render(request, "admissions/apply/withdraw.html", _frame(application, base, here) | {"is_draft": is_draft})


@BY_LINK
@forms_taken
def ask_again(request, application, token):
    base = f"/bewerbung/{token}/"
    form = SupervisorForm(request.POST if request.method == "POST" else None, application=application)
    if form.is_bound and form.is_valid():
        values = form.values()
        try:
            _count(request, "release", values["supervisor_email"])
            release_actions.ask_release(application, name=values["supervisor_name"], email=values["supervisor_email"])
        except RuleBroken as refusal:
            _say(refusal, form, rules.LETTERS_PACE, rules.FEW_QUESTIONS, rules.ONE_PER_BODY)
        else:
            return redirect(base)
    if not queries.may_ask_again(application):
        return redirect(base)
    newest = queries.newest_release(application)
    context = _frame(application, base, _("Um Freigabe bitten")) | {"form": form, "release": newest}
    return render(request, "admissions/apply/ask_again.html", context)


@BY_LINK
@require_POST
def offer(request, application, token):
    if not queries.has_open_offer(application):
        return redirect(f"/bewerbung/{token}/")
    return redirect(f"/zusage/{offer_link(application.offer)}/")
