"""Measure every public page on real data, the personal pages on invented people, and packages: ``make bench``, some minutes.

In one process: CPU time, queries and compressed bytes of a request through the whole middleware. Then with the real server:
requests per second on this machine, and 32 people at once, the client running on the same processors.
Writes ``bench/RESULTS.md``.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.report import page_of_results
from tests.run import postgresql

ROOT = Path(__file__).resolve().parent.parent


def measured(module: str, **environment: str) -> str:
    """Return what ``module`` prints, run in a process of its own on an empty database."""
    with tempfile.TemporaryDirectory(prefix="staffel-bench-") as folder:
        settings = {"STAFFEL_VAR": folder, "PYTHONPATH": str(ROOT / "src"), "STAFFEL_LOG_REQUESTS": "no", "PORT": "8765"}
        command = [sys.executable, "-m", module]
        return subprocess.run(
            command, cwd=ROOT, env=os.environ | settings | environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


def main() -> None:
    """Measure on SQLite and on PostgreSQL and write the results."""
    tables = {}
    for what, module in (("Public pages", "bench.pages"), ("Personal pages", "bench.personal")):
        tables[f"{what}, SQLite"] = measured(module)
        with postgresql() as address:
            tables[f"{what}, PostgreSQL"] = measured(module, STAFFEL_DATABASE=address)
    tables["32 people at once, SQLite"] = measured("bench.mixed")
    tables["Handover packages"] = measured("bench.packages")
    (ROOT / "bench" / "RESULTS.md").write_text(page_of_results(tables), encoding="utf-8")
    print((ROOT / "bench" / "RESULTS.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
