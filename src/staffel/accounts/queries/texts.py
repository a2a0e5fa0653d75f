"""The texts of this instance, and the stamp that changes with them."""

from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from staffel.accounts.core.texts import TITLES
from staffel.accounts.models import InstanceText
from staffel.ui import words


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text in the list; ``changed`` is empty while the page has its own."""

    key: str
    title: str
    changed: str


def text_of(key: str) -> str:
    """Return the Markdown of a text, empty where the page has its own. One query."""
    return texts(key)[key]


def texts(*keys: str) -> dict[str, str]:
    """Return the Markdown of several texts by key. One query."""
    found = dict(InstanceText.objects.filter(key__in=keys).values_list("key", "markdown"))
    return {key: found.get(key, "") for key in keys}


def stamp() -> str:
    """Return a short text that changes with any text, for ``kept_public``. One query."""
    found = InstanceText.objects.aggregate(count=Count("pk"), newest=Max("changed_at"))
    return f"{found['count']}-{found['newest'].timestamp() if found['newest'] else 0}"


def text_lines() -> list[TextLine]:
    """Return all texts that can be changed. One query."""
    changed = dict(InstanceText.objects.exclude(markdown="").values_list("key", "changed_at"))
    return [TextLine(key, _(title), words.moment(changed[key]) if key in changed else "") for key, title in TITLES.items()]
