"""What is asked about a file that was sent and that nobody has taken over yet."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from staffel.accounts.models import AuditEntry
from staffel.curriculum.core import numbers
from staffel.curriculum.core.comparing import Comparison, compare
from staffel.curriculum.core.content import Source
from staffel.curriculum.core.files import Below
from staffel.curriculum.core.formats.reading import read_foreign
from staffel.curriculum.core.package.archive import Archive, folder
from staffel.curriculum.core.package.layout import PROGRAMME
from staffel.curriculum.core.reader import FromFiles
from staffel.curriculum.models import Errand, Upload, Version
from staffel.curriculum.queries.files import open_blob, source_of

IN_WORK = (Version.State.DRAFT, Version.State.REVIEW)


@dataclass(frozen=True, slots=True)
class Here:
    """What is here already of the programme in an upload, as far as it speaks against taking the upload.

    ``replaced`` is the draft that it would replace, ``same`` the same package, received at ``same_at``. ``higher`` has a higher
    number than the upload: of a package the highest of its publisher, else the draft or the highest own release.
    ``upstream`` is what our version comes from, where the package comes from an older version of it, whose number is ``older``.
    """

    replaced: Version | None = None
    same: Version | None = None
    same_at: datetime | None = None
    higher: Version | None = None
    upstream: Version | None = None
    older: str = ""


def version_against(upload: Upload) -> Version | None:
    """Return the version that an upload is compared with; None if there is none. One query."""
    report = upload.report
    if not report["against"]:
        return None
    if report.get("draft") and (draft := draft_of(report["key"])) is not None:
        return draft
    rows = Version.objects.filter(programme__key=report["key"], number=report["against"])
    if report["against_publisher"]:
        return rows.filter(publisher__name=report["against_publisher"]).first()
    return rows.filter(publisher=None).first()


def draft_of(key: str) -> Version | None:
    """Return the draft of the programme with this key, or its version in review; None if there is none. One query."""
    return Version.objects.select_related("publisher").filter(programme__key=key, state__in=IN_WORK).first()


def here_of(upload: Upload) -> Here:
    """Return what is here of the programme in an upload. One query, one more for a package that is here."""
    report = upload.report
    if report["mistakes"]:
        return Here()
    rows = Version.objects.filter(programme__key=report["key"])
    rows = rows.select_related("programme", "publisher", "upstream__programme", "upstream__publisher")
    there = sorted(rows, key=lambda row: numbers.order(row.number))
    draft = next((row for row in there if row.state in IN_WORK), None)
    released = next((row for row in reversed(there) if row.state == Version.State.RELEASED), None)
    if upload.kind != Upload.Kind.PACKAGE:
        return Here(replaced=draft, higher=_higher((released, draft), report["version"]))
    same = next((row for row in there if report.get("manifest") == row.manifest_digest != "" and row.publisher_id), None)
    if same is not None:
        return Here(same=same, same_at=received_at(same))
    own = draft or released
    upstream = own.upstream if own else None
    older = _older_in(report["upstream"], upstream) if upstream else ""
    theirs = [row for row in there if row.publisher and row.publisher.name == report["publisher"]]
    return Here(higher=_higher(theirs, report["version"]), upstream=upstream if older else None, older=older)


def received_at(version: Version) -> datetime | None:
    """Return when a version was received, as the log says; None if it says nothing. One query."""
    entries = AuditEntry.objects.filter(
        action="curriculum.version_received", thing_type=Version._meta.label, thing_id=version.public_id
    )
    return entries.values_list("at", flat=True).first()


def _higher(rows: Iterable[Version | None], number: str) -> Version | None:
    """Return the version with the highest number of ``rows``, if it is higher than ``number``."""
    highest = max((row for row in rows if row), key=lambda row: numbers.order(row.number), default=None)
    return highest if highest and numbers.order(highest.number) > numbers.order(number) else None


def _older_in(chain: list[dict], upstream: Version) -> str:
    """Return the number of the same programme of the same publisher in a chain of packages, if it is lower; else nothing."""
    said = [each for each in chain if each["publisher"] == upstream.publisher.name]
    said = [each["version"] for each in said if each["programme"] == upstream.programme.key]
    newest = max(said, key=numbers.order, default="")
    return newest if newest and numbers.order(newest) < numbers.order(upstream.number) else ""


def examination_of(upload: Upload) -> Errand | None:
    """Return the errand that looks at an upload of which nothing is known yet. One query."""
    return Errand.objects.filter(act=Errand.Act.EXAMINE, thing=upload.public_id).order_by("-pk").first()


@contextmanager
def comparison_of(upload: Upload) -> Iterator[Comparison | None]:
    """Yield what an upload would change against ``version_against``; None if there is none, or the upload has mistakes."""
    against = None if upload.report["mistakes"] else version_against(upload)
    old = source_of(against) if against else None
    if old is None:
        yield None
        return
    with open_blob(upload.blob) as stream:
        yield compare(old, _source(upload, stream))


def _source(upload: Upload, stream) -> Source:
    if upload.kind == Upload.Kind.PACKAGE:
        return FromFiles(Below(Archive(stream), PROGRAMME))
    if upload.kind != Upload.Kind.FOLDER:
        return read_foreign(folder(stream))[0]
    # Written by hand: what stands in the text of a material's digest, if anything, is not yet that of the file.
    return FromFiles(folder(stream), measured=True)
