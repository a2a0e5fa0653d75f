"""The version of this checkout, as the first heading of ``CHANGELOG.md`` says: the only place that knows it."""

import re
from pathlib import Path


def read_version(changelog: Path) -> str:
    """Return the newest version, e.g. ``0.1.0``. Raises ValueError if ``changelog`` has no heading ``## 0.1.0``."""
    found = re.search(r"^## ([0-9]+\.[0-9]+\.[0-9]+)", changelog.read_text(encoding="utf-8"), re.MULTILINE)
    if not found:
        raise ValueError(f"{changelog} has no heading like '## 0.1.0'")
    return found[1]
