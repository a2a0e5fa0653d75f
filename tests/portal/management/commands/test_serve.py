import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.core.management import CommandError

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


def test_serve_answers_and_stops_cleanly_on_ctrl_c(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"STAFFEL_VAR": str(tmp_path), "PORT": str(port), "STAFFEL_DATABASE": ""}
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    answer = b""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=1) as response:
                answer = response.read()
            break
        except OSError:
            time.sleep(0.1)
    server.send_signal(signal.SIGINT)
    output, _ = server.communicate(timeout=20)

    assert b'"database": "reachable"' in answer
    assert server.returncode == 0
    assert b"Traceback" not in output
