"""Files of a programme become a draft: read as a whole, then written in one transaction."""

from dataclasses import dataclass
from itertools import islice

from django.db import transaction
from django.db.models import QuerySet

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Organisation, Person
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.files import attach, keep_ahead
from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.actions.locks import facts_of, locked
from staffel.curriculum.core import numbers, rules
from staffel.curriculum.core.content import Outline
from staffel.curriculum.core.files import Files
from staffel.curriculum.models import Competency, Module, Programme, Unit, Version

NEW, REPLACED, UNCHANGED = "new", "replaced", "unchanged"
# Units whose rows are written or deleted at once, with their summaries in memory.
CHUNK = 200


@dataclass(frozen=True)
class Loaded:
    """The version that holds the content now, and whether it is ``new``, ``replaced`` (a draft) or ``unchanged``."""

    version: Version
    outcome: str


def load_programme(
    files: Files, *, by: Person | str, organisation: Organisation | None = None, upstream: Version | None = None
) -> Loaded:
    """Make the programme in ``files`` the draft of its programme; what is there already with the same digest stays untouched.

    A programme has one draft, so an earlier one is replaced, whatever its number; its row stays, and ``upstream`` if none is
    given. Kept are the canonical bytes. ``organisation`` becomes the owner of a programme without one. Everything is read
    before the transaction begins, and no more than some units are in memory.

    Raises NotAProgramme with every mistake; RuleBroken: CUR-01 if the number is released with another content, CUR-02 if
    somebody else owns the programme, CUR-05 if its draft is in review.
    """
    with Gathered(files) as gathered:
        keep_ahead(gathered.entries(), gathered.total)
        return load_gathered(gathered, by=by, organisation=organisation, upstream=upstream)


@transaction.atomic
def load_gathered(
    gathered: Gathered, *, by: Person | str, organisation: Organisation | None = None, upstream: Version | None = None
) -> Loaded:
    """Do what ``load_programme`` does, with a programme that was read. Raises RuleBroken as it does."""
    outline = gathered.outline
    row = programme_row(outline, organisation)
    own = row.versions.filter(publisher=None)
    _refuse_other_release(own, outline, gathered.digest)
    same = own.filter(number=outline.version, digest=gathered.digest).first()
    if same is not None:
        _note_upstream(same, upstream)
        return Loaded(same, UNCHANGED)
    version = own.filter(state__in=[Version.State.DRAFT, Version.State.REVIEW]).first()
    before = {} if version is None else {"number": version.number, "digest": version.digest}
    outcome = NEW if version is None else REPLACED
    if version is None:
        version = Version(programme=row, upstream=upstream or _inherited(own))
    else:
        version = locked(version, Version.State.DRAFT)
        empty(version)
        version.upstream = upstream or version.upstream
    fill(version, gathered)
    if not own.filter(state=Version.State.RELEASED).exists():
        row.title, row.summary = outline.title, outline.summary
        row.save(update_fields=["title", "summary"])
    after = facts_of(version) | {"digest": version.digest}
    record("curriculum.draft_replaced" if before else "curriculum.version_loaded", version, by=by, before=before, after=after)
    return Loaded(version, outcome)


@transaction.atomic
def discard_draft(version: Version, *, by: Person | str) -> None:
    """Delete a draft with all that belongs to it, its open merge too; a programme that has nothing else goes with it.

    Raises RuleBroken: CUR-05 if it is no draft.
    """
    version = locked(version, Version.State.DRAFT)
    record("curriculum.draft_discarded", version, by=by, before=facts_of(version) | {"digest": version.digest})
    empty(version)
    version.delete()
    if not version.programme.versions.exists():
        version.programme.delete()


def programme_row(outline: Outline, organisation: Organisation | None = None) -> Programme:
    """Return the programme's row, locked, so that two loads of the same programme come one after the other.

    Made if there is none; ``organisation`` becomes the owner where there is none. Raises RuleBroken: CUR-02 if somebody else
    owns it.
    """
    Programme.objects.get_or_create(
        key=outline.key, defaults={"title": outline.title, "summary": outline.summary, "organisation": organisation}
    )
    row = Programme.objects.select_for_update().get(key=outline.key)
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


