"""What can be fetched of a version and of a unit: one line for each, with its address and a sentence about it.

All of it is made by a job and is there some seconds after a release; only package and folder can be fetched before.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from staffel.curriculum import words
from staffel.curriculum.models import Download as Made
from staffel.curriculum.queries.downloads import DownloadFacts

Kind = Made.Kind


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
    _("Das ganze Programm mit Prüfsummen, zum Weitergeben an andere und zum Einlesen in ein anderes Staffel."),
)
FOLDER = Download(
    "curriculum:folder",
    _("Ordner mit allen Texten"),
    "ZIP",
    _("Die Texte und Dateien zum Weiterschreiben, mit jedem Texteditor und in Git."),
)
ARCHIVES = {PACKAGE.route: Kind.PACKAGE, FOLDER.route: Kind.FOLDER}

# Whom a form is for comes first: people know their system, not the name of its exchange format.
TITLES = {
    Kind.CARTRIDGE_1_1: _("Kurs für Moodle"),
    Kind.CARTRIDGE_1_3: _("Kurs für Canvas und andere"),
    Kind.SCORM: _("Lernmodul für ILIAS"),
    Kind.QTI_2_1: _("Fragen für OpenOlat, Canvas und andere"),
    Kind.QTI_3_0: _("Fragen im neueren Format"),
}
SENTENCES = {
    Kind.HANDBOOK: _("Das ganze Programm zum Lesen und Drucken, barrierefrei."),
    Kind.CARTRIDGE_1_1: _("In Moodle: „Kurs wiederverwenden“, „Wiederherstellen“, diese Datei wählen."),
    Kind.CARTRIDGE_1_3: _("In Canvas: „Einstellungen“, „Kursinhalte importieren“, diese Datei wählen."),
    Kind.SCORM: _("In ILIAS: ein Lernmodul SCORM hinzufügen und diese Datei wählen. Die Texte, ohne Fragen."),
    Kind.QTI_2_1: _("Die Fragen der Selbsttests. ILIAS liest sie nicht."),
    Kind.QTI_3_0: _("Die Fragen der Selbsttests für Systeme, die QTI 3.0 lesen."),
    Kind.UNIT_PDF: _("Für die Leitung: Ablauf, Leitfaden, Methoden, Lösungen."),
    Kind.GROUP_PDF: _("Für Teilnehmende, ohne Lösungen."),
    Kind.FORM_ODT: _("Zum Ausfüllen in LibreOffice: die Vorlage der Transferaufgabe."),
    Kind.FORM_DOCX: _("Zum Ausfüllen in Word: die Vorlage der Transferaufgabe."),
    Kind.UNIT_ODT: _("Alles für die Leitung, zum Weiterschreiben in LibreOffice."),
    Kind.UNIT_DOCX: _("Alles für die Leitung, zum Weiterschreiben in Word."),
}


@dataclass(frozen=True, slots=True)
class DownloadLine:
    """A line of the list: where it leads, what it is called, kind and size in words, a sentence, and what does not go along.

    ``digest`` is the SHA-256 of the file, empty as long as it is not made.
    """

    href: str
    title: str
    facts: str
    sentence: str
    losses: tuple[str, ...] = ()
    digest: str = ""


def archive(download: Download, forms: tuple[DownloadFacts, ...], *address: str, size: int = 0) -> DownloadLine:
    """Return the line of the package or the folder of the version at ``address``.

    ``forms`` are those that were made; as long as it is not among them it has about ``size`` bytes, unknown if that is 0.
    """
    form = next((each for each in forms if each.kind == ARCHIVES[download.route]), None)
    size = form.size if form else size
    return DownloadLine(
        reverse(download.route, args=address),
        str(download.title),
        f"{download.kind}, {words.size(size)}" if size else download.kind,
        str(download.sentence),
        digest=form.sha256 if form else "",
    )


def made(forms: tuple[DownloadFacts, ...], *address: str, unit: str = "") -> list[DownloadLine]:
    """Return the lines of the ``forms`` for other systems of the version at ``address``, or of one unit of it."""
    route, place = ("curriculum:unit_download", [*address, unit]) if unit else ("curriculum:download", [*address])
    return [
        DownloadLine(
            reverse(route, args=[*place, form.kind]),
            str(TITLES.get(form.kind, form.label)),
            f"{form.label}, {words.size(form.size)}" if form.kind in TITLES else words.size(form.size),
            str(SENTENCES[form.kind]),
            form.losses,
        )
        for form in forms
        if form.kind not in ARCHIVES.values()
    ]
