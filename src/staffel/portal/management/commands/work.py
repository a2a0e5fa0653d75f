from django.core.management.base import BaseCommand, CommandError

from staffel.base.jobs.worker import OnlyOneWorker, Worker
from staffel.base.supervisor import REFUSED


class Command(BaseCommand):
    help = "Run the jobs that wait (mails and what the schedule asks for) until Ctrl-C; `serve` starts this by itself."
    # The start asks nothing of the addresses: no view runs here.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--drain", action="store_true", help="end as soon as nothing is due")

    def handle(self, *args, **options):
        try:
            Worker().run(drain=options["drain"])
        except OnlyOneWorker as error:
            raise CommandError(
                "Für diese SQLite-Datei arbeitet schon ein Prozess (serve oder work). Beenden Sie ihn zuerst, "
                f"oder nehmen Sie PostgreSQL für mehrere. Die Sperre: {error}",
                returncode=REFUSED,
            ) from error
