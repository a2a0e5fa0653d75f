"""What happens to programmes: a folder of text becomes a version."""

from dataclasses import dataclass

from django.db import transaction

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Organisation, Person
from staffel.base.rules import RuleBroken
from staffel.curriculum.core import numbers, programme, rules
from staffel.curriculum.models import Competency, Module, Programme, Unit, Version

NEW, REPLACED, UNCHANGED = "new", "replaced", "unchanged"


@dataclass(frozen=True)
class Loaded:
    """The version that holds the content now, and whether it is ``new``, ``replaced`` (a draft) or ``unchanged``."""

    version: Version
    outcome: str


@transaction.atomic
def load_programme(content: programme.Programme, *, by: Person | str, organisation: Organisation | None = None) -> Loaded:
    """Make ``content`` a version of its programme; what is there already with the same digest stays untouched.

    A content with ``released_on`` is released, one without is a draft and may be loaded again until it is released. Title
    and summary of the programme follow the highest version. ``organisation`` becomes the owner of a programme without one.

    Raises RuleBroken: CUR-01 if the number is released with another content, CUR-02 if somebody else owns the programme.
    """
    digest = programme.digest(content)
    row = _programme(content, organisation)
    version = row.versions.filter(number=content.version).first()
    if version is not None:
        if version.digest == digest:
            return Loaded(version, UNCHANGED)
        if version.is_released:
            raise RuleBroken(
                rules.RELEASED_STAYS,
                f"{content.key} {content.version} has digest {version.digest}, the files have {digest}",
                number=content.version,
                next=_free_number(row, content.version),
            )
    outcome = NEW if version is None else REPLACED
    before = {} if version is None else {"digest": version.digest}
    version = _write_version(row, version, content, digest)
    _follow_highest(row, content)
    record(
        "curriculum.version_loaded",
        version,
        by=by,
        before=before,
        after={"programme": row.key, "number": version.number, "state": str(version.state), "digest": digest},
    )
    return Loaded(version, outcome)


def _programme(content, organisation) -> Programme:
    """Return the programme's row, locked, so that two loads of the same programme come one after the other."""
    Programme.objects.get_or_create(
        key=content.key, defaults={"title": content.title, "summary": content.summary, "organisation": organisation}
    )
    row = Programme.objects.select_for_update().get(key=content.key)
    if organisation is not None and row.organisation_id is None:
        row.organisation = organisation
        row.save(update_fields=["organisation"])
    if organisation is not None and row.organisation_id != organisation.pk:
        raise RuleBroken(
            rules.OWN_PROGRAMME,
            f"{row.key} belongs to organisation {row.organisation_id}, not {organisation.pk}",
            title=row.title,
            owner=row.organisation.name,
        )
    return row


def _free_number(row: Programme, number: str) -> str:
    taken = set(row.versions.values_list("number", flat=True))
    while number in taken:
        number = numbers.after(number)
    return number


def _write_version(row: Programme, version: Version | None, content: programme.Programme, digest: str) -> Version:
    """Write the version with all its rows as a draft, then release it: from then on the database refuses every change."""
    if version is None:
        version = Version(programme=row, number=content.version)
    else:
        version.modules.all().delete()
        version.competencies.all().delete()
    version.state, version.title, version.summary = Version.State.DRAFT, content.title, content.summary
    version.notes, version.licence, version.aim, version.audience = (
        content.notes,
        content.licence,
        content.aim,
        content.audience,
    )
    version.completion = {
        "attendance_percent": content.completion.attendance_percent,
        "presentation": content.completion.presentation,
    }
    version.timetable = {
        "weekdays": list(content.timetable.weekdays),
        "starts": content.timetable.starts,
        "minutes": content.timetable.minutes,
    }
    version.synchronous_percent, version.fee, version.digest = content.synchronous_percent, content.fee, digest
    version.save()
    _write_content(version, content)
    if content.released_on is not None:
        version.state, version.released_on = Version.State.RELEASED, content.released_on
        version.save(update_fields=["state", "released_on"])
    return version


def _write_content(version: Version, content: programme.Programme) -> None:
    competencies = Competency.objects.bulk_create(
        Competency(version=version, position=position, key=each.key, field=each.field, title=each.title, text=each.text)
        for position, each in enumerate(content.competencies, start=1)
    )
    by_key = {competency.key: competency for competency in competencies}
    modules = Module.objects.bulk_create(
        Module(
            version=version,
            position=each.position,
            key=each.key,
            title=each.title,
            summary=each.summary,
            required=each.required,
        )
        for each in content.modules
    )
    pairs = [(module, unit) for module, each in zip(modules, content.modules, strict=True) for unit in each.units]
    units = Unit.objects.bulk_create(
        Unit(
            module=module,
            position=each.position,
            key=each.key,
            title=each.title,
            minutes=each.minutes,
            objectives=list(each.objectives),
            summary=each.summary,
        )
        for module, each in pairs
    )
    links = Unit.competencies.through
    links.objects.bulk_create(
        links(unit=unit, competency=by_key[key])
        for unit, (_, each) in zip(units, pairs, strict=True)
        for key in each.competencies
    )


def _follow_highest(row: Programme, content: programme.Programme) -> None:
    highest = max(row.versions.values_list("number", flat=True), key=numbers.order)
    if content.version == highest and (row.title, row.summary) != (content.title, content.summary):
        row.title, row.summary = content.title, content.summary
        row.save(update_fields=["title", "summary"])


def discard_draft(version: Version, *, by: Person | str) -> None:
    """Delete a draft with all that belongs to it, its open merge too.

    Raises RuleBroken: CUR-05 if it is no draft.
    """
    raise NotImplementedError
