"""A released version is put into its package, the forms of other systems and papers once, by a job after the release."""

import math
import time
from collections.abc import Iterator
from tempfile import TemporaryFile

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from staffel.curriculum.actions.files import keep_blob
from staffel.curriculum.exports.forms import FORMS, Facts, written
from staffel.curriculum.exports.packages import ARCHIVES
from staffel.curriculum.models import Download, Version
from staffel.curriculum.queries.files import source_of
from staffel.curriculum.queries.releases import release_facts

log = structlog.get_logger(__name__)


def make_downloads(version: Version, *, again: bool = False, seconds: float = math.inf) -> int:
    """Make every form of a released version that is not there yet, or all of them ``again``; return how many were made.

    First the package and the folder, then the forms of other systems. After ``seconds`` it begins no further one: whoever
    called calls again until it returns 0. Each is written in a transaction of its own, so that a job that is ended loses one at
    most. A form that cannot be made is noted in the log and leaves the others alone; a version without files has none, one
    without a quiz no questions, a unit without a template no form to fill in.
    """
    source, release = source_of(version), release_facts(version)
    if source is None or release is None or version.state != Version.State.RELEASED:
        return 0
    facts = Facts(release.publisher, version.digest, version.released_at)
    there = set() if again else set(version.downloads.values_list("kind", "unit"))
    made = 0
    until = time.monotonic() + seconds
    for kind, unit in wanted(source.outline.units):
        if (kind, unit) in there or (kind in FORMS and not FORMS[kind].has(source, unit)):
            continue
        try:
            if kind in ARCHIVES:
                _make_archive(version, kind)
            else:
                with written(kind, source, unit, facts) as stream:
                    _keep(version, kind, unit, stream, FORMS[kind].losses(source))
        # Whatever goes wrong in a foreign text must not keep the other forms from being made.
        except Exception:
            log.exception("curriculum.download_failed", version=version.public_id, kind=kind, unit=unit)
        else:
            made += 1
            if time.monotonic() >= until:
                break
    return made


def versions_to_complete() -> Iterator[str]:
    """Yield the public ids of released versions that lack what later ones have: their package, or the books of their units."""
    made = Download.objects.filter(version=OuterRef("pk"))
    kept, folder, book = (
        Exists(made.filter(kind=kind)) for kind in (Download.Kind.PACKAGE, Download.Kind.UNIT_PDF, Download.Kind.GROUP_PDF)
    )
    released = Version.objects.filter(state=Version.State.RELEASED)
    lacking = released.filter(~Q(manifest_digest="") & ~Q(kept) | Q(folder) & ~Q(book))
    yield from lacking.order_by("pk").values_list("public_id", flat=True)


def wanted(units: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return the kind and the unit, empty for the whole, of each form that a version with these units gets."""
    yield from ((str(kind), "") for kind in ARCHIVES)
    for kind, form in FORMS.items():
        if form.most_units is not None and len(units) > form.most_units:
            continue
        yield from ((str(kind), unit) for unit in (units if form.of_unit else ("",)))


def _make_archive(version: Version, kind: str) -> None:
    with TemporaryFile() as stream:
        ARCHIVES[kind](version, stream)
        stream.seek(0)
        _keep(version, kind, "", stream, ())


@transaction.atomic
def _keep(version: Version, kind: str, unit: str, stream, losses: tuple[str, ...]) -> None:
    blob = keep_blob(stream)
    Download.objects.update_or_create(
        version=version, kind=kind, unit=unit, defaults={"blob": blob, "made_at": timezone.now(), "losses": list(losses)}
    )
