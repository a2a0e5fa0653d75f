"""What happens to letters: written inside the transaction of what they tell, sent by the worker."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from staffel.accounts.models import Letter
from staffel.base import jobs
from staffel.base.public_id import new_public_id


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
    ``button`` is its words and a full address; ``after`` stands below the button. ``confidential`` is for a letter with a
    code to sign in: the office never sees its words. Returns None if the letter existed.
    """
    name, email = to
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
        jobs.enqueue("accounts.send_letter", key=f"letter:{public_id}", letter=public_id)
    return written


def sender() -> dict:
    """Return who answers for the letters, as their footer shows it: ``provider`` and ``contact``, possibly empty."""
    return {"provider": settings.PROVIDER.split("|")[0].strip(), "contact": settings.CONTACT}


def mail_domain() -> str:
    """Return the domain of the sender's address, which the Message-IDs carry."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "staffel.invalid"
