"""The way of a version from draft to released: somebody submits, somebody else releases, the package is made and signed.

::

    draft --submit--> review --release--> released
      ^                 |
      +----withdraw-----+
"""

import dataclasses
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Organisation, Person
from staffel.base.jobs import enqueue
from staffel.base.rules import RuleBroken
from staffel.curriculum import mails
from staffel.curriculum.actions.files import Known, attach, keep_ahead, known, replace_file
from staffel.curriculum.actions.keys import key_of, open_secret, succession_of
from staffel.curriculum.actions.locks import facts_of, locked
from staffel.curriculum.actions.progress import Told, tell
from staffel.curriculum.actions.progress import made as made_known
from staffel.curriculum.core import numbers, rules
from staffel.curriculum.core.files import Files, digest_of
from staffel.curriculum.core.package import provenance, signing
from staffel.curriculum.core.package.layout import MANIFEST, PROGRAMME
from staffel.curriculum.core.package.writer import Content, Release, Signer, package_files
from staffel.curriculum.core.reader import read_outline
from staffel.curriculum.core.stand_ins import left_in
from staffel.curriculum.core.writer import write_outline
from staffel.curriculum.models import Errand, Merge, SigningKey, Version
from staffel.curriculum.queries.files import programme_files
from staffel.curriculum.queries.office import others_who_release, proposal_for
from staffel.curriculum.queries.releases import provenance_of

STAFFEL = "Staffel"


@transaction.atomic
def renumber(version: Version, number: str, *, by: Person | str, notes: str | None = None) -> Version:
    """Give a draft another number, and other words on what is new, in its text too, and return it.

    Raises RuleBroken: CUR-05 if it is no draft, CUR-09 for what is no number, CUR-01 for one that is released, CUR-11 without
    files.
    """
    version = locked(version, Version.State.DRAFT)
    if not numbers.is_number(number):
        raise RuleBroken(rules.IS_NUMBER, f"{number!r}", number=number[:20])
    refuse_released_number(version, number)
    files = _files(version)
    outline = dataclasses.replace(read_outline(files), version=number)
    if notes is not None:
        outline = dataclasses.replace(outline, notes=notes.strip())
    before = {"number": version.number}
    for path, content in write_outline(outline).items():
        replace_file(version, f"{PROGRAMME}{path}", content)
    version.number, version.notes, version.digest = number, outline.notes, digest_of(programme_files(version))
    version.save(update_fields=["number", "notes", "digest"])
    record("curriculum.draft_renumbered", version, by=by, before=before, after=facts_of(version))
    return version


@transaction.atomic
def submit(version: Version, *, by: Person) -> Version:
    """Hand a draft over for review, and write to all who may release it: from now on it cannot be loaded anew. Returns it.

    Raises RuleBroken: CUR-05 if it is no draft, CUR-06 if its number is too low, CUR-10 while a merge is open,
    CUR-11 without files, CUR-31 while an import's stand-ins are left.
    """
    version = locked(version, Version.State.DRAFT)
    _refuse_unready(version)
    version.state, version.submitted_by = Version.State.REVIEW, by
    version.save(update_fields=["state", "submitted_by"])
    entry = record("curriculum.version_submitted", version, by=by, after=facts_of(version))
    for person in others_who_release(by).order_by("pk"):
        mails.version_submitted(version, person, event=entry.public_id, by=by)
    return version


@transaction.atomic
def withdraw(version: Version, *, by: Person, reason: str) -> Version:
    """Make a version in review a draft again, write to who submitted it if it was somebody else, and return it.

    Raises RuleBroken: CUR-07 if it is not in review, CUR-08 without a reason.
    """
    version = locked(version, Version.State.REVIEW)
    if not reason.strip():
        raise RuleBroken(rules.REASON_GIVEN, f"version {version.pk}: no reason")
    submitted_by, reason = version.submitted_by, reason.strip()
    version.state, version.submitted_by = Version.State.DRAFT, None
    version.save(update_fields=["state", "submitted_by"])
    entry = record("curriculum.version_withdrawn", version, by=by, why=reason, after=facts_of(version))
    if submitted_by is not None and submitted_by.is_active and submitted_by != by:
        mails.version_withdrawn(version, submitted_by, event=entry.public_id, by=by, reason=reason)
    return version


