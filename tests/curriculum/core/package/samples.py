"""A small package, and packages that were changed behind their maker's back and sealed again."""

import hashlib
import json
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import InMemory, digest_of
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.writer import Release, Signer, package_files, write_zip
from staffel.curriculum.core.writer import files_of
from tests.curriculum.generated import generated

# Of tests only: everybody can sign with it.
SECRET = hashlib.sha256(b"Staffel, Schluessel fuer Tests").digest()
PUBLIC = signing.public_of(SECRET)
FINGERPRINT = signing.fingerprint(PUBLIC)
RELEASE = Release(datetime(2026, 11, 25, 15, tzinfo=UTC), "Land Brandenburg")
SIGNER = Signer(PUBLIC, lambda data: signing.sign(SECRET, data))


def read(content) -> bytes:
    if isinstance(content, bytes):
        return content
    with content() as stream:
        return stream.read()


def programme_files(whole: Whole) -> InMemory:
    return InMemory({path: read(content) for path, content in files_of(whole)})


def entries(whole: Whole, release=RELEASE, signer=SIGNER) -> dict[str, bytes]:
    """Return the files of a package by their path, in their order."""
    found = package_files(programme_files(whole), whole.outline, release, signer)
    return {path: read(content) for path, content in found}


@cache
def _tiny() -> dict[str, bytes]:
    return entries(generated(2, rich=False))


def tiny_package() -> dict[str, bytes]:
    """Return one that is read in a few milliseconds, for tests that read hundreds."""
    return dict(_tiny())


@cache
def _small() -> dict[str, bytes]:
    return entries(generated(2))


def small_package() -> dict[str, bytes]:
    return dict(_small())


def zipped(files: dict[str, bytes]) -> BytesIO:
    stream = BytesIO()
    write_zip(sorted(files.items(), key=lambda item: item[0].encode()), stream)
    return stream


def sealed(files: dict[str, bytes], *, signed: bool = True) -> dict[str, bytes]:
    """Return the files with a manifest that fits, signed with the key of the tests, or without one."""
    beside = ("manifest-sha256.txt", "manifest-sha256.sig", *(() if signed else ("publisher.pem",)))
    found = {path: content for path, content in files.items() if path not in beside}
    lines = (f"{hashlib.sha256(found[path]).hexdigest()}  {path}\n" for path in sorted(found, key=str.encode))
    manifest = "".join(lines).encode()
    return found | {"manifest-sha256.txt": manifest} | ({"manifest-sha256.sig": SIGNER.sign(manifest)} if signed else {})


def with_provenance(files: dict[str, bytes], **facts) -> dict[str, bytes]:
    """Return the files with other facts in their provenance and the digest of their programme, sealed."""
    inner = {path.removeprefix("programme/"): one for path, one in files.items() if path.startswith("programme/")}
    said = json.loads(files["provenance.json"]) | {"content": digest_of(InMemory(inner))} | facts
    return sealed(files | {"provenance.json": json.dumps(said).encode()})
