"""The register as it is loaded, and what an official file would change in it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from staffel.municipalities.core import register
from staffel.municipalities.core.official_file import OfficialFile
from staffel.municipalities.models import Dataset, Kreis, Municipality, Verband

REGISTER = "register"
"""Key of the dataset that says which official file was applied last."""


@dataclass(frozen=True)
class Preview:
    """What a file would change, and what stands against it. ``takes_figures`` is False where ours are of a later day."""

    before: register.Snapshot
    after: register.Snapshot
    change: register.Diff
    takes_figures: bool


def loaded_on() -> date | None:
    """Return the day that the loaded register shows, None before the first load. One query."""
    return Dataset.objects.filter(key__in=("municipalities", REGISTER)).aggregate(on=Max("as_of"))["on"]


def current_register(on: date) -> register.Snapshot:
    """Return the places that exist, as a snapshot of the day ``on``. Three queries."""
    kreise = Kreis.objects.filter(valid_to__isnull=True).values_list("code", "official_name", "kind", "seat")
    verbaende = Verband.objects.filter(valid_to__isnull=True, code__isnull=False)
    rows = Municipality.objects.filter(valid_to__isnull=True).values_list(
        *("ags", "ars", "name", "kind_code", "kreis__code", "verband__code", "population", "area_km2", "postal_code"),
        *("latitude", "longitude", "urbanisation"),
    )
    return register.Snapshot(
        on=on,
        kreise={code: register.KreisEntry(code, *rest) for code, *rest in kreise},
        verbaende={
            code: register.VerbandEntry(code, *rest)
            for code, *rest in verbaende.values_list("code", "kreis__code", "name", "kind", "seat")
        },
        municipalities={
            row[0]: register.Entry(*row[:9], None if row[9] is None else (row[9], row[10]), row[11] or None) for row in rows
        },
    )


def preview(file: OfficialFile, on: date, population_on: date | None) -> Preview:
    """Return what ``file`` would change in the register loaded as of ``on``. Four queries."""
    newest = Municipality.objects.filter(valid_to__isnull=True).aggregate(day=Max("population_on"))["day"]
    takes_figures = population_on is None or newest is None or population_on >= newest
    before = current_register(on)
    after = register.with_uninhabited_areas(file.snapshot, before)
    if not takes_figures:
        after = register.without_figures(after, before)
    return Preview(before, after, register.diff(before, after), takes_figures)
