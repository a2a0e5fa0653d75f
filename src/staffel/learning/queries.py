"""What is asked about completion: the facts of places, and what the rule makes of them."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session
from staffel.cohorts.queries.words import hours, hours_words
from staffel.learning.core.completion import Completion, CompletionRule, Facts, Morning, Reason, State, completion, read_rule
from staffel.learning.models import Presentation


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """A place as the board shows it; ``municipalities`` are names."""

    id: int
    public_id: str
    person_id: int
    name: str
    email: str
    municipalities: tuple[str, ...]
    state: str
    presentation_title: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """A reason in words, with its parts."""

    key: str
    state: str
    label: str
    sentence: str
    parts: tuple["ReasonWords", ...]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """Somebody on the board, in words; ``missing`` hours and ``presented`` day are empty where there are none."""

    public_id: str
    name: str
    places: str
    state: str
    words: str
    tone: str
    attended: str
    needed: str
    missing: str
    attendance_words: str
    attendance_tone: str
    presented: str
    topic: str


TONES = {State.FULFILLED: "success", State.POSSIBLE: "info", State.IMPOSSIBLE: "danger"}


def rule_of(cohort: Cohort) -> CompletionRule:
    """Return the rule by which ``cohort`` is completed. One query if its version is not loaded."""
    return read_rule(cohort.version.completion, single_module=cohort.module_id is not None)


def completion_of(enrolment: Enrolment) -> Completion:
    """Return how it stands with one place. Five queries at most; two if cohort and version are loaded and it is active."""
    cohort = enrolment.cohort
    sessions = _sessions(cohort)
    noted = dict(Attendance.objects.filter(enrolment=enrolment).values_list("session", "minutes"))
    presentation = Presentation.objects.filter(enrolment=enrolment).values_list("held_on", "title").first()
    return completion(rule_of(cohort), _facts(sessions, noted, presentation, _is_open(cohort, enrolment.state)))


def completions_of(cohort: Cohort, *, only: Q | None = None) -> list[tuple[EnrolmentFacts, Completion]]:
    """Return every active place of ``cohort`` by name with how it stands. Four queries, five if the version is not loaded.

    ``only`` limits the places, as for a Land that sees its own people. Reasons come without the single mornings.
    """
    sessions, rule = _sessions(cohort), rule_of(cohort)
    active = Enrolment.objects.filter(only or Q(), cohort=cohort, state=Enrolment.State.ACTIVE).order_by("person__name", "pk")
    rows = list(
        active.values_list(
            *("pk", "public_id", "person_id", "person__name", "person__email", "state"),
            *("presentation__held_on", "presentation__title"),
        )
    )
    places: dict[int, list[str]] = {}
    for enrolment, name in (
        Enrolment.municipalities.through.objects.filter(enrolment__cohort=cohort)
        .order_by("municipality__short_name")
        .values_list("enrolment_id", "municipality__short_name")
    ):
        places.setdefault(enrolment, []).append(name)
    noted: dict[int, dict[int, int]] = {}
    for enrolment, session, minutes in Attendance.objects.filter(session__cohort=cohort).values_list(
        "enrolment_id", "session_id", "minutes"
    ):
        noted.setdefault(enrolment, {})[session] = minutes
    found = []
    for pk, public_id, person_id, name, email, state, held_on, title in rows:
        presentation = (held_on, title) if held_on else None
        facts = EnrolmentFacts(pk, public_id, person_id, name, email, tuple(places.get(pk, ())), state, title or "")
        read = _facts(sessions, noted.get(pk, {}), presentation, _is_open(cohort, state))
        found.append((facts, completion(rule, read, parts=False)))
    return found


def board_of(cohort: Cohort, *, only: Q | None = None) -> list[BoardLine]:
    """Return the board of ``cohort`` by name, in words. Four queries, five if the version is not loaded."""
    words = {state.value: (_(state.label), tone) for state, tone in TONES.items()}
    lines = []
    for facts, found in completions_of(cohort, only=only):
        reasons = {reason.key: reason for reason in found.reasons}
        talk = reasons.get("presentation")
        lines.append(
            BoardLine(
                facts.public_id,
                facts.name,
                ", ".join(facts.municipalities),
                found.state.value,
                *words[found.state.value],
                hours(found.attended),
                hours(needed_minutes(found)),
                hours(found.missing) if found.missing else "",
                *words[reasons["attendance"].state.value],
                _shown("day", talk.values["day"]) if talk and talk.values else "",
                facts.presentation_title,
            )
        )
    return lines


def board_counts(lines: list[BoardLine]) -> dict[str, tuple[str, int]]:
    """Return for each state its word and how many have it."""
    numbers = Counter(line.state for line in lines)
    return {state.value: (_(state.label), numbers[state.value]) for state in State}


def needed_minutes(found: Completion) -> int:
    """Return the minutes that are needed, rounded up."""
    return int(-(-found.needed // 1))


def hours_of(found: Completion) -> str:
    """Return hours attended and needed in words."""
    values = {"attended": hours_words(found.attended), "needed": hours_words(needed_minutes(found))}
    return _("%(attended)s von nötigen %(needed)s") % values


def rule_words(rule: CompletionRule) -> str:
    """Return the rule in one sentence."""
    values = {"percent": number_format(float(rule.attendance * 100), use_l10n=True).removesuffix(",0")}
    if rule.presentation:
        return _("Zum Abschluss gehören mindestens %(percent)s Prozent der Stunden und die Abschlusspräsentation.") % values
    return _("Zum Abschluss gehören mindestens %(percent)s Prozent der Stunden.") % values


def summary_words(found: Completion, *, own: bool, single_module: bool) -> str:
    """Return in one sentence how it stands, said to the person themselves (``own``) or about them."""
    paper = _("die Teilnahmebescheinigung") if single_module else _("das Zertifikat")
    sentences = {
        (State.FULFILLED, True): _("Sie haben alles, was für %(paper)s nötig ist."),
        (State.FULFILLED, False): _("Alles, was für %(paper)s nötig ist, ist da."),
        (State.POSSIBLE, True): _("Sie sind auf dem Weg: Für %(paper)s fehlt noch etwas."),
        (State.POSSIBLE, False): _("Für %(paper)s fehlt noch etwas."),
        (State.IMPOSSIBLE, True): _(
            "In dieser Staffel ist %(paper)s nicht mehr möglich. Bitte sprechen Sie mit dem Programmbüro."
        ),
        (State.IMPOSSIBLE, False): _("In dieser Staffel ist %(paper)s nicht mehr möglich."),
    }
    return sentences[found.state, own] % {"paper": paper}


def reason_words(reason: Reason) -> ReasonWords:
    """Return a reason with its sentence in words: minutes as hours, days as on every page."""
    values = {name: _shown(name, value) for name, value in reason.values.items()}
    sentence = _(reason.sentence) % values if values else _(reason.sentence)
    parts = tuple(reason_words(part) for part in reason.parts)
    return ReasonWords(reason.key, reason.state.value, _(reason.state.label), sentence, parts)


def _shown(name: str, value) -> object:
    if name.endswith("_minutes"):
        return hours_words(value)
    return date_format(value, "j. F Y") if name == "day" else value


def _sessions(cohort: Cohort) -> list[tuple[int, int, str, int]]:
    rows = Session.objects.filter(cohort=cohort).order_by("position")
    return [
        (pk, position, title, int((ends_at - starts_at).total_seconds()) // 60)
        for pk, position, title, starts_at, ends_at in rows.values_list("pk", "position", "unit__title", "starts_at", "ends_at")
    ]


def _facts(sessions, noted: dict[int, int], presentation, is_open: bool) -> Facts:
    mornings = tuple(Morning(position, title, minutes, noted.get(pk)) for pk, position, title, minutes in sessions)
    held_on, topic = presentation or (None, "")
    return Facts(mornings, held_on, topic, is_open)


def _is_open(cohort: Cohort, state: str) -> bool:
    return state == Enrolment.State.ACTIVE and cohort.state != Cohort.State.CANCELLED
