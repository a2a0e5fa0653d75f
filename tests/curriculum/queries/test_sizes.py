"""What is too large for a page."""

import zipfile
from io import BytesIO

import pytest

from staffel.curriculum.actions.files import attach
from staffel.curriculum.actions.receiving import LIMITS
from staffel.curriculum.models import Upload
from staffel.curriculum.queries import sizes
from tests.curriculum.factories import make_version


def packed(files):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return stream


@pytest.mark.parametrize(
    ("files", "long"),
    [
        ({"programme.yaml": b"a"}, False),
        ({f"{n}.svg": b"" for n in range(999)}, False),
        ({f"{n}.svg": b"" for n in range(1000)}, True),
        ({f"{n}.MD": bytes(range(256)) * 2000 for n in range(11)}, True),
        ({f"{n}.png": bytes(range(256)) * 2000 for n in range(11)}, False),
    ],
)
def test_is_long_to_read(files, long):
    stream = packed(files)

    assert (sizes.is_long_to_read(stream, LIMITS), stream.tell()) == (long, 0)


def test_a_large_file_is_long_whatever_it_is(monkeypatch):
    monkeypatch.setattr(sizes, "BYTES", 10)

    assert sizes.is_long_to_read(BytesIO(b"eleven byte"), LIMITS) is True


def test_what_cannot_be_read_is_refused_quickly():
    assert sizes.is_long_to_read(BytesIO(b"no archive"), LIMITS) is False


def test_is_long_upload_says_what_the_errand_noted():
    assert [sizes.is_long_upload(Upload(report=report)) for report in ({}, {"long": True})] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize(("most_files", "most_bytes", "long"), [(3, 100, False), (2, 100, True), (3, 1, True)])
def test_is_long_counts_files_and_bytes(monkeypatch, django_assert_num_queries, most_files, most_bytes, long):
    monkeypatch.setattr(sizes, "FILES", most_files)
    monkeypatch.setattr(sizes, "BYTES", most_bytes)
    version = make_version(released=False)
    attach(version, [("a", b"one"), ("b", b"two")])

    with django_assert_num_queries(1):
        assert sizes.is_long(version) is long
