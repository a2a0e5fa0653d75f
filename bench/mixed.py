"""Load as in the last hour before a deadline: 32 people at once on the real server, and afterwards a count of what is kept.

``python -m bench.mixed [seconds] [people]``; ``make bench`` runs it for 60 seconds with 32. Nobody pauses between two requests.
Every answer is looked at; every write that was acknowledged with a redirect is looked for in the database.
"""

import http.client
import itertools
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from bench.pages import served  # first: it sets Django up

from bench import crowd  # isort: skip
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.personal import SECRET, session_of, table
from staffel.accounts.models import AuditEntry
from staffel.admissions.core import baseline
from staffel.admissions.models import Application, Call
from staffel.base.models import Job
from staffel.cohorts.models import Attendance, Cohort
from staffel.credentials.models import Award

SECONDS, PEOPLE = 60.0, 32
# Of each 32: who applies, teaches, works in the office; the others read in public.
SHARES = (10, 4, 6)


@dataclass
class Notes:
    """What all users together saw: milliseconds by kind, statuses, and the writes that were acknowledged."""

    times: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    begun: dict[str, str] = field(default_factory=dict)
    saved: int = 0
    sent: set[str] = field(default_factory=set)
    attended: dict[str, int] = field(default_factory=dict)
    sheets: int = 0
    problems: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


_numbers = itertools.count(1)


class User:
    """One person with one kept-open connection; ``until`` is the moment after which they begin nothing more."""

    def __init__(self, notes: Notes, until: float, session: str = ""):
        self.notes, self.until, self.session = notes, until, session
        # Each from an address of their own: one address may begin 30 applications an hour.
        source = (f"127.0.1.{next(_numbers)}", 0)
        self.connection = http.client.HTTPConnection("127.0.0.1", settings.PORT, timeout=30, source_address=source)

    def ask(self, kind: str, path: str, **values: str) -> tuple[int, str]:
        """Send a GET, or with ``values`` a form, note how long it took, and return status and where it leads."""
        cookies = f"csrf={SECRET}" + (f"; session={self.session}" if self.session else "")
        headers = {"Cookie": cookies, "Accept": "text/html", "Accept-Encoding": "zstd"}
        body = None
        if values:
            body = urlencode({"csrfmiddlewaretoken": SECRET} | values)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        try:
            self.connection.request("POST" if values else "GET", quote(path, safe="/?=&%"), body, headers)
            answer = self.connection.getresponse()
            answer.read()
            status, leads = answer.status, answer.headers.get("Location", "")
        except (OSError, http.client.HTTPException) as problem:
            self.connection.close()
            status, leads = 0, ""
            with self.notes.lock:
                self.notes.problems.append(f"{kind}: {problem!r}")
        with self.notes.lock:
            self.notes.times.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
            self.notes.statuses[status] += 1
            if status not in (200, 302):
                self.notes.problems.append(f"{kind}: {path} answered {status}")
        return status, leads

    def on(self) -> bool:
        """Whether there is still time."""
        return time.perf_counter() < self.until


def reads(user: User, kind: str, paths: list[str]) -> None:
    """Read the pages in turn."""
    for path in itertools.cycle(paths):
        if not user.on():
            return
        user.ask(kind, path)


def applies(user: User, call: Call, places) -> None:
    """Begin, fill in and send one application after another, each for a municipality of its own."""
    for ags, name in places:
        if not user.on():
            return
        email = f"last-{ags}@example.org"
        place = {"ort": name, "ort_ags": ags, "ort_asked": name}
        status, base = user.ask("begin an application", f"/ausschreibungen/{call.public_id}/bewerben/", email=email, **place)
        if status != 302:
            continue
        user.notes.begun[email] = ""
        steps = {
            "person": {"name": f"Beispielperson {ags}", "function": "Stabsstelle"},
            "einschaetzung": dict.fromkeys(baseline.KEYS, "3"),
            "vorgesetzte": {"supervisor_name": "Fachvorgesetzte", "supervisor_email": "fachvorgesetzte@example.org"},
            "motivation": {"motivation": f"Wir wollen anfangen: {ags}."},
        }
        kept = [user.ask("save a step", f"{base}{step}/", **values)[0] for step, values in steps.items()]
        with user.notes.lock:
            user.notes.saved += kept.count(302)
        if kept[-1] == 302:
            user.notes.begun[email] = steps["motivation"]["motivation"]
        user.ask("application, check and send", f"{base}absenden/")
        if user.ask("send an application", f"{base}absenden/", privacy="on", selection="on")[0] == 302:
            user.notes.sent.add(email)


