"""What is handed from house to house: a small programme, three instances, and what hands do with files.

Brandenburg writes and releases, the Koordinierungsstelle takes over and adapts, Musterhausen gets it from there.
"""

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.house import ROOT

KEY = "offene-daten-vor-ort"
TITLE = "Offene Daten vor Ort"
BRANDENBURG, KTS, MUSTERHAUSEN = "Land Brandenburg", "Koordinierungsstelle", "Stadt Musterhausen"

# The sentence that both houses change, what each makes of it, and what is decided in the end.
SENTENCE = "Die Gruppe sammelt, welche Daten in der eigenen Verwaltung liegen."
OF_BRANDENBURG = "Die Gruppe sammelt und ordnet, welche Daten in der eigenen Verwaltung liegen."
OF_KTS = "Die Gruppe sammelt, welche Daten in der eigenen Behörde liegen."
DECIDED = "Die Gruppe sammelt und ordnet, welche Daten in der eigenen Behörde liegen."
# What only one of them changes.
EARLIER = "Am Ende steht eine Liste, die alle lesen können."
LATER = "Am Ende steht eine Liste, die alle lesen und ergänzen können."
ADDED_UNIT = "Daten schützen"
# What is said about a package that is not as it was signed; ``with_one_byte_changed`` makes one.
CHANGED = "Der Inhalt von „programme/units/daten-zeigen/summary.md“ passt nicht zu manifest-sha256.txt."
CONFLICT = "units/daten-finden/summary/block-1"

_SUMMARY = "units/daten-finden/summary.md"
_OTHER_SUMMARY = "units/daten-zeigen/summary.md"


def _unit(title: str, objective: str, kind: str, minutes: int, more: str = "") -> str:
    return f"""\
title: {title}
kind: {kind}
minutes: {minutes}
objectives:
  - text: {objective}
    verb: benennen
    level: apply
    competency: daten-kennen
    reaches: 2
{more}"""


PROGRAMME = {
    "programme.yaml": f"""\
key: {KEY}
title: {TITLE}
summary: Zwei Vormittage für Menschen, die Daten ihrer Kommune finden und zeigen möchten.
version: "1.0.0"
language: de
licence: CC-BY-4.0
author: Staffel
notes: Erste Fassung.
aim: Wer teilnimmt, findet die Daten der eigenen Kommune und gibt sie frei.
audience: Beschäftigte von Kommunen.
completion:
  attendance_percent: 80
  presentation: false
timetable:
  weekdays:
    - Dienstag
  starts: "09:00"
  minutes: 240
synchronous_percent: 100
fee: false
modules:
  - key: daten
    title: Daten
    summary: Vom Finden zum Zeigen.
    required: true
    units:
      - daten-finden
      - daten-zeigen
""",
    "competencies.yaml": """\
competencies:
  - key: daten-kennen
    field: Daten
    title: Daten der eigenen Kommune kennen
    text: Sie wissen, welche Daten es gibt und wem sie nützen.
""",
    "units/daten-finden/unit.yaml": _unit("Daten finden", "Sie benennen, wo Daten liegen.", "session", 240),
    _SUMMARY: f"{SENTENCE}\n\nWer danach fragt, findet mehr, als im Aktenplan steht.\n",
    "units/daten-zeigen/unit.yaml": _unit(
        "Daten zeigen",
        "Sie benennen, was sich zeigen lässt.",
        "session",
        240,
        """\
materials:
  - title: Muster für ein Verzeichnis
    author: Staffel
    licence: CC0-1.0
    language: de
    file: verzeichnis.csv
""",
    ),
    _OTHER_SUMMARY: f"{EARLIER}\n",
    "units/daten-zeigen/files/verzeichnis.csv": "Name;Amt;Stand\nBaumkataster;Grünflächenamt;2026\n",
}

_PROTECTION = {
    "units/daten-schuetzen/unit.yaml": _unit(ADDED_UNIT, "Sie benennen, was geschützt bleibt.", "self-study", 60),
    "units/daten-schuetzen/summary.md": "Was von Menschen handelt, bleibt im Haus.\n",
}


