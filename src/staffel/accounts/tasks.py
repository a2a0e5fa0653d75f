"""Jobs of accounts."""

from datetime import timedelta

from staffel.accounts.actions import audit, letters, sign_ins
from staffel.base.jobs import job
from staffel.base.rules import N_


def _give_up(letter: str) -> None:
    letters.give_up(letter)


# Nine tries reach over a day in which the mail server is down. Its answer is waited for 20 seconds at most (EMAIL_TIMEOUT).
@job("accounts.send_letter", attempts=9, lease=timedelta(minutes=2), when_dead=_give_up, title=N_("Brief verschicken"))
def send_letter(letter: str) -> None:
    """Send one letter."""
    letters.send(letter)


@job("accounts.seal_audit", attempts=2, every=timedelta(minutes=1), title=N_("Protokoll verketten"))
def seal_audit() -> None:
    """Chain the entries of the audit log that were written since the last time."""
    audit.seal()


@job("accounts.check_audit", attempts=3, every=timedelta(days=1), title=N_("Protokoll prüfen"))
def check_audit() -> None:
    """Verify the whole chain of the audit log and write the report."""
    audit.check()


@job("accounts.forget_ended_sign_ins", attempts=3, every=timedelta(days=1), title=N_("Abgelaufene Anmeldungen löschen"))
def forget_ended_sign_ins() -> None:
    """Delete the sessions that ran out, and the sign-ins that belonged to them."""
    sign_ins.forget_ended_sign_ins()
