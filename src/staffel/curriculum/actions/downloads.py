"""A released version is made into the forms of other systems and into papers, once, by a job after the release."""

import math
import time
from collections.abc import Iterator

import structlog
from django.db import transaction
from django.utils import timezone

from staffel.curriculum.actions.files import keep_blob
from staffel.curriculum.exports.forms import FORMS, Facts, written
from staffel.curriculum.models import Download, Version
from staffel.curriculum.queries.files import source_of
from staffel.curriculum.queries.releases import release_facts

log = structlog.get_logger(__name__)
QUESTIONS = (Download.Kind.QTI_2_1, Download.Kind.QTI_3_0)


def make_downloads(version: Version, *, again: bool = False, seconds: float = math.inf) -> int:
    """Make every form of a released version that is not there yet, or all of them ``again``; return how many were made.

    After ``seconds`` it begins no further one: whoever called calls again until it returns 0. Each is written in a transaction
    of its own, so that a job that is ended loses one at most. A form that cannot be made is noted in the log and leaves the
    others alone; a version without files has none, one without a quiz no questions.
    """
    source, release = source_of(version), release_facts(version)
    if source is None or release is None or version.state != Version.State.RELEASED:
        return 0
    facts = Facts(release.publisher, version.digest, version.released_at)
    there = set() if again else set(version.downloads.values_list("kind", "unit"))
    made = 0
    until = time.monotonic() + seconds
    asks = any(source.unit(key).quiz for key in source.outline.units)
    for kind, unit in wanted(source.outline.units):
        if (kind, unit) in there or (kind in QUESTIONS and not asks):
            continue
        try:
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


def wanted(units: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Return the kind and the unit, empty for the whole, of each form that a version with these units gets."""
    for kind, form in FORMS.items():
        if form.most_units is not None and len(units) > form.most_units:
            continue
        yield from ((str(kind), unit) for unit in (units if form.of_unit else ("",)))


@transaction.atomic
def _keep(version: Version, kind: str, unit: str, stream, losses: tuple[str, ...]) -> None:
    blob = keep_blob(stream)
    Download.objects.update_or_create(
        version=version, kind=kind, unit=unit, defaults={"blob": blob, "made_at": timezone.now(), "losses": list(losses)}
    )
