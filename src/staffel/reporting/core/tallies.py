"""Count people, applications or municipalities by Land, size class and funding. Pure: lines in, numbers out.

A shared seat stands for two municipalities. It counts once in all, and once in each group that one of the two belongs to: so
the groups may add up to more than the total, and a page has to say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Group(NamedTuple):
    """Where a municipality belongs: key of its Land, its size class, whether a model project reaches it."""

    land: str
    size: str
    funded: bool


@dataclass(frozen=True)
class Tally:
    """Numbers of different subjects: in all, without a known municipality, and by group."""

    total: int = 0
    nowhere: int = 0
    by_land: Mapping[str, int] = field(default_factory=dict)
    by_size: Mapping[str, int] = field(default_factory=dict)
    by_funding: Mapping[bool, int] = field(default_factory=dict)

    @property
    def overlaps(self) -> bool:
        """Whether some group counts a subject that another group of the same kind counts too."""
        placed = self.total - self.nowhere
        return any(sum(by.values()) > placed for by in (self.by_land, self.by_size, self.by_funding))


def tally(lines: Iterable[tuple[int | str, str | None]], groups: Mapping[str, Group]) -> Tally:
    """Return the tally of (subject, AGS) lines; an AGS that is None or not in ``groups`` counts as nowhere.

    >>> groups = {"12060052": Group("12", "mittelstadt", False), "12060020": Group("12", "mittelstadt", True)}
    >>> found = tally([(1, "12060052"), (1, "12060020"), (2, None)], groups)
    >>> found.total, found.nowhere, found.by_land, found.by_funding
    (2, 1, {'12': 1}, {False: 1, True: 1})
    """
    subjects, placed = set(), set()
    seen: tuple[dict, dict, dict] = ({}, {}, {})
    for subject, ags in lines:
        subjects.add(subject)
        group = groups.get(ags) if ags else None
        if group is not None:
            placed.add(subject)
            for by, key in zip(seen, group, strict=True):
                by.setdefault(key, set()).add(subject)
    by_land, by_size, by_funding = ({key: len(members) for key, members in by.items()} for by in seen)
    return Tally(len(subjects), len(subjects - placed), by_land, by_size, by_funding)
