"""What happens to letters: written inside the transaction of what they tell, sent by the worker."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from staffel.accounts.models import Letter
from staffel.base import jobs
from staffel.base.public_id import new_public_id


def post(
    kind: str,
    *,
    event: str,
    to: tuple[str, str],
    subject: str,
    sentences: Sequence[str],
    button: tuple[str, str] | None = None,
    after: Sequence[str] = (),
) -> Letter | None:
    """Write a letter and have it sent; nothing happens if the ``event`` already made one.

    ``kind`` is like ``admissions.release_asked``; ``event`` adds what makes it single (``admissions.release_asked:ID:1``).
    ``to`` is name and address. ``sentences`` are whole sentences, one for each paragraph; ``button`` is its words and a
    full address; ``after`` stands below the button. Returns None if the letter existed.
    """
    if Letter.objects.filter(event=event).exists():
        return None
    name, email = to
    context = {"subject": subject, "name": name, "sentences": sentences, "button": button, "after": after}
    public_id = new_public_id()
    letter = Letter.objects.create(
        public_id=public_id,
        kind=kind,
        event=event,
        to_name=name,
        to_email=email,
        subject=subject,
        text=render_to_string("accounts/letter.txt", context),
        html=render_to_string("accounts/letter.html", context),
        message_id=f"<{public_id.lower()}@staffel.invalid>",
    )
    jobs.enqueue("accounts.send_letter", key=f"letter:{public_id}", letter=public_id)
    return letter
