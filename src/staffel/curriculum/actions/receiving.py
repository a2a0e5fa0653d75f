"""What others send: looked at first, then received as it is, taken over as a draft, or adopted.

``Upload.report`` is ready to be shown, with these entries (all there, texts are German)::

    {"mistakes": ["programme.yaml, Zeile 3: …"],      nothing can be done with the file if there is one
     "key": "…", "title": "…", "version": "1.1.0", "licence": "CC-BY-4.0", "author": "…", "notes": "…", "language": "de",
     "modules": 5, "units": 10, "minutes": 2400, "competencies": 10, "quiz": 40, "tasks": 8, "files": 12, "bytes": 123456,
     "licences": [["CC-BY-4.0", 12]],                   of the materials, by SPDX id
     "signature": "known|new|retired|none|",            what is broken or revoked is refused; empty for what is no package
     "publisher": "…", "fingerprint": "…", "released_at": "2026-11-25T15:00:00Z",
     "followed": false,                                 whether the key is trusted because a trusted one named it
     "name_known": false,                               whether that name, or one like it, is known here by another key
     "upstream": [{"publisher": "…", "programme": "…", "version": "…"}],
     "manifest": "…",                                   digest of the package's manifest; empty for what is no package
     "against": "1.0.0", "against_publisher": "",       compared with this version: own, or received from somebody
     "draft": "…",                                      digest of the draft, where that is what it was compared with
     "kind": "minor", "changes": ["…"],                 what would change, in sentences; empty kind: nothing
     "lost": ["…"]}                                     what a cartridge or QTI says that cannot be carried
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import timedelta
from functools import partial
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Organisation, Person
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.files import MANY, Known, attach, drop_blobs, keep_ahead, keep_blob, known_in
from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.actions.keys import descends_from_trusted, note_followed, refuse_revoked, trust
from staffel.curriculum.actions.loading import Loaded, fill, load_gathered, programme_row
from staffel.curriculum.actions.locks import facts_of
from staffel.curriculum.actions.progress import Told, made, tell
from staffel.curriculum.core import numbers, rules
from staffel.curriculum.core.changes import change_log, kind_of
from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.files import Files, InMemory, Over
from staffel.curriculum.core.formats.markup import NotReadable
from staffel.curriculum.core.formats.reading import read_foreign
from staffel.curriculum.core.package.archive import Archive, folder
from staffel.curriculum.core.package.layout import MANIFEST, PROGRAMME, Limits, NotAPackage
from staffel.curriculum.core.package.provenance import moment
from staffel.curriculum.core.package.reader import Package, check
from staffel.curriculum.core.personal import KEEP_DAYS
from staffel.curriculum.core.reader import FromFiles, NotAProgramme, read_outline
from staffel.curriculum.core.writer import HEAD, files_of, write_outline
from staffel.curriculum.models import Errand, Programme, Publisher, PublisherKey, SigningKey, Upload, Version
from staffel.curriculum.queries.files import open_blob, programme_files, source_of
from staffel.curriculum.queries.trust import is_known_name
from staffel.curriculum.queries.uploads import IN_WORK, draft_of

LARGEST = 512 * 1024 * 1024
PIECE = 1024 * 1024
MOST_SENTENCES = 300
# Of a publisher whose packages are not signed; the rest says so.
LONGEST_NAME = 180
FOREIGN = "imsmanifest.xml"
# What may come out of a file that was packed, however small it is.
LIMITS = Limits(total=2 * LARGEST)
# What a foreign format holds is in memory as a whole while it is read.
LIMITS_OF_FOREIGN = Limits(files=20_000, file=100_000_000, total=200_000_000)
_CARTRIDGE = re.compile(rb"imscc", re.IGNORECASE)
EMPTY = {
    "mistakes": [],
    **dict.fromkeys(("key", "title", "version", "licence", "author", "notes", "language"), ""),
    **dict.fromkeys(("modules", "units", "minutes", "competencies", "quiz", "tasks", "files", "bytes"), 0),
    "licences": [],
    **dict.fromkeys(("signature", "publisher", "fingerprint", "released_at"), ""),
    "followed": False,
    "name_known": False,
    "upstream": [],
    **dict.fromkeys(("manifest", "against", "against_publisher", "draft", "kind"), ""),
    "changes": [],
    "lost": [],
}

# Looked at --------------------------------------------------------------------------------------------------------------


def upload(stream: BinaryIO, name: str, *, by: Person, organisation: Organisation) -> Upload:
    """Keep a file, find out what it is and what is in it, and return it with its report; nothing else is written.

    Mistakes in the texts of a folder are in the report. Raises RuleBroken, and nothing is kept: CUR-22 for a file that is too
    large, CUR-20 with the sentences for a damaged or dangerous one, a broken signature, and what is none of the known kinds,
    CUR-17 for a revoked key.
    """
    with TemporaryFile() as file:
        _copy(stream, file)
        kind, report = look(file)
        file.seek(0)
        return keep_upload(file, name, by=by, organisation=organisation, kind=kind, report=report)


@transaction.atomic
def keep_upload(file: BinaryIO, name: str, *, by: Person, organisation: Organisation, kind: str, report: dict) -> Upload:
    """Keep what is left of ``file`` as an upload of this kind, and return it."""
    # First the bytes, then the time: by it ``forget`` sees whether somebody else kept the same bytes since.
    blob = keep_blob(file)
    return Upload.objects.create(
        organisation=organisation, by=by, at=timezone.now(), name=name[:200], kind=kind, blob=blob, report=report
    )


def _copy(stream: BinaryIO, file: BinaryIO) -> None:
    total = 0
    while piece := stream.read(PIECE):
        total += len(piece)
        if total > LARGEST:
            raise RuleBroken(rules.FILE_SIZE, f"more than {LARGEST} bytes", most=LARGEST // 1024 // 1024)
        file.write(piece)


def refuse_too_large(file: BinaryIO) -> None:
    """Raise RuleBroken CUR-22 for a file, which can seek and is sought to its beginning, that is too large."""
    if file.seek(0, 2) > LARGEST:
        raise RuleBroken(rules.FILE_SIZE, f"more than {LARGEST} bytes", most=LARGEST // 1024 // 1024)
    file.seek(0)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say what is wrong with a file as a refusal by rule."""
    try:
        yield
    except NotAPackage as error:
        raise RuleBroken(rules.FILE_TAKEN, str(error), because=" ".join(error.mistakes)) from error
    except NotReadable as error:
        raise RuleBroken(rules.FILE_TAKEN, str(error), because=str(error)) from error


