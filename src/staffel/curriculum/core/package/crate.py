"""The package as RO-Crate describes collections of files: ``ro-crate-metadata.json``, one entity per line.

The root is the version of the programme; its parts are the texts that hold for the whole, one folder per unit with its
files, and the metadata beside them. Made line by line, since a large programme has tens of thousands of files.

Source: RO-Crate Metadata Specification 1.2.0 (researchobject.org, 2025).
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from staffel.curriculum.core.content import Outline, Unit
from staffel.curriculum.core.package import licences, strict_json
from staffel.curriculum.core.package.kinds import media_type
from staffel.curriculum.core.package.layout import AMB, CRATE, PROGRAMME, NotAPackage
from staffel.curriculum.core.package.licences import Right
from staffel.curriculum.core.package.provenance import Publisher, Upstream

_VERSION = "https://w3id.org/ro/crate/1.2"
_FIRST = f'{{"@context": "{_VERSION}/context", "@graph": ['
_LAST = "]}"
# Blanks, percent signs and what else an address cannot have; letters of other alphabets may stay.
_ESCAPED = re.compile(r"[\x00-\x20%<>\"{}|\\^`#?\[\]:]")


@dataclass(frozen=True, slots=True)
class Described:
    """A file to be described: its path in the package, size, digest, rights, and words about it."""

    path: str
    size: int
    sha256: str
    right: Right
    name: str = ""
    description: str = ""


class Crate:
    """Makes the entities one after the other; notes the licences and authors that they name."""

    def __init__(self, outline: Outline, publisher: Publisher):
        self._outline, self._publisher = outline, publisher
        self._licences: set[str] = set()
        self._authors: set[str] = {publisher.name}

    def head(self, at: str, upstream: Sequence[Upstream], texts: Iterable[str], beside: Iterable[str]) -> Iterator[str]:
        """Yield the first entities: the document itself and the programme.

        ``texts`` are the paths of what holds for the whole programme, ``beside`` those beside the programme.
        """
        outline = self._outline
        right = self._named(licences.right_of_texts(outline))
        yield strict_json.line(
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": _VERSION},
                "about": {"@id": "./"},
            }
        )
        yield _whole(
            {
                "@id": "./",
                "@type": ["Dataset", "LearningResource"],
                "identifier": f"urn:staffel:{outline.key}:{outline.version}",
                "name": f"{outline.title} {outline.version}",
                "description": outline.summary,
                "datePublished": at,
                "version": outline.version,
                "inLanguage": outline.language,
                "isAccessibleForFree": not outline.fee,
                **right,
                "publisher": {"@id": _local(self._publisher.name)},
                **({"isBasedOn": {"@id": _local(upstream[0].content)}} if upstream else {}),
            },
            chain(texts, map(_folder, sorted(outline.units)), (AMB,), beside),
        )
        if upstream:
            nearest = upstream[0]
            self._authors.add(nearest.publisher)
            yield strict_json.line(
                {
                    "@id": _local(nearest.content),
                    "@type": "CreativeWork",
                    "identifier": f"urn:staffel:{nearest.programme}:{nearest.version}",
                    "name": f"{nearest.programme} {nearest.version}",
                    "publisher": {"@id": _local(nearest.publisher)},
                    "sha256": nearest.content,
                }
            )

    def folder(self, unit: Unit, position: int, files: Sequence[str]) -> str:
        """Return the entity of a unit with the paths of its files."""
        return _whole(
            {
                "@id": _folder(unit.key),
                # One type only: the reference library (ro-crate-py 0.16) looks for parts of nothing else.
                "@type": "Dataset",
                "name": unit.title,
                "position": position,
                "timeRequired": f"PT{unit.minutes}M",
                "subjectOf": {"@id": f"{AMB}{unit.key}.json"},
            },
            files,
        )

    def descriptions(self, keys: Sequence[str]) -> str:
        """Return the entity of the folder with a description of each unit."""
        whole = {"@id": AMB, "@type": "Dataset", "name": "Beschreibung der Einheiten nach dem AMB"}
        return _whole(whole, (f"{AMB}{key}.json" for key in keys))

    def file(self, one: Described) -> str:
        """Return the entity of a file."""
        return strict_json.line(
            {
                "@id": _address(one.path),
                "@type": "File",
                "name": one.name or one.path.rpartition("/")[2],
                **({"description": one.description} if one.description else {}),
                "encodingFormat": media_type(one.path),
                "contentSize": str(one.size),
                "sha256": one.sha256,
                **self._named(one.right),
            }
        )

    def named(self) -> Iterator[str]:
        """Yield the licences and organisations that the entities so far named, sorted."""
        for licence in sorted(self._licences):
            yield strict_json.line({"@id": _licence(licence), "@type": "CreativeWork", "name": licence, "identifier": licence})
        for author in sorted(self._authors):
            entity = {"@id": _local(author), "@type": "Organization", "name": author}
            if author == self._publisher.name and self._publisher.fingerprint:
                entity["identifier"] = self._publisher.fingerprint
            yield strict_json.line(entity)

    def _named(self, right: Right) -> dict[str, object]:
        self._licences.add(right.licence)
        self._authors.add(right.author)
        return {"license": {"@id": _licence(right.licence)}, "author": {"@id": _local(right.author)}}


def document(entities: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines of the document."""
    yield f"{_FIRST}\n".encode()
    before = ""
    for entity in entities:
        if before:
            yield f"{before},\n".encode()
        before = entity
    yield f"{before}\n{_LAST}\n".encode()


def check(stream: BinaryIO) -> None:
    """Read the document line by line; whether it says the right things is not looked at. Raises NotAPackage."""
    try:
        found = strict_json.lines(stream)
        if next(found, None) != _FIRST.encode():
            raise NotAPackage(f"{CRATE} ist kein RO-Crate 1.2 mit einem Eintrag in jeder Zeile.")
        comma, last = True, b""
        for text in found:
            last = text
            if text == _LAST.encode():
                break
            if not comma or not text.startswith(b"{"):
                raise NotAPackage(f"{CRATE} ist kein RO-Crate 1.2 mit einem Eintrag in jeder Zeile.")
            comma = text.endswith(b",")
            strict_json.check(text.removesuffix(b","))
        if last != _LAST.encode() or comma or next(found, None) is not None:
            raise NotAPackage(f"{CRATE} ist kein RO-Crate 1.2 mit einem Eintrag in jeder Zeile.")
    except strict_json.NotJson as error:
        raise NotAPackage(f"{CRATE} ist {error}.") from error


def _whole(entity: dict[str, object], parts: Iterable[str]) -> str:
    """Return the entity with the paths of its parts: as text at once, since a dictionary for each takes three times as much."""
    listed = ", ".join(f'{{"@id": {strict_json.line(_address(part))}}}' for part in parts)
    return f'{strict_json.line(entity)[:-1]}, "hasPart": [{listed}]}}'


def _folder(key: str) -> str:
    return f"{PROGRAMME}units/{key}/"


def _address(path: str) -> str:
    return _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", path)


def _local(name: str) -> str:
    return f"#{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _licence(licence: str) -> str:
    return licences.address(licence) or _local(licence)
