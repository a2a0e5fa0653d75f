"""Packages of other publishers for tests, made of the small programme."""

import hashlib
from datetime import UTC, date, datetime
from io import BytesIO

from staffel.curriculum.actions.files import attach
from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.actions.loading import fill
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.layout import MANIFEST, PROGRAMME
from staffel.curriculum.core.package.writer import Release, Signer, package_files, write_zip
from staffel.curriculum.core.reader import read_outline
from staffel.curriculum.models import Programme, Publisher, Version
from tests.curriculum.small_programme import small_files

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
SECRET = bytes(range(32))


def entries(number, publisher, secret=SECRET, upstream=(), **changes):
    """Return the files of a package by their path."""
    with Gathered(small_files(number, **changes)) as gathered:
        files = InMemory({path.removeprefix(PROGRAMME): _bytes(content) for path, content in gathered.entries()})
    signer = Signer(signing.public_of(secret), lambda data: signing.sign(secret, data)) if secret else None
    made = package_files(files, read_outline(files), Release(at=AT, publisher=publisher, upstream=upstream), signer)
    return {path: _bytes(content) for path, content in made}


def make_package(number="1.0.0", publisher="Land Brandenburg", secret=SECRET, **changes):
    """Return a package as the bytes of its file."""
    stream = BytesIO()
    write_zip(entries(number, publisher, secret, **changes).items(), stream)
    return stream.getvalue()


def make_received(number="1.0.0", publisher="Land Brandenburg", **changes):
    """Return the small programme as a version that ``publisher`` sent; there may be no draft while it is made."""
    programme = Programme.objects.get_or_create(key="kleines-programm", defaults={"title": "Klein", "summary": "Klein."})[0]
    version = Version(programme=programme)
    with Gathered(small_files(number, **changes)) as gathered:
        fill(version, gathered)
    package = entries(number, publisher, **changes)
    attach(version, [(path, content) for path, content in package.items() if not path.startswith(PROGRAMME)])
    version.state, version.released_on, version.released_at = Version.State.RECEIVED, date(2026, 11, 1), AT
    version.publisher = Publisher.objects.get_or_create(name=publisher)[0]
    version.manifest_digest = hashlib.sha256(package[MANIFEST]).hexdigest()
    version.signed_with = signing.fingerprint(signing.public_of(SECRET))
    version.save()
    return version


def _bytes(content):
    if isinstance(content, bytes):
        return content
    with content.open() if hasattr(content, "open") else content() as stream:
        return stream.read()
