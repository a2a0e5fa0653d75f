"""The page of results: today's machine, the tables of each part, and what the peers need for the same."""

import datetime
import os
import platform

PEERS = """\
## Beside the peers

CPU milliseconds per request, measured in November 2026 on the same kind of machine (two cores) by the team; their pages
differ from ours in content, so this is an order of magnitude and no race.

| system | page | CPU ms |
| --- | --- | --- |
| Moodle 5.1 | enrolment write | 75–80 |
| Moodle 5.1 | dashboard (43 statements, 212 KB) | not measured in CPU |
| pretix | event page | 100–120 |
| pretix | list of 50 orders | 300 |
| pretalx | call page | 84 |
| pretalx | list of submissions | 2,300–4,900 |
| Kolibri | list of 30 participants (API) | 32 |
| Kolibri | page shell | 6–9 |
"""


def page_of_results(tables: dict[str, str]) -> str:
    """Return ``RESULTS.md`` from one Markdown table per database."""
    machine = f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"
    parts = [
        "# Results\n",
        "<!-- Written by `make bench`. -->\n",
        f"Measured on {datetime.date.today():%Y-%m-%d}: {machine}. What the columns mean: [README](README.md). "
        "A figure over its budget is in bold.\n",
    ]
    for name, table in tables.items():
        parts.append(f"## {name}\n\n{table.strip()}\n")
    return "\n".join([*parts, PEERS])