def look(file: BinaryIO) -> tuple[str, dict]:
    """Return of which kind a file is, which can seek, and the report on it; nothing is written. Raises as ``upload``."""
    with _refusals():
        return _look(file)


def _look(file: BinaryIO) -> tuple[str, dict]:
    paths = Archive(file, limits=LIMITS).paths()
    if MANIFEST in paths:
        package = _open(file)
        _refuse_own(package)
        return Upload.Kind.PACKAGE, _report_on_package(package)
    inside = folder(file, limits=LIMITS)
    if FOREIGN in inside.paths():
        with inside.open(FOREIGN) as manifest:
            kind = Upload.Kind.CARTRIDGE if _CARTRIDGE.search(manifest.read(2000)) else Upload.Kind.QTI
        files, lost = _foreign(file)
        return kind, _report_on(files, _replaced_by) | {"lost": lost}
    if HEAD in inside.paths():
        return Upload.Kind.FOLDER, _report_on(inside, _replaced_by)
    raise NotAPackage(
        "Erkannt werden ein Übergabepaket, der Ordner eines Programms mit programme.yaml, eine Common Cartridge und QTI."
    )


def _open(file: BinaryIO) -> Package:
    # Each file is opened to compare its digest; most are texts, which are read and compared with how they are spelled.
    return check(Told(Archive(file, limits=LIMITS), Errand.Step.CHECK, 3))


def _refuse_own(package: Package) -> None:
    """Raise RuleBroken CUR-20 for what was released here: it is here already, and nobody is a publisher to themselves."""
    own = SigningKey.objects.filter(fingerprint=package.signed_by).select_related("organisation").first()
    if own is not None:
        because = f"„{own.organisation}“ hat das Paket selbst freigegeben; die Version ist schon hier."
        raise RuleBroken(rules.FILE_TAKEN, f"signed with signing key {own.pk}", because=because)


