"""Measure the public pages in this process and through the real server; print one Markdown table."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffel.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402

from bench.load import requests_per_second  # noqa: E402
from staffel.base import public_cache  # noqa: E402

application = get_wsgi_application()

BROWSER = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd", "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT": "text/html"}


@dataclass(frozen=True)
class Page:
    """One page to measure: what it is, its address, and its budgets from ``docs/develop/performance.md``.

    ``cpu`` in milliseconds as kept, ``queries`` as made anew, ``size`` in bytes compressed.
    """

    name: str
    path: str
    cpu: float
    queries: int
    size: int


PAGES = (
    Page("start page with map", "/", 2, 2, 35_000),
    Page("search as you type", "/kommunen/vorschlaege/?q=mün", 3, 1, 3_000),
    Page("list of 50", "/kommunen/", 10, 6, 25_000),
    Page("list of 50, filtered", "/kommunen/?q=bad&land=08&groesse=kleinstadt", 10, 6, 25_000),
    Page("municipality", "/kommunen/12060052/", 2, 2, 20_000),
    Page("Kreis", "/kreise/12060/", 2, 2, 20_000),
    Page("Land", "/laender/12/", 2, 2, 20_000),
    Page("map, Staffeln", "/karte/", 3, 3, 60_000),
    Page("map, size classes", "/karte/?ebene=groesse", 3, 3, 60_000),
    Page("map, deprivation", "/karte/?ebene=deprivation", 3, 3, 60_000),
    Page("the three Staffeln", "/staffeln/", 2, 2, 20_000),
    Page("funded projects", "/foerderung/", 2, 2, 25_000),
    Page("API, 100 municipalities", "/api/v1/municipalities?limit=100", 10, 6, 25_000),
    Page("API, one municipality", "/api/v1/municipalities/12060052", 2, 2, 3_000),
)


COLUMNS = (
    "page",
    "CPU ms made anew",
    "CPU ms kept",
    "CPU ms 304",
    "queries anew",
    "queries kept",
    "bytes sent",
    "requests/s",
    "budget: CPU ms, queries, bytes",
)


class Asked:
    """One request through the whole WSGI application: a GET, or with ``body`` the form that a POST sends."""

    def __init__(self, path: str, *, body: bytes = b"", **headers: str):
        address, _, query = path.partition("?")
        self.body = body
        self.environ = {
            "REQUEST_METHOD": "POST" if body else "GET",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "PATH_INFO": address.encode().decode("latin-1"),
            "QUERY_STRING": urllib.request.quote(query, safe="=&%"),
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "http",
            "wsgi.errors": sys.stderr,
            **BROWSER,
            **headers,
        }

    def answer(self) -> tuple[int, dict, bytes]:
        """Return status, headers and body."""
        seen = {}

        def start(status, headers, exc_info=None):
            seen["status"], seen["headers"] = int(status[:3]), dict(headers)

        result = application(self.environ | {"wsgi.input": BytesIO(self.body)}, start)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return seen["status"], seen["headers"], body


def cpu_ms(action, times: int) -> float:
    """Return the median CPU milliseconds of ``action`` over ``times`` calls, after three that do not count."""
    spent = []
    for turn in range(times + 3):
        started = time.process_time()
        action()
        if turn >= 3:
            spent.append((time.process_time() - started) * 1000)
    return statistics.median(spent)


def count_queries(action) -> int:
    """Return how many statements ``action`` sends to the database, but for those that open and close transactions."""
    count = 0

    def counted(execute, sql, *arguments):
        nonlocal count
        count += not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))
        return execute(sql, *arguments)

    with connection.execute_wrapper(counted):
        action()
    return count


# The loop of ``slowness`` on the machine on which the budgets were written down, with nothing else running.
CALIBRATION_MS = 6.5


def slowness() -> float:
    """Return how many times slower this machine is now than the one of the budgets; other work on it slows it down too."""

    def loop():
        total = 0
        for number in range(150_000):
            total += number * number % 7
        return total

    return max(cpu_ms(loop, 7) / CALIBRATION_MS, 0.5)


def wait_until_ready(seconds: float = 120) -> None:
    """Return when the server answers; raises SystemExit if it does not within ``seconds``."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/health/ready/", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server does not answer on port {settings.PORT}")


@contextmanager
def served():
    """Run the real server on ``PORT`` and wait until it answers."""
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=settings.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until_ready()
        yield
    finally:
        server.terminate()
        server.wait(20)


def measure(page: Page) -> list[str]:
    """Return the figures of one page as text: CPU made anew, kept and 304; queries anew and kept; bytes."""
    asked = Asked(page.path)

    def anew():
        public_cache.shelf.clear()
        asked.answer()

    status, headers, body = asked.answer()
    if status != 200:
        raise SystemExit(f"{page.path} answered {status}")
    known = Asked(page.path, HTTP_IF_NONE_MATCH=headers.get("ETag", "-"))
    not_modified = f"{cpu_ms(known.answer, 200):.2f}" if known.answer()[0] == 304 else "–"
    queries_anew, queries_kept = count_queries(anew), count_queries(asked.answer)
    cpu_anew, cpu_kept = cpu_ms(anew, 30), cpu_ms(asked.answer, 200)
    return [f"{cpu_anew:.2f}", f"{cpu_kept:.2f}", not_modified, str(queries_anew), str(queries_kept), f"{len(body):,}"]


def main() -> None:
    """Fill the database, measure every page, print the table."""
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=sys.stderr)
    figures = {page: measure(page) for page in PAGES}
    connection.close()
    with served():
        rates = {page: requests_per_second(settings.PORT, page.path) for page in PAGES}
    print(f"| {' | '.join(COLUMNS)} |")
    print(f"| {' | '.join('---' for _ in COLUMNS)} |")
    for page, figure in figures.items():
        budget = f"{page.cpu:g}, {page.queries}, {page.size:,}"
        print(f"| {page.name} | {' | '.join(figure)} | {rates[page]:,.0f} | {budget} |")


if __name__ == "__main__":
    main()
