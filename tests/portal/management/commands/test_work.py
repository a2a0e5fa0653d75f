import os
import subprocess
import sys

from tests.architecture.house import ROOT


def work(tmp_path, *options):
    environment = os.environ | {"STAFFEL_VAR": str(tmp_path), "STAFFEL_DATABASE": ""}
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", *options],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_work_ends_on_sigterm_refuses_a_second_one_and_waits_for_the_tables(tmp_path):
    """The database has no tables yet: a worker that starts before the first migration waits for it."""
    with work(tmp_path) as first:
        try:
            started = first.stdout.readline()
            waiting = first.stdout.readline()
            with work(tmp_path) as second:
                refusal, code = second.communicate(timeout=40)[0], second.returncode
            first.terminate()
            rest = first.communicate(timeout=20)[0]
        finally:
            first.kill()

    assert "worker started" in started
    assert "database failed" in waiting
    assert code == 3
    assert refusal == (
        "CommandError: Für diese SQLite-Datei arbeitet schon ein Prozess (serve oder work). Beenden Sie ihn zuerst, "
        f"oder nehmen Sie PostgreSQL für mehrere. Die Sperre: {tmp_path / 'staffel.sqlite3-worker'}\n"
    )
    assert first.returncode == 0
    assert "worker stopped" in rest
