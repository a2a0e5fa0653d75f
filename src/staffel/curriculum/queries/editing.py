"""What the room of the editors shows: each programme with what is in work, what others sent, and what is next."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from staffel.accounts.models import Person
from staffel.curriculum.core import numbers
from staffel.curriculum.models import Errand, Merge, Upload, Version
from staffel.curriculum.permissions import errands_visible_to, merges_visible_to, uploads_visible_to, versions_visible_to

ROOM = "/buero/programme/"
# So many errands stand in the room; older ones are gone after seven days.
ERRANDS = 20


class Next(NamedTuple):
    """What to do next: a sentence and the button to it; ``urgency`` 0 comes first."""

    urgency: int
    sentence: str
    href: str
    button: str


@dataclass(slots=True)
class ProgrammeLine:
    """A programme with its own versions and the newest of each publisher; ``work`` is its draft or its version in review."""

    key: str
    title: str
    released: Version | None = None
    work: Version | None = None
    received: list[Version] = field(default_factory=list)
    merge: Merge | None = None
    next: Next | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """The whole room: what to do first, programmes by title, files that nobody has taken over yet, and what the worker does.

    Of ``errands`` those that go on or were refused, the newest first.
    """

    next: Next | None
    lines: tuple[ProgrammeLine, ...]
    uploads: tuple[Upload, ...]
    errands: tuple[Errand, ...] = ()


class Size(NamedTuple):
    """How much a version holds."""

    modules: int
    units: int
    minutes: int
    competencies: int


def version_path(version: Version) -> str:
    """Return where editors see a version."""
    return f"{ROOM}versionen/{version.public_id}/"


def merge_path(opened: Merge) -> str:
    """Return where a merge goes on."""
    return f"{ROOM}zusammenfuehrungen/{opened.public_id}/"


def errand_path(errand: Errand) -> str:
    """Return where it stands how far an errand is."""
    return f"{ROOM}vorgaenge/{errand.public_id}/"


def upload_path(upload: Upload) -> str:
    """Return where the preview of an upload stands."""
    return f"{ROOM}hochladen/{upload.public_id}/"


def room(person: Person) -> Room:
    """Return the room as ``person`` sees it. Four queries, however much is in it."""
    lines: dict[int, ProgrammeLine] = {}
    for version in versions_visible_to(person):
        line = lines.setdefault(version.programme_id, ProgrammeLine(version.programme.key, version.programme.title))
        _put(line, version)
    for opened in merges_visible_to(person):
        lines[opened.draft.programme_id].merge = opened
    uploads = tuple(uploads_visible_to(person).exclude(kind=Upload.Kind.UNKNOWN).order_by("-at", "-pk"))
    errands = errands_visible_to(person).exclude(state=Errand.State.DONE).order_by("-at", "-pk")[:ERRANDS]
    for line in lines.values():
        line.next = _next(line, person)
    found = [line.next for line in lines.values() if line.next]
    found += [
        Next(2, _("„%(name)s“ ist hochgeladen und noch nicht übernommen.") % {"name": one.name}, upload_path(one), _("Ansehen"))
        for one in uploads[:1]
    ]
    return Room(
        min(found, default=None),
        tuple(sorted(lines.values(), key=lambda line: (line.title, line.key))),
        uploads,
        tuple(errands),
    )


def is_newer(version: Version, than: Version) -> bool:
    """Whether ``version`` has a higher number."""
    return numbers.order(version.number) > numbers.order(than.number)


def size_of(version: Version) -> Size:
    """Return how much ``version`` holds. Two queries."""
    counted = version.modules.aggregate(
        in_all=Count("pk", distinct=True), of_units=Count("units"), in_minutes=Sum("units__minutes", default=0)
    )
    return Size(*counted.values(), competencies=version.competencies.count())


def _put(line: ProgrammeLine, version: Version) -> None:
    if version.state in (Version.State.DRAFT, Version.State.REVIEW):
        line.work = version
    elif version.state == Version.State.RELEASED:
        line.released = _newer(line.released, version)
    else:
        same = next((n for n, one in enumerate(line.received) if one.publisher_id == version.publisher_id), None)
        if same is None:
            line.received.append(version)
        else:
            line.received[same] = _newer(line.received[same], version)


def _newer(known: Version | None, version: Version) -> Version:
    return version if known is None or is_newer(version, known) else known


def _next(line: ProgrammeLine, person: Person) -> Next | None:
    said = {"programme": line.title}
    if line.merge:
        said |= {"number": line.merge.theirs.number, "publisher": line.merge.theirs.publisher.name}
        sentence = _("%(programme)s: Die Zusammenführung mit Version %(number)s von %(publisher)s ist noch offen.") % said
        return Next(0, sentence, merge_path(line.merge), _("Weiter zusammenführen"))
    if line.work and line.work.state == Version.State.REVIEW:
        said["number"] = line.work.number
        if line.work.submitted_by_id == person.pk:
            sentence = _("%(programme)s: Version %(number)s wartet auf die Freigabe durch eine andere Person.") % said
            return Next(5, sentence, version_path(line.work), _("Ansehen"))
        sentence = _("%(programme)s: Version %(number)s wartet auf Ihre Freigabe.") % said
        return Next(1, sentence, version_path(line.work), _("Prüfen"))
    return _next_received(line, said) or _next_work(line, said)


def _next_received(line: ProgrammeLine, said: dict[str, str]) -> Next | None:
    own = line.work or line.released
    for version in line.received:
        said = said | {"number": version.number, "publisher": version.publisher.name}
        if own is None:
            sentence = _("%(publisher)s hat %(programme)s %(number)s herausgegeben. Noch gibt es davon keine eigene Fassung.")
            return Next(3, sentence % said, version_path(version), _("Als Entwurf übernehmen"))
        upstream = own.upstream or (line.released.upstream if line.released else None)
        known = upstream is not None and upstream.publisher_id == version.publisher_id
        if known and is_newer(version, upstream):
            sentence = _("%(publisher)s hat %(programme)s %(number)s herausgegeben.") % said
            return Next(1, sentence, version_path(version), _("Zusammenführen"))
    return None


def _next_work(line: ProgrammeLine, said: dict[str, str]) -> Next | None:
    if line.work is None:
        return None
    sentence = _("%(programme)s: Der Entwurf %(number)s ist in Arbeit.") % (said | {"number": line.work.number})
    return Next(4, sentence, version_path(line.work), _("Zum Entwurf"))
