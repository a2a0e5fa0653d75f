"""What happens when an official file refreshes the register."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Min, Sum

from staffel.base.rules import RuleBroken
from staffel.municipalities.actions.load import CHUNK, ids, note_dataset
from staffel.municipalities.core import register
from staffel.municipalities.core.official_file import MUNICIPALITY_KINDS, OfficialFile
from staffel.municipalities.models import Dataset, Kreis, Land, Municipality, Verband
from staffel.municipalities.queries import register as queries
from staffel.municipalities.queries.register import REGISTER


@transaction.atomic
def refresh_register(
    file: OfficialFile,
    *,
    digest: str,
    successions: Sequence[register.Succession],
    population_on: date | None,
    accept_many: bool,
) -> register.Diff:
    """Take over an official file, or nothing, and return what it changed.

    Dissolved places end on their last day and point to their successor, new ones begin, and every fact that the file names
    gets the day of the file; what it does not name stays with its own day. Raises RuleBroken: MUN-01 to MUN-07.
    """
    # Two refreshes at once would both compare with the state before: the second waits here and finds the first's.
    list(Dataset.objects.select_for_update().filter(key="municipalities"))
    preview = queries.preview(file, queries.loaded_on(), population_on)
    change = preview.change
    for rule, values in register.refusals(
        change, preview.before, successions, population_on=population_on, accept_many=accept_many
    ):
        raise RuleBroken(rule, f"file of {change.on}, loaded {change.before}: {values}", **values)
    timeline = register.Timeline(successions, change.on)
    _refresh_level(Kreis, "code", change.kreise, timeline, _kreis_values(population_on))
    _refresh_level(Verband, "code", change.verbaende, timeline, _verband_values())
    days = {"register_on": change.on, "population_on": population_on, "area_on": population_on}
    _refresh_level(Municipality, "ags", change.municipalities, timeline, _municipality_values(days))
    _set_days(file, change.on, population_on if preview.takes_figures else None)
    _sum_up()
    title = f"Amtliches Gemeindeverzeichnis ({file.kind})"
    note_dataset(REGISTER, title=title, as_of=change.on, rows=len(file.snapshot.municipalities), digest=digest)
    return change


def _refresh_level(model, key: str, level: register.LevelDiff, timeline: register.Timeline, values) -> None:
    """Write one level: ``values(entry, row)`` gives the fields of a row, which is new if it has no primary key."""
    _write_new(model, key, level.new, timeline, values)
    rows = {getattr(row, key): row for row in _rows_of(model, key, [change.new.key for change in level.changed])}
    touched = set()
    for change in level.changed:
        row = rows[change.new.key]
        for field, value in values(change.new, row).items():
            if getattr(row, field) != value:
                setattr(row, field, value)
                touched.add(field.removesuffix("_id"))
    if touched:
        model.objects.bulk_update(rows.values(), sorted(touched), batch_size=CHUNK)
    _dissolve(model, key, level.dissolved, timeline)


def _write_new(model, key: str, entries: Sequence, timeline: register.Timeline, values) -> None:
    # A key that comes back after its place was dissolved is that place again.
    rows = {getattr(row, key): row for row in _rows_of(model, key, [entry.key for entry in entries])}
    new = []
    for entry in entries:
        row = rows.get(entry.key) or model(**{key: entry.key})
        for field, value in values(entry, row).items():
            setattr(row, field, value)
        row.valid_from, row.valid_to, row.successor = timeline.first_day(entry.key), None, None
        if row.pk is None:
            new.append(row)
        else:
            row.save()
    model.objects.bulk_create(new, batch_size=CHUNK)


def _dissolve(model, key: str, entries: Sequence, timeline: register.Timeline) -> None:
    wanted = [code for code in (timeline.successor(entry.key) for entry in entries) if code]
    successors = {getattr(row, key): row.pk for row in _rows_of(model, key, wanted)}
    rows = _rows_of(model, key, [entry.key for entry in entries])
    for row in rows:
        code = getattr(row, key)
        row.valid_to = timeline.last_day(code)
        row.successor_id = successors.get(timeline.successor(code))
    model.objects.bulk_update(rows, ["valid_to", "successor"], batch_size=CHUNK)


def _rows_of(model, key: str, codes: list[str]) -> list:
    """Return the rows with these keys, asked for in chunks: SQLite allows a limited number of variables."""
    rows = []
    for start in range(0, len(codes), CHUNK):
        rows += model.objects.filter(**{f"{key}__in": codes[start : start + CHUNK]})
    return rows


def _kreis_values(population_on: date):
    laender = ids(Land, "code")

    def values(entry: register.KreisEntry, row: Kreis) -> dict:
        facts = {"official_name": entry.name, "name": entry.name.split(",")[0], "kind": entry.kind, "seat": entry.seat or ""}
        if row.pk is None:
            # The sums are written when all municipalities are.
            facts |= {"land_id": laender[entry.code[:2]], "population": 0, "area_km2": 0}
            facts |= {"population_on": population_on, "area_on": population_on}
        return facts

    return values


def _verband_values():
    kreise = ids(Kreis, "code")

    def values(entry: register.VerbandEntry, row: Verband) -> dict:
        kreis = None if entry.kreis is None else kreise[entry.kreis]
        return {"name": entry.name, "kind": entry.kind, "seat": entry.seat or "", "kreis_id": kreis}

    return values


def _municipality_values(days: Mapping[str, date]):
    laender, kreise, verbaende = ids(Land, "code"), ids(Kreis, "code"), ids(Verband, "code")

    def values(entry: register.Entry, row: Municipality) -> dict:
        short_name, second_name = register.names_of(entry.name, row.second_name)
        facts = {
            "ars": entry.ars,
            "name": entry.name,
            "kind": MUNICIPALITY_KINDS[entry.kind_code],
            "kind_code": entry.kind_code,
            "counted": entry.kind_code != register.UNINHABITED,
            "land_id": laender[entry.ags[:2]],
            "kreis_id": None if entry.kreis is None else kreise[entry.kreis],
            "verband_id": None if entry.verband is None else verbaende[entry.verband],
            "population": entry.population,
            "area_km2": entry.area_km2,
            "postal_code": entry.postal_code or "",
            "latitude": entry.position[0] if entry.position else None,
            "longitude": entry.position[1] if entry.position else None,
            "urbanisation": entry.urbanisation or "",
        }
        # Our own short names are better than a rule: they stay as long as the official name does.
        if row.pk is None or entry.name != row.name:
            facts |= {"short_name": short_name, "second_name": second_name}
        return facts | days if row.pk is None else facts

    return values


def _set_days(file: OfficialFile, on: date, figures_on: date | None) -> None:
    """Give the days of the file to all facts that it names, changed or confirmed."""
    named = file.snapshot.municipalities.values()
    rows = Municipality.objects.filter(valid_to__isnull=True)
    if all(entry.kind_code != register.UNINHABITED for entry in named):
        rows = rows.exclude(kind_code=register.UNINHABITED)
    rows.update(register_on=on)
    if figures_on is not None:
        rows.update(population_on=figures_on, area_on=figures_on)
    for day, field in (("position_on", "position"), ("urbanisation_on", "urbanisation")):
        silent = [entry.ags for entry in named if getattr(entry, field) is None]
        if len(silent) < len(named):
            confirmed = [entry.ags for entry in named if getattr(entry, field) is not None]
            for start in range(0, len(confirmed), CHUNK):
                rows.filter(ags__in=confirmed[start : start + CHUNK]).update(**{day: on})


def _sum_up() -> None:
    """Write population and area of Kreise and Länder as the sums of their municipalities, with the oldest day in each."""
    for model, field in ((Kreis, "kreis"), (Land, "land")):
        sums = {
            pk: facts
            for pk, *facts in Municipality.objects.filter(valid_to__isnull=True, **{f"{field}__isnull": False})
            .order_by()
            .values_list(field)
            .annotate(Sum("population"), Sum("area_km2"), Min("population_on"), Min("area_on"))
        }
        rows = list(model.objects.filter(pk__in=sums))
        for row in rows:
            row.population, row.area_km2, row.population_on, row.area_on = sums[row.pk]
        model.objects.bulk_update(rows, ["population", "area_km2", "population_on", "area_on"], batch_size=CHUNK)
