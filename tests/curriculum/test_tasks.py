from io import BytesIO

import pytest

from staffel.curriculum import tasks
from staffel.curriculum.actions.files import attach, keep_blob
from staffel.curriculum.models import Blob
from tests.curriculum.factories import make_version

pytestmark = pytest.mark.django_db


def test_drop_blobs_leaves_what_a_version_has():
    attach(make_version(released=False), [("a", b"kept")])
    keep_blob(BytesIO(b"gone"))
    Blob.objects.update(kept_at=None)

    tasks.drop_blobs()

    assert Blob.objects.get().size == 4


def test_make_downloads_has_nothing_to_do_for_what_is_gone():
    tasks.make_downloads("0000nowhere0")
