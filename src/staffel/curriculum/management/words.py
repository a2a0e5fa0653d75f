"""What commands of programmes have in common: versions by name, refusals in words."""

from contextlib import contextmanager

from django.core.management.base import CommandError

from staffel.accounts.models import Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.core import numbers
from staffel.curriculum.models import Version


@contextmanager
def refusals_in_words():
    """Turn a refusal by rule into what a command says at its end."""
    try:
        yield
    except RuleBroken as refusal:
        raise CommandError(sentence_of(refusal)) from refusal


def sentence_of(refusal: RuleBroken) -> str:
    """Return a refusal with the number of its rule."""
    return f"{refusal.rule.id}: {refusal.rule.sentence % refusal.values}"


def organisation_called(name: str | None) -> Organisation | None:
    """Return the organisation of this name, None without one. Raises CommandError if there is none."""
    if name is None:
        return None
    found = Organisation.objects.filter(name=name).order_by("pk").first()
    if found is None:
        raise CommandError(f"Eine Organisation mit dem Namen „{name}“ gibt es nicht.")
    return found


def version_called(key: str, number: str | None, *states: str) -> Version:
    """Return the version of a programme in one of ``states``, the highest without a ``number``; own ones first.

    Raises CommandError if there is none.
    """
    rows = Version.objects.filter(programme__key=key, state__in=states).select_related("programme__organisation", "upstream")
    found = [row for row in rows if number in (None, row.number)]
    if not found:
        raise CommandError(f"Vom Programm „{key}“ gibt es {f'Version {number}' if number else 'so eine Version'} hier nicht.")
    return max(found, key=lambda row: (row.publisher_id is None, numbers.order(row.number)))
