"""Bytes are kept once, in parts, however many versions have them."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from staffel.curriculum.actions.progress import tell
from staffel.curriculum.core.files import PIECE, Files, sha256_of
from staffel.curriculum.models import Blob, BlobPart, Download, Errand, Upload, Version, VersionFile
from staffel.curriculum.queries.files import PART

# SQLite takes 999 values in one statement and Django three to a row.
BATCH = 300
BATCH_BYTES = 4 * 1024 * 1024
# From so many files on, their bytes are kept before the transaction that needs them: on SQLite it keeps all others waiting.
MANY = 1000
# Bytes stay so long although nobody has them: longer than any upload, merge or release takes until it says that it has them.
ON_THE_WAY = timedelta(days=1)
# That they were kept is noted again after so long.
LATELY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Known:
    """Bytes whose digest and size are known already: they are opened only where nobody has kept them yet."""

    sha256: str
    size: int
    open: Callable[[], BinaryIO]


def known(content: Callable[[], BinaryIO]) -> Known:
    """Return the bytes that ``content`` opens; read once to know them, if it does not say ``sha256`` and ``size`` itself."""
    if hasattr(content, "sha256"):
        return Known(content.sha256, content.size, content)
    total, size = hashlib.sha256(), 0
    with content() as stream:
        while piece := stream.read(PIECE):
            total.update(piece)
            size += len(piece)
    return Known(total.hexdigest(), size, content)


def known_in(files: Files, path: str) -> Known:
    """Return the bytes of one of ``files``."""
    return Known(files.sha256(path), files.size(path), lambda: files.open(path))


@transaction.atomic
def keep_blob(stream: BinaryIO) -> Blob:
    """Keep what is left of ``stream`` and return its row, which may have been there already.

    No more than one part is in memory. Three queries, and one for each part that is new.
    """
    first = _most(stream)
    if len(first) <= PART:
        digest = hashlib.sha256(first).hexdigest()
        return _keep_small({digest: first})[digest]
    if stream.seekable():
        stream.seek(-len(first), 1)
        return _keep_large(stream, stream.tell())
    with TemporaryFile() as spool:
        spool.write(first)
        while piece := stream.read(PART):
            spool.write(piece)
        spool.seek(0)
        return _keep_large(spool, 0)


def _keep_large(stream: BinaryIO, start: int) -> Blob:
    """Keep what stands from ``start`` on in ``stream``, which is read twice: first to know it."""
    digest = sha256_of(stream)
    size = stream.tell() - start
    if known := _known([digest]):
        return known[digest]
    blob, is_new = _make_rows({digest: size})[digest]
    stream.seek(start)
    number = 0
    while is_new and (piece := stream.read(PART)):
        BlobPart.objects.create(blob=blob, number=number, content=piece)
        number += 1
    return blob


@transaction.atomic
def attach(version: Version, entries: Iterable[tuple[str, bytes | Known]]) -> int:
    """Make ``entries``, each a path and its bytes, files of the draft ``version``, and return how many there are.

    Small ones are written in bulk: five queries for each 300 of them, or 4 MiB.
    """
    count = 0
    for batch in _batches(entries):
        _attach(version, batch)
        count += len(batch)
    return count


def keep_ahead(entries: Iterable[tuple[str, bytes | Known]], total: int) -> None:
    """Keep the bytes of ``total`` ``entries`` in short transactions, where there are many: ``attach`` then finds them.

    What nobody attaches after all goes a day later (``drop_blobs``).
    """
    if total < MANY:
        return
    done = 0
    for batch in _batches(entries):
        with transaction.atomic():
            _blobs_of(batch)
        done += len(batch)
        tell(Errand.Step.KEEP, done, total)


def _batches(entries: Iterable[tuple[str, bytes | Known]]) -> Iterator[list[tuple[str, bytes | Known]]]:
    held, batch = 0, []
    for path, content in entries:
        batch.append((path, content))
        held += min(_size(content), PART)
        if len(batch) == BATCH or held > BATCH_BYTES:
            yield batch
            held, batch = 0, []
    if batch:
        yield batch


@transaction.atomic
def replace_file(version: Version, path: str, content: bytes) -> None:
    """Give the file ``path`` of a draft other bytes; makes it if there is none. At most nine queries."""
    VersionFile.objects.filter(version=version, path=path).delete()
    _attach(version, [(path, content)])


def _attach(version: Version, batch: list[tuple[str, bytes | Known]]) -> None:
    blobs = _blobs_of(batch)
    VersionFile.objects.bulk_create(VersionFile(version=version, path=path, blob=blob) for path, blob in blobs)


def _blobs_of(batch: list[tuple[str, bytes | Known]]) -> list[tuple[str, Blob]]:
    """Keep what is new in ``batch`` and return the row of each path."""
    digests = [content.sha256 if isinstance(content, Known) else hashlib.sha256(content).hexdigest() for _, content in batch]
    contents = dict(zip(digests, (content for _, content in batch), strict=True))
    blobs = _known(contents)
    new = {digest: content for digest, content in contents.items() if digest not in blobs}
    small = {digest: _read(content) for digest, content in new.items() if _size(content) <= PART}
    blobs |= _keep_small(_checked(small))
    for digest in new.keys() - small.keys():
        content = new[digest]
        with BytesIO(content) if isinstance(content, bytes) else content.open() as stream:
            blobs[digest] = keep_blob(stream)
        _refuse_other(digest, blobs[digest].sha256)
    return [(path, blobs[digest]) for digest, (path, _) in zip(digests, batch, strict=True)]


def _size(content: bytes | Known) -> int:
    return len(content) if isinstance(content, bytes) else content.size


def _read(content: bytes | Known) -> bytes:
    if isinstance(content, bytes):
        return content
    with content.open() as stream:
        return _most(stream)


def _most(stream: BinaryIO) -> bytes:
    """Return all bytes of ``stream``, or one more than a part; a stream may hand out fewer at a time than it is asked for."""
    found = bytearray()
    while len(found) <= PART and (piece := stream.read(PART + 1 - len(found))):
        found += piece
    return bytes(found)


def _checked(small: dict[str, bytes]) -> dict[str, bytes]:
    for digest, content in small.items():
        _refuse_other(digest, hashlib.sha256(content).hexdigest())
    return small


def _refuse_other(said: str, found: str) -> None:
    """Raise ValueError where bytes are not what was said: nothing is kept under a wrong digest."""
    if found != said:
        raise ValueError(f"the bytes said to be {said} are {found}")


def _keep_small(contents: dict[str, bytes]) -> dict[str, Blob]:
    """Keep bytes of at most one part each, by their digests, and return their rows."""
    if not contents:
        return {}
    rows = _make_rows({digest: len(content) for digest, content in contents.items()})
    BlobPart.objects.bulk_create(
        BlobPart(blob=blob, number=0, content=contents[digest]) for digest, (blob, is_new) in rows.items() if is_new
    )
    return {digest: blob for digest, (blob, _) in rows.items()}


def _make_rows(sizes: dict[str, int]) -> dict[str, tuple[Blob, bool]]:
    """Return the rows for digests with their sizes, and whether their bytes are still to be written."""
    # Somebody may write the same bytes at the same time: the second waits here, and then finds the first one's parts. In the
    # order of the digests, so that two who write several do not wait for each other.
    now = timezone.now()
    new = (Blob(sha256=digest, size=sizes[digest], kept_at=now) for digest in sorted(sizes))
    Blob.objects.bulk_create(new, ignore_conflicts=True)
    parts = BlobPart.objects.filter(blob=OuterRef("pk"))
    rows = list(Blob.objects.filter(sha256__in=sizes).annotate(has_parts=Exists(parts)))
    if not _still_there(rows):
        return _make_rows(sizes)
    return {blob.sha256: (blob, blob.size > 0 and not blob.has_parts) for blob in rows}


def _known(digests: Collection[str]) -> dict[str, Blob]:
    """Return the rows of those bytes that are kept already, and are from now on for a day at least."""
    rows = list(Blob.objects.filter(sha256__in=digests))
    return {blob.sha256: blob for blob in rows} if _still_there(rows) else _known(digests)


def _still_there(rows: Collection[Blob]) -> bool:
    """Note that these bytes are kept now, and return whether nobody dropped one of them meanwhile."""
    now = timezone.now()
    long_ago = [blob.pk for blob in rows if blob.kept_at is None or blob.kept_at < now - LATELY]
    return not long_ago or Blob.objects.filter(pk__in=long_ago).update(kept_at=now) == len(long_ago)


def drop_blobs(some: Collection[int] | None = None, *, before: datetime | None = None) -> int:
    """Delete the bytes that no version, no download and no upload has any more, of all or of ``some``; return how many.

    What somebody kept after ``before``, a day ago if not given, stays: its version may still be on the way. Some at a time,
    each in a transaction of its own.
    """
    rows = Blob.objects.filter(Q(kept_at=None) | Q(kept_at__lte=before or timezone.now() - ON_THE_WAY))
    for owner in (VersionFile, Download, Upload):
        rows = rows.exclude(Exists(owner.objects.filter(blob=OuterRef("pk"))))
    rows = (rows if some is None else rows.filter(pk__in=some)).order_by("pk")
    count = last = 0
    while dropped := _drop_some(rows.filter(pk__gt=last)):
        count += len(dropped)
        last = dropped[-1]
    return count


@transaction.atomic
def _drop_some(rows: QuerySet[Blob]) -> list[int]:
    # Locked: whoever keeps one of them meanwhile waits, and finds it gone or this finds it kept.
    unused = list(rows.select_for_update().values_list("pk", flat=True)[:BATCH])
    BlobPart.objects.filter(blob__in=unused).delete()
    Blob.objects.filter(pk__in=unused).delete()
    return unused
