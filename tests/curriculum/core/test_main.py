import os
import subprocess
import sys

from staffel.curriculum.core.__main__ import main, read_folder
from staffel.curriculum.core.lines import LARGEST_FILE
from tests.architecture.house import ROOT
from tests.curriculum.small_programme import small_programme


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_read_folder_leaves_out_what_is_hidden_linked_or_too_long(tmp_path):
    write(tmp_path / "a", small_programme() | {".git/config": b"x", ".DS_Store": b"x", "README.md": b"a" * (LARGEST_FILE + 9)})
    (tmp_path / "geheim").write_bytes(b"x")
    (tmp_path / "a" / "link.md").symlink_to(tmp_path / "geheim")

    files = read_folder(tmp_path / "a")

    assert files == small_programme() | {"README.md": b"a" * (LARGEST_FILE + 1)}


def test_main_says_what_the_folder_holds_or_what_is_wrong(tmp_path, capsys):
    write(tmp_path, small_programme())
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("Kleines Programm 1.0.0: 2 Module, 3 Einheiten, 2 Kompetenzen. Prüfsumme ")

    (tmp_path / "programme.yaml").unlink()
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        "programme.yaml, Zeile 1: Die Datei fehlt. In ihr steht, was für das ganze Programm gilt.\n"
    )

    assert main([]) == 2
    assert main([str(tmp_path / "nirgends")]) == 2


def test_the_programme_of_this_repository_is_checked_without_django():
    blocked = (
        "import runpy, sys; sys.modules['django'] = None; runpy.run_module('staffel.curriculum.core', run_name='__main__')"
    )
    result = subprocess.run(
        [sys.executable, "-c", blocked, str(ROOT / "programmes" / "smart-city-manager")],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Smart City Manager:in 1.0.0: 5 Module, 10 Einheiten, 10 Kompetenzen.")
