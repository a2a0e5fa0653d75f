"""The worker is killed in the middle of a thousand letters, twice: none is lost, hardly any is sent twice.

A real worker in production mode, a real database, a real conversation in SMTP with a server that counts.
"""

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from staffel.accounts.models import Letter
from staffel.base.models import Job
from tests.accounts.factories import make_letter
from tests.architecture.house import ROOT
from tests.config.test_settings import PRODUCTION

LETTERS = 1000
KILLS = (250, 650)


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs that sends one mail (RFC 5321)."""

    def handle(self):
        self.say(220, "counting")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say(354, "go on")
                self.server.count(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.say(221 if word == b"QUIT" else 250, "ok")
            if word == b"QUIT":
                return

    def say(self, code, words):
        self.wfile.write(f"{code} {words}\r\n".encode())


class CountingServer(socketserver.ThreadingTCPServer):
    """A mail server that keeps the Message-ID of each mail it has taken."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken = Counter()

    def count(self, mail: bytes):
        self.taken[re.search(rb"Message-ID: (\S+)", mail).group(1).decode()] += 1

    def handle_error(self, request, client_address):
        """A client that was killed in the middle of a sentence is what this is about."""

    def wait_for(self, number):
        give_up = time.monotonic() + 60
        while len(self.taken) < number and time.monotonic() < give_up:
            time.sleep(0.01)
        assert len(self.taken) >= number


@pytest.fixture
def mail_server():
    with CountingServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def start(tmp_path, mail_server):
    """Return a function that starts a worker on the tests' database; for SQLite, which is in memory, on a copy of it."""
    if connection.vendor == "sqlite":
        address = f"sqlite://{tmp_path / 'staffel.sqlite3'}"
    else:
        server = urlsplit(os.environ["STAFFEL_DATABASE"])
        address = server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    environment = os.environ | PRODUCTION
    environment |= {"STAFFEL_DATABASE": address, "STAFFEL_MAIL": f"smtp://127.0.0.1:{mail_server.server_address[1]}"}
    environment |= {"STAFFEL_VAR": str(tmp_path), "STAFFEL_LOG_LEVEL": "ERROR"}
    started = []

    def start(*options):
        worker = subprocess.Popen([sys.executable, "manage.py", "work", *options], cwd=ROOT, env=environment)
        started.append(worker)
        return worker

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def states(tmp_path):
    """Return how many letters are in which state, in the database of the workers."""
    if connection.vendor != "sqlite":
        return Counter(Letter.objects.values_list("state", flat=True))
    import sqlite3

    with sqlite3.connect(tmp_path / "staffel.sqlite3") as copy:
        return Counter(state for (state,) in copy.execute("SELECT state FROM accounts_letter"))


@pytest.mark.django_db(transaction=True)
def test_kill_in_the_middle_of_a_thousand_letters_loses_none(tmp_path, start, mail_server):
    for _ in range(LETTERS):
        make_letter()
    wanted = set(Letter.objects.values_list("message_id", flat=True))
    number = 1 if connection.vendor == "sqlite" else 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(tmp_path / "staffel.sqlite3")])

    for kill_at in KILLS:
        workers = [start() for _ in range(number)]
        mail_server.wait_for(kill_at)
        for worker in workers:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        if connection.vendor != "sqlite":
            # Two minutes pass: only then do others take what the dead had leased. SQLite's one worker knows at once.
            Job.objects.filter(state="running").update(leased_until=timezone.now())
    codes = [worker.wait(60) for worker in [start("--drain") for _ in range(number)]]

    assert codes == [0] * number
    assert set(mail_server.taken) == wanted
    assert states(tmp_path) == {"sent": LETTERS}
    # Killed between the server's answer and the note of it, a letter goes out again with the same Message-ID.
    assert max(mail_server.taken.values()) <= 2
    assert sum(mail_server.taken.values()) - LETTERS <= len(KILLS) * number
