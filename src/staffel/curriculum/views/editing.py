from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from staffel.accounts.queries.audit import history_of
from staffel.base.guard import guard, reads_only
from staffel.base.rules import RuleBroken
from staffel.curriculum import comparison_words, permissions
from staffel.curriculum.actions import errands, loading, receiving, release
from staffel.curriculum.core.changes import change_log
from staffel.curriculum.exports import packages
from staffel.curriculum.forms import BackForm, LoseForm, NothingForm, NumberForm
from staffel.curriculum.models import Errand, Version
from staffel.curriculum.pages import draft as words
from staffel.curriculum.pages import received
from staffel.curriculum.pages.room import crumbs_of, private_archive
from staffel.curriculum.queries import editing
from staffel.curriculum.queries.editing import ROOM, errand_path, version_path
from staffel.curriculum.queries.merging import base_for
from staffel.curriculum.queries.office import comparison_with_base, others_who_release, proposal_for
from staffel.curriculum.queries.releases import release_facts
from staffel.curriculum.queries.sizes import is_long
from staffel.curriculum.queries.versions import version_path as public_path
from staffel.curriculum.words import groups
from staffel.ui.parts import Crumb

FORM_METHODS = ["GET", "HEAD", "POST"]
IN_WORK = (Version.State.DRAFT, Version.State.REVIEW)


@guard(permissions.may_edit)
@reads_only
def programmes(request):
    room = editing.room(request.user)
    context = {"crumbs": [Crumb(_("Start"), "/"), Crumb(_("Programme"))], "room": room}
    return render(request, "curriculum/editing/programmes.html", context)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def version(request, version):
    if version.state == Version.State.RELEASED:
        return redirect(public_path(version.programme.key, version.number))
    return _draft(request, version) if version.state in IN_WORK else _received(request, version)


def _draft(request, version):
    found = comparison_with_base(version)
    log = change_log(found[1]) if found else None
    proposal = proposal_for(version, found)
    context = {
        "crumbs": crumbs_of(None, Crumb(f"{version.title} {version.number}")),
        "version": version,
        "here": version_path(version),
        "facts": words.facts_of_draft(version, editing.size_of(version)),
        "number": words.number_words(version, proposal),
        "in_review": version.state == Version.State.REVIEW,
        "submitted_by_me": version.submitted_by_id == request.user.pk,
        "alone": version.state == Version.State.DRAFT and not others_who_release(request.user).exists(),
        "merge": permissions.merges_visible_to(request.user).filter(draft=version).first(),
        "base": words.base_words(found[0]) if found else "",
        "log": log,
        # What is new was written for the version before, and nobody wrote it anew.
        "old_notes": bool(log and log.text) and found[0].notes == version.notes,
        "history": history_of(version),
    }
    if context["merge"]:
        context["merge_path"] = editing.merge_path(context["merge"])
    return render(request, "curriculum/editing/draft.html", context)


def _received(request, version):
    facts = release_facts(version)
    base = base_for(version)
    context = {
        "crumbs": crumbs_of(None, Crumb(f"{version.title} {version.number}")),
        "version": version,
        "here": version_path(version),
        "facts": received.facts_of_received(version, editing.size_of(version), facts),
        "package": facts,
        "groups": groups(version.signed_with),
        "base": base,
        "newer_than_base": base is not None and editing.is_newer(version, base),
        "work": Version.objects.filter(programme=version.programme, state__in=IN_WORK).first(),
        "history": history_of(version),
    }
    return render(request, "curriculum/editing/received.html", context)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def version_comparison(request, version):
    found = comparison_with_base(version)
    address = f"{version_path(version)}vergleich/"
    page = request.GET.get("seite", "1")
    context = {
        "crumbs": crumbs_of(version, Crumb(_("Vergleich"))),
        "heading": _("Was sich geändert hat"),
        "between": words.base_words(found[0]) if found else "",
        "comparison": comparison_words.view_of(found[1], page=page, address=address) if found else None,
        "back": version_path(version),
    }
    return render(request, "curriculum/editing/comparison.html", context)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def version_folder(request, version):
    return private_archive(partial(packages.folder_zip, version), packages.folder_name(version))


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@reads_only
def version_package(request, version):
    return private_archive(partial(packages.package_zip, version), packages.package_name(version))


# Acts -------------------------------------------------------------------------------------------------------------------


class Words(NamedTuple):
    """What the page of an act says: heading, what happens, the button, and what is said when it is done."""

    heading: str
    sentence: str
    button: str
    done: str


