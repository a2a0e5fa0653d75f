from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.curriculum.actions.keys import trust
from staffel.curriculum.management.words import refusals_in_words

LARGEST = 10_000


class Command(BaseCommand):
    help = "Trust the public key of another publisher, once its fingerprint was compared on another way."

    def add_arguments(self, parser):
        parser.add_argument("name", help="name of the publisher")
        parser.add_argument("pem", type=Path, help="its file publisher.pem")
        parser.add_argument("--note", default="über den Befehl trust_publisher", help="how the fingerprint was compared")

    def handle(self, *args, name, pem, note, **options):
        if not pem.is_file() or pem.stat().st_size > LARGEST:
            raise CommandError(f"{pem} ist keine Datei mit einem öffentlichen Schlüssel.")
        with refusals_in_words():
            key = trust(name, pem.read_text(encoding="utf-8", errors="replace"), note, by="Befehl trust_publisher")
        self.stdout.write(f"{key.publisher}: Der Schlüssel {key.fingerprint} gilt als bekannt.")
