"""Packages without Staffel: ``python -m staffel.curriculum.core.package verify|list|diff|merge``.

Each takes packages, unpacked packages and folders of programmes. Ends with 0 when it did what was asked, with 1 when something
was refused or conflicts are open, with 2 after a wrong call. Needs Python and ``cryptography``; PyYAML only for folders that
are written by hand.
"""

import argparse
import contextlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from staffel.curriculum.core.changes import change_log, kind_of, proposed_number
from staffel.curriculum.core.comparing import Change, Kind, compare
from staffel.curriculum.core.content import Source
from staffel.curriculum.core.files import PIECE, Files, sha256_of
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.merging_values import Conflict
from staffel.curriculum.core.package import reader, signing
from staffel.curriculum.core.package.archive import Archive, folder
from staffel.curriculum.core.package.layout import BESIDE, MANIFEST, NotAPackage, wrong_path
from staffel.curriculum.core.paths import Paths
from staffel.curriculum.core.reader import FromFiles, NotAProgramme, check_programme
from staffel.curriculum.core.words import ADDED, REMOVED, shortened
from staffel.curriculum.core.writer import files_of

USAGE = """\
python -m staffel.curriculum.core.package verify PAKET [--key SCHLÜSSEL.pem | --key FINGERABDRUCK]
python -m staffel.curriculum.core.package list PAKET
python -m staffel.curriculum.core.package diff ALT NEU
python -m staffel.curriculum.core.package merge GRUNDLAGE EIGENE IHRE -o ORDNER [--choose KONFLIKT=ours|theirs|both]

Statt eines Pakets geht überall auch ein Ordner.
"""


class Folder:
    """The files below a folder (``core/files.py``); hidden files and links are left out."""

    def __init__(self, top: Path):
        self._top = top
        self._paths = Paths(_below(top, ""))

    def paths(self) -> Paths:
        """Return all paths, sorted."""
        return self._paths

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._at(path).stat().st_size

    def sha256(self, path: str) -> str:
        """Return the digest of the bytes; reads them."""
        with self.open(path) as stream:
            return sha256_of(stream)

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        try:
            return (self._top / path).open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise KeyError(path) from error

    def _at(self, path: str) -> Path:
        found = self._top / path
        if not found.is_file():
            raise KeyError(path)
        return found


def _below(folder: Path, inside: str) -> Iterator[str]:
    """Yield the paths of the files below a folder, sorted; ``inside`` is its own path with a last slash, or empty."""
    names = (path.name + "/" * path.is_dir() for path in folder.iterdir() if path.name[0] != "." and not path.is_symlink())
    for name in sorted(names):
        if name.endswith("/"):
            yield from _below(folder / name, inside + name)
        elif (folder / name).is_file():
            yield inside + name


class WrongCall(Exception):
    """The call cannot be understood; the message is a German sentence."""


class Parser(argparse.ArgumentParser):
    """Answers wrong calls in German."""

    def error(self, message: str):
        """Refuse; ``message`` is argparse's own and in English, so it is not shown."""
        raise WrongCall("So lässt sich der Befehl nicht verstehen.")


def main(arguments: list[str]) -> int:
    """Do what is asked and print it; return 0, 1 for what was refused, 2 for a wrong call."""
    acts = {"verify": verify, "list": listing, "diff": diff, "merge": merging}
    try:
        with contextlib.ExitStack() as stack:
            call = _parser().parse_args(arguments)
            return acts[call.act](stack, call)
    except WrongCall as error:
        sys.stderr.write(f"{error}\n\n{USAGE}")
        return 2
    except (NotAPackage, NotAProgramme) as error:
        sys.stderr.write("".join(f"{mistake}\n" for mistake in error.mistakes))
        return 1
    except BrokenPipeError:
        return 1
    except OSError as error:
        sys.stderr.write(f"{error.filename or 'Eine Datei'} lässt sich nicht lesen oder schreiben.\n")
        return 1


def _parser() -> Parser:
    parser = Parser(add_help=False)
    acts = parser.add_subparsers(dest="act", required=True)
    each = {name: acts.add_parser(name, add_help=False) for name in ("verify", "list", "diff", "merge")}
    for name in ("verify", "list"):
        each[name].add_argument("package", type=Path)
    each["verify"].add_argument("--key", default="")
    for name in ("old", "new"):
        each["diff"].add_argument(name, type=Path)
    for name in ("base", "ours", "theirs"):
        each["merge"].add_argument(name, type=Path)
    each["merge"].add_argument("-o", "--output", type=Path, required=True)
    each["merge"].add_argument("--choose", action="append", default=[])
    return parser


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


