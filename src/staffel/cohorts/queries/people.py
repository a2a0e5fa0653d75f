"""What is asked about the people of a cohort: who is there, for which municipality, and what was noted for them."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from staffel.accounts.models import Letter, Person
from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session, Trainer
from staffel.cohorts.queries.words import hours
from staffel.municipalities.core.places import municipality_path
from staffel.ui.words import day, moment


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a cohort; ``places`` are name and path of their municipalities, e-mail and ``mail`` for the office."""

    public_id: str
    name: str
    places: tuple[tuple[str, str], ...]
    laender: str
    email: str = ""
    since: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Somebody on the attendance sheet; ``minutes`` is None while nothing is noted."""

    public_id: str
    name: str
    places: str
    minutes: int | None
    noted: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A part of a session that somebody can have been there: minutes and hours in words."""

    minutes: int
    words: str


def people_of(cohort: Cohort, *, only: Q | None = None, for_office: bool = False) -> tuple[list[Line], list[tuple[str, str]]]:
    """Return everybody with an active place by name, and name and day of who gave theirs back.

    Two queries, three for the office, which also sees addresses and how mails went.
    """
    rows = Enrolment.objects.filter(only or Q(), cohort=cohort).order_by("person__name", "pk")
    places = _places(cohort)
    mail = _mail_states(cohort) if for_office else {}
    words = _mail_words()
    found, left = [], []
    for pk, public_id, name, email, since, left_at in rows.values_list(
        "pk", "public_id", "person__name", "person__email", "enrolled_at", "left_at"
    ):
        if left_at is not None:
            left.append((name, day(left_at)))
            continue
        towns = places.get(pk, ())
        laender = ", ".join(dict.fromkeys(land for _town, _path, land in towns))
        line = Line(public_id, name, tuple((town, path) for town, path, _land in towns), laender)
        if for_office:
            line = replace(line, email=email, since=day(since), **words[mail.get(email.lower(), "")])
        found.append(line)
    return found, left


def trainers_of(cohort: Cohort) -> list[str]:
    """Return the names of who leads ``cohort``. One query."""
    return list(Trainer.objects.filter(cohort=cohort).order_by("person__name").values_list("person__name", flat=True))


def sheet_of(session: Session) -> list[SheetLine]:
    """Return everybody with an active place and what is noted for them in ``session``. Three queries."""
    noted = {
        enrolment: (minutes, who, at)
        for enrolment, minutes, who, at in Attendance.objects.filter(session=session).values_list(
            "enrolment_id", "minutes", "noted_by__name", "noted_at"
        )
    }
    places = _places(session.cohort)
    rows = _active(session.cohort, None).values_list("pk", "public_id", "person__name")
    return [
        SheetLine(
            public_id,
            name,
            ", ".join(town for town, _path, _land in places.get(pk, ())),
            noted[pk][0] if pk in noted else None,
            _noted_words(*noted[pk][1:]) if pk in noted else "",
        )
        for pk, public_id, name in rows
    ]


def choices_of(length: int) -> list[Choice]:
    """Return the parts of ``length`` minutes in half hours that are neither nothing nor all of it, the longest first."""
    return [Choice(minutes, hours(minutes)) for minutes in range((length - 1) // 30 * 30, 0, -30)]


def _noted_words(who: str | None, at: datetime) -> str:
    return _("%(who)s, %(when)s") % {"who": who or _("ohne Namen"), "when": moment(at)}


def _active(cohort: Cohort, only: Q | None):
    active = Enrolment.objects.filter(only or Q(), cohort=cohort, state=Enrolment.State.ACTIVE)
    return active.order_by("person__name", "pk")


def _places(cohort: Cohort) -> dict[int, list[tuple[str, str, str]]]:
    rows = (
        Enrolment.municipalities.through.objects.filter(enrolment__cohort=cohort)
        .order_by("municipality__short_name", "municipality__ags")
        .values_list("enrolment_id", "municipality__short_name", "municipality__ags", "municipality__land__name")
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for enrolment, name, ags, land in rows:
        found.setdefault(enrolment, []).append((name, municipality_path(ags), land))
    return found


def _mail_states(cohort: Cohort) -> dict[str, str]:
    """Return for each address the state that matters most: failed before waiting before sent."""
    addresses = Person.objects.filter(enrolments__cohort=cohort).values("email")
    rank = {Letter.State.SENT: 1, Letter.State.WAITING: 2, Letter.State.FAILED: 3}
    found: dict[str, str] = {}
    for email, state in Letter.objects.filter(to_email__in=addresses).order_by().values_list("to_email", "state").distinct():
        key = email.lower()
        if rank[state] > rank.get(found.get(key), 0):
            found[key] = state
    return found


def _mail_words() -> dict[str, dict[str, str]]:
    words = {
        "": _("noch keine Mail"),
        Letter.State.SENT: _("alles verschickt"),
        Letter.State.WAITING: _("wird verschickt"),
        Letter.State.FAILED: _("nicht angekommen"),
    }
    return {state: {"mail": text} for state, text in words.items()}
