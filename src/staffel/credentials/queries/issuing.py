"""Who of a cohort can get an award, why not, and what it would say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session
from staffel.cohorts.permissions import office_sees_enrolments
from staffel.cohorts.queries.words import hours_words
from staffel.credentials.core import code as codes
from staffel.credentials.core.lettering import unprintable
from staffel.credentials.models import Award
from staffel.credentials.queries.held import awards_of_cohort
from staffel.learning.core.completion import Completion, State
from staffel.learning.queries import EnrolmentFacts, completions_of, reason_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody in a cohort. ``obstacles`` are sentences that say why no award can be issued now, none if one can.

    ``state`` is ``issued``, ``ready`` or ``not_ready``; ``code`` is that of the valid award.
    """

    enrolment: str
    name: str
    state: str
    obstacles: tuple[str, ...]
    code: str
    shown: str


def candidates(
    cohort: Cohort, person, awards: Iterable[Award] | None = None, now: datetime | None = None
) -> tuple[Candidate, ...]:
    """Return everybody who takes part in ``cohort`` and whom ``person`` may see, by name.

    ``awards`` are those of the cohort, if the caller has them already. One query, one more without ``awards``, and those of
    ``learning.queries.completions_of``.
    """
    over = is_over(cohort, now or timezone.now())
    there = awards_of_cohort(cohort, person) if awards is None else awards
    held = {award.enrolment_id: award for award in there if award.is_valid}
    done = completions_of(cohort, only=office_sees_enrolments(person))
    return tuple(_candidate(facts, completion, held.get(facts.id), over=over) for facts, completion in done)


def completions(cohort: Cohort) -> dict:
    """Return the completion of each active place of ``cohort`` by its primary key."""
    return {facts.id: completion for facts, completion in completions_of(cohort)}


def is_over(cohort: Cohort, now: datetime) -> bool:
    """Whether the last session of ``cohort`` has ended and it was not cancelled. One query."""
    if cohort.state == Cohort.State.CANCELLED:
        return False
    last = Session.objects.filter(cohort=cohort).order_by("-ends_at").values_list("ends_at", flat=True).first()
    return last is not None and last <= now


def _missing(completion: Completion) -> tuple[str, ...]:
    """Return in a few words what somebody lacks; the page on completion says how it is counted."""
    short, rest = [], []
    for reason in completion.reasons:
        if reason.state is State.FULFILLED:
            continue
        if reason.key == "presentation":
            short.append(_("Präsentation"))
        elif reason.values.get("missing_minutes"):
            short.append(hours_words(reason.values["missing_minutes"]))
        else:
            rest.append(reason_words(reason).sentence)
    return (*([_("Noch offen: %(what)s.") % {"what": ", ".join(short)}] if short else ()), *rest)


def _candidate(place: EnrolmentFacts, completion: Completion, award: Award | None, *, over: bool) -> Candidate:
    if award:
        return Candidate(place.public_id, place.name, "issued", (), award.code, codes.show(award.code))
    if not completion.is_fulfilled:
        obstacles = _missing(completion)
    elif characters := unprintable(place.name):
        obstacles = (
            _("Im Namen stehen Zeichen, die nicht gedruckt werden können: %(characters)s.") % {"characters": characters},
        )
    else:
        obstacles = () if over else (_("Der letzte Termin ist noch nicht vorbei."),)
    return Candidate(place.public_id, place.name, "not_ready" if obstacles else "ready", obstacles, "", "")


def facts_of(cohort: Cohort, enrolments: list[Enrolment]) -> dict[int, dict]:
    """Return what the awards of ``enrolments`` say, by primary key; all but the hours is the same for all. Two queries.

    ``cohort`` comes with version, programme, module and organisation. Keys: ``programme``, ``version``, ``module`` (its title
    in a course of one module, else empty), ``cohort``, ``office``, ``is_example``, ``sessions``, ``minutes``,
    ``minutes_attended``, ``first_day`` and ``last_day`` (ISO), ``modules`` (number, title, minutes), ``requirement``.
    """
    sessions = list(Session.objects.filter(cohort=cohort).select_related("unit__module").order_by("position"))
    modules: dict[int, dict] = {}
    for session in sessions:
        module = session.unit.module
        line = modules.setdefault(module.pk, {"number": module.position, "title": module.title, "minutes": 0})
        line["minutes"] += _minutes(session)
    days = sorted(timezone.localtime(session.starts_at).date() for session in sessions)
    shared = {
        "programme": cohort.version.programme.title,
        "version": cohort.version.number,
        "module": cohort.module.title if cohort.module else "",
        "cohort": cohort.name,
        "office": cohort.organisation.name,
        "is_example": cohort.is_example,
        "sessions": len(sessions),
        "minutes": sum(map(_minutes, sessions)),
        "first_day": days[0].isoformat(),
        "last_day": days[-1].isoformat(),
        "modules": list(modules.values()),
        "requirement": _requirement(cohort.version.completion, is_whole=cohort.module is None),
    }
    attended = dict(
        Attendance.objects.filter(enrolment__in=[enrolment.pk for enrolment in enrolments])
        .values_list("enrolment")
        .annotate(Sum("minutes"))
    )
    return {enrolment.pk: shared | {"minutes_attended": attended.get(enrolment.pk, 0)} for enrolment in enrolments}


def _minutes(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds()) // 60


def _requirement(rule: dict, *, is_whole: bool) -> str:
    percent = {"percent": rule.get("attendance_percent", 0)}
    if is_whole and rule.get("presentation"):
        return _("Voraussetzung waren mindestens %(percent)s Prozent der Stunden und eine Abschlusspräsentation.") % percent
    return _("Voraussetzung waren mindestens %(percent)s Prozent der Stunden.") % percent
