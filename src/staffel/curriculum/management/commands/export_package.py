from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.curriculum.exports import packages
from staffel.curriculum.management.words import refusals_in_words, version_called
from staffel.curriculum.models import Version

FIXED = (Version.State.RELEASED, Version.State.RECEIVED)


class Command(BaseCommand):
    help = "Write the package of a released or received version to a file; the same version gives the same bytes, always."

    def add_arguments(self, parser):
        parser.add_argument("key", help="key of the programme, like smart-city-manager")
        parser.add_argument("number", nargs="?", help="number of the version; the highest own one without it")
        parser.add_argument("-o", "--output", type=Path, help="file to write; KEY-NUMBER.staffel.zip without it")

    def handle(self, *args, key, number, output, **options):
        version = version_called(key, number, *FIXED)
        path = output or Path(packages.package_name(version))
        with refusals_in_words():
            packages.refuse_without_package(version)
        try:
            with path.open("xb") as stream:
                packages.package_zip(version, stream)
        except FileExistsError as error:
            raise CommandError(f"{path} gibt es schon. Bitte nehmen Sie einen anderen Namen.") from error
        self.stdout.write(f"{path}: {version.title or version.programme.title} {version.number}, {path.stat().st_size} Bytes.")
