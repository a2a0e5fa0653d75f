"""A package from a foreign hand: checked as a whole before anything of it is used.

In this order: the archive and its names, which files belong, the manifest against the signature, every file against the
manifest and against what its kind allows, provenance, licences and metadata, at last the programme, read and written
again: a package holds canonical files only. Every file is read in pieces; the manifest is in memory as a whole only while
its signature is checked. What stays is a digest for each file: memory hardly grows with the programme.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from staffel.curriculum.core.content import Outline
from staffel.curriculum.core.files import PIECE, Below, Files, content_digest
from staffel.curriculum.core.package import crate, kinds, licences, manifest, provenance, signing, strict_json
from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.layout import (
    AMB,
    BESIDE,
    CRATE,
    LARGEST_MANIFEST,
    LARGEST_SMALL,
    LARGEST_TEXT,
    LICENCES,
    LIMITS,
    MANIFEST,
    MOST_MISTAKES,
    PROGRAMME,
    PROVENANCE,
    PUBLISHER,
    REQUIRED,
    SIGNATURE,
    Limits,
    NotAPackage,
    collisions,
    shown,
    stranger,
    unit_and_name,
    wrong_path,
)
from staffel.curriculum.core.package.provenance import Provenance
from staffel.curriculum.core.paths import below, is_in
from staffel.curriculum.core.reader import NotAProgramme, check_programme
from staffel.curriculum.core.writer import write_outline, write_unit

_CHANGED = "Die Signatur ist falsch. Das Paket wurde nach der Signatur verändert oder ist beschädigt."


@dataclass(frozen=True, slots=True)
class Package:
    """A package that is whole and unchanged since it was signed, or unsigned; whether to trust it is not said.

    ``files`` are all files, ``programme`` those of the programme with their paths in it. ``public_key`` is the raw key of
    32 bytes that signed, empty if nobody did. ``manifest`` is the SHA-256 of the manifest.
    """

    files: Files
    programme: Files
    outline: Outline
    provenance: Provenance
    manifest: str
    public_key: bytes = b""

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed; a wrong signature never gets here."""
        return bool(self.public_key)

    @property
    def signed_by(self) -> str:
        """The fingerprint of the key that signed, empty if nobody did."""
        return signing.fingerprint(self.public_key) if self.public_key else ""


class Checked:
    """Files whose digests are known from a manifest that they were compared with."""

    def __init__(self, files: Files, digests: manifest.Digests):
        self._files, self._digests = files, digests

    def paths(self) -> tuple[str, ...]:
        """Return all paths, sorted."""
        return self._files.paths()

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return self._files.size(path)

    def sha256(self, path: str) -> str:
        """Return the digest; for the manifest and its signature it is computed."""
        return self._files.sha256(path) if path in BESIDE else self._digests[path]

    def open(self, path: str) -> BinaryIO:
        """Return the bytes."""
        return self._files.open(path)


def open_package(stream: BinaryIO, *, limits: Limits = LIMITS) -> Package:
    """Return the package in a ZIP file. ``stream`` can seek and stays open as long as the package is used.

    Raises NotAPackage with German sentences for anything that is not as it should be.
    """
    return check(Archive(stream, limits=limits))


def check(files: Files) -> Package:
    """Return the package that ``files`` are, wherever they lie. Raises NotAPackage."""
    paths = files.paths()
    _check_paths(paths)
    public_key, signed = _check_signature(files, paths)
    digests, digest = _listed(files, paths)
    if signed not in ("", digest):
        raise NotAPackage(_CHANGED)
    _check_content(files, digests)
    said = provenance.read(_small(files, PROVENANCE))
    fingerprint = signing.fingerprint(public_key) if public_key else ""
    if said.publisher.fingerprint != fingerprint:
        raise NotAPackage(f"{PROVENANCE} nennt einen anderen Schlüssel als {PUBLISHER}.")
    inner = Below(Checked(files, digests), PROGRAMME)
    programme = ((path[len(PROGRAMME) :], one) for path, one in digests.items() if path.startswith(PROGRAMME))
    if content_digest(programme) != said.content:
        raise NotAPackage(f"Die Prüfsumme des Programms ist eine andere, als {PROVENANCE} nennt.")
    _check_metadata(files, paths)
    outline = _check_programme(inner, said)
    _check_described(paths, outline)
    return Package(Checked(files, digests), inner, outline, said, digest, public_key)


def _listed(files: Files, paths: Sequence[str]) -> tuple[manifest.Digests, str]:
    """Return what the manifest says and its digest, read line by line."""
    if files.size(MANIFEST) > LARGEST_MANIFEST:
        raise NotAPackage(_too_large(MANIFEST, LARGEST_MANIFEST))
    with files.open(MANIFEST) as stream:
        return manifest.read(stream, paths)


def _check_paths(paths: Sequence[str]) -> None:
    mistakes = [mistake for path in paths if (mistake := wrong_path(path))]
    mistakes += collisions(paths)
    if not is_in(paths, MANIFEST):
        raise NotAPackage(*mistakes, f"Es fehlt {MANIFEST}. Die Datei ist kein Übergabepaket von Staffel.")
    mistakes += [f"Es fehlt {name}." for name in REQUIRED if not is_in(paths, name)]
    mistakes += [f"Die Datei {shown(path)} gehört nicht in ein Paket." for path in paths if stranger(path)]
    for path in paths:
        _, name = unit_and_name(path.removeprefix(PROGRAMME))
        if name and (mistake := kinds.wrong_kind(name)):
            mistakes.append(mistake)
    if mistakes:
        raise NotAPackage(*mistakes)


