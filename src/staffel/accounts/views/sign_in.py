from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from requests import RequestException

from staffel.accounts.actions.proofs import use_proof
from staffel.accounts.actions.sign_ins import note_sign_out
from staffel.accounts.forms import EmailForm, MailCodeForm, ProofCodeForm, as_json
from staffel.accounts.permissions import signed_in
from staffel.accounts.queries.people import proofs_of
from staffel.accounts.sign_in import NEXT, begin_code, code_process, second_step, way_on
from staffel.base.guard import guard, public

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])
PROVIDER = "dienst"


@public("signing in comes before the account")
@never_cache
@GET_OR_POST
def sign_in(request):
    if request.user.is_authenticated:
        return redirect(way_on(request) or settings.LOGIN_REDIRECT_URL)
    form = EmailForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if _counted(request, email):
            begin_code(request, email, way_on(request))
            return redirect("accounts:sign_in_code")
        form.add_error(None, get_adapter().error_messages["rate_limited"])
        status = 429
    provider = settings.OIDC_NAME if settings.OIDC_SERVER else ""
    context = {"form": form, "wanted": way_on(request), "provider": provider, "provider_id": PROVIDER}
    return render(request, "accounts/sign_in.html", context, status=status)


def _counted(request, email: str) -> bool:
    """Whether this visitor, and whoever asks for codes to this address, is still within the limits."""
    return bool(
        ratelimit.consume(request, action="login")
        and ratelimit.consume(request, action="request_login_code", key=email.lower())
    )


@public("the code shows who someone is")
@never_cache
@GET_OR_POST
def sign_in_code(request):
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    process = code_process(request)
    if process is None:
        messages.info(request, gettext("Hier wartet kein Code. Er gilt 15 Minuten und nur dort, wo er angefordert wurde."))
        return redirect("accounts:sign_in")
    form = MailCodeForm(request.POST or None, code=process.code, initial={"code": request.GET.get("code", "")})
    if request.method == "POST":
        if form.is_valid():
            return process.finish(process.state.get(NEXT) or None)
        if not process.record_invalid_attempt():
            messages.warning(request, gettext("Der Code war dreimal falsch. Bitte fordern Sie einen neuen an."))
            return redirect("accounts:sign_in")
    context = {"form": form, "email": process.state["email"], "can_resend": process.can_resend}
    return render(request, "accounts/sign_in_code.html", context)


@public("the code shows who someone is")
@require_POST
def resend_code(request):
    process = code_process(request)
    if process and process.can_resend:
        process.resend()
        messages.success(request, gettext("Ein neuer Code ist unterwegs. Der alte gilt nicht mehr."))
    return redirect("accounts:sign_in_code")


@public("the second proof shows who someone is")
@never_cache
@GET_OR_POST
def second_proof(request):
    stage = None if request.user.is_authenticated else second_step(request)
    if stage is None:
        return redirect("accounts:sign_in")
    person = stage.login.user
    code_form, passkey_form = ProofCodeForm(user=person), AuthenticateWebAuthnForm(user=person)
    if "credential" in request.POST:
        sent = passkey_form = AuthenticateWebAuthnForm(request.POST, user=person)
    elif request.method == "POST":
        sent = code_form = ProofCodeForm(request.POST, user=person)
    if request.method == "POST" and sent.is_valid():
        use_proof(sent)
        return stage.exit()
    options = as_json(passkeys.begin_authentication(person)) if proofs_of(person).passkeys else ""
    context = {"form": code_form, "passkey_form": passkey_form, "options": options}
    return render(request, "accounts/second_proof.html", context)


@public("signing in comes before the account")
@never_cache
@GET_OR_POST
def passkey(request):
    if request.method != "POST":
        return JsonResponse(passkeys.begin_authentication(), json_dumps_params={"default": dict}, encoder=None)
    form = LoginWebAuthnForm(request.POST)
    if not ratelimit.consume(request, action="login") or not form.is_valid():
        messages.warning(request, gettext("Dieser Passkey gehört zu keinem Konto hier. Nehmen Sie Ihre E-Mail-Adresse."))
        return redirect("accounts:sign_in")
    authenticator = form.cleaned_data["credential"]
    login = Login(user=authenticator.user, redirect_url=way_on(request) or None)
    return perform_passwordless_login(request, authenticator, login)


@public("signing in comes before the account")
@require_POST
def provider_start(request, provider_id):
    if not settings.OIDC_SERVER or provider_id != PROVIDER:
        raise Http404
    try:
        return OAuth2LoginView.adapter_view(OpenIDConnectOAuth2Adapter(request, provider_id))(request)
    except RequestException:
        messages.warning(request, gettext("Der Dienst antwortet gerade nicht. Nehmen Sie Ihre E-Mail-Adresse."))
        return redirect("accounts:sign_in")


@public("the provider says who someone is")
@never_cache
@require_http_methods(["GET"])
def provider_back(request, provider_id):
    if not settings.OIDC_SERVER or provider_id != PROVIDER:
        raise Http404
    return OAuth2CallbackView.adapter_view(OpenIDConnectOAuth2Adapter(request, provider_id))(request)


@guard(signed_in)
@require_POST
def sign_out(request):
    note_sign_out(request.session.session_key)
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)
