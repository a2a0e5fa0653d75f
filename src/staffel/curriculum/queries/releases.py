"""What is asked about a release beside its content: its row, who signed it, where it comes from, which licences it has."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum

from staffel.curriculum.core.package import layout, provenance
from staffel.curriculum.core.package.provenance import Upstream
from staffel.curriculum.models import Version, VersionFile
from staffel.curriculum.queries.files import StoredFiles


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a package says about itself; ``upstream`` begins with the nearest, ``licences`` of materials with the most used.

    ``size`` counts the bytes of its files, ``fingerprint`` is empty where nobody signed it.
    """

    released_at: datetime | None
    publisher: str
    fingerprint: str
    manifest_digest: str
    size: int
    upstream: tuple[Upstream, ...]
    licences: tuple[tuple[str, int], ...]


def released_row(key: str, number: str) -> Version | None:
    """Return the row of a released version with its programme; None for drafts and unknown ones. One query."""
    rows = Version.objects.select_related("programme__organisation")
    return rows.filter(programme__key=key, number=number, state=Version.State.RELEASED).first()


def release_facts(version: Version) -> ReleaseFacts | None:
    """Return what the package of a version says about itself; None for a version without one. Three queries."""
    if not version.manifest_digest:
        return None
    stored = _only(version, layout.PROVENANCE, layout.LICENCES)
    with stored.open(layout.PROVENANCE) as text:
        said = provenance.read(text.read())
    with stored.open(layout.LICENCES) as text:
        licences = json.load(text)
    return ReleaseFacts(
        released_at=version.released_at,
        publisher=said.publisher.name,
        fingerprint=version.signed_with,
        manifest_digest=version.manifest_digest,
        size=VersionFile.objects.filter(version=version).aggregate(size=Sum("blob__size"))["size"],
        upstream=said.upstream,
        licences=_licences(licences),
    )


def _licences(stated) -> tuple[tuple[str, int], ...]:
    found = Counter(
        each["licence"] for path, each in stated.items() if layout.unit_and_name(path.removeprefix(layout.PROGRAMME))[1]
    )
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def provenance_of(version: Version) -> provenance.Provenance:
    """Return what the package of a version says of where it comes from. Two queries. Raises KeyError without a package."""
    with _only(version, layout.PROVENANCE).open(layout.PROVENANCE) as text:
        return provenance.read(text.read())


def publisher_pem(version: Version) -> bytes | None:
    """Return the public key that a version was signed with, as PEM; None if nobody signed it. Two queries."""
    if not version.signed_with:
        return None
    return _only(version, layout.PUBLISHER).contents([layout.PUBLISHER])[layout.PUBLISHER]


def material_file(version: Version, unit: str, name: str) -> tuple[StoredFiles, str] | None:
    """Return the file ``name`` of a unit as files with this one path, and the path; None if there is none. One query."""
    path = f"{layout.PROGRAMME}units/{unit}/files/{name}"
    found = _only(version, path)
    return (found, path) if found.paths() else None


def _only(version: Version, *paths: str) -> StoredFiles:
    """Return some files of a version: a large one has tens of thousands."""
    return StoredFiles(version.pk, Q(path__in=paths))
