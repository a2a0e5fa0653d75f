"""Memory must not follow the number of units: what is known of one is a digest for each file, and its key."""

import tracemalloc
from dataclasses import replace
from functools import partial

import pytest

from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.content import Module, Unit, UnitKind, Whole
from staffel.curriculum.core.files import Below
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.writer import package_files, write_zip
from staffel.curriculum.core.reader import FromFiles
from tests.curriculum.core.package.samples import RELEASE, SIGNER, programme_files
from tests.curriculum.generated import generated

# Few enough for a quick test; with fewer, buffers of fixed size would still be filling.
FEW, MANY = 100, 400
# Bytes for each further unit of two files, half more than was measured: at most 670, 260, 580 and 880, with its key. Before
# paths and digests were kept small it was at least 2,360, 1,310, 2,600 and 3,490.
MOST_FOR_A_UNIT = {"write": 1_000, "verify": 400, "diff": 870, "merge": 1_320}


def tiny(units: int) -> Whole:
    """Return a programme of units that have as little as a unit can have: two files."""
    whole = generated(2, rich=False)
    objectives = next(iter(whole.units.values())).objectives[:1]
    keys = [f"einheit-{number}" for number in range(units)]
    modules = tuple(Module(f"modul-{at}", "Modul", "Kurz.", True, tuple(keys[at : at + 5])) for at in range(0, units, 5))
    competencies = tuple(one for one in whole.outline.competencies if one.key == objectives[0].competency)
    found = {key: Unit(key, "Einheit", UnitKind.SESSION, 90, objectives=objectives, summary="Kurz.") for key in keys}
    return Whole(replace(whole.outline, modules=modules, competencies=competencies), found)


@pytest.fixture(scope="module", name="packages")
def packages_fixture(tmp_path_factory):
    """Packages of few and of many units by their number, with the peak of memory while each was written."""
    found = {}
    for units in (FEW, MANY):
        whole = tiny(units)
        files, place = programme_files(whole), tmp_path_factory.mktemp("packages") / f"{units}.zip"
        with place.open("w+b") as stream:
            made = package_files(files, whole.outline, RELEASE, SIGNER)
            peak = peak_of(partial(write_zip, made, stream))
        found[units] = place, peak
    return found


def peak_of(act) -> int:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def for_a_unit(few: int, many: int) -> float:
    return (many - few) / (MANY - FEW)


def test_writing_takes_hardly_more_memory_for_many_units(packages):
    assert for_a_unit(packages[FEW][1], packages[MANY][1]) < MOST_FOR_A_UNIT["write"]


@pytest.mark.parametrize("act", ["verify", "diff", "merge"])
def test_reading_takes_hardly_more_memory_for_many_units(packages, act):
    peaks = []
    for place, _ in packages.values():
        with place.open("rb") as stream:
            peaks.append(peak_of(partial(ACTS[act], stream)))

    assert for_a_unit(*peaks) < MOST_FOR_A_UNIT[act]


def source(stream):
    return FromFiles(Below(Archive(stream), "programme/"))


ACTS = {
    "verify": open_package,
    "diff": lambda stream: compare(source(stream), source(stream)).is_empty(),
    "merge": lambda stream: merge(source(stream), source(stream), source(stream)).source.merged_units(),
}
