"""What a person can have of their account, and what goes when they, or the years, ask for it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from staffel.accounts.actions import privacy as actions
from staffel.accounts.core.personal import CATEGORIES
from staffel.accounts.queries.privacy import kept_about

KEEP = {category.key: timedelta(days=category.keep_days) for category in CATEGORIES if category.keep_days}


def export(person) -> dict:
    """Return all that accounts keep about ``person``, German keys. Eight queries."""
    return kept_about(person)


def erase(person, *, by) -> list[str]:
    """Erase the account and say what went and what stays. The last of all contexts: others still point to the row.

    Raises RuleBroken: ACC-01 if an organisation would be left without a coordinator.
    """
    held_roles = bool(person.held)
    gone = actions.erase_account(person)
    sentences = [_("Ihr Konto mit Name, E-Mail-Adresse, Rollen, Anmeldungen und allen Briefen an Sie ist gelöscht.")]
    if not gone:
        sentences.append(
            _("Eine geschlossene Zeile ohne Name und Adresse bleibt, weil andere Daten darauf verweisen, die bleiben müssen.")
        )
    sentences.append(_("Im Protokoll sind die Inhalte zu Ihren eigenen Handlungen gelöscht."))
    if held_roles:
        sentences.append(
            _(
                "Was Sie in einer Rolle entschieden haben, bleibt drei Jahre mit Ihrem Namen im Protokoll: Andere können nach "
                "der Entscheidung fragen (Art. 17 Abs. 3 Buchst. b DSGVO)."
            )
        )
    return sentences


def expire(now: datetime) -> dict[str, int]:
    """Delete what is over time and return how many rows, by category."""
    return actions.expire(now, letters=KEEP["accounts.letters"], feedback=KEEP["accounts.feedback"], log=KEEP["accounts.audit"])
