"""What an act takes in memory does not grow with the programme; tracemalloc sees all of it but SQLite's cache."""

import gc
import tracemalloc
from functools import partial

import pytest

from staffel.curriculum.actions import files, gathering, loading
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.exports.packages import folder_zip
from staffel.curriculum.models import Version
from staffel.curriculum.queries import files as stored
from staffel.curriculum.queries.files import programme_files
from tests.curriculum.small_programme import COMPETENCIES, HEAD, UNIT

pytestmark = pytest.mark.django_db
FEW, MANY = 20, 120


def programme(units, number):
    """Return the files of a programme with many units that say little."""
    keys = [f"einheit-{number:04}" for number in range(units)]
    head = HEAD.replace("1.0.0", number).replace("[aufbruch, weiter]", f"[{', '.join(keys)}]")
    head = head[: head.index("  - key: umsetzen")]
    unit = UNIT[: UNIT.index("materials:")]
    found = {"programme.yaml": head, "competencies.yaml": COMPETENCIES}
    for key in keys:
        texts = {"unit.yaml": unit, "summary.md": "Worum es geht.\n", "handout.md": "Ein Blatt.\n", "guide.md": "Ein Weg.\n"}
        found |= {f"units/{key}/{name}": text for name, text in texts.items()}
    return InMemory({path: text.encode() for path, text in found.items()})


def peak_of(act):
    """Return how many bytes ``act`` had at most beside those that were there before."""
    gc.collect()
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def in_small_pieces(monkeypatch):
    """Let even a small programme have several of what is read, written or kept at once."""
    monkeypatch.setattr(files, "BATCH", 10)
    monkeypatch.setattr(loading, "CHUNK", 5)
    monkeypatch.setattr(gathering, "IN_MEMORY", 1000)
    monkeypatch.setattr(stored, "CHUNK", 10)
    monkeypatch.setattr(stored, "AHEAD", 4)


@pytest.mark.usefixtures("in_small_pieces")
def test_each_further_unit_takes_little_memory(tmp_path):
    """Not none: the outline is in memory, and of each file a digest and two numbers."""
    peaks = []
    # The first time also takes what is needed once.
    for number, units in enumerate((FEW, FEW, MANY)):
        texts = programme(units, f"1.0.{number}")
        loaded = peak_of(partial(load_programme, texts, by="Test"))
        version = Version.objects.get()
        known = peak_of(lambda: programme_files(version).sha256("programme.yaml"))  # noqa: B023 - called at once
        with (tmp_path / f"{number}.zip").open("w+b") as stream:
            written = peak_of(partial(folder_zip, version, stream))
        peaks.append((loaded, known, written))

    a_unit = [(many - few) / (MANY - FEW) for few, many in zip(*peaks[1:], strict=True)]
    # Bytes. Of four files of a unit, once all in a dict: 2,300, 1,500 and 4,200.
    assert [found < most for found, most in zip(a_unit, (1600, 600, 2000), strict=True)] == [True] * 3, a_unit
