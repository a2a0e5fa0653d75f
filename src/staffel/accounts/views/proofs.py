import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffel.accounts.actions import proofs
from staffel.accounts.core.roles import Role
from staffel.accounts.forms import AppForm, ConfirmCodeForm, PasskeyForm, as_json
from staffel.accounts.permissions import signed_in
from staffel.accounts.queries.people import proofs_of
from staffel.accounts.sign_in import freshly_proven, note_fresh_proof, way_on
from staffel.accounts.views.sign_in import GET_OR_POST
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb


def _crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(gettext("Mein Konto"), "/konto/"), Crumb(gettext("Zweiter Nachweis"), "/konto/anmeldung/"), *further]


@guard(signed_in)
@never_cache
@reads_only
def index(request):
    held = proofs_of(request.user)
    demanded = any(Role(one.role).sees_people for one in request.user.held)
    context = {
        "crumbs": [Crumb(gettext("Mein Konto"), "/konto/"), Crumb(gettext("Zweiter Nachweis"))],
        "proofs": held,
        "demanded": demanded,
        "missing": demanded and not request.user.proven,
    }
    return render(request, "accounts/proofs.html", context)


@guard(signed_in)
@never_cache
@GET_OR_POST
def confirm(request):
    if not proofs_of(request.user).any:
        return redirect("accounts:proofs")
    form, passkey_form = ConfirmCodeForm(user=request.user), ReauthenticateWebAuthnForm(user=request.user)
    if "credential" in request.POST:
        sent = passkey_form = ReauthenticateWebAuthnForm(request.POST, user=request.user)
    elif request.method == "POST":
        sent = form = ConfirmCodeForm(request.POST, user=request.user)
    if request.method == "POST" and sent.is_valid():
        proofs.use_proof(sent)
        return redirect(way_on(request) or "accounts:proofs")
    options = as_json(passkeys.begin_authentication(request.user)) if proofs_of(request.user).passkeys else ""
    context = {"form": form, "passkey_form": passkey_form, "options": options, "wanted": way_on(request)}
    return render(request, "accounts/confirm.html", context | {"crumbs": _crumbs(Crumb(gettext("Bestätigen")))})


@guard(signed_in)
@never_cache
@GET_OR_POST
@freshly_proven
def add_passkey(request):
    form = PasskeyForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = proofs.add_passkey(request.user, name=form.cleaned_data["name"], credential=form.cleaned_data["credential"])
        note_fresh_proof(request, made)
        messages.success(request, gettext("Der Passkey ist eingerichtet. Bewahren Sie die Ersatzcodes gut auf."))
        return redirect("accounts:codes")
    options = as_json(passkeys.begin_registration(request.user, passwordless=True))
    context = {"form": form, "options": options, "crumbs": _crumbs(Crumb(gettext("Passkey einrichten")))}
    return render(request, "accounts/add_passkey.html", context)


@guard(signed_in)
@never_cache
@GET_OR_POST
@freshly_proven
def add_app(request):
    form = AppForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = proofs.add_app(request.user, secret=form.secret)
        clear_totp_secret(request)
        note_fresh_proof(request, made)
        messages.success(request, gettext("Die Code-App ist eingerichtet. Bewahren Sie die Ersatzcodes gut auf."))
        return redirect("accounts:codes")
    address = get_adapter().build_totp_url(request.user, form.secret)
    context = {
        "form": form,
        "address": address,
        "picture": segno.make(address, micro=False).svg_data_uri(scale=5, border=2, light="#fff"),
        "secret": " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4)),
        "crumbs": _crumbs(Crumb(gettext("Code-App einrichten"))),
    }
    return render(request, "accounts/add_app.html", context)


@guard(signed_in)
@never_cache
@GET_OR_POST
@freshly_proven
def remove(request, pk):
    strong = Authenticator.objects.filter(user=request.user, type__in=proofs.STRONG)
    proof = get_object_or_404(strong, pk=pk)
    if request.method == "POST":
        proofs.remove_proof(request.user, proof)
        messages.success(request, gettext("Der zweite Nachweis ist entfernt."))
        return redirect("accounts:proofs")
    context = {
        "name": proof.data.get("name", gettext("Code-App")),
        "last": strong.count() == 1,
        "crumbs": _crumbs(Crumb(gettext("Entfernen"))),
    }
    return render(request, "accounts/remove_proof.html", context)


@guard(signed_in)
@never_cache
@reads_only
@freshly_proven
def codes(request):
    found = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None:
        return redirect("accounts:proofs")
    context = {"codes": found.wrap().get_unused_codes(), "crumbs": _crumbs(Crumb(gettext("Ersatzcodes")))}
    return render(request, "accounts/codes.html", context | {"after": settings.LOGIN_REDIRECT_URL})


@guard(signed_in)
@require_POST
@freshly_proven
def renew_codes(request):
    if proofs_of(request.user).any:
        proofs.renew_codes(request.user)
        messages.success(request, gettext("Das sind Ihre neuen Ersatzcodes. Die alten gelten nicht mehr."))
    return redirect("accounts:codes")
