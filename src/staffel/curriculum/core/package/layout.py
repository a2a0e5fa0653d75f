"""What a package is made of: names, limits, and which paths can lie on every disk.

::

    programme/…                 the programme, in canonical spelling (core/files.py)
    metadata/amb/KEY.json       each unit as AMB describes learning resources
    licences.json               licence and author of every file of the programme
    provenance.json             who released what, when, and from what it was made
    ro-crate-metadata.json      the same for machines, RO-Crate 1.2
    publisher.pem               the publisher's public key, not there in an unsigned package
    manifest-sha256.txt         the digest of each file but the two of the manifest
    manifest-sha256.sig         Ed25519 over the bytes of the manifest, not there in an unsigned package

The whole format: ``docs/hand-over/package-format.md``.
"""

import re
import unicodedata
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from staffel.curriculum.core.paths import span

PROGRAMME = "programme/"
AMB = "metadata/amb/"
CRATE = "ro-crate-metadata.json"
LICENCES = "licences.json"
PROVENANCE = "provenance.json"
PUBLISHER = "publisher.pem"
MANIFEST = "manifest-sha256.txt"
SIGNATURE = "manifest-sha256.sig"
REQUIRED = (LICENCES, MANIFEST, PROVENANCE, CRATE)
# What the manifest does not name.
BESIDE = (MANIFEST, SIGNATURE)

LONGEST_PATH = 240
LONGEST_NAME = 120
DEEPEST = 8
_PARTS = 32
# More would bury the first ones.
MOST_MISTAKES = 20

_KEY = r"(?=[^/]{1,60}/)[a-z0-9]+(?:-[a-z0-9]+)*"
_TEXTS = r"unit\.yaml|(?:summary|handout|guide|slides)\.md|exercises\.yaml|quiz\.yaml|task\.yaml"
_OF_WHOLE = r"(?:programme|competencies|methods|glossary)\.yaml"
_OF_PROGRAMME = re.compile(rf"{_OF_WHOLE}|units/(?P<key>{_KEY})/(?:{_TEXTS}|files/(?P<name>[^/]+))")
_OF_AMB = re.compile(r"(?=.{6,65}\Z)[a-z0-9]+(?:-[a-z0-9]+)*\.json")
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an archive may hold, in files and bytes. ``ratio`` is how many times larger it may be than its archive."""

    files: int = 100_000
    file: int = 1_000_000_000
    total: int = 4_000_000_000
    directory: int = 40_000_000
    ratio: int = 100


LIMITS = Limits()
# Of single files in a package.
LARGEST_MANIFEST = 64_000_000
LARGEST_TEXT = 1_000_000
LARGEST_SMALL = 1_000_000


class NotAPackage(ValueError):
    """What was read is no package; ``mistakes`` are German sentences, the first ones if there are many."""

    def __init__(self, *mistakes: str):
        self.mistakes = tuple(mistakes[:MOST_MISTAKES])
        super().__init__("\n".join(self.mistakes))


def shown(path: str) -> str:
    """Return ``path`` in quotation marks as it can be printed: no control characters, at most 80 characters."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in path[:81])
    return f"„{plain[:80]}…“" if len(path) > 80 else f"„{plain}“"


def wrong_path(path: str) -> str:
    """Return why a file cannot have this path on every disk, as a German sentence; empty if it can."""
    parts = path.split("/")
    for is_wrong, sentence in _WRONG:
        if is_wrong(path, parts):
            return sentence.format(shown(path))
    return ""


def _too_long(path: str, parts: list[str]) -> bool:
    longest = max(len(part.encode(errors="replace")) for part in parts)
    return len(path.encode(errors="replace")) > LONGEST_PATH or longest > LONGEST_NAME or len(parts) > DEEPEST


def _has_control(path: str, _) -> bool:
    return any(unicodedata.category(letter)[0] == "C" or letter in "\u2028\u2029" for letter in path)