def _foreign(file: BinaryIO) -> tuple[Files, list[str]]:
    """Return a cartridge or QTI as files of a programme, and what it says that cannot be carried."""
    draft, lost = read_foreign(folder(file, limits=LIMITS_OF_FOREIGN))
    found = {}
    for path, content in files_of(draft):
        if isinstance(content, bytes):
            found[path] = content
            continue
        with content() as stream:
            found[path] = stream.read()
    return InMemory(found), list(lost)


def _report_on_package(package: Package) -> dict:
    said = package.provenance
    known, publisher = _key_of(package), said.publisher.name
    if known is not None:
        refuse_revoked(known)
        publisher = known.publisher.name
    followed = descends_from_trusted(package.public_key, said.succession) if package.is_signed and known is None else None
    state = "none" if not package.is_signed else "new"
    if known is not None:
        state = "known" if known.state == PublisherKey.State.TRUSTED else "retired"
    elif followed is not None:
        state, publisher = "known", followed.name
    sender = known.publisher if known is not None else followed
    return _report_on(package.programme, partial(_fixed, sender=sender)) | {
        "signature": state,
        "publisher": publisher,
        "fingerprint": package.signed_by,
        "released_at": moment(said.released_at),
        "followed": followed is not None,
        "name_known": state in ("new", "none") and is_known_name(publisher),
        "upstream": [
            {"publisher": each.publisher, "programme": each.programme, "version": each.version} for each in said.upstream
        ],
        "manifest": package.manifest,
    }


def _report_on(files: Files, base_of: Callable[[str], Version | None]) -> dict:
    try:
        with Gathered(files) as gathered:
            return EMPTY | _facts(gathered) | _changes(gathered, base_of(gathered.outline.key))
    except NotAProgramme as error:
        return EMPTY | {"mistakes": [str(mistake) for mistake in error.mistakes[:MOST_SENTENCES]]}


def _facts(gathered: Gathered) -> dict:
    outline, counts = gathered.outline, asdict(gathered.counts)
    licences = sorted(counts.pop("licences").items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "key": outline.key,
        "title": outline.title,
        "version": outline.version,
        "licence": outline.licence,
        "author": outline.author,
        "notes": outline.notes,
        "language": outline.language,
        "modules": len(outline.modules),
        "units": len(outline.units),
        "competencies": len(outline.competencies),
        "licences": [list(pair) for pair in licences],
        **counts,
    }


def _changes(gathered: Gathered, base: Version | None) -> dict:
    """Return what is different from ``base``; nothing without it."""
    old = source_of(base) if base else None
    if old is None:
        return {}
    comparison = compare(old, FromFiles(gathered.files))
    log = change_log(comparison)
    sentences = [*log.outline, *log.units, *log.competencies]
    return {
        "against": base.number,
        "against_publisher": base.publisher.name if base.publisher else "",
        "draft": base.digest if base.state in IN_WORK else "",
        "kind": str(kind_of(comparison) or ""),
        "changes": sentences[:MOST_SENTENCES],
    }


def _replaced_by(key: str) -> Version | None:
    """Return the draft that a programme of this key would replace, with its texts; without one, what is ``_fixed``."""
    draft = draft_of(key)
    return draft if draft is not None and draft.files.exists() else _fixed(key)


def _fixed(key: str, sender: Publisher | None = None) -> Version | None:
    """Return the highest own release, else the highest version of the sender.

    Of a sender without one, or nobody known, the highest that was received.
    """
    rows = Version.objects.filter(programme__key=key).exclude(manifest_digest="").select_related("publisher")
    return max(
        rows,
        key=lambda row: (row.publisher_id is None, row.publisher == sender, numbers.order(row.number)),
        default=None,
    )


def _key_of(package: Package) -> PublisherKey | None:
    return PublisherKey.objects.filter(fingerprint=package.signed_by).select_related("publisher").first()


# Taken ------------------------------------------------------------------------------------------------------------------


def receive(upload: Upload, *, by: Person | str, trust_key: bool = False, note: str = "") -> Version:
    """Take a package in as a received version, byte for byte, and drop the upload; the same content again is no error.

    ``trust_key`` trusts a new key from now on, since its fingerprint was compared as ``note`` says; of an unsigned package it
    says that it came on a safe way. Raises RuleBroken: CUR-20 if the upload is no whole package, CUR-18 if its key is not
    trusted, CUR-19 if it is not signed, CUR-17 if its key is revoked, CUR-08 without a note on a key, CUR-21 if the publisher
    sent another content under this number before.
    """
    _refuse_other_kind(upload, Upload.Kind.PACKAGE)
    with open_blob(upload.blob) as stream:
        return _receive(stream, upload, by=by, trust_key=trust_key, note=note)


