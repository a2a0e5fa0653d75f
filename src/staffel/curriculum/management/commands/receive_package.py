from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.curriculum.actions import receiving
from staffel.curriculum.management.words import refusals_in_words
from staffel.curriculum.models import Upload
from staffel.curriculum.pages.received import size_words
from staffel.curriculum.queries.editing import Size

BY = "Befehl receive_package"
SIGNATURES = {
    "known": "signiert mit einem bekannten Schlüssel",
    "new": "signiert mit einem Schlüssel, den wir nicht kennen",
    "retired": "signiert mit einem Schlüssel, dem wir nicht mehr vertrauen",
    "none": "nicht signiert",
}
# The kinds of ``core/changes.py``.
KINDS = {
    "major": "geändert ist, was Menschen danach können oder was zum Abschluss gehört",
    "minor": "geändert ist der Inhalt",
    "patch": "geändert sind nur Formulierungen",
    "": "keine Änderung",
}


class Command(BaseCommand):
    help = "Receive the package of another publisher, byte for byte; the same package a second time changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the package, KEY-NUMBER.staffel.zip")
        parser.add_argument("--trust", metavar="NOTE", help="trust its key from now on; NOTE says how it was compared")
        parser.add_argument("--dry-run", action="store_true", help="only say what is in it and what would change")
        parser.add_argument("--adopt", action="store_true", help="make it the draft of the programme as well")

    def handle(self, *args, file, trust, dry_run, adopt, **options):
        if not file.is_file():
            raise CommandError(f"Die Datei {file} gibt es nicht.")
        with file.open("rb") as stream, refusals_in_words():
            if dry_run:
                self.tell(*receiving.look(stream))
                return
            version = receiving.receive_package(stream, by=BY, trust_key=trust is not None, note=trust or "")
            self.stdout.write(
                f"{version.title} {version.number} von {version.publisher}: übernommen. Prüfsumme {version.manifest_digest}"
            )
            if adopt:
                draft = receiving.adopt(version, by=BY)
                self.stdout.write(f"{draft.title} {draft.number}: {draft.get_state_display()}.")

    def tell(self, kind, report):
        if kind != Upload.Kind.PACKAGE:
            raise CommandError(f"Das ist kein Übergabepaket, sondern: {Upload.Kind(kind).label}.")
        self.stdout.write(
            f"{report['title']} {report['version']} von {report['publisher']}, {SIGNATURES[report['signature']]}."
        )
        if report["fingerprint"]:
            self.stdout.write(f"Fingerabdruck {report['fingerprint']}")
        size = size_words(Size(*(report[name] for name in Size._fields)))
        files = "1 Datei" if report["files"] == 1 else f"{report['files']} Dateien"
        self.stdout.write(f"{size}, {files}, Lizenz {report['licence']}.")
        if report["against"]:
            self.stdout.write(f"Gegenüber Version {report['against']}: {KINDS[report['kind']]}.")
        for sentence in report["changes"]:
            self.stdout.write(f"  {sentence}")
        self.stdout.write("Nichts geschrieben.")