_WRONG: tuple[tuple[Callable[[str, list[str]], object], str], ...] = (
    (
        lambda path, _: not path.isascii() and unicodedata.normalize("NFC", path) != path,
        "Der Name {} ist nicht in zusammengesetzten Zeichen (NFC) geschrieben.",
    ),
    (_has_control, "Der Name {} enthält Steuerzeichen."),
    (
        lambda path, _: _FORBIDDEN.search(path),
        "Der Name {} enthält ein Zeichen, das nicht auf jedem Datenträger erlaubt ist.",
    ),
    (lambda path, _: path.startswith("/"), "Der Name {} beginnt mit einem Schrägstrich."),
    (lambda _, parts: "" in parts, "Der Name {} enthält einen leeren Teil."),
    (lambda _, parts: ".." in parts or "." in parts, "Der Name {} führt aus seinem Ordner heraus."),
    (_too_long, "Der Name {} ist zu lang oder liegt zu tief."),
    (lambda _, parts: any(_RESERVED.fullmatch(part) for part in parts), "Der Name {} ist unter Windows vergeben."),
    (
        lambda _, parts: any(part[0] == " " or part[-1] in ". " for part in parts),
        "Ein Teil des Namens {} beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt.",
    ),
)


def collisions(paths: Sequence[str], folders: Collection[str] = ()) -> list[str]:
    """Return a sentence for each two paths that some disk could not hold beside each other.

    ``paths`` are sorted; ``folders`` are paths of folders without a last slash. Names that differ in
    capital letters only count as the same. Takes ten bytes of memory for each path, unless there is something to be said.
    """
    # By their hashes first, which differ nearly always, and never by luck if names are the same; sorted in parts, since
    # sorting makes an object of each.
    parts = [array("q") for _ in range(_PARTS)]
    for name in _names(paths, folders):
        found = hash(_folded(name))
        parts[found % _PARTS].append(found)
    twice = any(before == after for part in parts for before, after in pairwise(sorted(part)))
    return _collisions(paths, folders) if twice else []


def _names(paths: Sequence[str], folders: Iterable[str]) -> Iterator[str]:
    """Yield all paths and each folder that they lie in, once; empty folders and those around them at least once."""
    before = ""
    for path in paths:
        yield path
        folder = path.rpartition("/")[0]
        # What lies below a folder stands together.
        while folder and not before.startswith(f"{folder}/"):
            yield folder
            folder = folder.rpartition("/")[0]
        before = path
    for lonely in folders:
        folder = lonely
        while folder and not _has_files(paths, folder):
            yield folder
            folder = folder.rpartition("/")[0]


def _has_files(paths: Sequence[str], folder: str) -> bool:
    first, end = span(paths, f"{folder}/")
    return first < end


def _collisions(paths: Sequence[str], folders: Iterable[str]) -> list[str]:
    mistakes = [f"Die Datei {shown(path)} kommt zweimal vor." for before, path in pairwise(paths) if before == path]
    files: dict[str, str] = {}
    known: dict[str, str] = {}
    for path in paths:
        folded = _folded(path)
        other = files.setdefault(folded, path)
        if other != path:
            mistakes.append(f"Die Namen {shown(other)} und {shown(path)} unterscheiden sich nur in Groß- und Kleinschreibung.")
    for path in (*folders, *(path.rpartition("/")[0] for path in paths)):
        folder = path
        while folder and known.get(folded := _folded(folder)) != folder:
            other = known.setdefault(folded, folder)
            if other != folder:
                mistakes.append(
                    f"Die Ordner {shown(other)} und {shown(folder)} unterscheiden sich nur in Groß- und Kleinschreibung."
                )
                break
            if folded in files:
                mistakes.append(f"{shown(folder)} ist zugleich eine Datei und ein Ordner.")
            folder = folder.rpartition("/")[0]
    return mistakes


def _folded(path: str) -> str:
    folded = path.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
    # Most paths are in small letters already; then no second text is kept.
    return path if folded == path else folded


def stranger(path: str) -> bool:
    """Whether a file of this path has no place in a package."""
    if path in REQUIRED or path in (PUBLISHER, SIGNATURE):
        return False
    if path.startswith(PROGRAMME):
        return _OF_PROGRAMME.fullmatch(path, len(PROGRAMME)) is None
    return not (path.startswith(AMB) and _OF_AMB.fullmatch(path, len(AMB)))


def unit_and_name(path: str) -> tuple[str, str]:
    """Return the unit and the file name of a material by its path in the programme; two empty texts for other files."""
    found = _OF_PROGRAMME.fullmatch(path)
    return (found["key"], found["name"]) if found and found["name"] else ("", "")
