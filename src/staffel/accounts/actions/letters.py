"""What happens to letters: written inside the transaction of what they tell, sent by the worker."""

import smtplib
from collections.abc import Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from staffel.accounts.actions.audit import record
from staffel.accounts.core.letters import without_secrets
from staffel.accounts.models import Letter
from staffel.base import jobs
from staffel.base.core import rules
from staffel.base.jobs.actions import enqueue_again
from staffel.base.public_id import new_public_id
from staffel.base.rules import RuleBroken

LINE = 200


# Without a savepoint: letters are written in other actions' transactions, where each statement counts.
@transaction.atomic(savepoint=False)
def post(
    kind: str,
    *,
    event: str,
    to: tuple[str, str],
    subject: str,
    sentences: Sequence[str],
    button: tuple[str, str] | None = None,
    after: Sequence[str] = (),
    confidential: bool = False,
) -> Letter | None:
    """Write a letter and have it sent; nothing happens if the ``event`` already made one. Three queries.

    ``kind`` is like ``admissions.release_asked``; ``event`` adds what makes it single (``admissions.release_asked:ID:1``).
    ``to`` is name and address; the letter greets by name. ``sentences`` are whole sentences, one for each paragraph;
    ``button`` is its words and a full address; ``after`` stands below the button. ``confidential`` is for a letter whose
    sentences hold a code: the office never sees its words. A link needs no such care, its secret part is taken out by
    itself. Returns None if the letter existed.
    """
    name, email = to
    # Names and titles are typed by people: a new line would be a header, and PostgreSQL refuses what is too long.
    name, subject = _line(name), _line(subject)
    context = {"subject": subject, "name": name, "sentences": sentences, "button": button, "after": after} | sender()
    public_id = new_public_id()
    letter = Letter(
        public_id=public_id,
        kind=kind,
        event=event,
        to_name=name,
        to_email=email,
        subject=subject,
        text=render_to_string("accounts/letter.txt", context),
        html=render_to_string("accounts/letter.html", context),
        message_id=f"<{public_id.lower()}@{mail_domain()}>",
        confidential=confidential,
    )
    # Two transactions may tell the same event at the same time: the second waits for the first and then writes nothing.
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    written = Letter.objects.filter(public_id=public_id).first()
    if written is not None:
        jobs.enqueue("accounts.send_letter", key=key_of(public_id), letter=public_id)
    return written


def _line(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(LINE)


def sender() -> dict:
    """Return who answers for the letters, as their footer shows it: ``provider`` and ``contact``, possibly empty."""
    return {"provider": settings.PROVIDER.split("|")[0].strip(), "contact": settings.CONTACT}


def mail_domain() -> str:
    """Return the domain of the sender's address, which the Message-IDs carry."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "staffel.invalid"


def key_of(public_id: str) -> str:
    """Return the key of the job that sends a letter."""
    return f"letter:{public_id}"


def send(public_id: str) -> None:
    """Hand a letter to the mail server and note it; nothing happens if it is sent or gone.

    No transaction is open meanwhile: a slow mail server must not keep the writers of SQLite waiting. Dying between the
    server's answer and the note is the one window in which a letter goes out twice, then with the same Message-ID.
    Raises JobFailed if the server may take it later, JobRefused if it never will.
    """
    letter = Letter.objects.filter(public_id=public_id).exclude(state=Letter.State.SENT).first()
    if letter is None:
        return
    try:
        mail_of(letter).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        words, for_good = problem_of(error)
        Letter.objects.filter(pk=letter.pk).update(problem=words)
        raise (jobs.JobRefused if for_good else jobs.JobFailed)(words) from error
    note_sent(letter)


def mail_of(letter: Letter) -> EmailMultiAlternatives:
    """Return the mail of a letter: text and HTML, a Message-ID of its own, no answer from machines wanted."""
    headers = {
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
        # Exchange answers with absence notes unless it is asked not to.
        "X-Auto-Response-Suppress": "All",
    }
    to = formataddr((letter.to_name, letter.to_email)) if letter.to_name else letter.to_email
    mail = EmailMultiAlternatives(letter.subject, letter.text, settings.DEFAULT_FROM_EMAIL, [to], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    return mail


def problem_of(error: Exception) -> tuple[str, bool]:
    """Return in German what kept a letter from being sent, without any address, and whether that is for good.

    For good is what the server says about this letter with a code of 500 and more (RFC 5321, section 4.2.1), or an address
    that cannot be written into a mail. What it says about us (sign-in, sender) is for the operator to mend: tried again.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = max((code for code, _answer in error.recipients.values()), default=0)
            return _("Der Mailserver nimmt die Adresse nicht an (%(code)s).") % {"code": code}, code >= 500
        case smtplib.SMTPDataError():
            return _("Der Mailserver nimmt den Brief nicht an (%(code)s).") % {"code": error.smtp_code}, error.smtp_code >= 500
        case smtplib.SMTPAuthenticationError():
            return _("Der Mailserver lehnt unsere Anmeldung ab (%(code)s).") % {"code": error.smtp_code}, False
        case smtplib.SMTPResponseException():
            return _("Der Mailserver lehnt ab (%(code)s).") % {"code": error.smtp_code}, False
        case smtplib.SMTPNotSupportedError() | BadHeaderError() | ValueError():
            return _("Diese Adresse lässt sich nicht in eine Mail schreiben."), True
        case _:
            return _("Der Mailserver ist nicht erreichbar (%(kind)s).") % {"kind": type(error).__name__}, False


def note_sent(letter: Letter) -> None:
    """Note that a letter was handed over. In production its secrets are blanked: what is kept opens no door. One query."""
    letter.state, letter.sent_at, letter.problem = Letter.State.SENT, timezone.now(), ""
    fields = ["state", "sent_at", "problem"]
    if not settings.DEMO:
        gone = letter.confidential
        letter.text = "" if gone else without_secrets(letter.text, settings.BASE_URL)
        letter.html = "" if gone else without_secrets(letter.html, settings.BASE_URL)
        fields += ["text", "html"]
    letter.save(update_fields=fields)


def give_up(public_id: str) -> None:
    """Note that a letter was tried as often as it may be. One query."""
    waiting = Letter.objects.filter(public_id=public_id, state=Letter.State.WAITING)
    waiting.update(state=Letter.State.FAILED)


@transaction.atomic
def send_again(letter: Letter, *, by) -> Letter:
    """Have a failed letter tried again. Raises RuleBroken: BAS-02 if it has not failed."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != Letter.State.FAILED:
        raise RuleBroken(rules.TRY_AGAIN_WHAT_FAILED, f"letter {letter.public_id} is {letter.state}")
    before = {"state": letter.state, "problem": letter.problem}
    letter.state, letter.problem = Letter.State.WAITING, ""
    letter.save(update_fields=["state", "problem"])
    enqueue_again("accounts.send_letter", key=key_of(letter.public_id), letter=letter.public_id)
    record("accounts.letter_sent_again", letter, by=by, before=before, after={"state": letter.state})
    return letter
