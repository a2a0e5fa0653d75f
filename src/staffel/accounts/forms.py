"""What people type to sign in, to prove more, and to invite."""

import json

from allauth.account.forms import ConfirmLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from staffel.accounts.core.roles import Role

_CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"})


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Dienstliche E-Mail-Adresse"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}),
        help_text=_("An diese Adresse schicken wir einen Code. Ein Passwort gibt es nicht."),
    )


class MailCodeForm(ConfirmLoginCodeForm):
    code = forms.CharField(
        label=_("Code aus der Mail"), max_length=20, widget=_CODE, help_text=_("Acht Buchstaben, zum Beispiel BCDF-GHJK.")
    )


class ProofCodeForm(AuthenticateForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=_CODE,
        help_text=_("Sechs Ziffern aus Ihrer Code-App oder einer Ihrer Ersatzcodes."),
    )


class ConfirmCodeForm(ReauthenticateForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=_CODE,
        help_text=_("Sechs Ziffern aus Ihrer Code-App oder einer Ihrer Ersatzcodes."),
    )


class AppForm(ActivateTOTPForm):
    code = forms.CharField(
        label=_("Code aus der App"), max_length=20, widget=_CODE, help_text=_("Die sechs Ziffern, die die App jetzt zeigt.")
    )


class PasskeyForm(AddWebAuthnForm):
    passwordless = None
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("Woran erkennen Sie ihn wieder? Zum Beispiel: Diensthandy."),
    )


def choice_of_roles():
    """Return the roles of an organisation as choices with their German words."""
    return [(str(role), _(role.label)) for role in Role if role is not Role.LAND_COORDINATOR]


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Dienstliche E-Mail-Adresse"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    role = forms.TypedChoiceField(label=_("Rolle"), coerce=Role, choices=choice_of_roles, widget=forms.RadioSelect)


class RemoveRoleForm(forms.Form):
    reason = forms.CharField(
        label=_("Grund"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Der Grund steht im Protokoll, das die Person einsehen kann."),
    )


class RoleForm(forms.Form):
    membership = forms.TypedChoiceField(label=_("Ich handle"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].choices = choices


def as_json(options: dict) -> str:
    """Return what a browser needs for a passkey, for a ``data-`` attribute."""
    return json.dumps(options, default=dict)


class AuditForm(forms.Form):
    """What narrows the audit log down. A value that is not understood is left out and said."""

    q = forms.CharField(label=_("Suche"), max_length=100, required=False, help_text=_("Name, Grund, Handlung oder Kennung."))
    art = forms.ChoiceField(label=_("Bereich"), required=False)
    von = forms.DateField(label=_("Von"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    bis = forms.DateField(label=_("Bis"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    wer = forms.CharField(label=_("Person"), max_length=100, required=False)
    ding = forms.RegexField(r"^[A-Za-z_.]+:[A-Za-z0-9_-]+$", max_length=100, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].choices = [("", _("alle")), *groups]

    def kept(self) -> dict[str, str]:
        """Return what was understood and is not empty, as it stands in an address."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class TextForm(forms.Form):
    markdown = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 20, "class": "st-tall"}),
        help_text=_(
            "Leer: Die Seite zeigt den mitgelieferten Text. Überschriften mit ##, Listen mit -, Links als [Wort](Adresse)."
        ),
    )
    why = forms.CharField(label=_("Warum ändern Sie den Text?"), required=False, max_length=500)


class VideoForm(forms.Form):
    markdown = forms.URLField(
        label=_("Adresse des Videos"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_(
            "Zum Beispiel https://www.beispiel.de/gebaerdensprache. Das Video öffnet sich dort, nicht auf dieser Seite."
        ),
    )
    why = forms.CharField(label=_("Warum ändern Sie die Adresse?"), required=False, max_length=500)


class FeedbackForm(forms.Form):
    kind = forms.ChoiceField(label=_("Worum geht es?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Was ist passiert?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Was wollten Sie tun, was hat Sie gehindert? Bei einer Barriere hilft uns, womit Sie lesen oder bedienen."),
    )
    page = forms.CharField(label=_("Auf welcher Seite?"), required=False, max_length=300)
    email = forms.EmailField(
        label=_("E-Mail-Adresse für die Antwort"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Ohne Adresse lesen wir Ihre Nachricht, können aber nicht antworten."),
    )
    # Nobody sees it, so only a program fills it in.
    website = forms.CharField(
        label=_("Bitte frei lassen"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds


class DoneForm(forms.Form):
    note = forms.CharField(
        label=_("Was wurde daraus?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Für das Protokoll."),
    )
