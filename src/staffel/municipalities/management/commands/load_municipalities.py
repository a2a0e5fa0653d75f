import hashlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from staffel.municipalities.actions import load
from staffel.municipalities.core import loading
from staffel.municipalities.queries import places


class Command(BaseCommand):
    help = "Load Germany's places and the funded projects from `data/`; without a change in the tables it does nothing."

    def handle(self, *args, **options):
        contents = {file: (settings.DATA / file).read_bytes() for file in loading.FILES}
        digests = {file: hashlib.sha256(content).hexdigest() for file, content in contents.items()}
        loaded = places.digests()
        if all(loaded.get(file.removesuffix(".csv")) == digest for file, digest in digests.items()):
            self.stdout.write("Kommunen und Förderung: unverändert.")
            return
        try:
            directory = loading.read_directory({file: content.decode("utf-8") for file, content in contents.items()})
        except loading.BadRow as error:
            raise CommandError(str(error)) from error
        for report in load.load_directory(directory, digests):
            self.stdout.write(report.sentence)
