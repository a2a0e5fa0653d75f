from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from staffel.base.guard import guard, reads_only
from staffel.base.rules import RuleBroken
from staffel.curriculum import permissions
from staffel.curriculum.actions import keys as actions
from staffel.curriculum.core.package import signing
from staffel.curriculum.forms import OwnKeyForm, PublisherKeyForm, ReasonForm, TrustForm
from staffel.curriculum.queries import trust
from staffel.curriculum.words import groups
from staffel.ui.parts import Crumb
from staffel.ui.tables import private_file

KEYS = "/buero/programme/schluessel/"
FORM_METHODS = ["GET", "HEAD", "POST"]


def _crumbs(*last: str) -> list[Crumb]:
    first = [Crumb(_("Start"), "/"), Crumb(_("Programme"), "/buero/programme/")]
    return [*first, Crumb(_("Schlüssel und Vertrauen"), KEYS if last else ""), *map(Crumb, last)]


@guard(permissions.may_edit)
@reads_only
def keys(request):
    own = trust.own_keys(request.user.acting.organisation)
    known = trust.publisher_keys()
    context = {
        "crumbs": _crumbs(),
        "organisation": request.user.acting.organisation,
        "own": own.active,
        "may_manage": permissions.may_manage_keys(request.user),
        "own_groups": groups(own.active.fingerprint) if own.active else (),
        "earlier": [(key, groups(key.fingerprint)) for key in own.earlier],
        "publishers": [(publisher, [(key, groups(key.fingerprint)) for key in held]) for publisher, held in known],
    }
    return render(request, "curriculum/editing/keys.html", context)


@guard(permissions.may_edit_this, of=permissions.keys_visible_to)
@reads_only
def own_pem(request, key):
    return _pem(key.public_key, f"schluessel-{key.fingerprint[:16]}.pem")


@guard(permissions.may_edit_this, of=permissions.publisher_keys_visible_to)
@reads_only
def publisher_pem(request, key):
    return _pem(key.public_key, f"herausgeber-{key.fingerprint[:16]}.pem")


def _pem(public_key: str, name: str) -> HttpResponse:
    return private_file(signing.to_pem(bytes.fromhex(public_key)), name=name, content_type="application/x-pem-file")


class Words(NamedTuple):
    """What the page of an act says: heading, what happens, the button, and what is said when it is done."""

    heading: str
    sentence: str
    button: str
    done: str


ROTATE = Words(
    gettext_lazy("Schlüssel wechseln"),
    gettext_lazy(
        "Staffel erzeugt einen neuen Schlüssel, und der bisherige unterschreibt, dass dieser ihm folgt. Die Erklärung reist in "
        "jedem Paket mit: Wer dem bisherigen vertraut, muss nichts tun. Was schon herausgegeben ist, bleibt gültig."
    ),
    gettext_lazy("Schlüssel wechseln"),
    gettext_lazy("Ab jetzt signiert der neue Schlüssel. Wer dem alten vertraut, vertraut auch ihm."),
)
REVOKE = Words(
    gettext_lazy("Schlüssel sperren"),
    gettext_lazy(
        "Sperren Sie den Schlüssel nur, wenn ihn jemand anderes haben könnte. Der private Teil wird gelöscht. Bei der nächsten "
        "Freigabe entsteht ein neuer, den noch niemand kennt: Alle, die Pakete bekommen, müssen seinen Fingerabdruck neu "
        "vergleichen. Sagen Sie ihnen auch, dass sie den alten sperren sollen; von selbst erfahren sie es nicht."
    ),
    gettext_lazy("Endgültig sperren"),
    gettext_lazy("Der Schlüssel ist gesperrt. Bitte sagen Sie jetzt allen Bescheid, die Pakete von Ihnen haben."),
)
RETIRE_THEIRS = Words(
    gettext_lazy("Schlüssel ablösen"),
    gettext_lazy(
        "Neue Pakete mit diesem Schlüssel werden dann nicht mehr ohne Frage übernommen. Was schon übernommen ist, bleibt. Sie "
        "können ihm später wieder vertrauen."
    ),
    gettext_lazy("Ablösen"),
    gettext_lazy("Pakete mit diesem Schlüssel werden nicht mehr ohne Frage übernommen."),
)
REVOKE_THEIRS = Words(
    gettext_lazy("Schlüssel sperren"),
    gettext_lazy(
        "Sperren Sie den Schlüssel, wenn der Herausgeber es Ihnen sagt oder ihn jemand anderes haben könnte. Kein Paket mit "
        "ihm wird mehr angenommen, auch kein altes, und Schlüssel, die ihm folgten, werden abgelöst. Das lässt sich nicht "
        "zurücknehmen; was schon übernommen ist, bleibt."
    ),
    gettext_lazy("Endgültig sperren"),
    gettext_lazy("Der Schlüssel ist gesperrt. Kein Paket mit ihm wird angenommen."),
)


