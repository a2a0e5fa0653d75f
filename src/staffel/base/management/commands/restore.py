from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.base.backup import BackupFailed, restore_backup


class Command(BaseCommand):
    help = "Replace the database by a backup and prove by digests that every row is back; stop the service first."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file that `backup` wrote")
        parser.add_argument("--replace", action="store_true", help="yes, everything in the database now is to go")

    def handle(self, *args, **options):
        if not options["replace"]:
            raise CommandError("Was jetzt in der Datenbank steht, geht verloren. Wenn das so sein soll: --replace.")
        try:
            restored = restore_backup(options["file"])
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(f"{restored.path}: {len(restored.digests)} Tabellen zurück, alle Prüfsummen gleich.")
