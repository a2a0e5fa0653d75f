from django.core.management.base import BaseCommand
from django.utils import timezone

from staffel.portal.privacy import expire_everything, foresee_expiry


class Command(BaseCommand):
    help = "Delete what is over time in every context and write the report; a job does so every day."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count only, change nothing")

    def handle(self, *args, dry_run, **options):
        now = timezone.now()
        counts = foresee_expiry(now) if dry_run else expire_everything(now).content
        for key, count in counts.items():
            self.stdout.write(f"{key}: {count}")
        self.stdout.write("nothing was changed" if dry_run else "done")