# A folder of text, as people edit it -----------------------------------------------------------------------------------


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write ``files`` into ``folder`` and return it."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def replace(file: Path, old: str, new: str) -> None:
    """Replace what stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def adapt_at_the_kts(folder: Path) -> None:
    """Change the sentence and add a unit, as the Koordinierungsstelle does."""
    replace(folder / _SUMMARY, SENTENCE, OF_KTS)
    write(folder, _PROTECTION)
    replace(folder / "programme.yaml", "      - daten-zeigen\n", "      - daten-zeigen\n      - daten-schuetzen\n")


def go_on_in_brandenburg(folder: Path) -> None:
    """Change the same sentence and another one, as Brandenburg does for its 1.1.0."""
    replace(folder / "programme.yaml", '"1.0.0"', '"1.1.0"')
    replace(folder / _SUMMARY, SENTENCE, OF_BRANDENBURG)
    replace(folder / _OTHER_SUMMARY, EARLIER, LATER)


def decide_by_hand(folder: Path) -> None:
    """Write the decided sentence over that of Brandenburg, and the number 2.0.0."""
    replace(folder / _SUMMARY, OF_BRANDENBURG, DECIDED)
    replace(folder / "programme.yaml", '"1.0.0"', '"2.0.0"')


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of all files below a folder by their path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Archives --------------------------------------------------------------------------------------------------------------


def zipped(folder: Path, file: Path) -> Path:
    """Pack a folder as a file manager does, the folder itself on top, and return the file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, path.relative_to(folder.parent))
    return file


def unzipped(file: Path, folder: Path) -> Path:
    """Unpack an archive and return the folder."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder)
    return folder


def only_folder(folder: Path) -> Path:
    """Return where a programme lies that was unpacked: in the one folder on top, or here."""
    inside = [*folder.iterdir()]
    return inside[0] if len(inside) == 1 else folder


def with_one_byte_changed(package: Path, file: Path) -> Path:
    """Write a package that differs from ``package`` by one letter in a text, with the right check sum of the archive."""
    with zipfile.ZipFile(package) as archive, zipfile.ZipFile(file, "w") as copy:
        for entry in archive.infolist():
            content = archive.read(entry)
            if entry.filename.endswith("daten-zeigen/summary.md"):
                content = content.replace(b"Liste", b"Lista", 1)
            copy.writestr(entry, content)
    assert sum(one != other for one, other in zip(package.read_bytes(), file.read_bytes(), strict=True)) > 0
    return file


# Tools that know nothing of Staffel ------------------------------------------------------------------------------------


def check_with_common_tools(package: Path, folder: Path) -> None:
    """Check a package as anybody can, with what this machine has of ``unzip``, ``sha256sum`` and ``openssl``."""
    if shutil.which("unzip"):
        subprocess.run(["unzip", "-q", package, "-d", folder], check=True)
    else:
        unzipped(package, folder)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "-c", "--quiet", "--strict", "manifest-sha256.txt"], cwd=folder, check=True)
    if shutil.which("openssl"):
        command = "openssl pkeyutl -verify -rawin -pubin -inkey publisher.pem -in manifest-sha256.txt"
        verified = subprocess.run(
            [*command.split(), "-sigfile", "manifest-sha256.sig"], cwd=folder, check=True, capture_output=True, text=True
        )
        assert verified.stdout == "Signature Verified Successfully\n"


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    said: str
    refused: str
    code: int


def run(*words: object, **environment: str) -> Answer:
    """Run Python with these words from the top of the repository and return what it says."""
    surroundings = {name: value for name, value in os.environ.items() if name != "STAFFEL_DATABASE"}
    surroundings |= {"PYTHONPATH": str(ROOT / "src")} | environment
    done = subprocess.run(
        [sys.executable, *map(str, words)], cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    return Answer(done.stdout, done.stderr, done.returncode)


def package_tool(*words: object) -> Answer:
    """Run the tool for packages, which needs neither Django nor a database."""
    return run("-m", "staffel.curriculum.core.package", *words)


# Instances -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Instance:
    """One instance on a SQLite file of its own; ``name`` is the organisation that runs it."""

    folder: Path
    name: str

    def try_to(self, *words: object) -> Answer:
        """Run a command here."""
        return run("manage.py", *words, STAFFEL_VAR=str(self.folder))

    def do(self, *words: object) -> str:
        """Run a command here that must not refuse, and return what it says."""
        answer = self.try_to(*words)
        assert (answer.code, answer.refused) == (0, ""), f"{words}: {answer}"
        return answer.said


def instances(folder: Path, *, with_facts: bool = False) -> tuple[Instance, Instance, Instance]:
    """Return three instances, each run by an office of its own with Emil; ``with_facts`` as ``serve`` would fill them.

    The database is made once and copied while nobody is in it: that saves half a minute.
    """
    first = Instance(folder / "empty", "")
    first.folder.mkdir()
    first.do("migrate", "--verbosity", "0", "--skip-checks")
    if with_facts:
        first.do("seed", "--facts-only", "--skip-checks")
        # The programme that comes with Staffel is made into all its forms once, not once in each house.
        assert first.try_to("work", "--drain").code == 0
    found = []
    for short, name in (("a", BRANDENBURG), ("b", KTS), ("c", MUSTERHAUSEN)):
        (folder / short).mkdir()
        shutil.copy(first.folder / "staffel.sqlite3", folder / short)
        found.append(Instance(folder / short, name))
        found[-1].do("invite_office", "emil@example.org", "--name", "Emil Beispiel", "--organisation", name)
    return tuple(found)