def receive_package(stream: BinaryIO, *, by: Person | str, trust_key: bool = False, note: str = "") -> Version:
    """Do what ``receive`` does, with a file that can seek."""
    return _receive(stream, None, by=by, trust_key=trust_key, note=note)


def _receive(stream: BinaryIO, upload: Upload | None, *, by: Person | str, trust_key: bool, note: str) -> Version:
    with _refusals():
        package = _open(stream)
        _refuse_own(package)
        if len(package.files.paths()) >= MANY:
            _refuse_untrusted(package, by=by, trust_key=trust_key, note=note)
        with Gathered(package.programme) as gathered:
            keep_ahead(_all_of(package, gathered), len(package.files.paths()))
            tell(Errand.Step.WRITE, 0, 0)
            with transaction.atomic():
                version = _received(package, gathered, by=by, trust_key=trust_key, note=note)
                if upload is not None:
                    forget(upload)
                made(version)
    return version


def _all_of(package: Package, gathered: Gathered) -> Iterator[tuple[str, bytes | Known]]:
    yield from gathered.entries()
    yield from _beside(package)


def _beside(package: Package) -> Iterator[tuple[str, Known]]:
    return ((path, known_in(package.files, path)) for path in package.files.paths() if not path.startswith(PROGRAMME))


def _received(package: Package, gathered: Gathered, *, by: Person | str, trust_key: bool, note: str) -> Version:
    publisher = _publisher_of(package, by=by, trust_key=trust_key, note=note)
    outline, said = package.outline, package.provenance
    row = programme_row(outline)
    there = row.versions.filter(publisher=publisher, number=outline.version).first()
    if there is not None and there.digest != said.content:
        values = {"number": there.number, "publisher": publisher.name}
        raise RuleBroken(rules.SAME_CONTENT, f"version {there.pk} has {there.digest}, not {said.content}", **values)
    if there is not None:
        return there
    version = Version(programme=row, publisher=publisher, state=Version.State.ARRIVING)
    fill(version, gathered)
    attach(version, _beside(package))
    # All rows first, the state last: from then on the database refuses every change.
    version.state, version.released_at = Version.State.RECEIVED, said.released_at
    version.released_on = timezone.localdate(said.released_at)
    version.manifest_digest, version.signed_with = package.manifest, package.signed_by
    version.save()
    after = facts_of(version) | {"publisher": publisher.name, "digest": version.digest, "signed_with": version.signed_with}
    record("curriculum.version_received", version, by=by, after=after)
    return version


def _refuse_untrusted(package: Package, *, by: Person | str, trust_key: bool, note: str) -> None:
    """Refuse what ``_publisher_of`` would refuse, before the bytes of many files are kept for nothing."""
    with transaction.atomic():
        _publisher_of(package, by=by, trust_key=trust_key, note=note)
        transaction.set_rollback(True)


def _publisher_of(package: Package, *, by: Person | str, trust_key: bool, note: str) -> Publisher:
    """Return who sent a package, once its key is trusted, or trusted now."""
    name = package.provenance.publisher.name
    if not package.is_signed:
        if not trust_key:
            raise RuleBroken(rules.UNSIGNED, f"package of {name} is not signed")
        # Whoever writes a name into a package is not yet who is known here by that name, nor called the same on any page.
        called = gettext("%(name)s (ohne Signatur)") % {"name": name[:LONGEST_NAME]}
        found = Publisher.objects.filter(name=called, keys=None).first()
        return found or Publisher.objects.create(name=called, note=note)
    known = _key_of(package)
    if known is not None:
        refuse_revoked(known)
        if known.state == PublisherKey.State.TRUSTED:
            return known.publisher
        name = known.publisher.name
    else:
        publisher = descends_from_trusted(package.public_key, package.provenance.succession)
        if publisher is not None:
            return note_followed(publisher, package.public_key, by=by).publisher
    if not trust_key:
        said = {"fingerprint": package.signed_by, "publisher": name}
        raise RuleBroken(rules.KEY_TRUSTED, f"key {package.signed_by} is not trusted", **said)
    return trust(name, package.public_key.hex(), note, by=by).publisher


