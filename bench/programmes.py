"""Measure programmes of 50, 500 and 5,000 units in the database: ``python -m bench.programmes [units …]``.

Import, export, release and the pages that compare, on a SQLite database of its own. Each act runs in a process of its own:
processor time of the act alone, without the start of the program, and the peak memory of the process, looked at 200 times a
second: *own* is what it shares with nobody (``RssAnon``), *of these SQLite* what SQLite asked for at most (its cache of pages
may take 64 MB), *mapped* what is mapped of files, mostly the database: memory of the system, which can take it back.
"""

import ctypes
import ctypes.util
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.packages import SECRET, Changed, spread
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.__main__ import Folder
from staffel.curriculum.core.package.writer import Release, Signer, package_files, write_zip
from staffel.curriculum.core.reader import FromFiles
from tests.curriculum.generated import Generated

UNITS = (50, 500, 5_000)
BY = "bench"
# Seconds between two looks at the memory of a process.
INTERVAL = 0.005
ROOM = "/buero/programme"


class Numbered:
    """The same programme with another number."""

    def __init__(self, source, number: str):
        self._source, self.outline = source, replace(source.outline, version=number)

    def unit(self, key: str):
        return self._source.unit(key)

    def open(self, key: str, name: str):
        return self._source.open(key, name)


def make(folder: Path, units: int) -> float:
    """Write the two packages of a publisher and the folder with our changes, and return the megabytes of one."""
    source = Generated(units)
    signer = Signer(signing.public_of(SECRET), lambda data: signing.sign(SECRET, data))
    size = 0
    for name, number, changed in (("base", "1.0.0", source), ("theirs", "1.1.0", Changed(source, 50))):
        size = spread(Numbered(changed, number), folder / name)
        files = Folder(folder / name)
        with (folder / f"{name}.zip").open("w+b") as stream:
            release = Release(datetime(2026, 11, 25, 15, tzinfo=UTC), "Land Brandenburg")
            write_zip(package_files(files, FromFiles(files).outline, release, signer), stream)
    spread(Numbered(Changed(source, 0), "1.0.1"), folder / "ours")
    return size / 1e6


def act(name: str, folder: Path) -> None:
    """Do one act and print what it took, as JSON."""
    acts = _acts(folder)
    prepare, run = acts[name]
    thing = prepare() if prepare else None
    wall, cpu = time.perf_counter(), time.process_time()
    found = run(thing)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu": cpu, "wall": wall, "sqlite": _sqlite_peak(), "bytes": found if isinstance(found, int) else 0}))


def _sqlite_peak() -> float:
    """Return how many megabytes SQLite had at most in this process."""
    library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_memory_highwater.restype = ctypes.c_int64
    return library.sqlite3_memory_highwater(0) / 1e6


def watched(command: list[str], environment: dict[str, str]) -> tuple[dict, float, float]:
    """Run an act and return what it said, and how many megabytes were its own and mapped of files at most."""
    own = mapped = 0
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as wrong:
        with subprocess.Popen(command, env=environment, stdout=said, stderr=wrong, text=True) as process:
            status = Path(f"/proc/{process.pid}/status")
            while process.poll() is None:
                # Nothing is said of a process that has just ended.
                sizes = dict(line.split(":", 1) for line in status.read_text().splitlines() if line.startswith("Rss"))
                own = max(own, _bytes_of(sizes, "RssAnon"))
                mapped = max(mapped, _bytes_of(sizes, "RssFile"))
                time.sleep(INTERVAL)
        said.seek(0)
        wrong.seek(0)
        if process.returncode:
            raise SystemExit(f"{command}: {wrong.read()[-2000:]}")
        return json.loads(said.read().splitlines()[-1]), own / 1e6, mapped / 1e6


def _bytes_of(sizes: dict[str, str], name: str) -> int:
    return int(sizes.get(name, "0").split()[0]) * 1024