RELEASE = Words(
    gettext_lazy("Version freigeben"),
    gettext_lazy(
        "Die Version steht dann öffentlich im Netz, mit Ihrem Paket zum Weitergeben. Sie bekommt die Signatur Ihrer "
        "Organisation und ändert sich nie mehr; Neues bekommt eine neue Nummer."
    ),
    gettext_lazy("Freigeben"),
    gettext_lazy("Die Version ist freigegeben und signiert."),
)
BACK = Words(
    gettext_lazy("Zurück in den Entwurf"),
    gettext_lazy("Die Version wird wieder ein Entwurf und lässt sich ändern. Verloren geht nichts."),
    gettext_lazy("Zurückgeben"),
    gettext_lazy("Die Version ist wieder ein Entwurf."),
)
DISCARD = Words(
    gettext_lazy("Entwurf verwerfen"),
    gettext_lazy(
        "Der Entwurf mit allen seinen Texten und Materialien wird gelöscht, auch eine offene Zusammenführung. Freigegebene und "
        "übernommene Versionen bleiben. Wollen Sie ihn behalten, laden Sie ihn vorher als Ordner herunter."
    ),
    gettext_lazy("Endgültig verwerfen"),
    gettext_lazy("Der Entwurf ist verworfen."),
)
ADOPT = Words(
    gettext_lazy("Als Entwurf übernehmen"),
    gettext_lazy(
        "Es entsteht ein eigener Entwurf mit demselben Inhalt. Sie können ihn ändern oder unverändert freigeben. Woher er "
        "kommt, steht in jedem Paket, das Sie daraus machen."
    ),
    gettext_lazy("Entwurf anlegen"),
    gettext_lazy("Der Entwurf ist angelegt."),
)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_POST
def version_submit(request, version):
    release.submit(version, by=request.user)
    messages.success(request, _("Die Version ist zur Prüfung gegeben. Freigeben kann sie jemand anderes aus Ihrem Büro."))
    return redirect(version_path(version))


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_http_methods(FORM_METHODS)
def version_release(request, version):
    form = NothingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_long(version):
            return _begin(request, Errand.Act.RELEASE, version)
        release.release(version, by=request.user)
        messages.success(request, RELEASE.done)
        return redirect(public_path(version.programme.key, version.number))
    return _act(request, version, form, RELEASE)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_http_methods(FORM_METHODS)
def version_back(request, version):
    form = BackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        release.withdraw(version, by=request.user, **form.cleaned_data)
        messages.success(request, BACK.done)
        return redirect(version_path(version))
    return _act(request, version, form, BACK)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_http_methods(FORM_METHODS)
def version_discard(request, version):
    form = LoseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        loading.discard_draft(version, by=request.user)
        messages.success(request, DISCARD.done)
        return redirect(ROOM)
    lost = received.size_words(editing.size_of(version))
    return _act(request, version, form, DISCARD, lost=lost)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_http_methods(FORM_METHODS)
def version_adopt(request, version):
    form = NothingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if is_long(version):
            return _begin(request, Errand.Act.ADOPT, version)
        made = receiving.adopt(version, by=request.user)
        messages.success(request, ADOPT.done)
        return redirect(version_path(made))
    return _act(request, version, form, ADOPT)


@guard(permissions.may_edit_this, of=permissions.versions_visible_to)
@require_http_methods(FORM_METHODS)
def version_number(request, version):
    proposal = proposal_for(version)
    number = version.number if proposal.fits else proposal.number
    form = NumberForm(request.POST if request.method == "POST" else None, initial={"number": number, "notes": version.notes})
    if request.method == "POST" and form.is_valid():
        try:
            release.renumber(version, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("number", _(broken.rule.sentence) % broken.values)
        else:
            messages.success(request, _("Nummer und Neuigkeiten sind gespeichert."))
            return redirect(version_path(version))
    context = {
        "crumbs": crumbs_of(version, Crumb(_("Nummer und Neuigkeiten"))),
        "version": version,
        "form": form,
        "number": words.number_words(version, proposal),
        "back": version_path(version),
    }
    return render(request, "curriculum/editing/number.html", context, status=422 if form.errors else 200)


def _begin(request, act, version):
    title = f"{version.title or version.programme.title} {version.number}"
    return redirect(errand_path(errands.begin(act, version, title, by=request.user)))


def _act(request, version, form, said, *, lost=""):
    context = {
        "crumbs": crumbs_of(version, Crumb(said.heading)),
        "version": version,
        "form": form,
        "words": said,
        "lost": lost,
        "back": version_path(version),
    }
    return render(request, "curriculum/editing/act.html", context, status=422 if form.errors else 200)
