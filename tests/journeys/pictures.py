"""Make the pictures of the documentation from the running program: ``make pictures``."""

import tempfile
from pathlib import Path

from tests.architecture.house import ROOT
from tests.journeys.stage import WIDE, chromium, open_context, served

PICTURES = {"start.png": "/", "karte.png": "/karte/?land=12", "kommune.png": "/kommunen/12060052/"}


def main() -> None:
    """Write every picture of ``PICTURES`` to ``docs/images``."""
    target = ROOT / "docs" / "images"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="staffel-pictures-") as folder, served(Path(folder)) as site, chromium() as browser:
        page = open_context(browser, site, viewport=WIDE, reduced_motion="reduce").new_page()
        for name, path in PICTURES.items():
            page.goto(path, wait_until="networkidle")
            page.screenshot(path=target / name)
            print(f"docs/images/{name}")


if __name__ == "__main__":
    main()
