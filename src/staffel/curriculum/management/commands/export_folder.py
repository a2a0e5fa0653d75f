from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.curriculum.core.files import PIECE
from staffel.curriculum.management.words import version_called
from staffel.curriculum.models import Version
from staffel.curriculum.queries.files import programme_files

ANY = (Version.State.DRAFT, Version.State.REVIEW, Version.State.RELEASED, Version.State.RECEIVED)


class Command(BaseCommand):
    help = "Write a version as a folder of text, to go on working with; load_programme takes it again."

    def add_arguments(self, parser):
        parser.add_argument("key", help="key of the programme, like smart-city-manager")
        parser.add_argument("number", help="number of the version")
        parser.add_argument("-o", "--output", type=Path, required=True, help="folder to write; must be empty or missing")

    def handle(self, *args, key, number, output, **options):
        version = version_called(key, number, *ANY)
        files = programme_files(version)
        if not files.paths():
            raise CommandError(f"Version {number} wurde vor dem Übergabeformat aufgenommen. Von ihr gibt es keine Dateien.")
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise CommandError(f"{output} ist nicht leer. Bitte nehmen Sie einen anderen Ordner.")
        for path in files.paths():
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with files.open(path) as source, target.open("wb") as stream:
                while piece := source.read(PIECE):
                    stream.write(piece)
        self.stdout.write(f"{output}: {version.title or version.programme.title} {number}, {len(files.paths())} Dateien.")
