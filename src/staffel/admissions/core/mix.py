"""How the places given so far spread: by Land, size class and funding, beside all applications.

Pure. People decide; the mix shows them what they have so far, it chooses nobody.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """One group: ``key`` is a Land's key, a size class or "yes"/"no" for funded; ``places`` of ``applications``."""

    key: str
    places: int
    applications: int


@dataclass(frozen=True)
class Group:
    """So many applications of one kind. ``decision`` is "place", "wait", "reject" or empty."""

    decision: str
    land: str
    size: str
    funded: bool
    count: int


@dataclass(frozen=True)
class Mix:
    """The groups by three traits; each list has every group with an application, most places first, then by key."""

    places: int
    applications: int
    by_land: tuple[Share, ...]
    by_size: tuple[Share, ...]
    by_funding: tuple[Share, ...]


def mix_of(groups: Iterable[Group]) -> Mix:
    """Return the mix of ``groups``; the order in which they come does not matter."""
    groups = tuple(groups)
    return Mix(
        places=sum(one.count for one in groups if one.decision == "place"),
        applications=sum(one.count for one in groups),
        by_land=_shares(groups, lambda one: one.land),
        by_size=_shares(groups, lambda one: one.size),
        by_funding=_shares(groups, lambda one: "yes" if one.funded else "no"),
    )


def _shares(groups, trait) -> tuple[Share, ...]:
    applications, places = Counter(), Counter()
    for one in groups:
        applications[trait(one)] += one.count
        if one.decision == "place":
            places[trait(one)] += one.count
    found = (Share(key, places[key], count) for key, count in applications.items())
    return tuple(sorted(found, key=lambda share: (-share.places, share.key)))
