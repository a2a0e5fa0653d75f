from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.base.backup import BackupFailed, write_backup


class Command(BaseCommand):
    help = "Copy the whole database to a file, with a digest of each table beside it; the pages go on running."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="where the file is written")
        parser.add_argument("--name", default=f"staffel-{datetime.now():%Y%m%d-%H%M%S}", help="name of the file without ending")

    def handle(self, *args, **options):
        try:
            written = write_backup(options["folder"], options["name"])
        except BackupFailed as failure:
            raise CommandError(str(failure)) from failure
        size = written.path.stat().st_size / 1_000_000
        self.stdout.write(f"{written.path}: {len(written.digests)} Tabellen, {size:.1f} MB")