def _acts(folder: Path) -> dict:
    # Only here: the settings are read when Django is set up, in the process that acts.
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffel.config.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from staffel.accounts.core.roles import Role  # noqa: PLC0415
    from staffel.accounts.models import Organisation, Person  # noqa: PLC0415
    from staffel.curriculum.actions import loading, merging, receiving, release  # noqa: PLC0415
    from staffel.curriculum.exports import packages  # noqa: PLC0415
    from staffel.curriculum.models import Merge, Version  # noqa: PLC0415
    from tests.accounts.factories import make_emil, make_person  # noqa: PLC0415

    def begin(_thing):
        call_command("migrate", verbosity=0)
        make_emil()
        make_person("Jonas", role=Role.EDITOR)

    def received(number):
        return Version.objects.select_related("programme").get(number=number, publisher__isnull=False)

    def receive(name):
        with (folder / f"{name}.zip").open("rb") as stream:
            receiving.receive_package(stream, by=BY, trust_key=True, note="Probe.")

    def load(_thing):
        files, office = Folder(folder / "ours"), Organisation.objects.get(runs_instance=True)
        loading.load_programme(files, by=BY, organisation=office, upstream=received("1.0.0"))

    def written(write):
        def run(_thing):
            with tempfile.TemporaryFile() as stream:
                write(received("1.0.0"), stream)
                return stream.tell()

        return None, run

    def page(address):
        def prepare():
            client = Client(headers={"host": "localhost"})
            jonas = Person.objects.get(memberships__role=Role.EDITOR)
            client.force_login(jonas, backend="django.contrib.auth.backends.ModelBackend")
            client.get(f"{ROOM}/")
            return client, address()

        def run(thing):
            client, path = thing
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code)
            return len(gzip.compress(answer.content))

        return prepare, run

    def draft(end=""):
        return lambda: f"{ROOM}/versionen/{Version.objects.get(publisher=None).public_id}/{end}"

    def of_merge(end=""):
        return lambda: f"{ROOM}/zusammenfuehrungen/{Merge.objects.get().public_id}/{end}"

    def public(end=""):
        def address():
            version = Version.objects.select_related("programme").get(publisher=None)
            return f"/programme/{version.programme.key}/{version.number}/{end}"

        return address

    return {
        "begin": (None, begin),
        "receive a package": (None, lambda _thing: receive("base")),
        "load a folder as draft": (None, load),
        "package out of it": written(packages.package_zip),
        "folder out of it": written(packages.folder_zip),
        "page of the draft": page(draft()),
        "comparison page": page(draft("vergleich/")),
        "receive the next": (None, lambda _thing: receive("theirs")),
        "begin a merge": (None, lambda _thing: merging.begin_merge(received("1.1.0"), by=BY)),
        "merge page": page(of_merge()),
        "merge, result": page(of_merge("ergebnis/")),
        "finish the merge": (None, lambda _thing: merging.finish_merge(Merge.objects.get(), by=BY)),
        "release": (None, lambda _thing: release.release_by_command(_next_number(), by=BY)),
        "public page": page(public()),
        "competencies": page(public("kompetenzen/")),
        "page of a unit": page(public("einheiten/einheit-7/")),
    }


def _next_number():
    from staffel.curriculum.actions.release import renumber  # noqa: PLC0415
    from staffel.curriculum.models import Version  # noqa: PLC0415
    from staffel.curriculum.queries.office import proposal_for  # noqa: PLC0415

    version = Version.objects.select_related("programme").get(publisher=None)
    return renumber(version, proposal_for(version).number, by=BY)


SHOWN = (
    "receive a package",
    "load a folder as draft",
    "package out of it",
    "folder out of it",
    "page of the draft",
    "comparison page",
    "receive the next",
    "begin a merge",
    "merge page",
    "merge, result",
    "finish the merge",
    "release",
    "public page",
    "competencies",
    "page of a unit",
)


def rows(units: int) -> list[str]:
    """Return the rows of the table for a programme of so many units."""
    found = []
    with tempfile.TemporaryDirectory(prefix="staffel-programmes-") as place:
        folder = Path(place)
        size = make(folder, units)
        alone = [sys.executable, "-m", "bench.programmes", "--act"]
        environment = os.environ | {"STAFFEL_VAR": str(folder / "var")}
        for name in ("begin", *SHOWN):
            took, own, mapped = watched([*alone, name, place], environment)
            print(f"{units} {name}: {took['wall']:.1f} s", file=sys.stderr, flush=True)
            if name in SHOWN:
                sent = f"{took['bytes']:,}" if took["bytes"] else ""
                memory = f"{own:.0f} | {took['sqlite']:.0f} | {mapped:.0f}"
                figures = f"{took['cpu']:.2f} | {took['wall']:.2f} | {memory} | {sent}"
                found.append(f"| {units:,} ({size:,.1f} MB) | {name} | {figures} |")
    return found


def main(arguments: list[str]) -> None:
    """Print the table, or with ``--act NAME FOLDER`` do one act."""
    if arguments[:1] == ["--act"]:
        act(arguments[1], Path(arguments[2]))
        return
    print("| units | act | CPU s | seconds | own MB | of these SQLite | mapped MB | bytes, pages compressed |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for units in map(int, arguments or UNITS):
        for row in rows(units):
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