# Our own ----------------------------------------------------------------------------------------------------------------


@guard(permissions.may_manage_keys)
@require_POST
def key_new(request):
    actions.make_key(request.user.acting.organisation, by=request.user)
    messages.success(request, _("Der Schlüssel ist erzeugt. Geben Sie den Fingerabdruck an alle weiter, die Pakete bekommen."))
    return redirect(KEYS)


@guard(permissions.may_manage_keys)
@require_http_methods(FORM_METHODS)
def key_rotate(request):
    form = OwnKeyForm(request.POST if request.method == "POST" else None)
    return _act_on_own(request, form, ROTATE, lambda own, sure, by: actions.rotate_key(own, by=by))


@guard(permissions.may_manage_keys)
@require_http_methods(FORM_METHODS)
def key_revoke(request):
    return _act_on_own(request, ReasonForm(request.POST if request.method == "POST" else None), REVOKE, actions.revoke_key)


def _act_on_own(request, form, words, act):
    organisation = request.user.acting.organisation
    if request.method == "POST" and form.is_valid():
        act(organisation, **form.cleaned_data, by=request.user)
        messages.success(request, words.done)
        return redirect(KEYS)
    own = trust.own_keys(organisation).active
    return _act_page(request, form, words, organisation.name, own)


def _act_page(request, form, words, owner, key):
    context = {
        "crumbs": _crumbs(words.heading),
        "form": form,
        "words": words,
        "owner": owner,
        "groups": groups(key.fingerprint) if key else (),
        "back": KEYS,
    }
    return render(request, "curriculum/editing/key_act.html", context, status=422 if form.errors else 200)


# Those of others --------------------------------------------------------------------------------------------------------


@guard(permissions.may_edit)
@require_http_methods(FORM_METHODS)
def publisher_new(request):
    """Ask for name and key first, then show the fingerprint that is to be compared."""
    form = PublisherKeyForm(request.POST if request.method == "POST" else None)
    compared = TrustForm(request.POST if "where" in request.POST else None)
    public = _read(form) if request.method == "POST" and form.is_valid() else None
    if public and compared.is_valid():
        try:
            actions.trust(form.cleaned_data["name"], public.hex(), compared.cleaned_data["where"], by=request.user)
        except RuleBroken as broken:
            form.add_error(None, _(broken.rule.sentence) % broken.values)
        else:
            messages.success(request, _("„%(name)s“ ist aufgenommen.") % {"name": form.cleaned_data["name"]})
            return redirect(KEYS)
    context = {
        "crumbs": _crumbs(_("Herausgeber aufnehmen")),
        "form": form,
        "compared": compared if public and not form.errors else None,
        "groups": groups(signing.fingerprint(public)) if public else (),
        "back": KEYS,
    }
    status = 422 if form.errors or (public and compared.errors) else 200
    return render(request, "curriculum/editing/publisher_new.html", context, status=status)


def _read(form) -> bytes | None:
    try:
        return actions.read_public_key(form.cleaned_data["pem"])
    except RuleBroken as broken:
        form.add_error("pem", _(broken.rule.sentence))
        return None


@guard(permissions.may_edit_this, of=permissions.publisher_keys_visible_to)
@require_http_methods(FORM_METHODS)
def publisher_retire(request, key):
    return _act_on_theirs(request, key, RETIRE_THEIRS, actions.retire)


@guard(permissions.may_edit_this, of=permissions.publisher_keys_visible_to)
@require_http_methods(FORM_METHODS)
def publisher_revoke(request, key):
    return _act_on_theirs(request, key, REVOKE_THEIRS, actions.revoke)


def _act_on_theirs(request, key, words, act):
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        act(key, **form.cleaned_data, by=request.user)
        messages.success(request, words.done)
        return redirect(KEYS)
    return _act_page(request, form, words, key.publisher.name, key)
