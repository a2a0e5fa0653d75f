"""Forms of a released version are fetched by everybody, from the database in parts, once for each browser."""

import pytest
from django.urls import reverse

from staffel.curriculum.actions import downloads
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.writer import files_of
from staffel.curriculum.models import Download
from staffel.ui import typesetting
from tests.curriculum.core.formats.samples import files_in
from tests.curriculum.generated import generated

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not typesetting.FOLDER.is_dir(), reason="fonts are not there: run `make build/fonts-made`"),
]


@pytest.fixture
def version():
    """Return a released version with its downloads."""
    files = InMemory(files_in(files_of(generated(2))))
    version = release_by_command(load_programme(files, by="Test").version, by="Test")
    downloads.make_downloads(version)
    return version


def address(version, kind, unit=""):
    place = [version.programme.key, version.number]
    return (
        reverse("curriculum:unit_download", args=[*place, unit, kind])
        if unit
        else reverse("curriculum:download", args=[*place, kind])
    )


def test_anybody_fetches_a_form(client, version, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get(address(version, "qti-2.1"))
        body = b"".join(answer.streaming_content)

    found = Download.objects.get(kind="qti-2.1")
    assert (answer.status_code, len(body), answer["Content-Length"]) == (200, found.blob.size, str(found.blob.size))
    assert answer["Content-Disposition"] == f'attachment; filename="{version.programme.key}-1.0.0-qti-2.1.zip"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/zip", "nosniff")


def test_what_a_browser_has_is_not_sent_again(client, version):
    answer = client.get(address(version, "handbook"))
    answer.getvalue()

    assert client.get(address(version, "handbook"), headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_unit_has_papers_of_its_own(client, version):
    unit = generated(2).outline.units[0]
    answer = client.get(address(version, "unit-odt", unit))
    answer.getvalue()

    assert answer["Content-Disposition"] == f'attachment; filename="{version.programme.key}-1.0.0-{unit}.odt"'
    assert answer["Content-Type"] == "application/vnd.oasis.opendocument.text"


def test_the_page_of_a_unit_and_its_guide_lead_to_each_of_its_papers(client, version):
    unit = generated(2).outline.units[0]
    place = [version.programme.key, version.number, unit]
    made = Download.objects.filter(version=version, unit=unit).values_list("kind", flat=True)

    for name in ("curriculum:unit", "curriculum:guide"):
        html = client.get(reverse(name, args=place)).content.decode()
        assert [kind for kind in made if html.count(f'href="{address(version, kind, unit)}"') != 1] == []
    assert {client.get(address(version, kind, unit)).status_code for kind in made} == {200}


@pytest.mark.parametrize("kind", ["handbook", "cc-9.9"])
def test_what_was_never_made_is_not_found(client, version, kind):
    Download.objects.all().delete()

    assert client.get(address(version, kind)).status_code == 404


def test_nobody_writes_there(client, version):
    assert client.post(address(version, "handbook")).status_code == 405