def release(version: Version, *, by: Person) -> Version:
    """Release a version in review: make its package, sign it, freeze it. Returns it.

    The owner of the programme signs, without one the organisation of ``by``; it gets its first key here if it has none.
    Raises RuleBroken: CUR-07 if it is not in review, CUR-03 for who submitted it, CUR-04 if nobody else could release it,
    CUR-06 if its number is too low.
    """
    with transaction.atomic():
        version = locked(version, Version.State.REVIEW)
    if version.submitted_by_id == by.pk:
        if others_who_release(by).exists():
            raise RuleBroken(rules.FOUR_EYES, f"person {by.pk} submitted version {version.pk}")
        name = by.acting.organisation.name
        raise RuleBroken(rules.SECOND_PERSON, f"person {by.pk} is alone in {name}", organisation=name)
    return _release(version, version.programme.organisation or by.acting.organisation, by=by)


def release_by_command(version: Version, *, by: str) -> Version:
    """Release a draft or a version in review as a person at the server's keyboard does: without a second pair of eyes.

    The owner of the programme signs, else the organisation that runs the instance; where there is neither, the package stays
    unsigned. Raises RuleBroken: CUR-05 if it is released, CUR-06, CUR-10 and CUR-11 as ``submit``.
    """
    with transaction.atomic():
        version = locked(version, Version.State.DRAFT, Version.State.REVIEW)
    runs = Organisation.objects.filter(runs_instance=True).first()
    return _release(version, version.programme.organisation or runs, by=by)


@transaction.atomic
def forget_submitter(person: Person) -> int:
    """Forget who submitted the versions in review that ``person`` submitted, and return how many; anybody may release them."""
    return Version.objects.filter(submitted_by=person).update(submitted_by=None)


def _release(version: Version, organisation: Organisation | None, *, by: Person | str) -> Version:
    files = _refuse_unready(version)
    # What a package can say of a time.
    now = timezone.now().replace(microsecond=0)
    key = key_of(organisation, by=by) if organisation else None
    digest, outline = digest_of(files), read_outline(files)
    manifest = hashlib.sha256()
    # Every unit is read and described before the transaction, which keeps all other writers of SQLite waiting.
    told = Told(files, Errand.Step.READ, 1)
    made = package_files(told, outline, _facts_of_release(version, organisation, key, now), _signer(key))
    beside = list(_beside(made, manifest))
    keep_ahead(beside, len(beside))
    tell(Errand.Step.WRITE, 0, 0)
    with transaction.atomic():
        now_there = locked(version, version.state)
        if now_there.digest != version.digest:
            raise RuleBroken(rules.IS_CURRENT, f"version {version.pk} is {now_there.digest}", number=version.number)
        return _freeze(now_there, _Made(beside, digest, manifest.hexdigest(), key, now), by=by)


class _Made(NamedTuple):
    """What a package has beside the programme, and what its row is to say."""

    beside: list[tuple[str, bytes | Known]]
    digest: str
    manifest: str
    key: SigningKey | None
    at: datetime


def _freeze(version: Version, made: _Made, *, by: Person | str) -> Version:
    _refuse_merge(version)
    attach(version, made.beside)
    before = {"state": str(version.state)}
    version.state, version.submitted_by = Version.State.RELEASED, None
    version.released_at, version.released_on = made.at, timezone.localdate(made.at)
    version.digest, version.manifest_digest = made.digest, made.manifest
    version.signed_with = made.key.fingerprint if made.key else ""
    # All rows first, the state last: from then on the database refuses every change.
    version.save()
    _follow_highest(version)
    after = facts_of(version) | {"digest": version.digest, "signed_with": version.signed_with}
    record("curriculum.version_released", version, by=by, before=before, after=after)
    enqueue("curriculum.make_downloads", key=f"downloads:{version.public_id}", version=version.public_id)
    made_known(version)
    return version


