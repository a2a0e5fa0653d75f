import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.__main__ import main
from tests.curriculum.core.package.samples import (
    FINGERPRINT,
    PUBLIC,
    RELEASE,
    entries,
    programme_files,
    small_package,
    zipped,
)
from tests.curriculum.generated import generated
from tests.curriculum.small_programme import PNG, small_programme

ALONE = """
import sys
for name in ("django", "yaml", "lxml", "markdown_it", "nh3", "defusedxml"):
    sys.modules[name] = None
from staffel.curriculum.core.package.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
ABOUT = f"""\
Erdachtes Programm: ein Beispiel 1.0.0
Herausgeber: Land Brandenburg, freigegeben am 25.11.2026 um 15:00 Uhr UTC
Lizenz der Texte: CC-BY-4.0
Prüfsumme des Programms: {{}}
Signatur gültig, Fingerabdruck {FINGERPRINT}
"""


def with_title(whole: Whole, key: str, title: str) -> Whole:
    return replace(whole, units=dict(whole.units) | {key: replace(whole.units[key], title=title)})


@pytest.fixture(name="folder")
def folder_fixture(tmp_path) -> Path:
    """Packages of a base, of ours and theirs with a conflict in one title, and of theirs without."""
    base = generated(3)
    ours = with_title(base, "einheit-1", "Unser Titel")
    theirs = with_title(with_title(base, "einheit-1", "Ihr Titel"), "einheit-2", "Ihr zweiter Titel")
    apart = with_title(base, "einheit-2", "Ihr zweiter Titel")
    for name, whole in {"base": base, "ours": ours, "theirs": theirs, "apart": apart}.items():
        (tmp_path / f"{name}.zip").write_bytes(zipped(entries(whole)).getvalue())
    return tmp_path


def unpacked(target: Path, files: dict[str, bytes]) -> Path:
    for path, content in files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(content)
    return target


def content_of(files) -> str:
    return next(line.split('"')[3] for line in files["provenance.json"].decode().split("\n") if '"content"' in line)


def test_verify_says_what_it_is_and_who_signed(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(zipped(small_package()).getvalue())

    assert main(["verify", str(tmp_path / "a.zip")]) == 0

    assert capsys.readouterr().out == ABOUT.format(content_of(small_package())) + (
        "Alle 30 Dateien stimmen mit der Liste manifest-sha256.txt überein.\n"
        "Ob Sie diesem Schlüssel vertrauen, entscheiden Sie: Vergleichen Sie den Fingerabdruck mit dem Herausgeber.\n"
    )


def test_verify_takes_an_unpacked_package_and_finds_what_was_changed(tmp_path, capsys):
    folder = unpacked(tmp_path, small_package())
    assert main(["verify", str(folder)]) == 0
    capsys.readouterr()
    (folder / "programme/units/einheit-1/guide.md").write_bytes(b"Anders.\n")

    assert main(["verify", str(folder)]) == 1
    assert capsys.readouterr() == (
        "",
        "Der Inhalt von „programme/units/einheit-1/guide.md“ passt nicht zu manifest-sha256.txt.\n",
    )


def test_verify_compares_the_key(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(zipped(small_package()).getvalue())
    (tmp_path / "key.pem").write_bytes(signing.to_pem(PUBLIC))
    spaced = " ".join(FINGERPRINT[at : at + 8] for at in range(0, 64, 8)).upper()

    for key in (FINGERPRINT, spaced, str(tmp_path / "key.pem")):
        assert main(["verify", str(tmp_path / "a.zip"), "--key", key]) == 0
        assert capsys.readouterr().out.endswith("Signiert mit genau diesem Schlüssel.\n")
    assert main(["verify", str(tmp_path / "a.zip"), "--key", "0" * 64]) == 1
    assert capsys.readouterr().err == "Das Paket ist mit einem anderen Schlüssel signiert.\n"


def test_verify_follows_a_change_of_keys(tmp_path, capsys):
    old = hashlib.sha256(b"alt").digest()
    release = replace(RELEASE, succession=(signing.succession(old, PUBLIC, RELEASE.at),))
    (tmp_path / "a.zip").write_bytes(zipped(entries(generated(2), release)).getvalue())

    assert main(["verify", str(tmp_path / "a.zip"), "--key", signing.fingerprint(signing.public_of(old))]) == 0
    assert capsys.readouterr().out.endswith(
        "Signiert mit einem Schlüssel, den der genannte zu seinem Nachfolger erklärt hat.\n"
    )


def test_verify_with_a_key_refuses_a_package_that_nobody_signed(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(zipped(entries(generated(2), signer=None)).getvalue())

    assert main(["verify", str(tmp_path / "a.zip")]) == 0
    assert "\nNicht signiert.\n" in capsys.readouterr().out
    assert main(["verify", str(tmp_path / "a.zip"), "--key", FINGERPRINT]) == 1
    assert capsys.readouterr().err == "Das Paket ist nicht signiert, also auch nicht mit diesem Schlüssel.\n"


def test_list_shows_modules_units_and_licences(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(zipped(small_package()).getvalue())

    assert main(["list", str(tmp_path / "a.zip")]) == 0

    source = generated(2)
    unit = source.units["einheit-1"]
    shown = capsys.readouterr().out.removeprefix(ABOUT.format(content_of(small_package()))).split("\n")
    assert shown[:2] == ["", f"{source.outline.modules[0].title} (Pflicht)"]
    assert shown[2] == f"  einheit-1: {unit.title}, {unit.minutes} Minuten"
    assert shown[3] == f"    stufen.svg: CC-BY-4.0, Staffel, {unit.materials[0].size} Bytes"


def test_diff_shows_the_log_and_the_words(folder, capsys):
    assert main(["diff", str(folder / "base.zip"), str(folder / "base.zip")]) == 0
    assert capsys.readouterr().out == "Die beiden Programme sind gleich.\n"

    assert main(["diff", str(folder / "base.zip"), str(folder / "ours.zip")]) == 0

    shown = capsys.readouterr().out
    assert "Nächste Nummer nach 1.0.0: 1.0.1\n" in shown
    assert "{+Unser Titel+}" in shown


def test_diff_takes_folders_of_text(folder, tmp_path, capsys):
    files = programme_files(generated(3))
    text = unpacked(tmp_path / "text", {path: files.open(path).read() for path in files.paths()})

    assert main(["diff", str(folder / "base.zip"), str(text)]) == 0
    assert capsys.readouterr().out == "Die beiden Programme sind gleich.\n"
    shutil.make_archive(str(tmp_path / "text"), "zip", tmp_path, "text")
    assert main(["diff", str(folder / "base.zip"), str(tmp_path / "text.zip")]) == 0


def test_folders_written_by_hand_need_no_digests_of_their_materials(tmp_path, capsys):
    made = {path: content.encode() if isinstance(content, str) else content for path, content in small_programme().items()}
    assert b"sha256" not in b"".join(made.values())
    base, ours = unpacked(tmp_path / "alt", made), unpacked(tmp_path / "neu", made)
    (ours / "units/aufbruch/summary.md").write_text("Ganz anders.\n", encoding="utf-8")
    (ours / "units/aufbruch/files/punkt.png").write_bytes(PNG + b"x")

    assert main(["diff", str(base), str(ours)]) == 0
    said = capsys.readouterr().out
    assert "In „Aufbruch“ ist geändert: Zusammenfassung, Materialien." in said
    assert main(["merge", str(base), str(ours), str(base), "-o", str(tmp_path / "aus")]) == 0
    assert capsys.readouterr().out == f"Kleines Programm 1.0.0 liegt in {tmp_path / 'aus'}: 3 Einheiten.\n"


def test_merge_writes_a_folder(folder, capsys):
    call = ["merge", *(str(folder / f"{name}.zip") for name in ("base", "ours", "apart")), "-o", str(folder / "neu")]

    assert main(call) == 0

    assert capsys.readouterr().out == f"Erdachtes Programm: ein Beispiel 1.0.0 liegt in {folder / 'neu'}: 3 Einheiten.\n"
    assert "title: Unser Titel" in (folder / "neu/units/einheit-1/unit.yaml").read_text(encoding="utf-8")
    assert "title: Ihr zweiter Titel" in (folder / "neu/units/einheit-2/unit.yaml").read_text(encoding="utf-8")
    assert main(call) == 2


def test_merge_shows_conflicts_and_writes_nothing_until_they_are_decided(folder, capsys):
    call = ["merge", *(str(folder / f"{name}.zip") for name in ("base", "ours", "theirs")), "-o", str(folder / "neu")]

    assert main(call) == 1

    said = capsys.readouterr()
    assert said.err == "Ein Konflikt ist offen. Bitte entscheiden Sie mit --choose. Geschrieben wurde nichts.\n"
    assert said.out.startswith("Konflikt units/einheit-1/title (--choose units/einheit-1/title=ours|theirs)\n")
    assert "  eigene: Unser Titel\n  ihre: Ihr Titel\n" in said.out
    assert not (folder / "neu").exists()
    assert main([*call, "--choose", "units/einheit-1/title=theirs"]) == 0
    assert "title: Ihr Titel" in (folder / "neu/units/einheit-1/unit.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "call, sentence",
    [
        ([], "So lässt sich der Befehl nicht verstehen."),
        (["öffne", "a"], "So lässt sich der Befehl nicht verstehen."),
        (["verify"], "So lässt sich der Befehl nicht verstehen."),
        (["verify", "gibt-es-nicht"], "Es gibt keine Datei und keinen Ordner gibt-es-nicht."),
        (
            ["merge", "a", "b", "c", "-o", "gibt-es-nicht", "--choose", "x"],
            "Nach --choose steht ein Konflikt und eine Wahl, zum Beispiel units/aufbruch/title=theirs.",
        ),
    ],
)
def test_a_wrong_call_is_explained(call, sentence, capsys):
    assert main(call) == 2
    assert capsys.readouterr().err.startswith(f"{sentence}\n\npython -m staffel.curriculum.core.package verify PAKET")


def test_a_key_or_conflict_that_is_none_is_explained(folder, capsys):
    package = str(folder / "base.zip")
    (folder / "x.pem").write_bytes(b"x")

    assert main(["verify", package, "--key", "kurz"]) == 2
    assert main(["verify", package, "--key", str(folder / "x.pem")]) == 2
    assert main(["merge", package, package, package, "-o", str(folder / "neu"), "--choose", "units/x=ours"]) == 2
    assert "Es gibt keinen Konflikt „units/x“.\n" in capsys.readouterr().err


def test_what_is_no_package_is_refused(tmp_path, capsys):
    (tmp_path / "a.zip").write_bytes(b"x" * 100)

    assert main(["verify", str(tmp_path / "a.zip")]) == 1
    assert capsys.readouterr().err == "Die Datei ist kein ZIP-Archiv, oder ihr Ende fehlt.\n"


def test_all_four_run_with_python_and_cryptography_only(folder):
    environment = os.environ | {"PYTHONPATH": "src"}
    base, ours, apart = (str(folder / f"{name}.zip") for name in ("base", "ours", "apart"))
    calls = [
        ["verify", base, "--key", FINGERPRINT],
        ["list", base],
        ["diff", base, ours],
        ["merge", base, ours, apart, "-o", str(folder / "neu")],
    ]

    for call in calls:
        ran = subprocess.run([sys.executable, "-c", ALONE, *call], env=environment, capture_output=True, text=True, check=False)
        assert (ran.returncode, ran.stderr) == (0, "")


def test_openssl_and_sha256sum_verify_the_same(tmp_path):
    (tmp_path / "a.zip").write_bytes(zipped(small_package()).getvalue())
    steps = [
        ["unzip", "-q", "a.zip"],
        ["sha256sum", "-c", "--quiet", "--strict", "manifest-sha256.txt"],
        [
            "openssl",
            "pkeyutl",
            "-verify",
            "-rawin",
            "-pubin",
            "-inkey",
            "publisher.pem",
            "-in",
            "manifest-sha256.txt",
            "-sigfile",
            "manifest-sha256.sig",
        ],
    ]

    for step in steps:
        subprocess.run(step, cwd=tmp_path, check=True, capture_output=True)
