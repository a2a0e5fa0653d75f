"""What allauth asks of us: letters through our outbox, German sentences, a record of each sign-in, no account by itself."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from staffel.accounts.actions.letters import post
from staffel.accounts.actions.sign_ins import note_sign_in, note_sign_out
from staffel.accounts.core.devices import device_in_words
from staffel.accounts.models import Person
from staffel.base.addresses import absolute
from staffel.base.boxes import box
from staffel.base.public_id import new_public_id


class SignInAdapter(DefaultAccountAdapter):
    """Posts the code as a letter, and notes each sign-in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": _("Dieser Code ist es nicht. Bitte vergleichen Sie ihn mit der neuesten Mail."),
        "too_many_login_attempts": _("Das waren viele Versuche in kurzer Zeit. Bitte warten Sie fünf Minuten."),
        "rate_limited": _("Das waren viele Versuche in kurzer Zeit. Bitte warten Sie fünf Minuten."),
    }

    def send_mail(self, template_prefix, email, context):
        if template_prefix != "account/email/login_code":
            raise NotImplementedError(f"no letter is written for {template_prefix}")
        person = Person.objects.get(email__iexact=email)
        code = context["code"]
        post(
            "accounts.sign_in_code",
            event=f"accounts.sign_in_code:{new_public_id()}",
            to=(person.name, person.email),
            subject=gettext("Ihr Code für die Anmeldung"),
            sentences=[
                gettext("Ihr Code für die Anmeldung bei Staffel lautet %(code)s. Er gilt 15 Minuten.") % {"code": code},
                gettext("Geben Sie ihn dort ein, wo Sie ihn angefordert haben, oder öffnen Sie die Seite hier:"),
            ],
            button=(gettext("Seite zur Anmeldung öffnen"), absolute(code_address(code))),
            after=[gettext("Sie haben keinen Code angefordert? Dann brauchen Sie nichts zu tun. Geben Sie ihn nicht weiter.")],
            confidential=True,
        )

    def add_message(self, request, level, *template_and_context, message=None, extra_tags="", **kwargs):
        if message:
            super().add_message(request, level, message=message, extra_tags=extra_tags)

    def send_notification_mail(self, *args, **kwargs):
        """Our own actions write these letters."""

    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        way = way_in_words(get_authentication_records(request, user))
        if request.user.is_authenticated:
            note_sign_out(request.session.session_key)
        super().login(request, user)
        note_sign_in(
            user,
            session=request.session,
            device=device_in_words(request.headers.get("User-Agent", "")),
            way=way,
        )

    def respond_user_inactive(self, request, user):
        clear_login(request)
        messages.warning(request, gettext("Dieses Konto ist geschlossen. Fragen Sie bei Ihrer Programmkoordination nach."))
        return redirect("accounts:sign_in")


def code_address(code: str) -> str:
    """Return the path of the page where a code is typed, with ``code`` filled in; opening it signs nobody in."""
    return f"{reverse('accounts:sign_in_code')}?{urlencode({'code': code})}"


def way_in_words(records: list[dict]) -> str:
    """Return how a person proved who they are, from what allauth noted in their session."""
    methods = {record["method"] for record in records}
    if any(record.get("passwordless") for record in records):
        return gettext("Passkey")
    if "example" in methods:
        return gettext("Anmelden als …")
    first = settings.OIDC_NAME if "socialaccount" in methods else gettext("Code per E-Mail")
    return gettext("%(first)s und zweiter Nachweis") % {"first": first} if "mfa" in methods else first


SECOND_PROOF = "staffel.accounts.second-proof"


class ProofAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second proofs encrypted, under a key derived from the secret of the instance."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Das hat nicht gestimmt. Bitte versuchen Sie es noch einmal."),
        "cannot_generate_recovery_codes": _("Ersatzcodes gibt es, sobald ein zweiter Nachweis eingerichtet ist."),
    }

    def encrypt(self, text):
        return box(SECOND_PROOF).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return box(SECOND_PROOF).decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user, type):  # noqa: A002 - allauth's name
        return gettext("Passkey")


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """Finds the account by the verified e-mail that the provider names, and never makes one."""

    def authenticate_by_email(self, sociallogin):
        for address in sociallogin.email_addresses:
            person = Person.objects.filter(email__iexact=address.email).first() if address.verified is True else None
            if person:
                return person, person.email
        return None

    def is_open_for_signup(self, request, sociallogin):
        messages.warning(
            request,
            gettext(
                "Zu diesem %(provider)s gibt es hier kein Konto mit derselben, bestätigten E-Mail-Adresse. "
                "Konten entstehen durch eine Einladung oder einen Platz."
            )
            % {"provider": settings.OIDC_NAME},
        )
        raise ImmediateHttpResponse(redirect("accounts:sign_in"))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        messages.warning(request, gettext("Die Anmeldung ist dort nicht zu Ende gekommen. Bitte beginnen Sie noch einmal."))
        raise ImmediateHttpResponse(redirect("accounts:sign_in"))
