"""What happens to second proofs: set up, removed, renewed. Each change is logged and told by letter."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.accounts.actions.letters import post
from staffel.accounts.core import rules
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Person
from staffel.base.addresses import absolute
from staffel.base.public_id import new_public_id
from staffel.base.rules import RuleBroken

STRONG = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@transaction.atomic
def add_passkey(person: Person, *, name: str, credential: dict) -> Authenticator:
    """Add a passkey whose answer ``credential`` was checked before."""
    passkey = WebAuthn.add(person, name, credential).instance
    _told(person, "accounts.passkey_added", gettext("Ein Passkey wurde eingerichtet"), {"name": name})
    RecoveryCodes.activate(person)
    return passkey


@transaction.atomic
def add_app(person: Person, *, secret: str) -> Authenticator:
    """Add an app that makes codes from ``secret``. Raises RuleBroken: ACC-07 if there is one."""
    Person.objects.select_for_update().get(pk=person.pk)
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists():
        raise RuleBroken(rules.ONE_APP, f"person {person.pk} has an app")
    app = TOTP.activate(person, secret).instance
    _told(person, "accounts.app_added", gettext("Eine Code-App wurde eingerichtet"))
    RecoveryCodes.activate(person)
    return app


@transaction.atomic
def remove_proof(person: Person, proof: Authenticator) -> None:
    """Remove a passkey or the app; with the last one the recovery codes go, too.

    Raises RuleBroken: ACC-06 if it is the last and a role of the person asks for one.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    others = Authenticator.objects.filter(user=person, type__in=STRONG).exclude(pk=proof.pk).exists()
    if not others and settings.SECOND_PROOF and any(Role(one.role).sees_people for one in person.held):
        raise RuleBroken(rules.SECOND_PROOF_STAYS, f"person {person.pk} has no other")
    proof.delete()
    if not others:
        Authenticator.objects.filter(user=person).delete()
    _told(person, "accounts.proof_removed", gettext("Ein zweiter Nachweis wurde entfernt"))


@transaction.atomic
def renew_codes(person: Person) -> list[str]:
    """Replace the recovery codes and return the new ones."""
    Person.objects.select_for_update().get(pk=person.pk)
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(person).get_unused_codes()
    _told(person, "accounts.codes_renewed", gettext("Neue Ersatzcodes wurden erzeugt"))
    return codes


def use_proof(checked) -> None:
    """Note that the proof of a ``checked`` form of allauth was shown, with its time, in its row and in the session."""
    checked.save()


def _told(person: Person, action: str, subject: str, after: dict | None = None) -> None:
    record(action, person, by=person, after=after)
    post(
        action,
        event=f"{action}:{new_public_id()}",
        to=(person.name, person.email),
        subject=subject,
        sentences=[
            gettext("An der Anmeldung Ihres Kontos bei Staffel hat sich etwas geändert: %(what)s.") % {"what": subject},
            gettext("Waren Sie das nicht, melden Sie sich überall ab und sagen Sie Ihrer Programmkoordination Bescheid."),
        ],
        button=(gettext("Anmeldungen ansehen"), absolute("/konto/anmeldungen/")),
    )
