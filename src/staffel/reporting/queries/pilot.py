"""Who of a place was in the three published Staffeln, for the pages of places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from staffel.cohorts.queries import PilotPlace, pilot_holders


@dataclass(frozen=True, slots=True)
class Part:
    """A municipality's part in one Staffel; ``partners`` held the seat together with it."""

    number: int
    partners: tuple[PilotPlace, ...]


@dataclass(frozen=True, slots=True)
class Pilot:
    """A municipality with the numbers of its Staffeln in words."""

    ags: str
    name: str
    path: str
    staffeln: str


class PilotIndex:
    """The three lists, asked from the side of a place."""

    def __init__(self):
        """Read the lists. One query."""
        seats: dict[tuple[int, int], list[PilotPlace]] = {}
        for number, position, place in pilot_holders():
            seats.setdefault((number, position), []).append(place)
        self._parts: dict[str, list[Part]] = {}
        self._places: dict[str, PilotPlace] = {}
        for (number, _position), holders in seats.items():
            for place in holders:
                partners = tuple(other for other in holders if other != place)
                self._parts.setdefault(place.ags, []).append(Part(number, partners))
                self._places[place.ags] = place

    def parts_of(self, ags: str) -> tuple[Part, ...]:
        """Return a municipality's parts by the number of the Staffel."""
        return tuple(self._parts.get(ags, ()))

    def staffeln_of(self, ags: str) -> str:
        """Return the numbers of a municipality's Staffeln in words, ``1 und 3``, empty if it has none."""
        return _(" und ").join(str(part.number) for part in self.parts_of(ags))

    def inside(self, key: str) -> tuple[Pilot, ...]:
        """Return the municipalities below a Land or Kreis, by its key, in the order of the alphabet."""
        found = [place for ags, place in self._places.items() if ags.startswith(key)]
        return tuple(
            Pilot(place.ags, place.name, place.path, self.staffeln_of(place.ags))
            for place in sorted(found, key=lambda place: (place.name, place.ags))
        )
