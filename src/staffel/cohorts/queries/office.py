"""What the office asks about its cohorts: the list, and one of them as a whole."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from staffel.cohorts.models import Attendance, Cohort, Enrolment, Session, Trainer
from staffel.cohorts.queries.running import cohorts_of_office
from staffel.cohorts.queries.words import span_words
from staffel.ui.words import day, span

TONES = {"planned": "info", "running": "accent", "completed": "success", "cancelled": "neutral"}


@dataclass(frozen=True, slots=True)
class CohortLine:
    """A cohort in the list of the office, in words; ``tone`` is that of the badge of its state."""

    path: str
    name: str
    programme: str
    module: str
    state: str
    state_words: str
    tone: str
    dates: str
    first_day: str
    last_day: str
    taken: int
    places: int
    is_example: bool


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session on the page of the office; ``noted`` counts people whose attendance is there."""

    public_id: str
    position: int
    title: str
    when: str
    state: str
    noted: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class CohortPage:
    """What the office sees of one cohort. ``missing`` are sessions that are over and have no attendance."""

    dates: str
    taken: int
    left: int
    sessions: tuple[SessionLine, ...]
    trainers: tuple[tuple[int, str, str], ...]
    laender: tuple[str, ...]
    done: int
    missing: int
    has_begun: bool
    is_over: bool


def cohort_lines(person, *, state: str = "", words: str = "") -> list[CohortLine]:
    """Return the cohorts that ``person`` sees by their role, those that begin last first. One query.

    ``state`` and ``words`` (in the name) narrow them down.
    """
    taken = (
        Enrolment.objects.filter(cohort=OuterRef("pk"), state=Enrolment.State.ACTIVE)
        .order_by()
        .values("cohort")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = cohorts_of_office(person).annotate(first=Min("sessions__starts_at"), last=Max("sessions__ends_at"))
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(name__icontains=words)
    labels = {choice.value: choice.label for choice in Cohort.State}
    return [
        CohortLine(
            path=f"/buero/staffeln/{public_id}/",
            name=name,
            programme=f"{programme} {number}",
            module=module or "",
            state=state,
            state_words=labels[state],
            tone=TONES[state],
            dates=span_words(first, last) if first else "",
            first_day=day(timezone.localtime(first)) if first else "",
            last_day=day(timezone.localtime(last)) if last else "",
            taken=people,
            places=places,
            is_example=is_example,
        )
        for public_id, name, state, places, is_example, programme, number, module, first, last, people in rows.annotate(
            taken=Coalesce(Subquery(taken), 0)
        )
        .order_by("-first", "-pk")
        .values_list(
            "public_id",
            "name",
            "state",
            "places",
            "is_example",
            "version__programme__title",
            "version__number",
            "module__title",
            "first",
            "last",
            "taken",
        )
    ]


def cohort_page(cohort: Cohort) -> CohortPage:
    """Return what the office sees of ``cohort``. Five queries."""
    now = timezone.now()
    noted = dict(
        Attendance.objects.filter(session__cohort=cohort).order_by().values_list("session").annotate(number=Count("pk"))
    )
    rows = list(
        Session.objects.filter(cohort=cohort)
        .order_by("position")
        .values_list("pk", "public_id", "position", "unit__title", "starts_at", "ends_at")
    )
    coming = next((pk for pk, *_rest, ends in rows if ends > now), None)
    sessions = tuple(
        SessionLine(
            public_id,
            position,
            title,
            span(starts, ends),
            "done" if ends <= now else "now" if pk == coming else "next",
            noted.get(pk, 0),
            ends <= now,
        )
        for pk, public_id, position, title, starts, ends in rows
    )
    taken = Enrolment.objects.filter(cohort=cohort, state=Enrolment.State.ACTIVE).count()
    trainers = Trainer.objects.filter(cohort=cohort).order_by("person__name", "pk")
    return CohortPage(
        dates=span_words(rows[0][4], rows[-1][5]) if rows else "",
        taken=taken,
        left=max(cohort.places - taken, 0),
        sessions=sessions,
        trainers=tuple(trainers.values_list("pk", "person__name", "person__email")),
        laender=tuple(cohort.laender.order_by("name").values_list("name", flat=True)),
        done=sum(line.is_over for line in sessions),
        missing=sum(line.is_over and not line.noted for line in sessions) if taken else 0,
        has_begun=bool(rows) and timezone.localdate(rows[0][4]) <= timezone.localdate(now),
        is_over=bool(rows) and rows[-1][5] <= now,
    )
