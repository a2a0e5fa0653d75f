"""What is asked about the people of a cohort: who is there, for which municipality, and what was noted for them."""

from dataclasses import dataclass
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
    email: str
    since: str
    mail: str
    mail_tone: str


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


def people_of(cohort: Cohort, *, only: Q | None = None, for_office: bool = False) -> list[Line]:
    """Return everybody with an active place by name. Two queries, three for the office, which also sees how mails went."""
    rows = _active(cohort, only).values_list("pk", "public_id", "person__name", "person__email", "enrolled_at")
    places = _places(cohort)
    mail = _mail_states(cohort) if for_office else {}
    words = _mail_words()
    found = []
    for pk, public_id, name, email, since in rows:
        towns = places.get(pk, ())
        state, tone = words[mail.get(email.lower(), "")] if for_office else ("", "")
        found.append(
            Line(
                public_id,
                name,
                tuple((town, path) for town, path, _land in towns),
                ", ".join(dict.fromkeys(land for _town, _path, land in towns)),
                email if for_office else "",
                day(since) if for_office else "",
                state,
                tone,
            )
        )
    return found


def trainers_of(cohort: Cohort) -> list[str]:
    """Return the names of who leads ``cohort``. One query."""
    return list(Trainer.objects.filter(cohort=cohort).order_by("person__name").values_list("person__name", flat=True))


def left_of(cohort: Cohort, *, only: Q | None = None) -> list[tuple[str, str]]:
    """Return name and day of who gave their place back, the last one first. One query."""
    rows = Enrolment.objects.filter(only or Q(), cohort=cohort, state=Enrolment.State.LEFT).order_by("-left_at")
    return [(name, day(left_at)) for name, left_at in rows.values_list("person__name", "left_at")]


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


def _mail_words() -> dict[str, tuple[str, str]]:
    return {
        "": (_("noch keine Mail"), "neutral"),
        Letter.State.SENT: (_("alles verschickt"), "success"),
        Letter.State.WAITING: (_("wird verschickt"), "info"),
        Letter.State.FAILED: (_("nicht angekommen"), "danger"),
    }
