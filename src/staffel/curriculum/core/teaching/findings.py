"""What keeps a programme from being taught well, as sentences with their place."""

from dataclasses import dataclass

from staffel.curriculum.core.shape import Place, label


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: ``place`` as in ``core/shape.py``, ``sentence`` in German, a whole one."""

    place: Place
    sentence: str

    def __str__(self):
        where = label(self.place)
        return f"{where}: {self.sentence}" if where else self.sentence


def number(value: float) -> str:
    """Return ``value`` with one decimal as Germans write it: ``14,2``."""
    return f"{value:.1f}".replace(".", ",")
