import errno
import json
import os
import shutil
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Bring the database up to date, load the public facts, serve the web pages and run the jobs until Ctrl-C."

    def handle(self, *args, **options):
        self.refuse_taken_port()
        call_command("migrate", verbosity=0)
        call_command("seed", if_nobody=True, stdout=self.stdout)
        self.stdout.write(f"Staffel {settings.RELEASE} läuft: http://{settings.BIND}:{settings.PORT}/  (Ende mit Strg-C)")
        self.stdout.flush()
        commands = [self.server(), *([sys.executable, "manage.py", "work"] for _ in range(self.job_workers()))]
        # From here on this process *is* the supervisor: Ctrl-C and signals reach it directly, and what migrating and
        # loading took in memory is given back.
        arguments = [sys.executable, "-m", "staffel.base.supervisor", json.dumps(commands)]
        os.chdir(settings.ROOT)
        os.execve(sys.executable, arguments, self.environment())  # noqa: S606

    def job_workers(self):
        # SQLite has one writer, and so one worker.
        return min(settings.JOB_WORKERS, 1) if connection.vendor == "sqlite" else settings.JOB_WORKERS

    def refuse_taken_port(self):
        try:
            family, *_, address = socket.getaddrinfo(settings.BIND, settings.PORT, type=socket.SOCK_STREAM)[0]
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"Port {settings.PORT} ist belegt. Starten Sie mit einem anderen, zum Beispiel: "
                    f"PORT={settings.PORT + 1} make run"
                ) from error
            raise CommandError(
                f"Auf {settings.BIND}, Port {settings.PORT}, lässt sich nicht lauschen: {error.strerror}."
            ) from error

    def server(self):
        workers = settings.WORKERS or os.cpu_count() or 1
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
            *("--host", settings.BIND, "--port", str(settings.PORT)),
            *("--workers", str(workers), "--blocking-threads", "1", "--respawn-failed-workers"),
            # A worker that is still starting when Ctrl-C comes never hears of it.
            *("--workers-kill-timeout", "5"),
            "staffel.config.wsgi:application",
        ]

    def environment(self):
        figures = Path(settings.VAR) / "metrics"
        # Counters of the workers of an earlier start would be added to the new ones.
        shutil.rmtree(figures, ignore_errors=True)
        figures.mkdir(parents=True)
        return os.environ | {"PYTHONPATH": str(settings.SOURCE.parent), "PROMETHEUS_MULTIPROC_DIR": str(figures)}
