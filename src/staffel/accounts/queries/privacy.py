"""What accounts keep about one person, in words."""

from django.db.models import Q
from django.utils.translation import gettext as _

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Feedback, Letter, Person
from staffel.accounts.queries import audit


def kept_about(person: Person) -> dict:
    """Return account, roles, sign-ins, letters, feedback and log entries of ``person`` with German keys. Seven
    queries.

    Of a confidential letter only the subject: its code would open the account. Of the log what they did, and what others
    did with their account.
    """
    entries = AuditEntry.objects.filter(
        Q(actor_id=person.public_id) | Q(thing_type=Person._meta.label, thing_id=person.public_id)
    )
    about_account = f"{Person._meta.label}:{person.public_id}"
    letters = Letter.objects.filter(to_email__iexact=person.email).order_by("created_at")
    return {
        "Konto": {
            "Name": person.name,
            "E-Mail-Adresse": person.email,
            "Angelegt": person.created_at.isoformat(),
            "Zuletzt angemeldet": person.last_login.isoformat() if person.last_login else None,
        },
        "Rollen": [
            {"Rolle": _(Role(one.role).label), "Organisation": one.organisation.name, "Seit": one.since.isoformat()}
            for one in person.held
        ],
        "Anmeldungen": [
            {"Gerät": one.device, "Weg": one.way, "Seit": one.started_at.isoformat()}
            for one in person.sign_ins.order_by("started_at")
        ],
        "Nachweise": [
            {"Art": str(one.get_type_display()), "Eingerichtet": one.created_at.isoformat()}
            for one in person.authenticator_set.order_by("pk")
        ],
        "Dienstkonten": [{"Anbieter": one.provider, "Kennung": one.uid} for one in person.socialaccount_set.order_by("pk")],
        "Briefe": [
            {
                "Betreff": letter.subject,
                "Geschrieben": letter.created_at.isoformat(),
                "Verschickt": letter.sent_at.isoformat() if letter.sent_at else None,
                "Text": "" if letter.confidential else letter.text,
            }
            for letter in letters
        ],
        "Rückmeldungen": [
            {"Geschrieben": one.created_at.isoformat(), "Seite": one.page, "Text": one.text, "Was daraus wurde": one.note}
            for one in Feedback.objects.filter(email__iexact=person.email).order_by("created_at")
        ],
        "Protokoll": [
            {
                "Wann": line.day,
                "Wer": line.who,
                "Was": line.what,
                "Woran": line.thing,
                "Warum": line.why,
                # What changed on other things is about other people.
                "Änderungen": [f"{what}: {old} – {new}" for what, old, new in line.changes]
                if line.thing_key == about_account
                else [],
            }
            for line in audit.lines_of(entries)
        ],
    }