def _small(files: Files, path: str, most: int = LARGEST_SMALL) -> bytes:
    if files.size(path) > most:
        raise NotAPackage(_too_large(path, most))
    with files.open(path) as stream:
        found = stream.read(most + 1)
    if len(found) > most:
        raise NotAPackage(_too_large(path, most))
    return found


def _too_large(path: str, most: int) -> str:
    return f"{shown(path)} hat mehr als {most} Bytes."


def _check_signature(files: Files, paths: Sequence[str]) -> tuple[bytes, str]:
    """Return the raw key that signed the manifest, and the SHA-256 of what was signed; both are empty if nobody did."""
    there = (is_in(paths, PUBLISHER), is_in(paths, SIGNATURE))
    if there == (False, False):
        return b"", ""
    if there == (False, True):
        raise NotAPackage(f"Das Paket ist signiert, aber {PUBLISHER} fehlt.")
    if there == (True, False):
        raise NotAPackage(f"Das Paket nennt einen Schlüssel, aber die Signatur {SIGNATURE} fehlt.")
    pem = _small(files, PUBLISHER)
    try:
        public_key = signing.from_pem(pem)
    except ValueError as error:
        raise NotAPackage(f"{PUBLISHER} ist kein öffentlicher Ed25519-Schlüssel.") from error
    signature = _small(files, SIGNATURE)
    if len(signature) != signing.SIGNATURE_BYTES:
        raise NotAPackage(f"Die Signatur {SIGNATURE} hat {len(signature)} Bytes statt {signing.SIGNATURE_BYTES}.")
    # Ed25519 needs all bytes at once; nothing else is done with them, so they go again.
    listed = _small(files, MANIFEST, LARGEST_MANIFEST)
    if not signing.verifies(public_key, signature, listed):
        raise NotAPackage(_CHANGED)
    return public_key, hashlib.sha256(listed).hexdigest()


def _check_content(files: Files, digests: manifest.Digests) -> None:
    mistakes = []
    for path, digest in digests.items():
        _, name = unit_and_name(path.removeprefix(PROGRAMME))
        if not name and path.startswith((PROGRAMME, AMB)) and files.size(path) > LARGEST_TEXT:
            mistake = f"{shown(path)} hat mehr als {LARGEST_TEXT} Bytes."
        else:
            mistake = _check_file(files, path, digest, kinds.check_of(name) if name else None)
        if mistake:
            mistakes.append(mistake)
        if len(mistakes) >= MOST_MISTAKES:
            break
    if mistakes:
        raise NotAPackage(*mistakes)


def _check_file(files: Files, path: str, digest: str, look: kinds.Check | None) -> str:
    total = hashlib.sha256()
    mistake = ""
    with files.open(path) as stream:
        while piece := stream.read(PIECE):
            total.update(piece)
            if look and not mistake:
                mistake = look.feed(piece)
    if total.hexdigest() != digest:
        return f"Der Inhalt von {shown(path)} passt nicht zu {MANIFEST}."
    return mistake or (look.finish() if look else "")


def _check_metadata(files: Files, paths: Sequence[str]) -> None:
    with files.open(LICENCES) as stream:
        licences.check(stream, below(paths, PROGRAMME))
    with files.open(CRATE) as stream:
        crate.check(stream)
    for name in below(paths, AMB):
        try:
            strict_json.read(_small(files, AMB + name))
        except strict_json.NotJson as error:
            raise NotAPackage(f"{shown(AMB + name)} ist {error}.") from error


def _check_described(paths: Sequence[str], outline: Outline) -> None:
    """Each unit is described, and nothing else is."""
    described = below(paths, AMB)
    wrong = [key for key in outline.units if not is_in(described, f"{key}.json")]
    if wrong or len(described) != len(outline.units):
        units = set(outline.units)
        wrong += [name[: -len(".json")] for name in described if name[: -len(".json")] not in units]
        raise NotAPackage(f"{AMB} beschreibt nicht genau die Einheiten des Programms: {shown(min(wrong))}.")


def _check_programme(files: Files, said: Provenance) -> Outline:
    """Read the programme unit by unit and compare what was read, written again, with what is there."""
    mistakes: list[str] = []
    try:
        outline = check_programme(files, lambda unit: mistakes.extend(_differences(files, write_unit(unit))), canonical=True)
    except NotAProgramme as error:
        raise NotAPackage(*(f"{PROGRAMME}{mistake}" for mistake in error.mistakes)) from error
    mistakes += _differences(files, write_outline(outline))
    if mistakes:
        raise NotAPackage(*mistakes)
    facts = (outline.key, outline.version, outline.title, outline.licence)
    if facts != (said.programme, said.version, said.title, said.licence):
        raise NotAPackage(f"{PROVENANCE} nennt ein anderes Programm oder eine andere Version als das Programm selbst.")
    return outline


def _differences(files: Files, written: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the files that are not as they were written again; one that was not written again has nothing in it."""
    for path, content in written.items():
        try:
            same = _small(files, path, LARGEST_TEXT) == content
        except KeyError:
            same = False
        if not same:
            yield f"{shown(PROGRAMME + path)} ist nicht in der Schreibweise geschrieben, die ein Paket verlangt."
