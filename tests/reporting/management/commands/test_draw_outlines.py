import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


def test_draw_outlines_writes_the_stored_map_again(tmp_path, capsys):
    target = tmp_path / "map.json"

    call_command("draw_outlines", target=target)

    assert target.read_text(encoding="utf-8") == (settings.DATA / "map.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith(f"Wrote {target}: 16 Länder, 400 Kreise, ")


def test_draw_outlines_dry_run_writes_nothing(tmp_path, capsys):
    target = tmp_path / "map.json"

    call_command("draw_outlines", target=target, dry_run=True)

    assert not target.exists()
    assert capsys.readouterr().out.startswith(f"Would write {target}: ")


@pytest.mark.parametrize("text", ["", "{}", json.dumps({"type": "Topology", "arcs": [], "objects": {}})])
def test_draw_outlines_refuses_another_file_and_changes_nothing(tmp_path, text):
    source, target = tmp_path / "other.json", tmp_path / "map.json"
    source.write_text(text, encoding="utf-8")
    target.write_text("as before", encoding="utf-8")

    with pytest.raises(CommandError, match=r"Nothing was changed\.$"):
        call_command("draw_outlines", source=source, target=target)

    assert target.read_text(encoding="utf-8") == "as before"
