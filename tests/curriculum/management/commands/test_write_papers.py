"""The papers of a folder: all that can be handed on, without a database, the same each time."""

import hashlib
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.writer import files_of
from staffel.ui import typesetting
from tests.curriculum.core.formats.samples import files_in
from tests.curriculum.generated import generated

RELEASED = "2026-11-25T12:00:00Z"

needs_fonts = pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`")


def run(*arguments):
    out = StringIO()
    call_command("write_papers", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with a programme of two units."""
    top = tmp_path / "programme"
    for path, content in files_in(files_of(generated(2))).items():
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_bytes(content)
    return top


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@needs_fonts
def test_papers_are_whole_and_the_same_each_time(folder, tmp_path):
    outline = generated(2).outline
    name = f"{outline.key}-{outline.version}"
    said = run(folder, tmp_path / "a", "--released", RELEASED)
    made = contents(tmp_path / "a")
    package = made[f"{name}/{name}.staffel.zip"]
    endings = ("-leitung.pdf", "-teilnehmende.pdf", "-vorlage.odt", "-vorlage.docx", ".odt", ".docx")

    assert said.splitlines() == [
        f"{name}.staffel.zip: {len(package)} Bytes, SHA-256 {hashlib.sha256(package).hexdigest()}",
        "Handbuch als PDF: 1 Datei",
        *[f"{unit}: 6 Dateien" for unit in outline.units],
    ]
    assert sorted(made) == sorted(
        [f"{name}/{name}.staffel.zip", f"{name}/{name}-handbuch.pdf"]
        + [f"{name}/{name}-{unit}{ending}" for unit in outline.units for ending in endings]
    )
    run(folder, tmp_path / "b", "--released", RELEASED)
    assert contents(tmp_path / "b") == made


@needs_fonts
def test_the_package_verifies_and_has_no_signature(folder, tmp_path):
    outline = generated(2).outline
    name = f"{outline.key}-{outline.version}"
    run(folder, tmp_path, "--released", RELEASED)

    with (tmp_path / name / f"{name}.staffel.zip").open("rb") as stream:
        package = open_package(stream)

        assert (package.outline.title, package.provenance.publisher.name) == (outline.title, outline.author)
        assert (package.public_key, package.provenance.released_at) == (b"", datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.mark.parametrize("when", ["gestern", "2026-11-25", "2026-11-25T12:00:00"])
def test_a_moment_without_zone_is_refused(folder, tmp_path, when):
    with pytest.raises(CommandError, match="--released"):
        run(folder, tmp_path / "a", "--released", when)

    assert not (tmp_path / "a").exists()


def test_a_folder_that_is_missing_or_has_mistakes_is_refused(folder, tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        run(tmp_path / "nowhere", tmp_path / "a", "--released", RELEASED)
    (folder / "programme.yaml").write_text("key: x\n")
    with pytest.raises(CommandError, match="Der Ordner enthält noch Fehler"):
        run(folder, tmp_path / "a", "--released", RELEASED)

    assert not (tmp_path / "a").exists()
