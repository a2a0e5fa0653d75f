import pytest

from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.core.files import digest_of
from staffel.curriculum.core.reader import NotAProgramme, read_programme
from tests.curriculum.small_programme import PNG, UNIT, small_files


def test_a_programme_is_gathered_in_its_canonical_form():
    with Gathered(small_files()) as gathered:
        files = gathered.files
        whole = read_programme(files)

        assert (gathered.outline, gathered.digest) == (whole.outline, digest_of(files))
        assert [len(files.open(path).read()) for path in files.paths()] == [files.size(path) for path in files.paths()]
        assert gathered.summary("aufbruch") == "Worum es **geht**."
        assert files.open("units/aufbruch/files/punkt.png").read() == PNG
        row = gathered.row("aufbruch")
        assert (row.title, row.kind, row.minutes, row.competencies) == ("Aufbruch", "session", 240, ("planen", "reden"))
        assert gathered.counts.licences == {"CC0-1.0": 1}
        with pytest.raises(KeyError):
            files.open("x")


def test_what_is_gathered_again_is_the_same():
    with Gathered(small_files()) as first, Gathered(first.files) as second:
        assert (first.digest, first.outline) == (second.digest, second.outline)


def test_texts_that_outgrow_memory_wait_on_disk(monkeypatch):
    monkeypatch.setattr("staffel.curriculum.actions.gathering.IN_MEMORY", 10)
    with Gathered(small_files()) as small:
        assert (small.summary("weiter"), small.summary("schluss")) == ("Worum es weiter geht.", "Womit es aufhört.")


@pytest.mark.parametrize("content, sentence", [
    (b"<html>", "„punkt.png“ ist nicht vom Format png."),
    (b"", "„punkt.png“ ist nicht vom Format png."),
])  # fmt: skip
def test_a_material_is_what_its_name_says(content, sentence):
    with pytest.raises(NotAProgramme) as refusal:
        Gathered(small_files(picture=content))

    assert [str(each) for each in refusal.value.mistakes] == [f"units/aufbruch/files/punkt.png, Zeile 1: {sentence}"]


def test_a_drawing_that_runs_something_is_refused():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    files = small_files(picture=None, unit=UNIT.replace("punkt.png", "bild.svg"))
    added = type(files)({path: files.open(path).read() for path in files.paths()} | {"units/aufbruch/files/bild.svg": svg})

    with pytest.raises(NotAProgramme) as refusal:
        Gathered(added)

    assert [each.file for each in refusal.value.mistakes] == ["units/aufbruch/files/bild.svg"]
