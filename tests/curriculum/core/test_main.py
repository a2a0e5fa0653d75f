import os
import subprocess
import sys

import pytest

from staffel.curriculum.core import __main__ as command
from staffel.curriculum.core.__main__ import Folder, counted, main
from staffel.curriculum.core.files import InMemory, digest_of
from tests.architecture.house import ROOT
from tests.curriculum.generated import small_files

UNIT = "units/aufbruch/unit.yaml"


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def by_hand():
    """The small programme as somebody might write it: other marks, other order, old digests, more blank lines."""
    return small_files(**{
        "programme.yaml": ("title: Kleines Programm\n", "\ntitle: 'Kleines Programm'\n\n"),
        UNIT: ("kind: session\nminutes: 240\n", "minutes: 240\nkind: \"session\"\n"),
        "units/aufbruch/files/bild.svg": b"<svg/>",
        "units/alleine/summary.md": "\r\nWorum es *alleine* geht.\r\n\r\n",
    })  # fmt: skip


def test_folder_leaves_out_what_is_hidden_or_linked_and_sorts_by_bytes(tmp_path):
    write(tmp_path / "a", {"b/x": b"1", "b-c/x": b"22", ".git/config": b"x", ".DS_Store": b"x"})
    (tmp_path / "geheim").mkdir()
    (tmp_path / "geheim" / "x").write_bytes(b"x")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "geheim")
    (tmp_path / "a" / "link.md").symlink_to(tmp_path / "geheim" / "x")

    folder = Folder(tmp_path / "a")

    assert folder.paths() == ("b-c/x", "b/x")
    assert [folder.size(path) for path in folder.paths()] == [2, 1]
    assert digest_of(folder) == digest_of(InMemory({"b/x": b"1", "b-c/x": b"22"}))


def test_folder_lists_one_path_more_than_a_programme_may_have(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "MOST_FILES", 2)
    write(tmp_path, {f"{name}": b"" for name in "abcdef"})

    assert len(Folder(tmp_path).paths()) == 3


def test_a_name_that_is_no_text_is_refused(tmp_path, capsys):
    write(tmp_path, small_files())
    (tmp_path / os.fsdecode(b"\xff")).touch()

    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("?, Zeile 1: Diese Datei gehört nicht zu einem Programm.")


def test_main_says_what_the_folder_holds_or_what_is_wrong(tmp_path, capsys):
    write(tmp_path, small_files())
    assert main([str(tmp_path)]) == 0
    digest = digest_of(InMemory(small_files()))
    assert capsys.readouterr().out == (f"Kleines Programm 1.0.0: 2 Module, 2 Einheiten, 2 Kompetenzen. Prüfsumme {digest}\n")

    (tmp_path / "programme.yaml").unlink()
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        "programme.yaml, Zeile 1: Die Datei fehlt. In ihr steht, was für das ganze Programm gilt.\n"
    )


@pytest.mark.parametrize("arguments", [[], ["nirgends"], ["format"], ["format", "--check"], [".", "."]])
def test_a_wrong_call_is_told_how_to(arguments, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("Bitte nennen Sie einen Ordner:\n")


def test_format_makes_canonical_and_measures_the_materials(tmp_path, capsys):
    write(tmp_path, by_hand())
    (tmp_path / UNIT).chmod(0o640)

    assert main(["format", "--check", str(tmp_path)]) == 1
    changed = ["programme.yaml", "units/alleine/summary.md", UNIT]
    assert capsys.readouterr().err == (
        "".join(f"{tmp_path}/{path} ist nicht in der einheitlichen Form.\n" for path in changed)
        + "Bitte rufen Sie „make format-programmes“ auf.\n"
    )
    assert read(tmp_path) == by_hand()

    assert main(["format", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "".join(f"{tmp_path}/{path}\n" for path in changed)
    expected = small_files(**{"units/aufbruch/files/bild.svg": b"<svg/>"})
    digest = InMemory(expected).sha256("units/aufbruch/files/bild.svg")
    old = InMemory(small_files()).sha256("units/aufbruch/files/bild.svg")
    text = expected[UNIT].decode().replace(f"{old}\n    size: 42\n", f"{digest}\n    size: 6\n")
    assert read(tmp_path) == expected | {UNIT: text.encode()}
    assert (tmp_path / UNIT).stat().st_mode & 0o777 == 0o640

    assert main(["format", str(tmp_path)]) == 0
    assert main(["format", "--check", str(tmp_path), str(tmp_path)]) == 0
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_format_changes_nothing_while_there_is_a_mistake(tmp_path, capsys):
    files = by_hand() | {"units/alleine/guide.md": b"Ein<br>Bruch\n"}
    write(tmp_path, files)

    assert main(["format", str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines()[0] == (
        f"{tmp_path}/units/alleine/guide.md, Zeile 1: Hier steht HTML: <br. Erlaubt ist nur Markdown; ein einzelnes < "
        "schreiben Sie als \\<."
    )
    assert read(tmp_path) == files


@pytest.mark.parametrize("name, broken", [("write_outline", "programme.yaml"), ("write_unit", UNIT)])
def test_format_writes_nothing_that_it_would_read_otherwise(tmp_path, monkeypatch, name, broken):
    right = getattr(command, name)

    def wrong(value):
        files = right(value)
        return (
            files | {broken: files[broken].replace(b"Aufbruch", b"Abbruch").replace(b"Kleines", b"Grosses")}
            if broken in files
            else files
        )

    write(tmp_path, small_files())
    monkeypatch.setattr(command, name, wrong)

    with pytest.raises(AssertionError, match="what was written"):
        main(["format", str(tmp_path)])

    assert read(tmp_path) == small_files()


def run(arguments, blocked):
    code = (
        f"import runpy, sys; sys.modules.update(dict.fromkeys({blocked!r})); "
        "runpy.run_module('staffel.curriculum.core', run_name='__main__')"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_canonical_folder_is_checked_with_nothing_but_the_standard_library(tmp_path):
    write(tmp_path, small_files())

    result = run([str(tmp_path)], ["django", "yaml", "markdown_it", "lxml"])

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Kleines Programm 1.0.0: 2 Module, 2 Einheiten, 2 Kompetenzen.")


def test_the_programme_of_this_repository_is_checked_without_django():
    result = run([str(ROOT / "programmes" / "smart-city-manager")], ["django"])

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Smart City Manager:in 1.0.0: 7 Module, 12 Einheiten, 10 Kompetenzen.")


def test_the_programmes_of_this_repository_are_canonical(capsys):
    folders = [str(path) for path in (ROOT / "programmes").iterdir() if path.is_dir()]

    assert main(["format", "--check", *folders]) == 0
    assert capsys.readouterr().err == ""


def test_one_is_said_in_the_singular():
    assert [counted(number, "Modul", "Module") for number in (0, 1, 2)] == ["0 Module", "1 Modul", "2 Module"]
