"""What editors ask about the versions that they work on."""

from dataclasses import dataclass

from django.db.models import QuerySet

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Person
from staffel.curriculum.core import numbers
from staffel.curriculum.core.changes import kind_of, proposed_number
from staffel.curriculum.core.comparing import Comparison, compare
from staffel.curriculum.models import Version
from staffel.curriculum.queries.files import source_of

FIRST, SAME = "first", "same"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The number that a draft should have at least, and why.

    ``kind`` is ``first`` for a first version, ``same`` if nothing changed, else ``major``, ``minor`` or ``patch``; ``since`` is
    the number of the version that it was compared with, empty for a first one. ``fits`` says whether the draft's own will do.
    """

    number: str
    kind: str
    since: str
    fits: bool


def base_of(version: Version) -> Version | None:
    """Return what a draft is compared with: the highest own release, else what it was adopted from. One query at least."""
    released = version.programme.versions.filter(state=Version.State.RELEASED)
    return max(released, key=lambda one: numbers.order(one.number), default=None) or version.upstream


def comparison_with_base(version: Version) -> tuple[Version, Comparison] | None:
    """Return what ``version`` is compared with and the comparison; None if there is nothing, or one has no files."""
    base = base_of(version)
    old, new = (source_of(base), source_of(version)) if base else (None, None)
    return (base, compare(old, new)) if base and old and new else None


def proposal_for(version: Version, found: tuple[Version, Comparison] | None = None) -> Proposal:
    """Return which number ``version`` should have: what changed since the last own release decides.

    What was adopted without a change keeps the number of its publisher. ``found`` is ``comparison_with_base``, for whoever has
    it already. Reads the units that changed, three queries and two
    for each.
    """
    base = found[0] if found else base_of(version)
    if base is None:
        return Proposal(version.number, FIRST, "", fits=True)
    if base.digest == version.digest and base.publisher_id:
        return Proposal(base.number, SAME, base.number, fits=True)
    found = found or comparison_with_base(version)
    kind = kind_of(found[1]) if found else None
    number = proposed_number(base.number, kind)
    fits = numbers.order(version.number) >= numbers.order(number)
    return Proposal(number, str(kind or SAME), base.number, fits)


def others_who_release(person: Person) -> QuerySet[Person]:
    """Return who else may release in the organisation that ``person`` acts for."""
    roles = {"memberships__role__in": [Role.EDITOR, Role.COORDINATOR]}
    there = Person.objects.filter(memberships__organisation=person.acting.organisation_id, is_active=True, **roles)
    return there.exclude(pk=person.pk).distinct()
