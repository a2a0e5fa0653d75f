import json

import pytest

from staffel.ui.static_files import CompressedHashedFiles


def test_a_file_keeps_its_plain_name_before_static_files_were_collected(tmp_path):
    storage = CompressedHashedFiles(location=tmp_path, base_url="/static/")

    assert storage.url("ui/staffel.css") == "/static/ui/staffel.css"


@pytest.fixture
def collected(tmp_path):
    manifest = {"paths": {"ui/staffel.css": "ui/staffel.0123456789ab.css"}, "version": "1.1", "hash": "x"}
    (tmp_path / "staticfiles.json").write_text(json.dumps(manifest), encoding="utf-8")
    return CompressedHashedFiles(location=tmp_path, base_url="/static/")


def test_a_collected_file_has_its_hashed_name(collected):
    assert collected.url("ui/staffel.css") == "/static/ui/staffel.0123456789ab.css"


def test_a_name_that_was_not_collected_is_a_mistake(collected):
    with pytest.raises(ValueError, match=r"^Missing staticfiles manifest entry for 'ui/stafel.css'$"):
        collected.url("ui/stafel.css")
