import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from types import SimpleNamespace

import pytest
from django.core.management import CommandError

from staffel.portal.management.commands import serve
from staffel.portal.management.commands.serve import Command
from tests.architecture.house import ROOT


def test_a_taken_port_is_said_with_the_way_out(settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        settings.PORT = other.getsockname()[1]

        with pytest.raises(CommandError) as refusal:
            Command().refuse_taken_port()

    assert str(refusal.value) == (
        f"Port {settings.PORT} ist belegt. Starten Sie mit einem anderen, zum Beispiel: PORT={settings.PORT + 1} make run"
    )


def test_an_address_of_another_machine_is_said(settings):
    settings.BIND, settings.PORT = "192.0.2.1", 8000

    with pytest.raises(CommandError, match=r"^Auf 192\.0\.2\.1, Port 8000, lässt sich nicht lauschen: "):
        Command().refuse_taken_port()


def hear_ctrl_c():
    """A shell starts what runs in the background deaf to Ctrl-C, and its children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def first_answer(port):
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=1) as response:
                return response.read()
        except OSError:
            time.sleep(0.1)
    return b""


def wait_for_the_first_job(log):
    for _ in range(200):
        if "job done" in log.read_text(encoding="utf-8"):
            return
        time.sleep(0.1)


@pytest.mark.parametrize("wished, started", [(0, 0), (1, 1), (3, 1)])
def test_sqlite_gets_one_worker_at_most(settings, monkeypatch, wished, started):
    settings.JOB_WORKERS = wished
    monkeypatch.setattr(serve, "connection", SimpleNamespace(vendor="sqlite"))

    assert Command().job_workers() == started


def test_postgresql_gets_as_many_workers_as_are_wished(settings, monkeypatch):
    settings.JOB_WORKERS = 3
    monkeypatch.setattr(serve, "connection", SimpleNamespace(vendor="postgresql"))

    assert Command().job_workers() == 3


def test_serve_answers_works_and_stops_cleanly_on_ctrl_c(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"STAFFEL_VAR": str(tmp_path), "PORT": str(port), "STAFFEL_DATABASE": ""}
    command = [sys.executable, "manage.py", "serve"]
    with (
        (tmp_path / "log").open("w+") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=hear_ctrl_c,  # noqa: PLW1509
        ) as server,
    ):
        try:
            answer = first_answer(port)
            wait_for_the_first_job(tmp_path / "log")
            server.send_signal(signal.SIGINT)
            code = server.wait(20)
        finally:
            server.kill()
        log.seek(0)
        said = log.read()

    assert b'"database": "reachable"' in answer
    assert code == 0
    assert f"http://127.0.0.1:{port}/" in said
    assert said.count("worker started") == said.count("worker stopped") == 1
    assert "Traceback" not in said
