"""Measure handover packages of 50, 500 and 5,000 units with every field in use: ``python -m bench.packages [units …]``.

Each act runs in a process of its own, so that its memory is its own. Processor time, beside that of ``zip -0`` and
``sha256sum`` over the same bytes, which read and write them and understand nothing. Needs no database.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.content import Unit
from staffel.curriculum.core.files import Below
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.__main__ import Folder
from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.layout import PROGRAMME
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.writer import Release, Signer, package_files, write_zip
from staffel.curriculum.core.reader import FromFiles
from staffel.curriculum.core.writer import files_of

UNITS = (50, 500, 5_000)
ROUNDS = 3
# Of a hundred units that differ between two versions, how many; each side of a merge changes as many.
CHANGED_OF_100 = 2
SECRET = bytes(32)


class Changed:
    """A programme of which some units have other words: those whose number leaves the remainder ``at`` of 100."""

    def __init__(self, source, at: int):
        self._source, self._at = source, at
        self.outline = source.outline
        self._numbers = {key: number for number, key in enumerate(self.outline.units)}

    def unit(self, key: str) -> Unit:
        unit = self._source.unit(key)
        if self._at <= self._numbers[key] % 100 < self._at + CHANGED_OF_100:
            return replace(unit, title=f"{unit.title} (neu)", summary=f"{unit.summary}\n\nEin Absatz mehr, Nummer {self._at}.")
        return unit

    def open(self, key: str, name: str):
        return self._source.open(key, name)


def write(folder: Path) -> None:
    """Make the package of the text below ``folder``: read, describe, digest, sign, zip."""
    files = Folder(folder / "text")
    release = Release(datetime(2026, 11, 25, 15, tzinfo=UTC), "Land Brandenburg")
    signer = Signer(signing.public_of(SECRET), lambda data: signing.sign(SECRET, data))
    with (folder / "made.zip").open("w+b") as stream:
        write_zip(package_files(files, FromFiles(files).outline, release, signer), stream)


def verify(folder: Path) -> None:
    """Check all of a package: archive, signature, digests, spelling of every text."""
    with (folder / "made.zip").open("rb") as stream:
        open_package(stream)


def listing(folder: Path) -> None:
    """Read the title of every unit."""
    with (folder / "made.zip").open("rb") as stream:
        source = FromFiles(Below(Archive(stream), PROGRAMME))
        assert all(source.unit(key).title for key in source.outline.units)


def diff(folder: Path) -> None:
    """Compare with a version of which two units in a hundred have other words."""
    comparison = compare(FromFiles(Folder(folder / "text")), FromFiles(Folder(folder / "ours")))
    assert sum(len(unit.changes) for unit in comparison.units())


def merging(folder: Path) -> None:
    """Merge two sides that changed different units, and go through every unit of the result."""
    merged = merge(*(FromFiles(Folder(folder / side)) for side in ("text", "ours", "theirs"))).source
    assert all(merged.unit(key).title for key in merged.outline.units)


ACTS = {"write": write, "verify": verify, "list": listing, "diff": diff, "merge": merging}
PLAIN = {
    "`zip -0`": ["zip", "-0", "-q", "-r", "plain.zip", "text"],
    "`sha256sum`": ["sh", "-c", "find text -type f -print0 | xargs -0 sha256sum > digests.txt"],
}


def spread(source, target: Path) -> int:
    """Write a programme below ``target`` and return its bytes."""
    total = 0
    for path, content in files_of(source):
        if not isinstance(content, bytes):
            with content() as stream:
                content = stream.read()  # noqa: PLW2901
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        total += (target / path).write_bytes(content)
    return total


def measured(command: list[str], folder: Path, rounds: int) -> tuple[float, float]:
    """Return the least processor time in seconds of a command in ``folder``, and the highest peak in MB that it printed."""
    best, peak = float("inf"), 0.0
    for _ in range(rounds):
        (folder / "plain.zip").unlink(missing_ok=True)
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit(f"{command} ended with {status}")
        best = min(best, used.ru_utime + used.ru_stime)
        peak = max(peak, float(said or 0))
    return best, peak


def rows(units: int) -> list[str]:
    """Return the rows of the table for a programme of so many units."""
    # Only here: it brings hypothesis, 10 MB that would count as memory of each act.
    from tests.curriculum.generated import Generated  # noqa: PLC0415

    alone = [sys.executable, "-m", "bench.packages", "--act"]
    rounds = ROUNDS if units < 1_000 else 1
    found = []
    with tempfile.TemporaryDirectory(prefix="staffel-packages-") as place:
        folder = Path(place)
        source = Generated(units)
        size = spread(source, folder / "text") / 1e6
        spread(Changed(source, 0), folder / "ours")
        spread(Changed(source, 50), folder / "theirs")
        plain = {what: measured(command, folder, rounds) for what, command in PLAIN.items()}
        files = sum(1 for path in (folder / "text").rglob("*") if path.is_file())
        for what, (seconds, _) in plain.items():
            name = f"{units:,} ({files:,} files, {size:,.1f} MB)"
            found.append(f"| {name} | {what} | {seconds:.2f} | {size / seconds:,.0f} | | |")
        both = sum(seconds for seconds, _ in plain.values())
        for act in ACTS:
            started = time.monotonic()
            seconds, peak = measured([*alone, act, str(folder)], Path.cwd(), rounds)
            print(f"{units} {act}: {time.monotonic() - started:.0f} s", file=sys.stderr)
            found.append(f"| {units:,} | {act} | {seconds:.2f} | {size / seconds:,.1f} | {peak:.0f} | {seconds / both:,.0f} |")
    return found


def main(arguments: list[str]) -> None:
    """Print the table, or with ``--act NAME FOLDER`` do one act."""
    if arguments[:1] == ["--act"]:
        ACTS[arguments[1]](Path(arguments[2]))
        # Not ru_maxrss, which begins with what the process had that started this one.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        print(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
        return
    print("| units | act | CPU s | MB/s | peak MB | times `zip -0` and `sha256sum` together |")
    print("| --- | --- | --- | --- | --- | --- |")
    for units in map(int, arguments or UNITS):
        for row in rows(units):
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
