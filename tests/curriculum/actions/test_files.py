import hashlib
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from staffel.curriculum.actions import files
from staffel.curriculum.actions.files import Known, attach, drop_blobs, keep_ahead, keep_blob, known, known_in, replace_file
from staffel.curriculum.actions.progress import heard_by
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.models import Blob, BlobPart, VersionFile
from staffel.curriculum.queries.files import PART, open_blob, stored_files
from tests.curriculum.factories import make_version

pytestmark = pytest.mark.django_db

LARGE = bytes(range(256)) * (5 * PART // 512)  # two and a half parts


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("content, parts", [
    (b"", 0),
    (b"a", 1),
    (b"a" * PART, 1),
    (b"a" * (PART + 1), 2),
    (LARGE, 3),
])  # fmt: skip
def test_keep_blob_keeps_bytes_once_in_parts(content, parts):
    blob = keep_blob(BytesIO(content))

    assert (blob.sha256, blob.size, blob.parts.count()) == (digest(content), len(content), parts)
    assert open_blob(blob).read() == content
    assert keep_blob(BytesIO(content)) == blob
    assert BlobPart.objects.count() == parts


class Drop:
    """A stream that hands out little at a time and notes the most it was asked for."""

    def __init__(self, size):
        self.left, self.most = size, 0

    def seekable(self):
        return False

    def read(self, size):
        self.most = max(self.most, size)
        size = min(size, self.left, 100_000)
        self.left -= size
        return b"x" * size


def test_keep_blob_takes_what_is_left_of_a_file_that_can_seek():
    content = b"before" + bytes(range(256)) * 2100
    stream = BytesIO(content)
    stream.seek(6)

    blob = keep_blob(stream)

    assert (blob.size, blob.sha256) == (len(content) - 6, hashlib.sha256(content[6:]).hexdigest())
    with open_blob(blob) as kept:
        assert kept.read() == content[6:]


def test_keep_ahead_keeps_bytes_that_attach_then_finds(django_assert_num_queries):
    entries = [(f"a-{n}", f"text {n}".encode()) for n in range(files.MANY)]
    told = []

    with heard_by(lambda *said: told.append(said)):
        keep_ahead(entries[1:], len(entries) - 1)
        few = Blob.objects.count()
        keep_ahead(entries, len(entries))

    assert (few, Blob.objects.count()) == (0, files.MANY)
    assert told == [("keep", n, 1000) for n in (300, 600, 900, 1000)]
    version = make_version(released=False)
    # A savepoint, and for each 300 files one question and one statement.
    with django_assert_num_queries(2 + 4 * 2):
        attach(version, entries)


def test_keep_blob_never_asks_for_more_than_a_part_and_a_byte():
    stream = Drop(7 * PART + 3)

    assert (keep_blob(stream).size, stream.most) == (7 * PART + 3, PART + 1)


def test_a_blob_may_be_sought_in():
    with open_blob(keep_blob(BytesIO(LARGE))) as stream:
        stream.seek(-3, 2)
        assert (stream.read(), stream.read(1), stream.tell()) == (LARGE[-3:], b"", len(LARGE))
        stream.seek(PART - 2)
        assert stream.read(4) == LARGE[PART - 2 : PART + 2]
        stream.seek(5)
        stream.seek(2, 1)
        assert stream.read(2) == LARGE[7:9]


@pytest.mark.parametrize("count", [1, 300])
def test_attach_writes_many_small_files_by_few_queries(count, django_assert_num_queries):
    version = make_version(released=False)

    # Savepoint twice, known blobs, new blobs, their rows, their parts, files.
    with django_assert_num_queries(7):
        attach(version, ((f"a/{n}", b"%d" % n) for n in range(count)))
    with django_assert_num_queries(4):
        attach(version, ((f"b/{n}", b"%d" % n) for n in range(count)))

    assert (Blob.objects.count(), VersionFile.objects.count()) == (count, 2 * count)
    assert stored_files(version).contents([f"a/{n}" for n in range(count)]) == {f"a/{n}": b"%d" % n for n in range(count)}


def test_attach_opens_what_is_known_only_where_nobody_kept_it():
    opened = []

    def once():
        opened.append(1)
        return BytesIO(LARGE)

    version = make_version(released=False)
    assert (
        attach(
            version,
            [
                ("film", Known(digest(LARGE), len(LARGE), once)),
                ("again", Known(digest(LARGE), len(LARGE), once)),
                ("text", LARGE),
            ],
        )
        == 3
    )
    assert attach(version, [("later", Known(digest(LARGE), len(LARGE), once))]) == 1

    assert (opened, Blob.objects.count(), VersionFile.objects.count()) == ([], 1, 4)


def test_attach_opens_a_known_file_that_is_new():
    version = make_version(released=False)

    attach(version, [("film", Known(digest(LARGE), len(LARGE), lambda: BytesIO(LARGE)))])

    assert stored_files(version).sha256("film") == digest(LARGE)
    with stored_files(version).open("film") as stream:
        assert stream.read() == LARGE


@pytest.mark.parametrize("content", [b"x", LARGE])
def test_attach_refuses_bytes_with_another_digest(content):
    version = make_version(released=False)

    with pytest.raises(ValueError, match="the bytes said to be 0000"):
        attach(version, [("film", Known("0" * 64, len(content), lambda: BytesIO(content)))])

    assert (Blob.objects.count(), VersionFile.objects.count()) == (0, 0)


def test_known_reads_what_does_not_say_its_digest_itself():
    assert known(lambda: BytesIO(b"text")).sha256 == digest(b"text")
    assert known(lambda: BytesIO(b"text")).size == 4
    files = InMemory({"a": b"text"})
    assert (known_in(files, "a").sha256, known_in(files, "a").size, known_in(files, "a").open().read()) == (
        digest(b"text"),
        4,
        b"text",
    )


def test_replace_file_gives_a_draft_other_bytes():
    version = make_version(released=False)
    attach(version, [("a", b"old"), ("b", b"kept")])
    replace_file(version, "a", b"new")
    replace_file(version, "c", b"more")

    assert stored_files(version).contents(["a", "b", "c"]) == {"a": b"new", "b": b"kept", "c": b"more"}


def test_drop_blobs_keeps_what_somebody_has():
    version = make_version(released=False)
    attach(version, [("a", b"kept")])
    keep_blob(BytesIO(LARGE))
    keep_blob(BytesIO(b"gone"))
    Blob.objects.update(kept_at=None)

    assert drop_blobs() == 2
    assert (Blob.objects.get().sha256, BlobPart.objects.count()) == (digest(b"kept"), 1)


def kept(age):
    """Return bytes that nobody has and that were kept so long ago."""
    blob = keep_blob(BytesIO(repr(age).encode()))
    Blob.objects.filter(pk=blob.pk).update(kept_at=timezone.now() - age)
    return blob


def test_drop_blobs_leaves_what_is_on_the_way():
    old, young = kept(timedelta(days=1, seconds=1)), kept(timedelta(hours=23))

    assert (drop_blobs(), list(Blob.objects.all())) == (1, [young])
    assert drop_blobs([old.pk, young.pk], before=timezone.now() - timedelta(hours=22)) == 1


@pytest.mark.parametrize("keep", [
    lambda content: keep_blob(BytesIO(content)),
    lambda content: keep_ahead([(f"a-{n}", content) for n in range(files.MANY)], files.MANY),
])  # fmt: skip
@pytest.mark.parametrize("content", [b"small", LARGE])
def test_what_is_kept_again_is_on_the_way_again(keep, content):
    """An upload keeps old bytes ahead, the night comes, then its version wants them."""
    keep_blob(BytesIO(content))
    Blob.objects.update(kept_at=timezone.now() - timedelta(days=9))

    keep(content)

    assert (drop_blobs(), Blob.objects.count()) == (0, 1)


def test_bytes_that_are_dropped_while_somebody_keeps_them_are_kept_anew(monkeypatch):
    kept(timedelta(days=2))
    content, noted = repr(timedelta(days=2)).encode(), files._still_there

    def late(rows):
        drop_blobs()
        monkeypatch.setattr(files, "_still_there", noted)
        return noted(rows)

    monkeypatch.setattr(files, "_still_there", late)

    with open_blob(keep_blob(BytesIO(content))) as stream:
        assert stream.read() == content


def test_drop_blobs_takes_some_at_a_time(monkeypatch):
    monkeypatch.setattr(files, "BATCH", 2)
    for days in range(2, 7):
        kept(timedelta(days=days))

    assert (drop_blobs(), Blob.objects.count()) == (5, 0)


def refused(*statement):
    with pytest.raises(IntegrityError, match="never change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*statement)


@pytest.mark.parametrize("statement", [
    "UPDATE curriculum_versionfile SET path = 'b'",
    "DELETE FROM curriculum_versionfile",
    "UPDATE curriculum_blobpart SET content = content",
    "DELETE FROM curriculum_blobpart",
    "UPDATE curriculum_blob SET size = 0",
    "UPDATE curriculum_blob SET sha256 = 'x'",
])  # fmt: skip
def test_database_refuses_to_change_the_files_of_a_released_version(statement):
    version = make_version(released=False)
    attach(version, [("a", b"text")])
    version.state, version.released_on = "released", "2026-03-02"
    version.save()

    refused(statement)


def test_database_refuses_to_add_to_the_files_of_a_released_version():
    released, draft = make_version("1.0.0", released=False), None
    attach(released, [("a", b"text")])
    released.state, released.released_on = "released", "2026-03-02"
    released.save()
    draft = make_version("2.0.0", released=False)
    attach(draft, [("b", b"more")])

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        attach(released, [("b", b"text")])
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        BlobPart.objects.create(blob=Blob.objects.get(sha256=digest(b"text")), number=1, content=b"more")
    refused("UPDATE curriculum_versionfile SET version_id = %s WHERE version_id = %s", [released.pk, draft.pk])
    VersionFile.objects.filter(version=draft).delete()
    Blob.objects.update(kept_at=None)
    assert drop_blobs() == 1
