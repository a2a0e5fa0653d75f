"""A real server on an empty database, and the system's chromium in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.architecture.house import ROOT

WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 780}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass(frozen=True)
class Site:
    """The address of the served instance, and where it writes its log."""

    address: str
    log: Path


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path, **more: str):
    """Start the server with all it writes in ``folder``, as ``make run`` does, and yield the site once it answers.

    ``more`` are settings of its environment.
    """
    port, log = free_port(), folder / "server.log"
    environment = os.environ | {"STAFFEL_VAR": str(folder), "PORT": str(port), "PYTHONPATH": str(ROOT / "src")} | more
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        try:
            wait_until_ready(server, port, log)
            yield Site(f"http://127.0.0.1:{port}", log)
        finally:
            server.terminate()
            server.wait(20)


def wait_until_ready(server, port: int, log: Path) -> None:
    """Wait up to a minute for the first answer. Raises RuntimeError with the log if none comes."""
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server does not answer:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def chromium():
    """Yield the system's chromium, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        yield browser
        browser.close()


def open_context(browser: Browser, site: Site, **options) -> BrowserContext:
    """Return a new browser context on the site, in German, with short patience."""
    context = browser.new_context(base_url=site.address, locale="de-DE", **options)
    context.set_default_timeout(10_000)
    return context
