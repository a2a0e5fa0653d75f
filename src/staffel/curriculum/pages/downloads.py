"""What can be fetched of a version and of a unit: one line for each, with its address and a sentence about it.

A format that is added later adds a line here; its address takes the programme's key and the number, for a unit its key as well.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Download:
    """A file to fetch: the name of its address, what it is called, its kind, and a sentence on what it is for."""

    route: str
    title: str | Promise
    kind: str
    sentence: str | Promise


PACKAGE = Download(
    "curriculum:package",
    _("Übergabepaket"),
    "staffel.zip",
    _("Das ganze Programm, signiert: zum Weitergeben an andere und zum Einlesen in ein anderes Staffel."),
)
FOLDER = Download(
    "curriculum:folder",
    _("Ordner mit allen Texten"),
    "ZIP",
    _("Die Texte und Dateien zum Weiterschreiben, mit jedem Texteditor und in Git."),
)
# Of a version with files, in the order of the page.
DOWNLOADS: list[Download] = [FOLDER]
# Of a unit with files.
OF_A_UNIT: list[Download] = []


@dataclass(frozen=True, slots=True)
class DownloadLine:
    """A line of the list: where it leads, what it is called, kind and size in words, a sentence."""

    href: str
    title: str
    facts: str
    sentence: str


def lines(downloads: list[Download], *address: str, size: str = "") -> list[DownloadLine]:
    """Return the lines of ``downloads`` for the version or unit at ``address``."""
    return [
        DownloadLine(
            reverse(each.route, args=address),
            str(each.title),
            f"{each.kind}, {size}" if size else each.kind,
            str(each.sentence),
        )
        for each in downloads
    ]
