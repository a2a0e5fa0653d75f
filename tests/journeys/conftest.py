"""A real server on real data, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
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


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Start the server on an empty database, as ``make run`` does, and yield it once it answers."""
    folder = tmp_path_factory.mktemp("site")
    port, log = free_port(), folder / "server.log"
    environment = os.environ | {"STAFFEL_VAR": str(folder), "PORT": str(port), "PYTHONPATH": str(ROOT / "src")}
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


def wait_until_ready(server, port, log):
    for _ in range(600):
        if server.poll() is not None:
            pytest.fail(f"the server stopped:\n{log.read_text(encoding='utf-8')}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready/", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not answer within a minute:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def browser():
    """Yield the system's chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def open_context(browser: Browser, site: Site, **options) -> BrowserContext:
    """Return a new browser context on the site, in German, with short patience."""
    context = browser.new_context(base_url=site.address, locale="de-DE", **options)
    context.set_default_timeout(10_000)
    return context


@pytest.fixture(params=[WIDE, NARROW], ids=["1280px", "360px"])
def page(request, browser, site):
    """Yield a page, once wide and once narrow, and fail on any script error or refused resource."""
    yield from watched_page(open_context(browser, site, viewport=request.param))


@pytest.fixture(params=[(size, scheme) for size in ("1280", "360") for scheme in ("light", "dark")], ids="-".join)
def seen_page(request, browser, site):
    """Yield a page in each width, light and dark, for the eyes of a machine."""
    size, scheme = request.param
    options = {"viewport": WIDE if size == "1280" else NARROW, "color_scheme": scheme, "reduced_motion": "reduce"}
    yield from watched_page(open_context(browser, site, **options))


@pytest.fixture
def wide_page(browser, site):
    """Yield a page 1280 px wide."""
    yield from watched_page(open_context(browser, site, viewport=WIDE))


@pytest.fixture
def page_without_javascript(browser, site):
    """Yield a page in a browser with scripts switched off."""
    yield from watched_page(open_context(browser, site, viewport=WIDE, java_script_enabled=False))


def watched_page(context):
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert complaints == []
