"""What was written once is read forever: one stored package for each version of the format."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.provenance import Publisher
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.reader import read_programme
from tests.curriculum.core.package.make_fixture import OLD_SECRET, UPSTREAM
from tests.curriculum.core.package.samples import PUBLIC, SECRET

STORED = Path(__file__).parent / "fixtures" / "staffel-package-1.staffel.zip"
CONTENT = "44c7c3577909a649a8cb6b72a6d7d801988a02031a4b1878ed268397676b658c"
MANIFEST = "4df4d945372506f191fddcee5a89ae59fba1c83ac447b73b994cb2b9921484d3"
FINGERPRINT = "78014b4dc7bd7391947ac1e629692804d00c63436c79db5f75a44f1d0a23acf8"
SIGNATURE = (
    "8ec15a05a87719f666ced280b33e1b73bb80fcee3955f801e26e66337f693c3d"
    "22ab19aed6e7616ccdfd0a4bfb1d77078d0f43d30a0ace3f6b649e5e568c410f"
)


@pytest.fixture(name="package")
def package_fixture():
    with STORED.open("rb") as stream:
        yield open_package(stream)


def test_the_stored_file_is_the_one_that_was_stored():
    assert hashlib.sha256(STORED.read_bytes()).hexdigest() == "8beb0b8643ca668a6ae886a40eb084a821f6510ce3858d2abf76c6ddc2ff877f"


def test_format_1_is_read(package):
    said = package.provenance

    assert (said.programme, said.version, said.title) == ("erdachtes-programm", "1.0.0", "Erdachtes Programm: ein Beispiel")
    assert (said.content, package.manifest, package.signed_by) == (CONTENT, MANIFEST, FINGERPRINT)
    assert said.publisher == Publisher("Land Brandenburg", FINGERPRINT)
    assert said.released_at == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert said.upstream == (UPSTREAM,)
    assert len(package.files.paths()) == 28
    assert [(unit.title, len(unit.quiz)) for unit in read_programme(package.programme).units.values()] == [
        ("1. Die karte der beteiligten: für alle sichtbar", 8),
        ("2. Die kosten im laufenden betrieb: im Sinne von § 5 der Satzung", 8),
    ]


def test_its_signature_is_the_one_of_the_specification(package):
    with package.files.open("manifest-sha256.txt") as stream:
        listed = stream.read()

    assert SECRET.hex() == "5b22f56cb98f3651dbb59afa683e2ddce4c29280ecf7b3f59058121550113751"
    assert package.public_key == PUBLIC
    assert PUBLIC.hex() == "523918eb2960f26836d9eaa72c140006026a51f8b1db182360376575bfa4d153"
    assert signing.sign(SECRET, listed).hex() == SIGNATURE


def test_its_key_descends_from_an_older_one(package):
    old = signing.public_of(OLD_SECRET)

    assert signing.follow(package.provenance.succession, [old]) == (PUBLIC,)