def empty(version: Version) -> None:
    """Delete all rows of a draft but its own; its bytes stay until nobody has them."""
    # The links first and by themselves, or they would be fetched by thousands to be deleted.
    Unit.competencies.through.objects.filter(unit__module__version=version).delete()
    _delete_in_turns(Unit.objects.filter(module__version=version))
    _delete_in_turns(version.modules.all())
    version.competencies.all().delete()
    version.files.all().delete()


def _delete_in_turns(rows: QuerySet) -> None:
    """Delete rows that others may point at: they are fetched to be deleted, so some at a time."""
    while some := list(rows.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        rows.model.objects.filter(pk__in=some).delete()


def fill(version: Version, gathered: Gathered) -> None:
    """Save ``version`` as what was gathered, with its files and the rows that others point at."""
    outline = gathered.outline
    version.number, version.title, version.summary = outline.version, outline.title, outline.summary
    version.notes, version.licence, version.aim, version.audience = (
        outline.notes,
        outline.licence,
        outline.aim,
        outline.audience,
    )
    version.completion = {
        "attendance_percent": outline.completion.attendance_percent,
        "presentation": outline.completion.presentation,
    }
    version.timetable = {
        "weekdays": list(outline.timetable.weekdays),
        "starts": outline.timetable.starts,
        "minutes": outline.timetable.minutes,
    }
    version.synchronous_percent, version.fee, version.digest = outline.synchronous_percent, outline.fee, gathered.digest
    version.save()
    attach(version, gathered.entries())
    write_index(version, gathered)


def write_index(version: Version, gathered: Gathered) -> None:
    """Write modules, units and competencies as rows. Queries grow with modules and units, by a handful for each 200."""
    outline = gathered.outline
    competencies = Competency.objects.bulk_create(
        Competency(version=version, position=position, key=each.key, field=each.field, title=each.title, text=each.text)
        for position, each in enumerate(outline.competencies, start=1)
    )
    by_key = {competency.key: competency for competency in competencies}
    numbered = iter(enumerate(outline.modules, start=1))
    first = 1
    while some := list(islice(numbered, CHUNK)):
        modules = Module.objects.bulk_create(
            Module(
                version=version,
                position=position,
                key=each.key,
                title=each.title,
                summary=each.summary,
                required=each.required,
            )
            for position, each in some
        )
        places = ((module, key) for module, (_, each) in zip(modules, some, strict=True) for key in each.units)
        while chunk := list(islice(places, CHUNK)):
            _write_units(chunk, first, gathered, by_key)
            first += len(chunk)


def _write_units(places: list[tuple[Module, str]], first: int, gathered: Gathered, competencies: dict[str, Competency]) -> None:
    rows = [gathered.row(key) for _, key in places]
    units = Unit.objects.bulk_create(
        Unit(
            module=module,
            position=position,
            key=row.key,
            title=row.title,
            kind=row.kind,
            minutes=row.minutes,
            objectives=list(row.objectives),
            summary=gathered.summary(row.key),
        )
        for position, ((module, _), row) in enumerate(zip(places, rows, strict=True), start=first)
    )
    links = Unit.competencies.through
    links.objects.bulk_create(
        links(unit=unit, competency=competencies[key])
        for unit, row in zip(units, rows, strict=True)
        for key in row.competencies
    )


def _refuse_other_release(own, outline: Outline, digest: str) -> None:
    taken = dict(own.filter(state=Version.State.RELEASED).values_list("number", "digest"))
    if taken.get(outline.version, digest) != digest:
        raise RuleBroken(
            rules.RELEASED_STAYS,
            f"{outline.key} {outline.version} has digest {taken[outline.version]}, the files have {digest}",
            number=outline.version,
            next=numbers.free(outline.version, taken),
        )


def _inherited(own) -> Version | None:
    """Return what the highest own release was made from: so is what follows on it."""
    released = own.filter(state=Version.State.RELEASED).select_related("upstream")
    highest = max(released, key=lambda one: numbers.order(one.number), default=None)
    return highest and highest.upstream


def _note_upstream(version: Version, upstream: Version | None) -> None:
    if upstream is not None and not version.is_fixed and version.upstream_id != upstream.pk:
        # What the package will say of its source is part of what somebody looks through.
        version = locked(version, Version.State.DRAFT)
        version.upstream = upstream
        version.save(update_fields=["upstream"])
