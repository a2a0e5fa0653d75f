from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.curriculum import privacy
from staffel.curriculum.actions import errands
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release, submit
from staffel.curriculum.models import Errand, Upload, Version
from tests.accounts.factories import make_emil, make_person
from tests.curriculum.actions.test_receiving import send, zipped
from tests.curriculum.small_programme import small_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def jonas():
    jonas = make_person("Jonas", role=Role.EDITOR)
    send(zipped(small_files("2.0.0")), jonas, name="neu.zip")
    submit(load_programme(small_files(), by="Test").version, by=jonas)
    return jonas


def test_export_tells_uploads_and_reviews(jonas, django_assert_num_queries):
    waiting = errands.send(BytesIO(b"gross"), "gross.zip", by=jonas)
    Upload.objects.filter(kind="unknown").delete()

    with django_assert_num_queries(3):
        found = privacy.export(jonas)

    (upload,) = found["Hochgeladene Dateien"]
    assert (upload["Name"], upload["Befund"]["version"]) == ("neu.zip", "2.0.0")
    assert found["Zur Prüfung gegebene Versionen"] == ["Kleines Programm 1.0.0"]
    assert found["Vorgänge mit großen Programmen"] == [
        {"Vorgang": "Datei prüfen", "Titel": "gross.zip", "Begonnen am": waiting.at.isoformat(), "Eingaben": {}}
    ]
    assert privacy.export(make_emil()) == {key: [] for key in found}


def test_erase_deletes_errands_too(jonas):
    errands.send(BytesIO(b"gross"), "gross.zip", by=jonas)

    privacy.erase(jonas, by=jonas)

    assert (Upload.objects.count(), Errand.objects.count()) == (0, 0)


def test_erase_deletes_uploads_and_leaves_versions(jonas):
    assert privacy.erase(jonas, by=jonas) == [
        "Eine hochgeladene Datei ist gelöscht.",
        "Bei einer Version in Prüfung steht Ihr Name nicht mehr.",
    ]
    version = Version.objects.get()
    assert (Upload.objects.count(), version.state, version.submitted_by) == (0, "review", None)
    assert privacy.erase(jonas, by=jonas) == []


def test_erase_has_nothing_to_do_with_what_is_released(jonas):
    version = release(Version.objects.get(), by=make_emil())

    assert privacy.erase(jonas, by=jonas) == ["Eine hochgeladene Datei ist gelöscht."]
    assert Version.objects.get() == version


def test_expire_takes_uploads_of_more_than_seven_days(jonas):
    now = timezone.now()

    errands.send(BytesIO(b"gross"), "gross.zip", by=jonas)

    assert privacy.expire(now) == {"curriculum.uploads": 0, "curriculum.errands": 0}
    assert privacy.expire(now + timedelta(days=7, minutes=1)) == {"curriculum.uploads": 2, "curriculum.errands": 1}
    assert (Upload.objects.count(), Errand.objects.count()) == (0, 0)