def _beside(made: Iterator[tuple[str, Content]], manifest) -> Iterator[tuple[str, bytes | Known]]:
    """Yield what stands in the package beside the programme, whose files are stored already; feed ``manifest``."""
    for path, content in made:
        if path == MANIFEST:
            manifest.update(content)
        if not path.startswith(PROGRAMME):
            yield path, content if isinstance(content, bytes) else known(content)


def _signer(key: SigningKey | None) -> Signer | None:
    if key is None:
        return None
    secret = open_secret(key)
    return Signer(bytes.fromhex(key.public_key), lambda data: signing.sign(secret, data))


def _facts_of_release(version: Version, organisation: Organisation | None, key: SigningKey | None, now) -> Release:
    provider = settings.PROVIDER.split("|")[0].strip()
    return Release(
        at=now,
        publisher=organisation.name if organisation else provider or STAFFEL,
        upstream=_upstream(version.upstream) if version.upstream else (),
        succession=succession_of(key) if key else (),
    )


def _upstream(received: Version) -> tuple[provenance.Upstream, ...]:
    """Return the chain of packages that a version was made from, the nearest first: what was received, then what it says.

    The nearest publisher is called as its key is known here, not as the package calls it.
    """
    said = provenance_of(received)
    nearest = provenance.Upstream(
        publisher=received.publisher.name,
        fingerprint=said.publisher.fingerprint,
        programme=said.programme,
        version=said.version,
        content=said.content,
        manifest=received.manifest_digest,
    )
    return (nearest, *said.upstream)


def _follow_highest(version: Version) -> None:
    """Let the programme be called as its highest release is."""
    programme = version.programme
    released = programme.versions.filter(state=Version.State.RELEASED).values_list("number", flat=True)
    if version.number == max(released, key=numbers.order) and version.title:
        programme.title, programme.summary = version.title, version.summary
        programme.save(update_fields=["title", "summary"])


# What is asked before ---------------------------------------------------------------------------------------------------


def refuse_released_number(version: Version, number: str) -> None:
    """Raise RuleBroken CUR-01 if another own version of the programme has the number."""
    taken = set(version.programme.versions.filter(publisher=None).exclude(pk=version.pk).values_list("number", flat=True))
    if number in taken:
        raise RuleBroken(rules.RELEASED_STAYS, f"{number} is taken", number=number, next=numbers.free(number, taken))


def _files(version: Version) -> Files:
    files = programme_files(version)
    if not files.paths():
        raise RuleBroken(rules.HAS_FILES, f"version {version.pk} has no files", number=version.number)
    return files


def _refuse_merge(version: Version) -> None:
    merge = Merge.objects.filter(draft=version).select_related("theirs__publisher").first()
    if merge is not None:
        said = {"number": merge.theirs.number, "publisher": merge.theirs.publisher.name}
        raise RuleBroken(rules.MERGE_CLOSED, f"version {version.pk} has merge {merge.pk}", **said)


def _refuse_unready(version: Version) -> Files:
    _refuse_merge(version)
    files = _files(version)
    proposal = proposal_for(version)
    if not proposal.fits:
        said = {"number": version.number, "since": proposal.since, "least": proposal.number}
        raise RuleBroken(rules.HIGHER_NUMBER, f"{version.number} after {proposal.since}: {proposal.kind}", **said)
    if left := left_in(files, read_outline(files)):
        raise RuleBroken(rules.NO_STAND_INS, f"version {version.pk}: {left}", left=", ".join(left))
    return files
