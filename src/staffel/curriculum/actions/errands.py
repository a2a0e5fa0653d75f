"""What takes too long for a page: begun by a person, done by the worker, in the words of the person who began it.

::

    (none) --begin--> waiting --run--> running --> done, with the page of what was made
                                               --> refused, with the sentences why; nothing was changed

What was made is noted in the transaction that makes it, so an errand that begins anew after the worker died does nothing twice.
"""

import time
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from staffel.accounts.models import Person
from staffel.base.jobs import enqueue
from staffel.base.rules import N_, RuleBroken
from staffel.curriculum.actions import merging, receiving, release
from staffel.curriculum.actions.progress import heard_by
from staffel.curriculum.core.reader import NotAProgramme
from staffel.curriculum.models import Errand, Merge, Upload, Version
from staffel.curriculum.permissions import may_edit
from staffel.curriculum.queries.editing import upload_path, version_path
from staffel.curriculum.queries.files import open_blob
from staffel.curriculum.queries.versions import version_path as public_path

SECONDS = 1
PIECE = 1024 * 1024
MOST_SENTENCES = 50
GONE = N_("Das gibt es nicht mehr. Vielleicht hat es jemand anderes inzwischen übernommen oder verworfen.")
NO_LONGER = N_("Sie haben die Rolle nicht mehr, mit der Sie das begonnen haben.")
BROKEN = N_("Das hat leider nicht geklappt, und geändert hat sich nichts. Bitte sagen Sie es dem Betrieb.")


@transaction.atomic
def begin(act: Errand.Act, thing: Upload | Version | Merge, title: str, *, by: Person, **values) -> Errand:
    """Have the worker do ``act`` for ``by``, and return the errand; the same one if it is under way already."""
    going = Errand.objects.filter(act=act, thing=thing.public_id, state__in=[Errand.State.WAITING, Errand.State.RUNNING])
    if (there := going.first()) is not None:
        return there
    errand = Errand.objects.create(
        membership=by.acting, act=act, thing=thing.public_id, title=title[:300], values=values, at=timezone.now()
    )
    enqueue("curriculum.run_errand", errand=errand.public_id)
    return errand


@transaction.atomic
def send(file: BinaryIO, name: str, *, by: Person) -> Errand:
    """Keep a large file as an upload that nobody has looked at yet, have it looked at, and return the errand.

    Raises RuleBroken: CUR-22 for a file that is too large.
    """
    receiving.refuse_too_large(file)
    organisation = by.acting.organisation
    kept = receiving.keep_upload(file, name, by=by, organisation=organisation, kind=Upload.Kind.UNKNOWN, report=receiving.EMPTY)
    return begin(Errand.Act.EXAMINE, kept, kept.name, by=by)


def run(public_id: str) -> None:
    """Do what an errand asks for, and note how it ended. Nothing for one that is gone or has ended."""
    errand = Errand.objects.select_related("membership__person").filter(public_id=public_id).first()
    if errand is None or errand.state in (Errand.State.DONE, Errand.State.REFUSED):
        return
    # The worker died after the act and before the note that it ended.
    if errand.result:
        _note(errand, state=Errand.State.DONE)
        return
    person = errand.membership.person
    person.acting_as = errand.membership_id
    _note(errand, state=Errand.State.RUNNING, step="", done=0, total=0)
    if not may_edit(person):
        _refuse(errand, [gettext(NO_LONGER)])
        return
    try:
        with heard_by(_teller(errand), _maker(errand)):
            result = _ACTS[errand.act](errand, person)
    except (Upload.DoesNotExist, Version.DoesNotExist, Merge.DoesNotExist):
        _refuse(errand, [gettext(GONE)])
    except RuleBroken as broken:
        _refuse(errand, [gettext(broken.rule.sentence) % broken.values])
    except NotAProgramme as error:
        _refuse(errand, [str(mistake) for mistake in error.mistakes])
    else:
        _note(errand, state=Errand.State.DONE, result=result)


