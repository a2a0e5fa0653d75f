"""What the office narrows the board down to.

Pure. An empty value filters nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from staffel.base.rules import N_


class Sort(StrEnum):
    """An order of the board; a minus before the name turns it round."""

    ARRIVED = "eingang"
    NAME = "kommune"
    NAME_DOWN = "-kommune"
    LAND = "land"
    LAND_DOWN = "-land"
    SIZE = "groesse"
    SIZE_DOWN = "-groesse"

    @property
    def label(self) -> str:
        """The German words, to be translated where they are shown."""
        return _SORT_WORDS[self]


_SORT_WORDS = {
    Sort.ARRIVED: N_("Eingang, die ersten oben"),
    Sort.NAME: N_("Kommune, A bis Z"),
    Sort.NAME_DOWN: N_("Kommune, Z bis A"),
    Sort.LAND: N_("Land, A bis Z"),
    Sort.LAND_DOWN: N_("Land, Z bis A"),
    Sort.SIZE: N_("Einwohner, kleine zuerst"),
    Sort.SIZE_DOWN: N_("Einwohner, große zuerst"),
}

DECIDED = {
    "offen": N_("noch nicht entschieden"),
    "place": N_("Platz"),
    "wait": N_("Warteliste"),
    "reject": N_("kein Platz"),
}
YES_NO = {"ja": N_("ja"), "nein": N_("nein")}


@dataclass(frozen=True)
class BoardFilters:
    """``state`` is one of an application, ``land`` a two-digit key, ``size`` a size class; ``decided`` a key of ``DECIDED``."""

    query: str = ""
    state: str = ""
    land: str = ""
    size: str = ""
    funded: str = ""
    eligible: str = ""
    decided: str = ""
    sort: Sort = Sort.ARRIVED