# What is at a path --------------------------------------------------------------------------------------------------


def _files(stack: contextlib.ExitStack, path: Path) -> Files:
    """Return the files of a package or of a folder, unpacked or not."""
    if path.is_dir():
        return Folder(path)
    if not path.is_file():
        raise WrongCall(f"Es gibt keine Datei und keinen Ordner {path}.")
    stream = stack.enter_context(path.open("rb"))
    archive = Archive(stream)
    return archive if MANIFEST in archive.paths() else folder(stream)


def _package(stack: contextlib.ExitStack, path: Path) -> reader.Package:
    return reader.check(_files(stack, path))


def _programme(stack: contextlib.ExitStack, path: Path) -> Source:
    """Return the programme of a package, or that in a folder of text, without mistakes.

    In a folder the digests and sizes of the materials are those of its files: who writes by hand does not write them.
    """
    files = _files(stack, path)
    if MANIFEST in files.paths():
        return FromFiles(reader.check(files).programme)
    check_programme(files, measured=True)
    return FromFiles(files, measured=True)


# verify and list ----------------------------------------------------------------------------------------------------


def verify(stack: contextlib.ExitStack, call: argparse.Namespace) -> int:
    """Check a package, and with ``--key`` whether that key or one that follows it signed."""
    package = _package(stack, call.package)
    listed = len(set(package.files.paths()) - set(BESIDE))
    _say(*_about(package), f"Alle {listed} Dateien stimmen mit der Liste {MANIFEST} überein.")
    if not call.key:
        if package.is_signed:
            _say("Ob Sie diesem Schlüssel vertrauen, entscheiden Sie: Vergleichen Sie den Fingerabdruck mit dem Herausgeber.")
        return 0
    wanted = _fingerprint(call.key)
    if not package.is_signed:
        sys.stderr.write("Das Paket ist nicht signiert, also auch nicht mit diesem Schlüssel.\n")
        return 1
    if package.signed_by == wanted:
        _say("Signiert mit genau diesem Schlüssel.")
        return 0
    statements = package.provenance.succession
    olds = [bytes.fromhex(one.old) for one in statements if signing.fingerprint(bytes.fromhex(one.old)) == wanted]
    if package.public_key in signing.follow(statements, olds):
        _say("Signiert mit einem Schlüssel, den der genannte zu seinem Nachfolger erklärt hat.")
        return 0
    sys.stderr.write("Das Paket ist mit einem anderen Schlüssel signiert.\n")
    return 1


def _fingerprint(key: str) -> str:
    """Return the fingerprint that was given, with or without blanks and colons, or that of a PEM file."""
    plain = re.sub(r"[\s:]", "", key).lower()
    if re.fullmatch(r"[0-9a-f]{64}", plain):
        return plain
    path = Path(key)
    if not path.is_file():
        raise WrongCall("Nach --key steht ein Fingerabdruck aus 64 Zeichen oder eine Datei mit einem öffentlichen Schlüssel.")
    try:
        return signing.fingerprint(signing.from_pem(path.read_bytes()))
    except ValueError as error:
        raise WrongCall(f"{path} ist kein öffentlicher Ed25519-Schlüssel.") from error


def _about(package: reader.Package) -> list[str]:
    said = package.provenance
    lines = [
        f"{said.title} {said.version}",
        f"Herausgeber: {said.publisher.name}, freigegeben am {said.released_at:%d.%m.%Y um %H:%M} Uhr UTC",
        f"Lizenz der Texte: {said.licence}",
        f"Prüfsumme des Programms: {said.content}",
        f"Signatur gültig, Fingerabdruck {package.signed_by}" if package.is_signed else "Nicht signiert.",
    ]
    lines += [f"Beruht auf: {one.publisher}, {one.programme} {one.version}, Prüfsumme {one.content}" for one in said.upstream]
    return lines


def listing(stack: contextlib.ExitStack, call: argparse.Namespace) -> int:
    """Print what a package holds: modules, units, and the files with their licences."""
    package = _package(stack, call.package)
    source = FromFiles(package.programme)
    _say(*_about(package))
    for module in source.outline.modules:
        _say("", f"{module.title} ({'Pflicht' if module.required else 'Wahl'})")
        for key in module.units:
            unit = source.unit(key)
            _say(f"  {key}: {unit.title}, {unit.minutes} Minuten")
            for one in unit.materials:
                size = f", {one.size} Bytes" if one.file else ""
                _say(f"    {one.file or one.link}: {one.licence}, {one.author}{size}")
    return 0