def give_up(errand: str) -> None:
    """Say that the errand with this public id failed for a reason that no person can help."""
    row = Errand.objects.filter(public_id=errand).first()
    if row is not None:
        _refuse(row, [gettext(BROKEN)])


@transaction.atomic
def drop_errands_of(person: Person) -> int:
    """Delete the errands of ``person``, and return how many."""
    return Errand.objects.filter(membership__person=person).delete()[0]


@transaction.atomic
def drop_old_errands(before) -> int:
    """Delete the errands that were begun before a moment, and return how many."""
    return Errand.objects.filter(at__lt=before).delete()[0]


def _note(errand: Errand, **fields) -> None:
    Errand.objects.filter(pk=errand.pk).update(**fields)


def _refuse(errand: Errand, sentences: list[str]) -> None:
    with transaction.atomic():
        if errand.act == Errand.Act.EXAMINE:
            for upload in Upload.objects.filter(public_id=errand.thing, kind=Upload.Kind.UNKNOWN):
                receiving.forget(upload)
        _note(errand, state=Errand.State.REFUSED, sentences=sentences[:MOST_SENTENCES])


def _teller(errand: Errand) -> Callable[[str, int, int], None]:
    """Return what notes progress: once a second and with each step, outside of transactions, which nobody sees into."""
    last: dict[str, float] = {}

    def tell(step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if connection.in_atomic_block or (step in last and now - last[step] < SECONDS):
            return
        last[step] = now
        _note(errand, step=step, done=min(done, total), total=total)

    return tell


def _maker(errand: Errand) -> Callable[[Version], None]:
    """Return what notes the page of the result, in the transaction that makes it: whoever begins anew finds it there."""

    def made(version: Version) -> None:
        _note(errand, result=_page_of(version))

    return made


def _page_of(version: Version) -> str:
    released = version.state == Version.State.RELEASED
    return public_path(version.programme.key, version.number) if released else version_path(version)


# What is done -----------------------------------------------------------------------------------------------------------


def _examine(errand: Errand, person: Person) -> str:
    upload = Upload.objects.select_related("blob").get(public_id=errand.thing)
    # On disk, read through twice and back and forth: each piece of a blob is a query.
    with open_blob(upload.blob) as stream, TemporaryFile() as file:
        while piece := stream.read(PIECE):
            file.write(piece)
        file.seek(0)
        kind, report = receiving.look(file)
    with transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(kind=kind, report=report | {"long": True})
        _note(errand, result=upload_path(upload))
    return upload_path(upload)


def _receive(errand: Errand, person: Person) -> str:
    upload = Upload.objects.select_related("blob").get(public_id=errand.thing)
    return version_path(receiving.receive(upload, by=person, **errand.values))


def _take_over(errand: Errand, person: Person) -> str:
    upload = Upload.objects.select_related("blob", "organisation").get(public_id=errand.thing)
    return version_path(receiving.take_over(upload, by=person).version)


def _adopt(errand: Errand, person: Person) -> str:
    received = Version.objects.select_related("programme__organisation", "publisher").get(public_id=errand.thing)
    return version_path(receiving.adopt(received, by=person))


def _release(errand: Errand, person: Person) -> str:
    version = Version.objects.select_related("programme").get(public_id=errand.thing)
    # The worker may have died between the release and the note of it.
    if version.state != Version.State.RELEASED:
        version = release.release(version, by=person)
    return _page_of(version)


def _merge(errand: Errand, person: Person) -> str:
    return version_path(merging.finish_merge(Merge.objects.get(public_id=errand.thing), by=person))


_ACTS: dict[str, Callable[[Errand, Person], str]] = {
    Errand.Act.EXAMINE: _examine,
    Errand.Act.RECEIVE: _receive,
    Errand.Act.TAKE_OVER: _take_over,
    Errand.Act.ADOPT: _adopt,
    Errand.Act.RELEASE: _release,
    Errand.Act.MERGE: _merge,
}
