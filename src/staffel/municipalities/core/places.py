"""Words and addresses of places: size classes, region types, and the page of every place.

Pure. Sources: size classes BBSR (by population only); RegioStaR 7 of BMV/BBSR (2021); degree of urbanisation Eurostat.
"""

from enum import StrEnum

from staffel.base.rules import N_


class SizeClass(StrEnum):
    """A municipality's size by its number of inhabitants."""

    LARGE = "grossstadt"
    MEDIUM = "mittelstadt"
    SMALL = "kleinstadt"
    RURAL = "landgemeinde"

    @property
    def label(self) -> str:
        """The German name, to be translated where it is shown."""
        return _SIZE_WORDS[self][0]

    @property
    def least(self) -> int:
        """The smallest number of inhabitants of the class."""
        return _SIZE_WORDS[self][1]

    @property
    def below(self) -> int | None:
        """The number of inhabitants from which the next larger class begins, None for the largest."""
        return _SIZE_WORDS[self][2]


_SIZE_WORDS = {
    SizeClass.LARGE: (N_("Großstadt"), 100_000, None),
    SizeClass.MEDIUM: (N_("Mittelstadt"), 20_000, 100_000),
    SizeClass.SMALL: (N_("Kleinstadt"), 5_000, 20_000),
    SizeClass.RURAL: (N_("Landgemeinde"), 0, 5_000),
}


def size_class(population: int) -> SizeClass:
    """Return the size class of a municipality with ``population`` inhabitants (a whole number >= 0)."""
    if population < 0:
        raise ValueError(f"population must be >= 0, got {population}")
    return next(size for size in SizeClass if population >= size.least)


REGION_TYPES = {
    "71": N_("Metropole in einer Stadtregion"),
    "72": N_("Regiopole oder Großstadt in einer Stadtregion"),
    "73": N_("Mittelstadt oder städtischer Raum in einer Stadtregion"),
    "74": N_("Kleinstädtischer oder dörflicher Raum in einer Stadtregion"),
    "75": N_("Zentrale Stadt in einer ländlichen Region"),
    "76": N_("Mittelstadt oder städtischer Raum in einer ländlichen Region"),
    "77": N_("Kleinstädtischer oder dörflicher Raum in einer ländlichen Region"),
}
"""RegioStaR 7 code to words."""

URBANISATION = {
    "01": N_("Dicht besiedelt"),
    "02": N_("Mittlere Besiedlungsdichte"),
    "03": N_("Gering besiedelt"),
}
"""Degree of urbanisation (Eurostat) to words."""

DEPRIVATION = {
    1: N_("Sehr geringe Benachteiligung"),
    2: N_("Geringe Benachteiligung"),
    3: N_("Mittlere Benachteiligung"),
    4: N_("Hohe Benachteiligung"),
    5: N_("Sehr hohe Benachteiligung"),
}
"""Quintile of the German Index of Socioeconomic Deprivation (GISD) to words, compared with all Kreise."""


# A place's page is a stable identifier, like its key: every context may print it without knowing who shows the page.


def municipality_path(ags: str) -> str:
    """Return the address of a municipality's page, by its 8-digit key."""
    return f"/kommunen/{ags}/"


def kreis_path(code: str) -> str:
    """Return the address of a Kreis's page, by its 5-digit key."""
    return f"/kreise/{code}/"


def land_path(code: str) -> str:
    """Return the address of a Land's page, by its 2-digit key."""
    return f"/laender/{code}/"
