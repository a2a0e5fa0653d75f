import hashlib
import io
import json
import os
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.provenance import Upstream
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.writer import Release, name_of, package_files, write_zip
from tests.curriculum.core.package.samples import (
    RELEASE,
    SIGNER,
    entries,
    programme_files,
    read,
    small_package,
    zipped,
)
from tests.curriculum.generated import Generated, generated

OF_UNIT = (
    "exercises.yaml",
    "files/stufen.svg",
    "files/vorlage.txt",
    "guide.md",
    "handout.md",
    "quiz.yaml",
    "slides.md",
    "summary.md",
    "task.yaml",
    "unit.yaml",
)
MAKE = """
import hashlib
from tests.curriculum.core.package.samples import small_package, zipped
print(hashlib.sha256(zipped(small_package()).getvalue()).hexdigest())
"""


def test_package_files_are_these_in_this_order():
    assert list(small_package()) == [
        "licences.json",
        "manifest-sha256.sig",
        "manifest-sha256.txt",
        "metadata/amb/einheit-1.json",
        "metadata/amb/einheit-2.json",
        "programme/competencies.yaml",
        "programme/glossary.yaml",
        "programme/methods.yaml",
        "programme/programme.yaml",
        *(f"programme/units/einheit-1/{name}" for name in OF_UNIT),
        *(f"programme/units/einheit-2/{name}" for name in OF_UNIT),
        "provenance.json",
        "publisher.pem",
        "ro-crate-metadata.json",
    ]


def test_an_unsigned_package_has_no_key_and_no_signature():
    files = entries(generated(2), signer=None)

    assert set(small_package()) - set(files) == {"publisher.pem", "manifest-sha256.sig"}
    assert json.loads(files["provenance.json"])["publisher"] == {"name": "Land Brandenburg", "fingerprint": ""}


def test_the_same_version_is_the_same_bytes_in_another_process_zone_and_order_of_sets():
    here = hashlib.sha256(zipped(small_package()).getvalue()).hexdigest()
    environment = os.environ | {"PYTHONPATH": "src:.", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}

    there = subprocess.run([sys.executable, "-c", MAKE], env=environment, capture_output=True, text=True, check=True)

    assert there.stdout.strip() == here


def test_the_order_of_files_and_the_zone_of_the_moment_make_no_difference():
    whole = generated(2)
    files = programme_files(whole)
    turned = InMemory({path: read(lambda path=path: files.open(path)) for path in reversed(files.paths())})
    at = RELEASE.at.astimezone(timezone(timedelta(hours=13)))

    made = package_files(turned, whole.outline, replace(RELEASE, at=at), SIGNER)

    assert {path: read(content) for path, content in made} == small_package()


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="a time with its zone is needed"):
        entries(generated(2), replace(RELEASE, at=datetime(2026, 1, 1)))


def test_files_can_be_opened_again_and_in_any_order():
    whole = generated(2)
    made = list(package_files(programme_files(whole), whole.outline, RELEASE, SIGNER))

    once = {path: read(content) for path, content in reversed(made)}

    assert once == {path: read(content) for path, content in made}


def test_every_entry_is_stored_with_the_same_date_mode_and_system():
    with zipfile.ZipFile(zipped(small_package())) as archive:
        facts = {(e.compress_type, e.date_time, e.external_attr, e.create_system, e.flag_bits) for e in archive.infolist()}

        assert archive.testzip() is None
        assert archive.namelist() == sorted(archive.namelist())
    assert facts == {(0, (1980, 1, 1, 0, 0, 0), 0o100644 << 16, 3, 0)}


def test_the_name_of_a_package():
    assert name_of("smart-city-manager", "1.0.0") == "smart-city-manager-1.0.0.staffel.zip"


def test_upstream_stands_in_provenance_and_crate():
    upstream = Upstream("Bund", "a" * 64, "erdachtes-programm", "0.9.0", "b" * 64, "c" * 64)
    files = entries(generated(2), Release(datetime(2026, 1, 2, tzinfo=UTC), "Land", (upstream,)))

    package = open_package(zipped(files))
    root = json.loads(files["ro-crate-metadata.json"])["@graph"][1]

    assert package.provenance.upstream == (upstream,)
    assert root["isBasedOn"] == {"@id": "#a0fab1377f49a759"}


@pytest.mark.parametrize("units, most", [(10, 2_500_000), (100, 2_500_000)])
def test_writing_takes_little_memory_whatever_the_number_of_units(units, most):
    whole = Generated(units)
    files = programme_files(whole)
    stream = io.BytesIO(bytes(5_000_000))
    tracemalloc.start()
    write_zip(package_files(files, whole.outline, RELEASE, SIGNER), stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < most


class Endless(io.RawIOBase):
    def __init__(self, size):
        super().__init__()
        self.left = size

    def readable(self):
        return True

    def readinto(self, buffer):
        found = min(len(buffer), self.left)
        self.left -= found
        buffer[:found] = bytes(found)
        return found


def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path):
    with (tmp_path / "x.zip").open("w+b") as stream:
        tracemalloc.start()
        write_zip([("film.mp4", lambda: Endless(20_000_000))], stream)
        digest = Archive(stream).sha256("film.mp4")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert peak < 500_000
    assert digest == hashlib.sha256(bytes(20_000_000)).hexdigest()


@pytest.mark.parametrize("names", [["a", "b/ä.txt", "c"], [f"{number:05}" for number in range(65_536)]])
def test_the_bytes_are_those_of_the_standard_library(names):
    """With more than 65,535 files with the records of ZIP64 at the end."""
    contents = {name: name.encode() * (200_000 if name == "c" else 1) for name in names}
    expected = io.BytesIO()
    with zipfile.ZipFile(expected, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.create_system = 0o100644 << 16, 3
            archive.writestr(entry, content)

    for as_content in (bytes, lambda content: lambda: io.BytesIO(content)):
        stream = io.BytesIO()
        write_zip(((name, as_content(content)) for name, content in contents.items()), stream)
        assert stream.getvalue() == expected.getvalue()
