"""What is asked about the federal model projects (MPSC): who is funded, and through what.

A municipality is funded itself, through its Verband, or through its Kreis. Members of a Regionalverband that holds a grant are
"Mitglied des Verbands": reached by the project through it, not funded one by one.

Members are read as ``standing_members`` gives them: what each costs is said for a register in which no member is dissolved.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from staffel.municipalities.models import FundedMember, FundedProject, Municipality
from staffel.municipalities.queries.members import Standing, standing_members

CURRENT = Q(counted=True, valid_to__isnull=True)
"""The municipalities that exist and count: the base of every number and every rate."""


@dataclass(frozen=True, slots=True)
class Funding:
    """One project that reaches a place. ``through`` is "self", "verband" or "kreis", ``body`` the name of that member.

    A member that is dissolved is named with the place that it is today. ``lead`` is the name of the body that holds the grant.
    """

    code: str
    project: str
    round: int
    year: int
    category: str
    role: str
    role_word: str
    through: str
    body: str
    body_path: str
    lead: str
    note: str
    source: str
    project_source: str


@dataclass(frozen=True, slots=True)
class Member:
    """A body in a project; ``level`` is "municipality", "kreis" or "verband", ``path`` empty without a page.

    ``name`` says the kind of a Kreis or a Verband. ``source`` says that it takes part; the project has its own.
    """

    level: str
    code: str
    name: str
    path: str
    role: str
    role_word: str
    note: str
    source: str
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class Project:
    """A funded project with its members, the lead first."""

    code: str
    name: str
    round: int
    year: int
    category: str
    source: str
    members: tuple[Member, ...]


_ROLE_ORDER = {FundedMember.Role.LEAD: 0, FundedMember.Role.PARTNER: 1, FundedMember.Role.ASSOCIATION: 2}


def count_funded(land: str) -> tuple[int, int]:
    """Return how many current municipalities of a Land (its key) a project reaches, and how many projects. Two queries.

    A project is counted where it has a member, directly or in one of the Kreise.
    """
    members = standing_members()
    ids = {level: [pk for member in members for one, pk in member.line if one == level] for level in _LEVELS}
    reached = Q(pk__in=ids["municipality"]) | Q(kreis__in=ids["kreis"]) | Q(verband__in=ids["verband"])
    municipalities = Municipality.objects.filter(CURRENT & reached, land__code=land).count()
    return municipalities, len({member.project for member in members if member.today.code[:2] == land})


_LEVELS = ("municipality", "verband", "kreis")


def funding_of(municipality) -> tuple[Funding, ...]:
    """Return the projects that reach a municipality (row or facts), its own first, then by year. One query."""
    ids = (municipality.id, municipality.verband_id, municipality.kreis_id)
    return _fundings(set(zip(_LEVELS, ids, strict=True)))


def funding_of_kreis(kreis: int) -> tuple[Funding, ...]:
    """Return the projects in which the Kreis (its id) itself is a member, by year. One query."""
    return _fundings({("kreis", kreis)})


def _fundings(here: set[tuple[str, int]]) -> tuple[Funding, ...]:
    members = standing_members()
    leads = {member.project: _name(member) for member in members if member.role == FundedMember.Role.LEAD}
    found = [
        Funding(
            code=member.project,
            project=member.title,
            round=member.round,
            year=member.year,
            category=member.category,
            role=member.role,
            role_word=member.role_word,
            through=member.way,
            body=_name(member),
            body_path=member.today.path,
            lead=leads.get(member.project, ""),
            note=member.note,
            source=member.source,
            project_source=member.project_source,
        )
        for member in members
        if not here.isdisjoint(member.line)
    ]
    order = ("self", "verband", "kreis")
    return tuple(sorted(found, key=lambda one: (order.index(one.through), one.year, one.code)))


def _name(member: Standing) -> str:
    return _then_and_now(member.named.name, member.today.name)


def _then_and_now(named: str, today: str) -> str:
    return today if named == today else _("%(before)s (heute %(today)s)") % {"before": named, "today": today}


def funded_projects() -> tuple[Project, ...]:
    """Return all projects by year and code with their members. Two queries."""
    members: dict[int, list[Standing]] = {}
    for member in standing_members():
        members.setdefault(member.project_id, []).append(member)
    return tuple(
        Project(
            code=row.code,
            name=row.name,
            round=row.round,
            year=row.year,
            category=row.category,
            source=row.source,
            members=tuple(_member(one) for one in sorted(members.get(row.pk, []), key=lambda one: _ROLE_ORDER[one.role])),
        )
        for row in FundedProject.objects.order_by("year", "code")
    )


def _member(member: Standing) -> Member:
    today = member.today
    return Member(
        level=today.level,
        code=today.code,
        name=_then_and_now(member.named.words, today.words),
        path=today.path,
        role=member.role,
        role_word=member.role_word,
        note=member.note,
        source=member.source,
        latitude=today.latitude,
        longitude=today.longitude,
    )
