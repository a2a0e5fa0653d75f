"""The members of the funded projects, each with the place that it is today.

A source names a town, a Kreis or a Verband as it was when the project was chosen. When the register dissolves it, its project
goes on in its successor; the source's name stays. Everything that says who is funded starts from ``standing_members``.
"""

from dataclasses import dataclass
from typing import NamedTuple

from staffel.municipalities.core import naming, places
from staffel.municipalities.core.loading import NOT_IN_A_VERBAND
from staffel.municipalities.models import FundedMember, Kreis, Municipality, Verband


class Body(NamedTuple):
    """A place that takes part; ``code`` is empty for a Verband that no register names, ``kind`` for a municipality."""

    level: str
    pk: int
    code: str
    name: str
    latitude: float | None
    longitude: float | None
    successor: int | None
    kind: str = ""

    @property
    def words(self) -> str:
        """The name with the kind of a Kreis or a Verband: a town of the same name is something else."""
        if self.level == "kreis":
            return naming.with_kind(self.kind, self.name)
        return naming.verband_with_kind(self.kind, self.name) if self.level == "verband" and self.code else self.name

    @property
    def path(self) -> str:
        """The address of its page, empty for a Verband."""
        address = {"municipality": places.municipality_path, "kreis": places.kreis_path}.get(self.level)
        return address(self.code) if address else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as its source has it (``named``), and the place that it is ``today``; they differ after a dissolution.

    ``line`` holds (level, id) of ``named``, of ``today`` and of all places between: a dissolved place keeps its past.
    """

    project_id: int
    project: str
    title: str
    round: int
    year: int
    category: str
    project_source: str
    role: str
    name: str
    note: str
    source: str
    named: Body
    today: Body
    line: frozenset[tuple[str, int]]

    @property
    def role_word(self) -> str:
        """The role in words."""
        return str(FundedMember.Role(self.role).label)

    @property
    def way(self) -> str:
        """Through what the project reaches a municipality here: "self", "verband" or "kreis".

        A member of a Verband that holds the grant is reached through it: the source calls such members not funded one by one.
        """
        if self.named.level == "municipality":
            return "verband" if self.role == FundedMember.Role.ASSOCIATION else "self"
        return self.named.level


_HEAD = ("project_id", "project__code", "project__name", "project__round", "project__year", "project__category")
_HEAD += ("project__source", "role", "name", "note", "source")
_FIELDS = {
    "municipality": ("pk", "ags", "short_name", "latitude", "longitude", "successor_id"),
    "kreis": ("pk", "code", "name", "latitude", "longitude", "successor_id", "kind"),
    "verband": ("pk", "code", "name", "successor_id", "kind"),
}
_MODELS = {"municipality": Municipality, "kreis": Kreis, "verband": Verband}


def standing_members() -> tuple[Standing, ...]:
    """Return all members by year, project and entry. One query; where a body is dissolved, one more for each step."""
    joined = [f"{level}__{field}" for level, fields in _FIELDS.items() for field in fields]
    rows = FundedMember.objects.order_by("project__year", "project__code", "pk").values_list(*_HEAD, *joined)
    heads = [(row[: len(_HEAD)], _named(row[len(_HEAD) :])) for row in rows]
    known = _successors(body for _head, body in heads)
    found = []
    for head, named in heads:
        line = [named]
        # A place that came back and went again could lead round in a circle.
        while (following := known.get((line[-1].level, line[-1].successor))) is not None and following not in line:
            line.append(following)
        found.append(Standing(*head, named=named, today=line[-1], line=frozenset(body[:2] for body in line)))
    return tuple(found)


def _named(values: tuple) -> Body:
    start = 0
    for level, fields in _FIELDS.items():
        facts = values[start : start + len(fields)]
        if facts[0] is not None:
            return _body(level, facts)
        start += len(fields)
    raise ValueError(f"a funded member has no body: {values}")


def _body(level: str, facts: tuple) -> Body:
    if level == "verband":
        pk, code, name, successor, kind = facts
        return Body(level, pk, code or "", name, None, None, successor, kind)
    return Body(level, *facts)


def _successors(bodies) -> dict[tuple[str, int], Body]:
    """Return the places to which the successors of ``bodies`` lead, by level and id of the one before them."""
    known: dict[tuple[str, int], Body] = {}
    wanted = {(body.level, body.successor) for body in bodies if body.successor is not None}
    while wanted:
        step = []
        for level, model in _MODELS.items():
            if ids := [pk for one, pk in wanted if one == level]:
                step += [_body(level, facts) for facts in model.objects.filter(pk__in=ids).values_list(*_FIELDS[level])]
        known |= {(body.level, body.pk): body for body in step}
        wanted = {(body.level, body.successor) for body in step if body.successor is not None} - known.keys()
    return known | _single_towns(known)


def _single_towns(known: dict[tuple[str, int], Body]) -> dict[tuple[str, int], Body]:
    """Return the municipality in the place of a Verband's row that only says "belongs to none": the Amt became a town."""
    ids = [pk for level, pk in known if level == "verband"]
    if not ids:
        return {}
    singles = dict(Verband.objects.filter(pk__in=ids, kind=NOT_IN_A_VERBAND).values_list("code", "pk"))
    towns = Municipality.objects.filter(ags__in=[code[:5] + code[6:] for code in singles], verband=None)
    return {
        ("verband", singles[f"{body.code[:5]}0{body.code[5:]}"]): body
        for body in (_body("municipality", facts) for facts in towns.values_list(*_FIELDS["municipality"]))
    }