def teaches(user: User, cohort: Cohort) -> None:
    """Note the attendance of a Staffel of one's own, morning by morning, again and again with other minutes."""
    places = list(cohort.enrolments.values_list("public_id", flat=True))
    sheets = [f"/staffeln/{cohort.public_id}/anwesenheit/{one}/" for one in cohort.sessions.values_list("public_id", flat=True)]
    connection.close()
    for turn, path in enumerate(itertools.cycle(sheets)):
        if not user.on():
            return
        user.ask("attendance sheet", path)
        minutes = 30 * (1 + (turn // len(sheets) + turn) % 7)
        values = {f"da-{place}": "teil" for place in places} | {f"minuten-{place}": str(minutes) for place in places}
        if user.ask("attendance of 15 people", path, **values)[0] == 302:
            user.notes.attended[path.split("/")[-2]] = minutes
            with user.notes.lock:
                user.notes.sheets += 1


def team(notes: Notes, until: float, people: int) -> list[tuple[Callable, tuple]]:
    """Return what each of the people does, as function and arguments."""
    applying, teaching, office = (max(1, people * share // PEOPLE) for share in SHARES)
    public = people - applying - teaching - office
    call = Call.objects.get(state=Call.State.OPEN, title__startswith="Staffel 5")
    board = crowd.call("Messung mit 1.000", 1_000, state=Call.State.CLOSED)
    places = crowd.untaken(call)
    emil, frauke = session_of("emil"), session_of("frauke")
    running = Cohort.objects.get(name="Staffel 4")
    code = Award.objects.order_by("pk").values_list("code", flat=True)[0]
    open_pages = ["/", "/kommunen/", "/kommunen/vorschlaege/?q=mün", "/kommunen/12060052/", "/karte/", "/ausschreibungen/"]
    open_pages += [f"/ausschreibungen/{call.public_id}/", f"/pruefen/{code}/", "/zahlen/", "/programme/"]
    offices = [f"/buero/ausschreibungen/{one.public_id}/bewerbungen/" for one in (call, board)]
    offices += ["/buero/", f"/staffeln/{running.public_id}/menschen/", f"/staffeln/{running.public_id}/abschluss/"]
    cohorts = crowd.staffeln(teaching, 15, first=500, over=False)
    # A list for each, so that no two apply for the same municipality.
    return [
        *((reads, (User(notes, until), "public pages", open_pages[at % 10 :] + open_pages[: at % 10])) for at in range(public)),
        *((applies, (User(notes, until), call, iter(places[at::applying]))) for at in range(applying)),
        *((teaches, (User(notes, until, frauke), cohort)) for cohort in cohorts),
        *((reads, (User(notes, until, emil), "office", offices[at % 5 :] + offices[: at % 5])) for at in range(office)),
    ]


def lost(notes: Notes) -> list[str]:
    """Return what was acknowledged and is not in the database, or is there and was not acknowledged."""
    rows = {row.email: row for row in Application.objects.filter(email__startswith="last-")}
    differences = {
        "begun": (set(notes.begun), set(rows)),
        "sent": (notes.sent, {email for email, row in rows.items() if row.state == Application.State.SUBMITTED}),
        "motivation": (notes.begun, {email: row.motivation for email, row in rows.items()}),
        "audited": (len(notes.sent), AuditEntry.objects.filter(action="admissions.application_submitted").count()),
    }
    for session, minutes in notes.attended.items():
        found = set(Attendance.objects.filter(session__public_id=session).values_list("minutes", flat=True))
        differences[f"session {session}"] = ({minutes}, found)
    return [name for name, (expected, found) in differences.items() if expected != found]


def drained(seconds: float = 60) -> int:
    """Wait until the jobs that were waiting are done and return how many are not."""
    until = time.perf_counter() + seconds
    undone = Job.objects.exclude(state=Job.State.DONE).filter(key__startswith="admissions.")
    while time.perf_counter() < until and undone.exists():
        time.sleep(0.5)
    return undone.count()


def main(seconds: float = SECONDS, people: int = PEOPLE) -> int:
    """Fill the database, send everybody off, count, print; return 1 if something was lost or went wrong."""
    call_command("migrate", verbosity=0)
    call_command("seed", stdout=sys.stderr)
    notes = Notes()
    plan = team(notes, 0, people)
    with served():
        until = time.perf_counter() + seconds
        threads = []
        for act, (user, *rest) in plan:
            user.until = until
            threads.append(threading.Thread(target=act, args=(user, *rest), daemon=True))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(seconds + 60)
        took = time.perf_counter() - until + seconds
        undone = drained()
    missing = lost(notes)
    rows = []
    every = [one for times in notes.times.values() for one in times]
    for kind, times in [*sorted(notes.times.items()), ("all", every)]:
        times.sort()
        parts = [times[min(len(times) - 1, len(times) * share // 100)] for share in (50, 95, 99)]
        rows.append([kind, f"{len(times):,}", f"{len(times) / took:,.1f}", *(f"{part:,.0f}" for part in parts)])
    print(f"{len(plan)} people for {took:.0f} seconds without a pause, {connection.vendor}, client on the same processors.\n")
    print(table("request|number|for each second|p50 ms|p95 ms|p99 ms", rows))
    wrong = sum(number for status, number in notes.statuses.items() if status not in (200, 302))
    acknowledged = len(notes.begun) + notes.saved + len(notes.sent) + notes.sheets
    written = f"{len(notes.begun)} begun, {notes.saved} steps, {len(notes.sent)} sent, {notes.sheets} sheets"
    print(f"Answers other than 200 and 302: {wrong}. Writes acknowledged: {acknowledged:,} ({written}); lost: {len(missing)}.")
    print(f"Jobs not done a minute later: {undone}.\n")
    for problem in [*missing, *notes.problems[:20]]:
        print(problem, file=sys.stderr)
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main(*(kind(word) for kind, word in zip((float, int), sys.argv[1:], strict=False))))
