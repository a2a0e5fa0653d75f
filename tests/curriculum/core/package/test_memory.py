"""Memory must not follow the number of units: what is known of one is a digest for each file, and its key."""

import tracemalloc
from functools import partial

import pytest

from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.files import Below
from staffel.curriculum.core.merging import merge
from staffel.curriculum.core.package.archive import Archive
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.writer import package_files, write_zip
from staffel.curriculum.core.reader import FromFiles
from tests.curriculum.core.package.samples import RELEASE, SIGNER, programme_files
from tests.curriculum.generated import Generated

FEW, MANY = 40, 120
# Bytes. Measured: 1,200 to 1,900, the outline among them; before paths and digests were kept small, 6,100 to 10,600.
MOST_FOR_A_UNIT = 3_000


@pytest.fixture(scope="module", name="packages")
def packages_fixture(tmp_path_factory):
    """Packages of a few and of many units by their number, with the peak of memory while each was written."""
    found = {}
    for units in (FEW, MANY):
        whole = Generated(units, rich=False)
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


def test_writing_takes_the_same_memory_for_few_and_many_units(packages):
    assert for_a_unit(packages[FEW][1], packages[MANY][1]) < MOST_FOR_A_UNIT


@pytest.mark.parametrize("act", ["verify", "diff", "merge"])
def test_reading_takes_the_same_memory_for_few_and_many_units(packages, act):
    peaks = []
    for place, _ in packages.values():
        with place.open("rb") as stream:
            peaks.append(peak_of(partial(ACTS[act], stream)))

    assert for_a_unit(*peaks) < MOST_FOR_A_UNIT


def source(stream):
    return FromFiles(Below(Archive(stream), "programme/"))


ACTS = {
    "verify": open_package,
    "diff": lambda stream: compare(source(stream), source(stream)).is_empty(),
    "merge": lambda stream: merge(source(stream), source(stream), source(stream)).source.merged_units(),
}
