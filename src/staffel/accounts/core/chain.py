"""The chain of the audit log: what makes it tamper-evident, and how that is verified with nothing but these lines.

Each entry has a ``digest`` of its payload, made when it was written, with a salt, so that a blanked payload cannot be guessed
back. A sealed entry has a ``position`` (1, 2, 3 …), the ``chained`` value of the one before it in ``previous``, and its own::

    digest  = SHA-256("salt:payload as JSON")
    chained = SHA-256("previous|position|public_id|at|action|thing_type|thing_id|digest")

The chain covers no payload, only its digest: payload, salt and actor can be blanked and the chain still holds.

| what somebody did to the table | how it is seen |
| --- | --- |
| changed who, why, before or after | the digest no longer fits the payload |
| changed when, what or which thing | ``chained`` no longer fits the entry |
| removed, inserted or swapped entries | positions are not whole, or ``previous`` does not fit |
| removed the newest entries, or wrote the whole chain anew | a head noted earlier is missing or differs |

The last one needs a head kept elsewhere: earlier reports hold some, and people can note one outside.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from staffel.base.rules import N_

GENESIS = "0" * 64
# A broken chain may be wrong everywhere; the first few places say enough.
MOST_PROBLEMS = 20


class Kind(StrEnum):
    """What is wrong at a place of the chain."""

    CONTENT = "content"
    HEAD = "head"
    ORDER = "order"
    NOTED = "noted"

    @property
    def sentence(self) -> str:
        """The German sentence, to be translated where it is shown."""
        return _SENTENCES[self]


_SENTENCES = {
    Kind.CONTENT: N_("Der Inhalt passt nicht mehr zu seiner Prüfsumme: Er wurde nachträglich geändert."),
    Kind.HEAD: N_("Zeitpunkt, Handlung oder Gegenstand wurden nachträglich geändert."),
    Kind.ORDER: N_("Hier fehlt ein Eintrag, oder einer wurde eingeschoben oder vertauscht."),
    Kind.NOTED: N_("Der früher notierte Stand ist nicht mehr da: Einträge fehlen, oder die Kette wurde neu geschrieben."),
}


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed entry as it stands in the table; ``at`` as ISO 8601 in UTC; ``payload`` is None once it is blanked."""

    position: int
    previous: str
    chained: str
    digest: str
    public_id: str
    at: str
    action: str
    thing_type: str
    thing_id: str
    actor_id: str
    payload: dict | None
    salt: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One place at which the chain does not hold."""

    position: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Finding:
    """What a verification found: how many entries, how many of them blanked, the head, the first problems."""

    entries: int
    blanked: int
    head: str
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def digest_of(payload: Mapping, salt: str) -> str:
    """Return the SHA-256 of salt and payload as 64 hexadecimal digits; the payload as JSON with sorted keys.

    A number with nothing behind the point counts as whole, since PostgreSQL may give back ``1e22`` that way.
    """
    text = json.dumps(_plain(payload), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(f"{salt}:{text}".encode()).hexdigest()


def _plain(value):
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def link(previous: str, position: int, *facts: str) -> str:
    """Return the ``chained`` value of an entry behind ``previous``, as 64 hexadecimal digits.

    ``facts`` are public id, moment, action, type and id of the thing, digest, in this order.
    """
    return hashlib.sha256("|".join((previous, str(position), *facts)).encode()).hexdigest()


def verify(entries: Iterable[Sealed], noted: Mapping[int, str] | None = None) -> Finding:
    """Return what is wrong with the sealed ``entries``, given in the order of their positions.

    ``noted`` maps a position to the ``chained`` value it had when somebody noted it.
    """
    problems: list[Problem] = []
    missing = dict(noted or {})
    expected, previous, count, blanked = 1, GENESIS, 0, 0
    for entry in entries:
        count += 1
        blanked += entry.payload is None
        if entry.position != expected or entry.previous != previous:
            problems.append(Problem(entry.position, Kind.ORDER))
        if entry.chained != _link_of(entry):
            problems.append(Problem(entry.position, Kind.HEAD))
        if not _content_fits(entry):
            problems.append(Problem(entry.position, Kind.CONTENT))
        if missing.pop(entry.position, entry.chained) != entry.chained:
            problems.append(Problem(entry.position, Kind.NOTED))
        expected, previous = entry.position + 1, entry.chained
    problems += [Problem(position, Kind.NOTED) for position in sorted(missing)]
    return Finding(count, blanked, previous, tuple(problems[:MOST_PROBLEMS]))


def _link_of(entry: Sealed) -> str:
    facts = (entry.public_id, entry.at, entry.action, entry.thing_type, entry.thing_id, entry.digest)
    return link(entry.previous, entry.position, *facts)


def _content_fits(entry: Sealed) -> bool:
    if entry.payload is None:
        return not entry.salt and not entry.actor_id
    return entry.digest == digest_of(entry.payload, entry.salt) and entry.payload.get("actor", "") == entry.actor_id
