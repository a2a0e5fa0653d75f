"""What is asked about a file that was sent and that nobody has taken over yet."""

from collections.abc import Iterator
from contextlib import contextmanager

from staffel.curriculum.core.comparing import Comparison, compare
from staffel.curriculum.core.content import Source
from staffel.curriculum.core.files import Below
from staffel.curriculum.core.formats.reading import read_foreign
from staffel.curriculum.core.package.archive import Archive, folder
from staffel.curriculum.core.package.layout import PROGRAMME
from staffel.curriculum.core.reader import FromFiles
from staffel.curriculum.models import Errand, Upload, Version
from staffel.curriculum.queries.files import open_blob, source_of


def version_against(upload: Upload) -> Version | None:
    """Return the version that an upload was compared with; None if there was none. One query."""
    report = upload.report
    if not report["against"]:
        return None
    rows = Version.objects.filter(programme__key=report["key"], number=report["against"])
    if report["against_publisher"]:
        return rows.filter(publisher__name=report["against_publisher"]).first()
    return rows.filter(publisher=None).first()


def draft_replaced_by(upload: Upload) -> Version | None:
    """Return the draft that the programme in an upload would replace; None if there is none. One query."""
    in_work = Version.objects.filter(state__in=(Version.State.DRAFT, Version.State.REVIEW))
    return in_work.select_related("programme").filter(programme__key=upload.report["key"]).first()


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
