"""What every page shows around its content.

``ui`` knows no destination: the portal hands them over once, when the program starts.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings

from staffel.ui.parts import Destination

MOST_DESTINATIONS = 4

EVERYBODY = ""

_navigation: dict[str, list[Destination]] = {}
_footer: list[Destination] = []
_demo: list[Destination] = []


class NavigationItem(NamedTuple):
    """A destination as one page shows it; ``current`` is the value of ``aria-current`` or empty."""

    text: str
    href: str
    current: str


def set_navigation(destinations: Iterable[Destination | tuple], *, role: str = EVERYBODY) -> None:
    """Replace the main navigation of a ``role``; ``AppConfig.ready`` of the portal calls it.

    Raises ValueError for more than four destinations: a fifth belongs on one of their pages.
    """
    items = [Destination(*item) for item in destinations]
    if len(items) > MOST_DESTINATIONS:
        raise ValueError(f"{len(items)} destinations, allowed are {MOST_DESTINATIONS}")
    _navigation[role] = items


def set_footer(destinations: Iterable[Destination | tuple]) -> None:
    """Replace the links of the footer."""
    _footer[:] = [Destination(*item) for item in destinations]


def set_demo(destinations: Iterable[Destination | tuple]) -> None:
    """Replace the links of the line that says that this is a demo."""
    _demo[:] = [Destination(*item) for item in destinations]


def navigation_for(path: str, role: str = EVERYBODY) -> list[NavigationItem]:
    """Return the main navigation of ``role`` as the page at ``path`` shows it; of everybody if the role has none.

    The destination itself is the current ``page``; on the pages below it, it is the current section (``true``).
    """
    destinations = _navigation.get(role) or _navigation.get(EVERYBODY, [])
    # "Büro" holds "Staffeln": only the innermost of two is where one is.
    here = max((href for _text, href in destinations if path.startswith(href)), key=len, default="")
    return [NavigationItem(text, href, _current(href, path) if href == here else "") for text, href in destinations]


def _current(href: str, path: str) -> str:
    return "page" if path == href else "true"


def frame(request) -> dict:
    """Return the template variables of the page frame; a context processor, no query."""
    return {
        "demo": settings.DEMO,
        "demo_links": _demo,
        "release": settings.RELEASE,
        "navigation": navigation_for(request.path),
        "footer": _footer,
    }
