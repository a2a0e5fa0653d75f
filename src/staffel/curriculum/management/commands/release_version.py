from django.core.management.base import BaseCommand

from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.management.words import refusals_in_words, version_called
from staffel.curriculum.models import Version

OPEN = (Version.State.DRAFT, Version.State.REVIEW)


class Command(BaseCommand):
    help = "Release the draft of a programme, without a second pair of eyes; its package is made and signed."

    def add_arguments(self, parser):
        parser.add_argument("key", help="key of the programme, like smart-city-manager")

    def handle(self, *args, key, **options):
        with refusals_in_words():
            version = release_by_command(version_called(key, None, *OPEN), by="Befehl release_version")
        signed = f"signiert mit {version.signed_with}" if version.signed_with else "nicht signiert"
        self.stdout.write(f"{version.title} {version.number}: freigegeben, {signed}. Prüfsumme {version.manifest_digest}")
