"""A version is locked and read again before anything happens to it."""

from django.utils.translation import gettext

from staffel.base.rules import RuleBroken
from staffel.curriculum.core import rules
from staffel.curriculum.models import Version


def locked(version: Version, *states: str) -> Version:
    """Return the row, locked and read again, in one of ``states``. One query.

    Raises RuleBroken in another state: CUR-07 where only a review will do, else CUR-05.
    """
    rows = Version.objects.select_for_update(of=("self",)).select_related("programme__organisation", "upstream")
    version = rows.get(pk=version.pk)
    if version.state not in states:
        rule = rules.IN_REVIEW if states == (Version.State.REVIEW,) else rules.IS_DRAFT
        said = {"number": version.number, "state": gettext(version.get_state_display())}
        raise RuleBroken(rule, f"version {version.pk} is {version.state}", **said)
    return version


def facts_of(version: Version) -> dict[str, str]:
    """Return what the audit log notes of a version. No query for a locked one."""
    return {"programme": version.programme.key, "number": version.number, "state": str(version.state)}
