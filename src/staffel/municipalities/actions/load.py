"""What happens when our own tables are loaded."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from staffel.municipalities.core import loading
from staffel.municipalities.models import Dataset, FundedMember, FundedProject, Kreis, Land, Municipality, Verband
from staffel.municipalities.queries.register import REGISTER

# Rows for each statement: enough to be fast, few enough for SQLite's and PostgreSQL's limits of variables.
CHUNK = 500


@dataclass(frozen=True)
class TableReport:
    """What loading one table did; ``vanished`` are the keys that the database has and the table no longer names."""

    title: str
    rows: int
    new: int
    changed: int
    vanished: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """One German line for the person who loads; names at most ten vanished rows."""
        line = f"{self.title}: {self.rows} Zeilen, {self.new} neu, {self.changed} geändert."
        if self.vanished:
            more = " …" if len(self.vanished) > 10 else ""
            line += f" Nicht mehr in der Tabelle ({len(self.vanished)}): {', '.join(self.vanished[:10])}{more}."
        return line


def note_dataset(key: str, *, title: str, as_of: date, rows: int, digest: str) -> None:
    """Write down which state of a source is loaded now. One query each for look-up and write."""
    Dataset.objects.update_or_create(
        key=key,
        defaults={"title": title, "as_of": as_of, "rows": rows, "digest": digest, "loaded_at": timezone.now()},
    )


@transaction.atomic
def load_directory(directory: loading.Directory, digests: Mapping[str, str]) -> list[TableReport]:
    """Bring the tables of places to the state of ``directory`` and return a report for each.

    ``digests`` maps each of ``loading.FILES`` to the digest that is written down with it. Only new and changed rows are
    written and none is deleted. A fact that an official file has brought since, of a later day than ours, stays.
    """
    refreshed = Dataset.objects.filter(key=REGISTER, as_of__gt=loading.REGISTER_ON).exists()
    reports = [
        _save(Land, "code", _land_facts(directory.laender), title="Länder", refreshed=refreshed),
        _save(Kreis, "code", _kreis_facts(directory.kreise), title="Kreise", refreshed=refreshed),
        _save(Verband, "code", _verband_facts(directory.verbaende), title="Verbände", refreshed=refreshed),
        _save(Municipality, "ags", _municipality_facts(directory.municipalities), title="Kommunen", refreshed=refreshed),
        _save_projects(directory.projects),
    ]
    dates = (loading.REGISTER_ON,) * 4 + (loading.FUNDED_ON,)
    for file, report, as_of in zip(loading.FILES, reports, dates, strict=True):
        key = file.removesuffix(".csv")
        note_dataset(key, title=report.title, as_of=as_of, rows=report.rows, digest=digests[file])
    return reports


def ids(model, key: str) -> dict[str, int]:
    """Return the primary keys of all rows by ``key``, a field. One query."""
    return dict(model.objects.exclude(**{f"{key}__isnull": True}).values_list(key, "pk"))


def _land_facts(rows) -> dict[str, dict]:
    dates = {"population_on": loading.POPULATION_ON, "area_on": loading.AREA_ON}
    return {row.code: asdict(row) | dates for row in rows}


def _kreis_facts(rows) -> dict[str, dict]:
    laender = ids(Land, "code")
    dates = {"population_on": loading.POPULATION_ON, "area_on": loading.AREA_ON}
    return {row.code: _with_ids(row, land=laender) | dates for row in rows}


def _verband_facts(rows) -> dict[str, dict]:
    kreise = ids(Kreis, "code")
    return {row.code: _with_ids(row, kreis=kreise) for row in rows}


def _municipality_facts(rows) -> dict[str, dict]:
    above = {"land": ids(Land, "code"), "kreis": ids(Kreis, "code"), "verband": ids(Verband, "code")}
    return {
        row.ags: _with_ids(row, **above)
        | {
            "register_on": loading.REGISTER_ON,
            "population_on": loading.POPULATION_ON,
            "area_on": loading.AREA_ON if row.area_km2 is not None else None,
            "position_on": loading.POSITION_ON if row.latitude is not None else None,
            "urbanisation_on": loading.URBANISATION_ON if row.urbanisation else None,
            "region_type_on": loading.REGION_TYPE_ON if row.region_type else None,
        }
        for row in rows
    }


def _with_ids(row, **above: dict[str, int]) -> dict:
    facts = asdict(row)
    for field, known in above.items():
        code = facts.pop(field)
        facts[f"{field}_id"] = None if code is None else known[code]
    return facts


# Which facts a date speaks for. What stands in no group belongs to the register itself.
GROUPS = {
    "population_on": ("population",),
    "area_on": ("area_km2",),
    "position_on": ("latitude", "longitude"),
    "urbanisation_on": ("urbanisation",),
    "region_type_on": ("region_type",),
}


def _save(model, key: str, wanted: dict[str, dict], *, title: str, refreshed: bool) -> TableReport:
    fields = list(next(iter(wanted.values()), {}))
    stored = {row[0]: dict(zip(fields, row[1:], strict=True)) for row in model.objects.values_list(key, *fields)}
    new = [model(**facts) for code, facts in wanted.items() if code not in stored]
    model.objects.bulk_create(new, batch_size=CHUNK)
    changed = {
        code: facts
        for code, facts in wanted.items()
        if code in stored and _newest(facts, stored[code], refreshed=refreshed) != stored[code]
    }
    _update(model, key, {code: _newest(facts, stored[code], refreshed=refreshed) for code, facts in changed.items()})
    # After a refresh the register knows places that our table cannot know yet: nothing has vanished then.
    vanished = () if refreshed else tuple(sorted(code for code in stored if code is not None and code not in wanted))
    return TableReport(title, len(wanted), len(new), len(changed), vanished)


def _newest(facts: dict, stored: dict, *, refreshed: bool) -> dict:
    """Return ``facts`` with those of ``stored`` that are of a later day, or that a refresh has brought."""
    result = dict(facts)
    grouped = {name for day, names in GROUPS.items() for name in (day, *names)}
    if refreshed:
        result |= {name: value for name, value in stored.items() if name not in grouped and not name.startswith("deprivation")}
    for day, names in GROUPS.items():
        if stored.get(day) and (facts[day] is None or stored[day] > facts[day]):
            result |= {name: stored[name] for name in (day, *names)}
    return result


def _update(model, key: str, changed: dict[str, dict]) -> None:
    if not changed:
        return
    rows = model.objects.in_bulk(list(changed), field_name=key) if len(changed) <= CHUNK else _all_by(model, key)
    touched = set()
    for code, facts in changed.items():
        for field, value in facts.items():
            if getattr(rows[code], field) != value:
                setattr(rows[code], field, value)
                touched.add(field.removesuffix("_id"))
    model.objects.bulk_update([rows[code] for code in changed], sorted(touched), batch_size=CHUNK)


def _all_by(model, key: str) -> dict:
    return {getattr(row, key): row for row in model.objects.all()}


def _save_projects(projects) -> TableReport:
    heads = {row.code: {name: value for name, value in asdict(row).items() if name != "members"} for row in projects}
    report = _save(FundedProject, "code", heads, title="Geförderte Projekte", refreshed=False)
    bodies = {
        "Gemeinde": ("municipality_id", ids(Municipality, "ags")),
        "Kreis": ("kreis_id", ids(Kreis, "code")),
        "Gemeindeverband": ("verband_id", ids(Verband, "code")),
        "Regionalverband": ("verband_id", _verbaende_without_key(projects)),
    }
    project_ids = ids(FundedProject, "code")
    wanted = {}
    for project in projects:
        for member in project.members:
            field, known = bodies[member.level]
            key = (project_ids[project.code], field, known[member.body])
            wanted[key] = {"role": member.role, "name": member.name, "source": member.source, "note": member.note}
    stored = {}
    for row in FundedMember.objects.all():
        field = next(name for name in ("municipality_id", "kreis_id", "verband_id") if getattr(row, name))
        stored[row.project_id, field, getattr(row, field)] = row
    new = [
        FundedMember(project_id=project, **{field: body}, **facts)
        for (project, field, body), facts in wanted.items()
        if (project, field, body) not in stored
    ]
    FundedMember.objects.bulk_create(new, batch_size=CHUNK)
    changed = []
    for key, facts in wanted.items():
        row = stored.get(key)
        if row and any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            changed.append(row)
    FundedMember.objects.bulk_update(changed, ["role", "name", "source", "note"], batch_size=CHUNK)
    codes = {pk: code for code, pk in project_ids.items()}
    gone = tuple(f"{codes[row.project_id]}: {row.name}" for key, row in stored.items() if key not in wanted)
    return TableReport(report.title, report.rows, report.new + len(new), report.changed + len(changed), report.vanished + gone)


def _verbaende_without_key(projects) -> dict[str, int]:
    """Return the ids of bodies that no register names, by name; makes those that are missing."""
    names = {
        member.body: member.level for project in projects for member in project.members if member.level == "Regionalverband"
    }
    known = dict(Verband.objects.filter(code__isnull=True, name__in=names).values_list("name", "pk"))
    for name in names.keys() - known.keys():
        known[name] = Verband.objects.create(name=name, kind=names[name]).pk
    return known