# diff ---------------------------------------------------------------------------------------------------------------


def diff(stack: contextlib.ExitStack, call: argparse.Namespace) -> int:
    """Print what is different: the change log, then every place with its words before and after."""
    comparison = compare(_programme(stack, call.old), _programme(stack, call.new))
    if comparison.is_empty():
        _say("Die beiden Programme sind gleich.")
        return 0
    log = change_log(comparison)
    for title, lines in (("Das Ganze", log.outline), ("Einheiten", log.units), ("Kompetenzen", log.competencies)):
        if lines:
            _say(title, *(f"- {line}" for line in lines), "")
    number = comparison.old.outline.version
    _say(f"Nächste Nummer nach {number}: {proposed_number(number, kind_of(comparison))}")
    if comparison.outline:
        _say("", "Das Ganze im Einzelnen", *_changes(comparison.outline))
    for unit in comparison.units():
        if unit.changes:
            _say("", unit.label, *_changes(unit.changes))
    return 0


def _changes(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        yield f"  {change.label}{_KINDS[change.kind]}"
        parts = shortened(change.words)
        yield "".join(_MARKED.get(operation, "{}").format(text) for operation, text in parts)


_KINDS = {Kind.ADDED: ", neu", Kind.REMOVED: ", entfallen", Kind.MOVED: ", an anderer Stelle", Kind.CHANGED: ""}
# As wdiff marks words, which many people know from git.
_MARKED = {ADDED: "{{+{}+}}", REMOVED: "[-{}-]"}


# merge --------------------------------------------------------------------------------------------------------------


def merging(stack: contextlib.ExitStack, call: argparse.Namespace) -> int:
    """Write what both sides made of the base into a new folder, or print the conflicts that are open."""
    if call.output.exists() and (not call.output.is_dir() or any(call.output.iterdir())):
        raise WrongCall(f"{call.output} gibt es schon. Bitte nennen Sie einen Ordner, den es noch nicht gibt.")
    choices = dict(_choice(text) for text in call.choose)
    merged = merge(*(_programme(stack, path) for path in (call.base, call.ours, call.theirs)), choices)
    unknown = [key for key in choices if key not in {conflict.id for conflict in merged.conflicts}]
    if unknown:
        raise WrongCall(f"Es gibt keinen Konflikt „{unknown[0]}“.")
    still_open = merged.open()
    for conflict in still_open:
        _say(*_conflict(conflict), "")
    if still_open:
        sys.stderr.write(f"{_conflicts(len(still_open))} Bitte entscheiden Sie mit --choose. Geschrieben wurde nichts.\n")
        return 1
    _write(merged.source, call.output)
    try:
        outline = check_programme(Folder(call.output))
    except NotAProgramme as error:
        sys.stderr.write("Beide Fassungen sind zusammengeführt. Was jetzt nicht zueinander passt:\n")
        sys.stderr.write("".join(f"{mistake}\n" for mistake in error.mistakes))
        return 1
    units = len(outline.units)
    _say(f"{outline.title} {outline.version} liegt in {call.output}: {units} {'Einheit' if units == 1 else 'Einheiten'}.")
    return 0


def _choice(text: str) -> tuple[str, dict[str, str]]:
    key, _, pick = text.rpartition("=")
    if not key or pick not in ("ours", "theirs", "both"):
        raise WrongCall("Nach --choose steht ein Konflikt und eine Wahl, zum Beispiel units/aufbruch/title=theirs.")
    return key, {"pick": pick}


def _conflicts(number: int) -> str:
    return "Ein Konflikt ist offen." if number == 1 else f"{number} Konflikte sind offen."


def _conflict(conflict: Conflict) -> Iterator[str]:
    picks = [pick for pick in conflict.picks if pick != "text"]
    yield f"Konflikt {conflict.id} (--choose {conflict.id}={'|'.join(picks)})"
    yield conflict.label
    for title, text in (("Grundlage", conflict.base), ("eigene", conflict.ours), ("ihre", conflict.theirs)):
        yield f"  {title}: {text}".replace("\n", "\n    ")


def _write(source: Source, output: Path) -> None:
    for path, content in files_of(source):
        if wrong_path(path):
            raise NotAPackage(wrong_path(path))
        target = output / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as out:
            if isinstance(content, bytes):
                out.write(content)
                continue
            with content() as opened:
                while piece := opened.read(PIECE):
                    out.write(piece)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
