"""Who released what, when, and from what it was made: ``provenance.json``.

::

    {"format": "staffel-package/1", "programme": "smart-city-manager", "version": "1.1.0", "title": "…",
     "licence": "CC-BY-4.0", "content": "DIGEST OF THE PROGRAMME", "released_at": "2026-11-25T15:00:00Z",
     "publisher": {"name": "…", "fingerprint": "DIGEST OF THE KEY"},
     "upstream": [{"publisher": "…", "fingerprint": "…", "programme": "…", "version": "…", "content": "…",
                   "manifest": "…"}],
     "succession": [{"old": "KEY", "new": "KEY", "at": "…", "signature": "…"}]}

``upstream`` is the whole chain, the nearest first; ``succession`` the changes of keys of the publisher, the oldest first.
"""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from staffel.curriculum.core.numbers import is_number
from staffel.curriculum.core.package import strict_json
from staffel.curriculum.core.package.layout import PROVENANCE, NotAPackage
from staffel.curriculum.core.package.signing import Statement

FORMAT = "staffel-package/1"
MOST_UPSTREAM = 500
MOST_STATEMENTS = 100

_OTHER_FORMAT = re.compile(r"staffel-package/([1-9][0-9]{0,3})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_KEY = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(-[a-z0-9]+)*")
# Years that still are years in every time zone.
_MOMENT = re.compile(r"(19[7-9][0-9]|2[0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")


@dataclass(frozen=True, slots=True)
class Publisher:
    """An organisation and the fingerprint of its key, which is empty in an unsigned package."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Upstream:
    """A package that this one was made from. ``manifest`` is the SHA-256 of its manifest, ``content`` of its programme."""

    publisher: str
    fingerprint: str
    programme: str
    version: str
    content: str
    manifest: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that ``provenance.json`` says; ``released_at`` is in UTC, whole seconds."""

    programme: str
    version: str
    title: str
    licence: str
    content: str
    released_at: datetime
    publisher: Publisher
    upstream: tuple[Upstream, ...] = ()
    succession: tuple[Statement, ...] = ()


def moment(at: datetime) -> str:
    """Return a time of UTC or another zone as ``2026-11-25T15:00:00Z``. Raises ValueError for one without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"a time with its zone is needed, got {at!r}")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def write(provenance: Provenance) -> bytes:
    """Return ``provenance.json``."""
    values = asdict(provenance) | {"released_at": moment(provenance.released_at)}
    return strict_json.small({"format": FORMAT} | values)


def read(text: bytes) -> Provenance:
    """Return what ``provenance.json`` says. Raises NotAPackage if it is malformed or of another format."""
    try:
        value = strict_json.read(text)
    except strict_json.NotJson as error:
        raise NotAPackage(f"{PROVENANCE} ist {error}.") from error
    found = value.get("format") if isinstance(value, dict) else None
    if found != FORMAT:
        newer = isinstance(found, str) and _OTHER_FORMAT.fullmatch(found)
        if newer and int(newer[1]) > int(FORMAT.rpartition("/")[2]):
            raise NotAPackage(
                f"Das Paket ist in einer neueren Fassung des Formats geschrieben ({found}). Bitte erneuern Sie Staffel."
            )
        raise NotAPackage(f"{PROVENANCE} nennt kein bekanntes Format.")
    facts = _Facts("", {key: inner for key, inner in value.items() if key != "format"})
    provenance = Provenance(
        programme=facts.like("programme", _KEY.fullmatch),
        version=facts.like("version", is_number),
        title=facts.text("title", 200),
        licence=facts.text("licence", 100),
        content=facts.like("content", _DIGEST.fullmatch),
        released_at=facts.moment("released_at"),
        publisher=facts.inner("publisher", _publisher),
        upstream=facts.row("upstream", _upstream, MOST_UPSTREAM),
        succession=facts.row("succession", _statement, MOST_STATEMENTS),
    )
    facts.finish()
    return provenance


def _publisher(facts: "_Facts") -> Publisher:
    return Publisher(facts.text("name", 200), facts.like("fingerprint", lambda text: not text or _DIGEST.fullmatch(text)))


def _upstream(facts: "_Facts") -> Upstream:
    return Upstream(
        publisher=facts.text("publisher", 200),
        fingerprint=facts.like("fingerprint", lambda text: not text or _DIGEST.fullmatch(text)),
        programme=facts.like("programme", _KEY.fullmatch),
        version=facts.like("version", is_number),
        content=facts.like("content", _DIGEST.fullmatch),
        manifest=facts.like("manifest", _DIGEST.fullmatch),
    )


def _statement(facts: "_Facts") -> Statement:
    facts.moment("at")
    return Statement(
        old=facts.like("old", _DIGEST.fullmatch),
        new=facts.like("new", _DIGEST.fullmatch),
        at=facts.like("at", _MOMENT.fullmatch),
        signature=facts.like("signature", _SIGNATURE.fullmatch),
    )


class _Facts:
    """The entries of one JSON object; each must be asked for and of the right form, and none may be left over."""

    def __init__(self, place: str, value: object):
        self._place = place
        if not isinstance(value, dict):
            raise self._wrong("")
        self._value, self._left = value, set(value)

    def _wrong(self, name: str) -> NotAPackage:
        return NotAPackage(f"In {PROVENANCE} fehlt die Angabe „{self._place}{name}“, oder sie hat nicht die richtige Form.")

    def _take(self, name: str, kind: type):
        self._left.discard(name)
        value = self._value.get(name)
        if not isinstance(value, kind):
            raise self._wrong(name)
        return value

    def like(self, name: str, fits: Callable[[str], object]) -> str:
        text = self._take(name, str)
        if not fits(text):
            raise self._wrong(name)
        return text

    def text(self, name: str, longest: int) -> str:
        return self.like(name, lambda text: strict_json.is_line(text, longest))

    def moment(self, name: str) -> datetime:
        text = self.like(name, _MOMENT.fullmatch)
        try:
            return datetime.fromisoformat(text)
        except ValueError as error:
            raise self._wrong(name) from error

    def inner(self, name: str, read: Callable[["_Facts"], object]):
        facts = _Facts(f"{self._place}{name}.", self._take(name, dict))
        found = read(facts)
        facts.finish()
        return found

    def row(self, name: str, read: Callable[["_Facts"], object], most: int) -> tuple:
        values = self._take(name, list)
        if len(values) > most:
            raise self._wrong(name)
        found = []
        for number, value in enumerate(values, start=1):
            facts = _Facts(f"{self._place}{name} {number}.", value)
            found.append(read(facts))
            facts.finish()
        return tuple(found)

    def finish(self) -> None:
        if self._left:
            name = min(self._left, key=ascii)
            raise NotAPackage(f"In {PROVENANCE} ist „{self._place}{ascii(name)[1:-1][:60]}“ keine bekannte Angabe.")
