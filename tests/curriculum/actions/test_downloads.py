"""Each form of a released version is made once, and one that fails leaves the others alone."""

import io
import zipfile
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.base.models import Job
from staffel.curriculum import tasks
from staffel.curriculum.actions import downloads
from staffel.curriculum.actions.files import drop_blobs
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.writer import files_of
from staffel.curriculum.exports import forms, packages
from staffel.curriculum.models import Blob, Download
from staffel.curriculum.queries.downloads import download, downloads_of
from staffel.curriculum.queries.files import open_blob
from staffel.ui import typesetting
from tests.curriculum.core.formats.samples import files_in
from tests.curriculum.factories import make_version
from tests.curriculum.generated import generated
from tests.curriculum.small_programme import small_files

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`"),
]

UNIT = ["unit-pdf", "group-pdf", "form-odt", "form-docx", "unit-odt", "unit-docx"]


def released(files):
    return release_by_command(load_programme(files, by="Test").version, by="Test")


@pytest.fixture
def version():
    """Return a released version with two units."""
    return released(InMemory(files_in(files_of(generated(2)))))


def test_release_asks_for_the_downloads(version):
    job = Job.objects.get(name="curriculum.make_downloads")

    assert (job.arguments, job.key) == ({"version": version.public_id}, f"downloads:{version.public_id}")


def test_every_form_is_made_once(version):
    assert downloads.make_downloads(version) == 8 + 6 * 2
    assert downloads.make_downloads(version) == 0
    assert downloads.make_downloads(version, again=True) == 8 + 6 * 2

    assert [each.kind for each in downloads_of(version)] == [
        "package",
        "folder",
        "handbook",
        "cc-1.1",
        "cc-1.3",
        "scorm-1.2",
        "qti-2.1",
        "qti-3.0",
    ]
    unit = generated(2).outline.units[0]
    assert [each.kind for each in downloads_of(version, unit)] == UNIT


def test_they_are_made_in_turns(version):
    assert [downloads.make_downloads(version, seconds=0) for _ in range(21)] == [1] * 20 + [0]


def test_the_job_asks_for_its_next_turn_until_nothing_is_left(version, monkeypatch):
    monkeypatch.setattr(tasks, "AT_A_TIME", 0)
    Job.objects.all().delete()

    turns = 0
    tasks.make_downloads(version.public_id)
    while job := Job.objects.filter(name="curriculum.make_downloads").first():
        job.delete()
        turns += 1
        tasks.make_downloads(**job.arguments)

    assert (turns, version.downloads.count()) == (20, 20)


def test_without_a_quiz_there_are_no_questions_to_take_along():
    version = released(small_files())

    downloads.make_downloads(version)

    assert [each.kind for each in downloads_of(version)] == ["package", "folder", "handbook", "cc-1.1", "cc-1.3", "scorm-1.2"]


def test_a_unit_without_a_template_has_no_form_to_fill_in():
    source = generated(2)
    first, second = source.outline.units
    unit = source.unit(first)
    source = Whole(source.outline, source.units | {first: replace(unit, task=replace(unit.task, template=""))}, source.files)
    version = released(InMemory(files_in(files_of(source))))

    downloads.make_downloads(version)

    assert [each.kind for each in downloads_of(version, first)] == [kind for kind in UNIT if not kind.startswith("form")]
    assert [each.kind for each in downloads_of(version, second)] == UNIT
    assert downloads.make_downloads(version) == 0


def test_again_gives_the_same_bytes(version):
    downloads.make_downloads(version)
    before = dict(Download.objects.values_list("pk", "blob__sha256"))
    downloads.make_downloads(version, again=True)

    assert dict(Download.objects.values_list("pk", "blob__sha256")) == before


def test_a_cartridge_is_a_whole_archive_and_says_what_it_cannot_carry(version):
    downloads.make_downloads(version)
    found = download(version.programme.key, version.number, "cc-1.1")

    with zipfile.ZipFile(io.BytesIO(open_blob(found.blob).read())) as archive:
        assert archive.testzip() is None
        assert "imsmanifest.xml" in archive.namelist()
    assert found.losses == list(forms.FORMS["cc-1.1"].losses(generated(2)))
    assert len(found.losses) > 0


def test_package_and_folder_are_kept_as_they_are_put_together(version):
    downloads.make_downloads(version)

    for kind, write in packages.ARCHIVES.items():
        packed = io.BytesIO()
        write(version, packed)
        with open_blob(download(version.programme.key, version.number, kind).blob) as kept:
            assert kept.read() == packed.getvalue()


def test_versions_of_before_get_what_is_missing(version):
    Job.objects.all().delete()
    tasks.make_missing_downloads()
    tasks.make_missing_downloads()

    assert list(Job.objects.values_list("name", "arguments")) == [("curriculum.make_downloads", {"version": version.public_id})]
    downloads.make_downloads(version)
    make_version("2.0.0")
    assert list(downloads.versions_to_complete()) == []

    version.downloads.filter(kind="group-pdf").delete()
    assert list(downloads.versions_to_complete()) == [version.public_id]
    version.downloads.exclude(kind="package").delete()
    assert list(downloads.versions_to_complete()) == []


def test_a_form_that_fails_leaves_the_others_alone(version, monkeypatch):
    def broken(*args):
        raise RuntimeError("no paper")

    monkeypatch.setitem(forms.FORMS, "handbook", replace(forms.FORMS["handbook"], write=broken))

    assert downloads.make_downloads(version) == 7 + 6 * 2
    assert download(version.programme.key, version.number, "handbook") is None


def test_a_draft_gets_none():
    files = InMemory(files_in(files_of(generated(2))))
    draft = load_programme(files, by="Test").version

    assert downloads.make_downloads(draft) == 0
    assert Download.objects.count() == 0


def test_large_programmes_get_no_papers():
    kinds = {kind for kind, unit in downloads.wanted(tuple(map(str, range(201))))}

    assert kinds == {"package", "folder", "cc-1.1", "cc-1.3", "scorm-1.2", "qti-2.1", "qti-3.0"}


def test_bytes_of_a_download_are_kept(version):
    downloads.make_downloads(version)
    Blob.objects.update(kept_at=None)
    Blob.objects.create(sha256="0" * 64, size=0)

    assert drop_blobs() == 1
    assert (
        Blob.objects.filter(pk__in=Download.objects.values("blob")).count()
        == Download.objects.values("blob").distinct().count()
    )


def test_database_refuses_a_form_twice(version):
    row = {"version": version, "kind": "qti-3.0", "blob": Blob.objects.first(), "made_at": timezone.now()}
    Download.objects.create(**row)

    with pytest.raises(IntegrityError, match=r"curriculum_download_once|curriculum_download\.version"), transaction.atomic():
        Download.objects.create(**row)
