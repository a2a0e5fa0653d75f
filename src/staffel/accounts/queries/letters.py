"""What is asked about letters: a list with filters, one letter as somebody may read it, the newest of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from staffel.accounts import permissions
from staffel.accounts.core.letters import without_secrets
from staffel.accounts.models import Letter
from staffel.ui.words import moment, whole

PAGE = 50
MOST_RECIPIENTS = 200
TONES = {Letter.State.WAITING: "info", Letter.State.SENT: "success", Letter.State.FAILED: "danger"}


@dataclass(frozen=True)
class Filters:
    """What narrows the list down: words of subject or recipient, a state, a kind, one recipient's address."""

    text: str = ""
    state: str = ""
    kind: str = ""
    to: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> "Filters":
        """Return the filters of an address; a state that does not exist is left out."""
        state = typed.get("zustand", "")
        known = state if state in Letter.State.values else ""
        # A NUL is an error in PostgreSQL, and in no letter.
        words, kind, to = (typed.get(name, "").replace("\0", "").strip() for name in ("q", "art", "an"))
        return cls(words[:100], known, kind[:60], to[:254])

    @property
    def address(self) -> dict[str, str]:
        """The filters as parameters of an address, those in force only."""
        given = {"q": self.text, "zustand": self.state, "art": self.kind, "an": self.to}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Line:
    """One letter of a list, ready to print."""

    public_id: str
    subject: str
    to: str
    kind: str
    state: str
    tone: str
    at: str
    problem: str


@dataclass(frozen=True)
class Page:
    """A page of letters, newest first. ``newer`` and ``older`` are keys of the neighbours, None where there is none."""

    lines: tuple[Line, ...]
    words: str
    newer: str | None
    older: str | None


@dataclass(frozen=True)
class Sheet:
    """One letter to look at; ``text`` and ``html`` are empty where they are not for these eyes, ``withheld`` says why."""

    public_id: str
    subject: str
    to_name: str
    to_email: str
    kind: str
    state: str
    tone: str
    written: str
    sent: str
    problem: str
    message_id: str
    failed: bool
    text: str
    html: str
    withheld: str


@dataclass(frozen=True)
class Kind:
    """A kind of letter with its newest example."""

    name: str
    count: str
    public_id: str
    subject: str
    at: str


def visible_letters(person):
    """Return the letters whose state ``person`` may see. One query when read."""
    return Letter.objects.filter(permissions.letters_visible_to(person))


def page(filters: Filters, *, after: str = "", before: str = "") -> Page:
    """Return 50 letters, newest first, beginning behind the letter ``after`` or ending ahead of ``before`` (public ids).

    Two queries, three with a key. A key that does not exist leads to the first page.
    """
    found = Letter.objects.filter(_matching(filters))
    total = Letter.objects.aggregate(all=Count("pk"), found=Count("pk", filter=_matching(filters)))
    wanted = (after or before).replace("\0", "")
    key = Letter.objects.filter(public_id=wanted).values_list("pk", flat=True).first() if wanted else None
    columns = ("pk", "public_id", "subject", "to_name", "to_email", "kind", "state", "created_at", "problem")
    if key and before:
        # Read backwards from the key, one more than a page to know whether there is a newer one.
        newer = list(found.filter(pk__gt=key).order_by("pk").values_list(*columns)[: PAGE + 1])
        rows, more_newer, more_older = newer[:PAGE][::-1], len(newer) > PAGE, True
    else:
        older = found.filter(pk__lt=key) if key else found
        rows = list(older.order_by("-pk").values_list(*columns)[: PAGE + 1])
        rows, more_newer, more_older = rows[:PAGE], key is not None, len(rows) > PAGE
    return Page(
        lines=tuple(_line(row) for row in rows),
        words=_count_words(total["found"], total["all"]),
        newer=rows[0][1] if rows and more_newer else None,
        older=rows[-1][1] if rows and more_older else None,
    )


def _line(row: tuple) -> Line:
    _pk, public_id, subject, to_name, to_email, kind, state, created_at, problem = row
    to = f"{to_name}, {to_email}" if to_name else to_email
    return Line(public_id, subject, to, kind, Letter.State(state).label, TONES[state], moment(created_at), problem)


def _count_words(found: int, everything: int) -> str:
    numbers = {"found": whole(found), "all": whole(everything)}
    if found == everything:
        return _("Ein Brief") if found == 1 else _("%(all)s Briefe") % numbers
    return _("%(found)s von %(all)s Briefen") % numbers


def _matching(filters: Filters) -> Q:
    matching = Q()
    if filters.text:
        words = filters.text
        matching &= Q(subject__icontains=words) | Q(to_name__icontains=words) | Q(to_email__icontains=words)
    for field, value in (("state", filters.state), ("kind", filters.kind), ("to_email__iexact", filters.to)):
        if value:
            matching &= Q(**{field: value})
    return matching


def sheet(letter: Letter, *, secrets: bool) -> Sheet:
    """Return a letter to look at: with ``secrets`` as it is, else without tokens and codes. No query."""
    withheld, text, html = "", letter.text, letter.html
    if not secrets:
        text, html = (without_secrets(words, settings.BASE_URL) for words in (text, html))
        if letter.confidential:
            text = html = ""
            withheld = _("Dieser Brief enthält einen Code. Nur die Person, an die er ging, liest ihn.")
    if not text and not withheld:
        withheld = _("Der Inhalt dieses Briefs wurde gelöscht.")
    return Sheet(
        public_id=letter.public_id,
        subject=letter.subject,
        to_name=letter.to_name,
        to_email=letter.to_email,
        kind=letter.kind,
        state=letter.get_state_display(),
        tone=TONES[letter.state],
        written=moment(letter.created_at),
        sent=moment(letter.sent_at) if letter.sent_at else "",
        problem=letter.problem,
        message_id=letter.message_id,
        failed=letter.state == Letter.State.FAILED,
        text=text,
        html=html,
        withheld=withheld,
    )


def kinds() -> tuple[Kind, ...]:
    """Return every kind of letter by name with its newest example. Two queries."""
    counted = {kind: (count, newest) for kind, count, newest in _by_kind().values_list("kind", "count", "newest")}
    newest = Letter.objects.in_bulk([pk for _count, pk in counted.values()])
    return tuple(
        Kind(kind, whole(count), newest[pk].public_id, newest[pk].subject, moment(newest[pk].created_at))
        for kind, (count, pk) in sorted(counted.items())
    )


def _by_kind():
    return Letter.objects.order_by().values("kind").annotate(count=Count("pk"), newest=Max("pk"))


def recipients() -> list[tuple[str, str]]:
    """Return address and name of those written to most lately, 200 at most, by name. One query."""
    newest = Letter.objects.order_by().values("to_email").annotate(newest=Max("pk"), name=Max("to_name")).order_by("-newest")
    found = newest.values_list("to_email", "name")[:MOST_RECIPIENTS]
    return sorted(found, key=lambda one: (one[1] or one[0]).casefold())
