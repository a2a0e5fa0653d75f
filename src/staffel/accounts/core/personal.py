"""What is kept about people, why, and how long: declared once per context, read by export, erasure, retention and the page.

Each context with personal fields has ``core/personal.py`` with ``CATEGORIES``, a tuple of ``Category``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from staffel.base.rules import N_


@dataclass(frozen=True)
class Category:
    """One kind of personal data. All texts are German sentences, marked with ``N_``.

    ``key`` begins with the context. ``fields`` maps a model of the context, or ``label.Model`` of a package, to its fields that
    hold personal data or lead to a person. ``keep_days`` counts from ``counted_from``, a phrase like "ab der Entscheidung";
    None means: as long as the account exists.
    """

    key: str
    title: str
    purpose: str
    basis: str
    keep_days: int | None
    counted_from: str
    fields: Mapping[str, tuple[str, ...]]


CATEGORIES = (
    Category(
        key="accounts.person",
        title=N_("Konto und Rollen"),
        purpose=N_("Damit Sie sich anmelden können und Ihre Rolle stimmt: Name, dienstliche E-Mail-Adresse, Rollen."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO: Durchführung des Programms im öffentlichen Auftrag"),
        keep_days=None,
        counted_from=N_("solange das Konto besteht"),
        fields={"Person": ("name", "email", "last_login"), "Membership": ("person", "role", "since")},
    ),
    Category(
        key="accounts.sign_in",
        title=N_("Anmeldungen und Nachweise"),
        purpose=N_("Damit nur Sie in Ihr Konto kommen und sehen, wo Sie angemeldet sind: Gerät, Zeitpunkt, Nachweise."),
        basis=N_("Art. 6 Abs. 1 Buchst. e und Art. 32 DSGVO: Sicherheit der Verarbeitung"),
        keep_days=14,
        counted_from=N_("ab der Anmeldung; Nachweise, solange das Konto besteht"),
        fields={
            "SignIn": ("person", "session_key", "device", "way"),
            "CountedAttempt": ("cache_key", "value"),
            "sessions.Session": ("session_key", "session_data"),
            "account.EmailAddress": ("user", "email"),
            "account.EmailConfirmation": ("email_address", "key"),
            "mfa.Authenticator": ("user", "data"),
            "socialaccount.SocialAccount": ("user", "uid", "extra_data"),
            "socialaccount.SocialToken": ("account", "token", "token_secret"),
        },
    ),
    Category(
        key="accounts.letters",
        title=N_("Briefe per E-Mail"),
        purpose=N_("Damit keine Nachricht verloren geht und nachgelesen werden kann, was wem mitgeteilt wurde."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO: Nachweis der Mitteilungen"),
        keep_days=180,
        counted_from=N_("ab dem Schreiben"),
        fields={"Letter": ("to_name", "to_email", "subject", "text", "html")},
    ),
    Category(
        key="accounts.audit",
        title=N_("Protokoll der Handlungen"),
        purpose=N_("Damit sich auch später erklären lässt, wer was wann und warum entschieden hat."),
        basis=N_("Art. 6 Abs. 1 Buchst. e und Art. 5 Abs. 2 DSGVO: Rechenschaft"),
        keep_days=1096,
        counted_from=N_("ab der Handlung; danach bleiben Zeitpunkt und Art, ohne Namen und Inhalt"),
        fields={"AuditEntry": ("payload", "actor_id")},
    ),
    Category(
        key="accounts.feedback",
        title=N_("Rückmeldungen"),
        purpose=N_("Damit Barrieren und Fehler behoben werden und Sie eine Antwort bekommen, wenn Sie eine Adresse angeben."),
        basis=N_("Art. 6 Abs. 1 Buchst. c DSGVO mit § 12b BGG und den Gesetzen der Länder: Rückmeldung zu Barrieren"),
        keep_days=180,
        counted_from=N_("ab der Erledigung"),
        fields={"Feedback": ("email", "text", "page", "note")},
    ),
)
