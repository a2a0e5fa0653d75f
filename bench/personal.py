"""Measure the pages of people who are signed in, and what they write; print Markdown. The counterpart of ``pages``.

First each page and each write on the demo, then the same pages beside ten and a hundred times as many people, then the lists
that hold everybody, then the certificates.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlencode

from bench.pages import Asked, count_queries, cpu_ms, slowness  # first: it sets Django up

from bench import crowd  # isort: skip
from django.core.management import call_command
from django.test import Client

from staffel.admissions.models import Call
from staffel.cohorts.models import Cohort
from staffel.credentials.exports import certificate_pdf
from staffel.credentials.models import Award
from staffel.credentials.queries import paper_of

# Cookie and form carry the same; the protection compares them.
SECRET = "bench0" * 5 + "ab"
REPEATS = 3
# Of the demo: 3 Staffeln, 24 people, 40 applications.
GROWTH = (10, 100)


@dataclass(frozen=True)
class Page:
    """One page to measure: what it is, its address, its session (empty: nobody), and its budgets as in ``bench.pages``."""

    name: str
    path: str
    session: str
    cpu: float
    queries: int
    size: int

    def asked(self) -> Asked:
        """Return the request."""
        return Asked(self.path, HTTP_COOKIE=f"session={self.session}") if self.session else Asked(self.path)


@dataclass(frozen=True)
class Write:
    """One write to measure: ``requests`` yields another form each time, none of which changes nothing."""

    name: str
    requests: Iterator[Asked]
    cpu: float = 6
    queries: int = 12


def session_of(key: str) -> str:
    """Return the session of a persona of the demo, newly signed in."""
    client = Client()
    client.force_login(crowd.person(key), backend="django.contrib.auth.backends.ModelBackend")
    return client.session.session_key


def form(path: str, session: str = "", address: str = "127.0.0.1", **values: object) -> Asked:
    """Return the POST of a form from a network ``address``."""
    cookies = f"csrf={SECRET}" + (f"; session={session}" if session else "")
    body = urlencode({"csrfmiddlewaretoken": SECRET} | values).encode()
    return Asked(path, body=body, HTTP_COOKIE=cookies, REMOTE_ADDR=address)


# What is measured ---------------------------------------------------------------------------------------------------------


def everyday() -> tuple[Page, ...]:
    """Return the pages that must not grow with the number of other people."""
    anke, emil, frauke = (session_of(key) for key in ("anke", "emil", "frauke"))
    running = Cohort.objects.get(name="Staffel 4")
    call = Call.objects.get(state=Call.State.OPEN, title__startswith="Staffel 5")
    code = Award.objects.order_by("pk").values_list("code", flat=True)[0]
    sheet = f"/staffeln/{running.public_id}/anwesenheit/{running.sessions.order_by('starts_at')[0].public_id}/"
    ((_, token),) = crowd.drafts(call, 1, whole=True)
    return (
        Page("own page, participant", "/mein-bereich/", anke, 8, 10, 20_000),
        Page("own page, trainer", "/mein-bereich/", frauke, 8, 10, 20_000),
        Page("office, start", "/buero/", emil, 8, 10, 20_000),
        Page("cohort", f"/staffeln/{running.public_id}/", anke, 8, 10, 20_000),
        Page("dates of a cohort", f"/staffeln/{running.public_id}/termine/", anke, 8, 10, 20_000),
        Page("people of a cohort, 15", f"/staffeln/{running.public_id}/menschen/", emil, 10, 6, 25_000),
        Page("completion board, 15", f"/staffeln/{running.public_id}/abschluss/", frauke, 10, 6, 25_000),
        Page("attendance sheet, 15", sheet, frauke, 8, 10, 20_000),
        Page("application, overview", f"/bewerbung/{token}/", "", 8, 10, 20_000),
        Page("application, motivation", f"/bewerbung/{token}/motivation/", "", 8, 10, 20_000),
        Page("application, self-assessment", f"/bewerbung/{token}/einschaetzung/", "", 8, 10, 20_000),
        Page("application, check and send", f"/bewerbung/{token}/absenden/", "", 8, 10, 20_000),
        Page("office board, 40", f"/buero/ausschreibungen/{call.public_id}/bewerbungen/", emil, 10, 6, 25_000),
        Page("audit log", "/buero/protokoll/", emil, 10, 6, 25_000),
        Page("letters", "/buero/briefe/", emil, 10, 6, 25_000),
        Page("calls", "/ausschreibungen/", "", 2, 2, 20_000),
        Page("call", f"/ausschreibungen/{call.public_id}/", "", 2, 2, 20_000),
        Page("verify a certificate", f"/pruefen/{code}/", "", 8, 10, 20_000),
    )


def everybody(board: Call, cohort: Cohort) -> tuple[Page, ...]:
    """Return the lists that hold everybody: a call with 11,000 applications, a cohort with 1,000 people."""
    emil = session_of("emil")
    own = f"/staffeln/{cohort.public_id}/"
    sheet = cohort.sessions.order_by("starts_at")[0].public_id
    applications = f"/buero/ausschreibungen/{board.public_id}/bewerbungen/"
    return (
        Page("office board, 11,000", applications, emil, 60, 8, 80_000),
        Page("office board, 11,000, searched", f"{applications}?q=neu", emil, 60, 8, 80_000),
        Page("people of a cohort, 1,000", f"{own}menschen/", emil, 60, 8, 80_000),
        Page("completion board, 1,000", f"{own}abschluss/", emil, 60, 8, 80_000),
        Page("attendance sheet, 1,000", f"{own}anwesenheit/{sheet}/", emil, 60, 8, 80_000),
    )


def writes() -> tuple[Write, ...]:
    """Return the writes; a session of the running Staffel and a new draft for each are there."""
    frauke = session_of("frauke")
    running = Cohort.objects.get(name="Staffel 4")
    call = Call.objects.get(state=Call.State.OPEN, title__startswith="Staffel 5")
    sheet = f"/staffeln/{running.public_id}/anwesenheit/{running.sessions.order_by('starts_at')[0].public_id}/"
    places = list(running.enrolments.filter(state="active").values_list("public_id", flat=True))
    rows = crowd.drafts(call, 100, whole=True)
    (_, token), ready = rows[0], iter(rows[1:])

    def attend() -> Iterator[Asked]:
        for turn in count():
            yield form(sheet, frauke, **{f"da-{place}": "ganz" if turn % 2 else "nicht" for place in places})

    def save() -> Iterator[Asked]:
        for turn in count():
            yield form(f"/bewerbung/{token}/motivation/", motivation=f"{crowd.MOTIVATION} {turn}")

    def send() -> Iterator[Asked]:
        for _, one in ready:
            yield form(f"/bewerbung/{one}/absenden/", privacy="on", selection="on")

    def begin() -> Iterator[Asked]:
        for number, (ags, name) in enumerate(crowd.untaken(call)):
            place = {"ort": name, "ort_ags": ags, "ort_asked": name}
            # Each from a town hall of its own: one address may begin 30 an hour.
            address = f"10.0.{number // 200}.{number % 200 + 1}"
            path = f"/ausschreibungen/{call.public_id}/bewerben/"
            yield form(path, address=address, email=f"neu-{number}@example.org", **place)

    return (
        # Two limits in the shared cache take 16 of them.
        Write("begin an application", begin(), queries=28),
        Write("save a step", save()),
        Write("send an application", send()),
        Write("attendance of 15 people", attend()),
    )


# How it is measured -------------------------------------------------------------------------------------------------------


def least_cpu(action: Callable[[], object], times: int = 15) -> float:
    """Return the least of ``REPEATS`` medians: other work on the machine only ever adds."""
    return min(cpu_ms(action, times) for _ in range(REPEATS))


def answered(asked: Asked, expected: int) -> bytes:
    """Return the body; raises SystemExit for another status than ``expected``."""
    status, _, body = asked.answer()
    if status != expected:
        raise SystemExit(f"{asked.environ['PATH_INFO']} answered {status}")
    return body


def measure(page: Page, times: int = 15) -> tuple[float, int, int]:
    """Return CPU milliseconds, queries and bytes of a page."""
    asked = page.asked()
    size = len(answered(asked, 200))
    return least_cpu(asked.answer, times), count_queries(asked.answer), size


def measure_write(write: Write, times: int = 8) -> tuple[float, int]:
    """Return CPU milliseconds and queries of a write."""
    answered(next(write.requests), 302)
    number = count_queries(lambda: answered(next(write.requests), 302))
    return least_cpu(lambda: answered(next(write.requests), 302), times), number


def certificates_per_second() -> float:
    """Return certificates per second of processor time, in one process."""
    papers = [paper_of(award) for award in Award.objects.filter(enrolment__isnull=False).select_related("enrolment")[:200]]
    certificate_pdf(papers[0])
    started = time.process_time()
    for paper in papers:
        certificate_pdf(paper)
    return len(papers) / (time.process_time() - started)


def table(columns: str, rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    names = columns.split("|")
    return "\n".join(f"| {' | '.join(row)} |" for row in (names, ["---"] * len(names), *rows)) + "\n"


def over(words: str, figure: float, budget: float) -> str:
    """Return ``words``, in bold if the figure is over its budget."""
    return f"**{words}**" if figure > budget else words


def cells(page: Page, cpu: float, queries: int, size: int) -> list[str]:
    """Return name and figures of a page for the table."""
    figures = (f"{cpu:.1f}", cpu, page.cpu), (str(queries), queries, page.queries), (f"{size:,}", size, page.size)
    return [page.name, *(over(*one) for one in figures)]


def budget_of(page: Page) -> str:
    """Return the budget of a page in one cell."""
    return f"{page.cpu:g}, {page.queries}, {page.size:,}"


def told(name: str, *talk: object) -> None:
    """Say on the error stream how far it is."""
    print(name, *talk, file=sys.stderr, flush=True)


def main() -> None:
    """Fill the database step by step, measure at each, print the tables."""
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=sys.stderr)
    before, pages = slowness(), everyday()
    stages = [{page: measure(page) for page in pages}]
    written = {write: measure_write(write) for write in writes()}
    have = 1
    for times in GROWTH:
        crowd.grow(times - have)
        told("growth", times)
        have = times
        stages.append({page: measure(page) for page in pages})
    board, (cohort,) = crowd.call("Messung mit 11.000", 11_000), crowd.staffeln(1, 1_000, first=9_000, over=False)
    crowd.analyse()
    large = {page: measure(page, times=5) for page in everybody(board, cohort)}
    columns = "page|CPU ms|queries|bytes sent|CPU ms beside 10 times the people|100 times|queries beside 100 times"
    rows = []
    for page in pages:
        first, (cpu_10, _, _), (cpu_100, queries_100, _) = (stage[page] for stage in stages)
        rows.append([*cells(page, *first), f"{cpu_10:.1f}", f"{cpu_100:.1f}", str(queries_100), budget_of(page)])
    print(table(f"{columns}|budget: CPU ms, queries, bytes", rows))
    rows = [[*cells(page, *figures), budget_of(page)] for page, figures in large.items()]
    print(table("list of everybody|CPU ms|queries|bytes sent|budget: CPU ms, queries, bytes", rows))
    rows = [
        [
            write.name,
            over(f"{cpu:.1f}", cpu, write.cpu),
            over(str(queries), queries, write.queries),
            f"{write.cpu:g}, {write.queries}",
        ]
        for write, (cpu, queries) in written.items()
    ]
    print(table("write|CPU ms|queries|budget: CPU ms, queries", rows))
    slow = (before + slowness()) / 2
    print(f"Certificates: {certificates_per_second():.0f} for each second of one processor (budget: 100).")
    print(f"Beside other work, the calibration loop took {slow:.2f} times as long as on the quiet machine of the budgets.\n")


if __name__ == "__main__":
    main()