def take_over(upload: Upload, *, by: Person | str) -> Loaded:
    """Make a folder, cartridge or QTI file the next draft, and drop the upload.

    Raises RuleBroken: CUR-20 if it is a package or has mistakes, and as ``load_programme``.
    """
    _refuse_other_kind(upload, Upload.Kind.FOLDER, Upload.Kind.CARTRIDGE, Upload.Kind.QTI)
    with open_blob(upload.blob) as stream, _refusals():
        files = folder(stream, limits=LIMITS) if upload.kind == Upload.Kind.FOLDER else _foreign(stream)[0]
        with Gathered(files) as gathered:
            keep_ahead(gathered.entries(), gathered.total)
            tell(Errand.Step.WRITE, 0, 0)
            with transaction.atomic():
                loaded = load_gathered(gathered, by=by, organisation=upload.organisation)
                forget(upload)
                made(loaded.version)
    return loaded


def adopt(received: Version, *, by: Person | str, number: str | None = None) -> Version:
    """Make a draft of a received version and return it; ``upstream`` is that version. Unchanged it keeps its number.

    Raises RuleBroken: CUR-23 if it was not received, CUR-30 if there is another draft, CUR-09 for what is no number, and as
    ``load_programme``.
    """
    if received.state != Version.State.RECEIVED:
        raise RuleBroken(rules.WAS_RECEIVED, f"version {received.pk} is {received.state}", number=received.number)
    if number is not None and not numbers.is_number(number):
        raise RuleBroken(rules.IS_NUMBER, f"{number!r}", number=number[:20])
    same, files, programme = number in (None, received.number), programme_files(received), received.programme
    if not same:
        files = Over(files, write_outline(replace(read_outline(files), version=number)))
    organisation = by.acting.organisation if isinstance(by, Person) else programme.organisation
    digest = received.digest if same else ""
    _refuse_other_draft(programme, digest)
    with Gathered(files) as gathered:
        keep_ahead(gathered.entries(), gathered.total)
        tell(Errand.Step.WRITE, 0, 0)
        with transaction.atomic():
            programme_row(gathered.outline, organisation)
            _refuse_other_draft(programme, digest)
            version = load_gathered(gathered, by=by, organisation=organisation, upstream=received).version
            made(version)
    return version


def _refuse_other_draft(programme: Programme, digest: str) -> None:
    other = programme.versions.filter(state__in=[Version.State.DRAFT, Version.State.REVIEW]).first()
    if other is not None and other.digest != digest:
        raise RuleBroken(rules.ONE_DRAFT, f"version {other.pk} is {other.state}", number=other.number)


def _refuse_other_kind(upload: Upload, *kinds: str) -> None:
    if upload.kind not in kinds:
        because = f"Sie ist kein Übergabepaket, sondern: {upload.get_kind_display()}."
        if upload.kind == Upload.Kind.PACKAGE:
            because = "Sie ist ein Übergabepaket: Bitte übernehmen Sie es als Version seines Herausgebers."
        raise RuleBroken(rules.FILE_TAKEN, f"upload {upload.pk} is {upload.kind}", because=because)
    if mistakes := upload.report["mistakes"]:
        raise RuleBroken(rules.FILE_TAKEN, f"upload {upload.pk} has mistakes", because=" ".join(mistakes[:5]))


# Deleted ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def drop_upload(upload: Upload, *, by: Person) -> None:
    """Delete an upload and what only it had."""
    forget(upload)


@transaction.atomic
def drop_uploads_of(person: Person) -> int:
    """Delete all uploads of ``person``, and return how many."""
    return sum(1 for upload in Upload.objects.filter(by=person) if forget(upload))


@transaction.atomic
def drop_old_uploads(now) -> int:
    """Delete the uploads of more than seven days ago, and return how many."""
    return sum(1 for upload in Upload.objects.filter(at__lt=now - timedelta(days=KEEP_DAYS)) if forget(upload))


def forget(upload: Upload) -> bool:
    """Delete an upload and what only it had; always true. What somebody else kept since may be needed, and goes by night."""
    blob = upload.blob_id
    upload.delete()
    drop_blobs([blob], before=upload.at)
    return True
