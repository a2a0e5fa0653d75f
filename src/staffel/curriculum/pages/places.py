"""Where the parts of a version are read: by everybody once it is released, by its editors before."""

from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from staffel.curriculum.pages.crumbs import first_crumbs
from staffel.curriculum.pages.room import crumbs_of
from staffel.curriculum.queries.versions import VersionFacts
from staffel.ui.parts import Crumb


class Places(Protocol):
    """The addresses of a version's parts, by their keys, and the way to it."""

    def version(self) -> str:
        """Return where the version is read."""

    def unit(self, key: str) -> str:
        """Return where a unit is read."""

    def guide(self, key: str) -> str:
        """Return where the trainer guide of a unit is read."""

    def file(self, key: str, name: str) -> str:
        """Return where a file of a unit is fetched."""

    def competencies(self) -> str:
        """Return where the competency matrix is read."""

    def competency(self, key: str) -> str:
        """Return where a competency is described."""

    def methods(self) -> str:
        """Return where the method cards are listed."""

    def method(self, key: str) -> str:
        """Return where a method card is read."""

    def glossary(self) -> str:
        """Return where the glossary is read."""

    def crumbs(self) -> list[Crumb]:
        """Return the way to a page below the version."""


@dataclass(frozen=True, slots=True)
class PublicPlaces:
    """The places of a released version."""

    facts: VersionFacts

    @property
    def _address(self) -> list[str]:
        return [self.facts.key, self.facts.number]

    def version(self) -> str:
        """Return where the version is read."""
        return self.facts.path

    def unit(self, key: str) -> str:
        """Return where a unit is read."""
        return reverse("curriculum:unit", args=[*self._address, key])

    def guide(self, key: str) -> str:
        """Return where the trainer guide of a unit is read."""
        return reverse("curriculum:guide", args=[*self._address, key])

    def file(self, key: str, name: str) -> str:
        """Return where a file of a unit is fetched."""
        return reverse("curriculum:file", args=[*self._address, key, name])

    def competencies(self) -> str:
        """Return where the competency matrix is read."""
        return reverse("curriculum:competencies", args=self._address)

    def competency(self, key: str) -> str:
        """Return where a competency is described."""
        return reverse("curriculum:competency", args=[*self._address, key])

    def methods(self) -> str:
        """Return where the method cards are listed."""
        return reverse("curriculum:methods", args=self._address)

    def method(self, key: str) -> str:
        """Return where a method card is read."""
        return reverse("curriculum:method", args=[*self._address, key])

    def glossary(self) -> str:
        """Return where the glossary is read."""
        return reverse("curriculum:glossary", args=self._address)

    def crumbs(self) -> list[Crumb]:
        """Return the way to a page below the version."""
        return [*first_crumbs(), Crumb(self.facts.title, self.version())]


@dataclass(frozen=True, slots=True)
class OfficePlaces:
    """The places of a version that is not public: a draft, one in review, one that was received."""

    facts: VersionFacts

    def about(self) -> str:
        """Return where editors work on the version."""
        return reverse("curriculum:edited", args=[self.facts.public_id])

    def version(self) -> str:
        """Return where the version is read."""
        return reverse("curriculum:read", args=[self.facts.public_id])

    def unit(self, key: str) -> str:
        """Return where a unit is read."""
        return reverse("curriculum:read_unit", args=[self.facts.public_id, key])

    def guide(self, key: str) -> str:
        """Return where the trainer guide of a unit is read."""
        return reverse("curriculum:read_guide", args=[self.facts.public_id, key])

    def file(self, key: str, name: str) -> str:
        """Return where a file of a unit is fetched."""
        return reverse("curriculum:read_file", args=[self.facts.public_id, key, name])

    def competencies(self) -> str:
        """Return where the competency matrix is read."""
        return reverse("curriculum:read_competencies", args=[self.facts.public_id])

    def competency(self, key: str) -> str:
        """Return where a competency is described."""
        return reverse("curriculum:read_competency", args=[self.facts.public_id, key])

    def methods(self) -> str:
        """Return where the method cards are listed."""
        return reverse("curriculum:read_methods", args=[self.facts.public_id])

    def method(self, key: str) -> str:
        """Return where a method card is read."""
        return reverse("curriculum:read_method", args=[self.facts.public_id, key])

    def glossary(self) -> str:
        """Return where the glossary is read."""
        return reverse("curriculum:read_glossary", args=[self.facts.public_id])

    def crumbs(self) -> list[Crumb]:
        """Return the way to a page below the version."""
        name = f"{self.facts.title} {self.facts.number}"
        return crumbs_of(None, Crumb(name, self.about()), Crumb(_("Lesen"), self.version()))
