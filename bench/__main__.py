"""Measure every public page on real data and write ``bench/RESULTS.md``: ``make bench``, about two minutes.

In one process: CPU time, queries and compressed bytes of a request through the whole middleware. Then with the real server:
requests per second on this machine, the client running on the same processors.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.report import page_of_results
from tests.run import postgresql

ROOT = Path(__file__).resolve().parent.parent


def measured(**environment: str) -> str:
    """Return the table of one database, measured in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="staffel-bench-") as folder:
        settings = {"STAFFEL_VAR": folder, "PYTHONPATH": str(ROOT / "src"), "STAFFEL_LOG_REQUESTS": "no", "PORT": "8765"}
        command = [sys.executable, "-m", "bench.pages"]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | settings | environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


def main() -> None:
    """Measure on SQLite and on PostgreSQL and write the results."""
    tables = {"SQLite": measured()}
    with postgresql() as address:
        tables["PostgreSQL"] = measured(STAFFEL_DATABASE=address)
    (ROOT / "bench" / "RESULTS.md").write_text(page_of_results(tables), encoding="utf-8")
    print((ROOT / "bench" / "RESULTS.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
