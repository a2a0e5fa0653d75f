"""What is asked about the forms in which a released version can be had."""

from dataclasses import dataclass

from staffel.curriculum.models import Download, Version


@dataclass(frozen=True, slots=True)
class DownloadFacts:
    """A form that is there: its kind, its size in bytes, its SHA-256, and what it cannot carry as sentences."""

    kind: str
    label: str
    size: int
    losses: tuple[str, ...]
    sha256: str = ""


def downloads_of(version: Version | int, unit: str = "") -> tuple[DownloadFacts, ...]:
    """Return the forms of a version, or of one unit of it, in the order of ``Download.Kind``. One query."""
    found = Download.objects.filter(version=version, unit=unit).values_list("kind", "blob__size", "losses", "blob__sha256")
    facts = {
        kind: DownloadFacts(kind, str(Download.Kind(kind).label), size, tuple(losses), sha256)
        for kind, size, losses, sha256 in found
    }
    return tuple(facts[kind] for kind in Download.Kind if kind in facts)


def download(key: str, number: str, kind: str, unit: str = "") -> Download | None:
    """Return a form of a released version with its bytes' row; None if there is none. One query."""
    rows = Download.objects.select_related("blob", "version__programme").filter(kind=kind, unit=unit)
    return rows.filter(version__programme__key=key, version__number=number, version__state=Version.State.RELEASED).first()
