"""What is asked about the federal model projects (MPSC): who is funded, and through what.

A municipality is funded itself, through its Verband, or through its Kreis. Members of a Regionalverband that holds a grant are
"Mitglied des Verbands": reached by the project through it, not funded one by one.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from staffel.municipalities.models import FundedMember, FundedProject, Municipality

CURRENT = Q(counted=True, valid_to__isnull=True)
"""The municipalities that exist and count: the base of every number and every rate."""


@dataclass(frozen=True, slots=True)
class Funding:
    """One project that reaches a place. ``through`` is "self", "verband" or "kreis", ``body`` the name of that member."""

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
    note: str
    source: str
    project_source: str


@dataclass(frozen=True, slots=True)
class Member:
    """A body in a project; ``level`` is "municipality", "kreis" or "verband", ``path`` empty without a page."""

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


def is_funded() -> Q:
    """Return the condition on ``Municipality`` that a project reaches it, itself or through a body above. No query."""
    members = FundedMember.objects.order_by()
    return (
        Q(Exists(members.filter(municipality=OuterRef("pk"))))
        | Q(Exists(members.filter(kreis=OuterRef("kreis"))))
        | Q(Exists(members.filter(verband=OuterRef("verband"))))
    )


def funded_municipality_ids() -> frozenset[int]:
    """Return the ids of the current municipalities that a project reaches. One query."""
    return frozenset(Municipality.objects.filter(CURRENT & is_funded()).values_list("pk", flat=True))


def count_funded_municipalities(*, land: int) -> int:
    """Return how many current municipalities of a Land (its id) a project reaches. One query."""
    return Municipality.objects.filter(CURRENT & is_funded(), land=land).count()


def count_funded_projects(*, land: int) -> int:
    """Return how many projects have a member in a Land (its id), directly or in one of its Kreise. One query."""
    here = Q(municipality__land=land) | Q(kreis__land=land) | Q(verband__kreis__land=land)
    return FundedMember.objects.filter(here).values("project").distinct().count()


def funding_of(municipality) -> tuple[Funding, ...]:
    """Return the projects that reach a municipality (row or facts), its own first, then by year. One query."""
    here = Q(municipality=municipality.id)
    if municipality.kreis_id is not None:
        here |= Q(kreis=municipality.kreis_id)
    if municipality.verband_id is not None:
        here |= Q(verband=municipality.verband_id)
    return _fundings(here)


def funding_of_kreis(kreis: int) -> tuple[Funding, ...]:
    """Return the projects in which the Kreis (its id) itself is a member, by year. One query."""
    return _fundings(Q(kreis=kreis))


def _fundings(here: Q) -> tuple[Funding, ...]:
    rows = FundedMember.objects.filter(here).select_related("project", "municipality", "kreis", "verband")
    found = []
    for row in rows:
        level, place = _body(row)
        found.append(
            Funding(
                code=row.project.code,
                project=row.project.name,
                round=row.project.round,
                year=row.project.year,
                category=row.project.category,
                role=row.role,
                role_word=row.get_role_display(),
                through="self" if level == "municipality" else level,
                body=str(place),
                body_path=getattr(place, "path", ""),
                note=row.note,
                source=row.source,
                project_source=row.project.source,
            )
        )
    order = ("self", "verband", "kreis")
    return tuple(sorted(found, key=lambda one: (order.index(one.through), one.year, one.code)))


def funded_projects() -> tuple[Project, ...]:
    """Return all projects by year and code with their members. Two queries."""
    members: dict[int, list] = {}
    for row in FundedMember.objects.select_related("municipality", "kreis", "verband").order_by("pk"):
        members.setdefault(row.project_id, []).append(row)
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


def _body(row: FundedMember) -> tuple[str, object]:
    for level in ("municipality", "kreis", "verband"):
        place = getattr(row, level)
        if place is not None:
            return level, place
    raise ValueError(f"funded member {row.pk} has no body")


def _member(row: FundedMember) -> Member:
    level, place = _body(row)
    return Member(
        level=level,
        code=getattr(place, "ags", None) or getattr(place, "code", None) or "",
        name=str(place),
        path=getattr(place, "path", ""),
        role=row.role,
        role_word=row.get_role_display(),
        note=row.note,
        source=row.source,
        latitude=getattr(place, "latitude", None),
        longitude=getattr(place, "longitude", None),
    )
