"""What happens to the texts of an instance."""

from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.core import rules
from staffel.accounts.core.texts import TITLES
from staffel.accounts.models import InstanceText, Person
from staffel.base.rules import RuleBroken


@transaction.atomic
def change_text(key: str, markdown: str, *, by: Person, why: str = "") -> InstanceText:
    """Let a page say ``markdown``, or its own text again if it is empty. Nothing happens if nothing changes.

    Raises RuleBroken: ACC-22 for a key that no page has.
    """
    if key not in TITLES:
        raise RuleBroken(rules.TEXT_KNOWN, f"text {key!r}, there are {sorted(TITLES)}")
    text = InstanceText.objects.select_for_update().get_or_create(key=key)[0]
    before, after = text.markdown, markdown.replace("\r\n", "\n").strip()
    if before != after:
        text.markdown, text.changed_at = after, timezone.now()
        text.save(update_fields=["markdown", "changed_at"])
        record("accounts.text_changed", text, by=by, why=why, before={"markdown": before}, after={"markdown": after})
    return text
