"""The commands by which a programme is handed on: release, export, receive, keys."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staffel.accounts.models import Organisation
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.core.__main__ import Folder
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.signing import from_pem, new_pair, to_pem
from staffel.curriculum.models import PublisherKey, SigningKey, Version
from tests.curriculum.actions.test_receiving import Office
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import UNIT, small_files

pytestmark = pytest.mark.django_db


def run(name, *arguments, **named):
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out, **named)
    return out.getvalue()


@pytest.fixture
def bureau():
    return Organisation.objects.create(name="Programmbüro", runs_instance=True)


@pytest.fixture
def draft(bureau):
    return load_programme(small_files(), by="Test", organisation=bureau).version


# Out --------------------------------------------------------------------------------------------------------------------


def test_release_version(draft):
    said = run("release_version", "kleines-programm")
    version = Version.objects.get()

    assert said == (
        f"Kleines Programm 1.0.0: freigegeben, signiert mit {version.signed_with}. Prüfsumme {version.manifest_digest}\n"
    )
    with pytest.raises(CommandError, match="Vom Programm „kleines-programm“ gibt es so eine Version hier nicht"):
        run("release_version", "kleines-programm")


def test_release_version_without_an_organisation_is_not_signed():
    load_programme(small_files(), by="Test")

    assert run("release_version", "kleines-programm").startswith("Kleines Programm 1.0.0: freigegeben, nicht signiert. ")


def test_export_package_writes_the_same_bytes_always(draft, tmp_path):
    run("release_version", "kleines-programm")
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"

    assert run("export_package", "kleines-programm", "-o", first) == (
        f"{first}: Kleines Programm 1.0.0, {first.stat().st_size} Bytes.\n"
    )
    run("export_package", "kleines-programm", "1.0.0", "-o", second)
    assert first.read_bytes() == second.read_bytes()
    with first.open("rb") as stream:
        assert open_package(stream).manifest == Version.objects.get().manifest_digest
    with pytest.raises(CommandError, match="gibt es schon"):
        run("export_package", "kleines-programm", "-o", first)


def test_export_package_says_what_is_missing(tmp_path):
    make_version()

    with pytest.raises(CommandError, match=r"^CUR-11: Version 1\.0\.0 wurde vor dem Übergabeformat aufgenommen"):
        run("export_package", "beispielprogramm", "-o", tmp_path / "x.zip")
    with pytest.raises(CommandError, match=r"gibt es Version 9\.0\.0 hier nicht"):
        run("export_package", "beispielprogramm", "9.0.0")
    assert list(tmp_path.iterdir()) == []


def test_export_folder_gives_what_load_programme_takes(draft, tmp_path):
    target = tmp_path / "neu"

    assert run("export_folder", "kleines-programm", "1.0.0", "-o", target) == f"{target}: Kleines Programm 1.0.0, 9 Dateien.\n"
    assert load_programme(Folder(target), by="Test").outcome == "unchanged"
    with pytest.raises(CommandError, match="ist nicht leer"):
        run("export_folder", "kleines-programm", "1.0.0", "-o", target)
    make_version("2.0.0")
    with pytest.raises(CommandError, match="gibt es keine Dateien"):
        run("export_folder", "beispielprogramm", "2.0.0", "-o", tmp_path / "x")


# In ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def package(office, tmp_path):
    path = tmp_path / "kleines-programm-1.4.0.staffel.zip"
    path.write_bytes(office.package("1.4.0"))
    return path


def test_receive_package_dry_run_says_what_is_in_it(package, office, draft):
    run("release_version", "kleines-programm")

    assert run("receive_package", package, "--dry-run") == (
        "Kleines Programm 1.4.0 von Land Brandenburg, signiert mit einem Schlüssel, den wir nicht kennen.\n"
        f"Fingerabdruck {office.fingerprint}\n"
        "2 Module, 3 Einheiten, 9 Stunden, 2 Kompetenzen, 1 Datei, Lizenz CC-BY-4.0.\n"
        "Gegenüber Version 1.0.0: keine Änderung.\n"
        "Nichts geschrieben.\n"
    )
    assert Version.objects.count() == 1


def test_receive_package_trusts_and_adopts_when_asked(package, office):
    with pytest.raises(CommandError, match=r"^CUR-18: Den Schlüssel "):
        run("receive_package", package)

    said = run("receive_package", package, "--trust", "Am Telefon verglichen.", "--adopt")
    version = Version.objects.get(state="received")
    assert said == (
        f"Kleines Programm 1.4.0 von Land Brandenburg: übernommen. Prüfsumme {version.manifest_digest}\n"
        "Kleines Programm 1.4.0: Entwurf.\n"
    )
    assert run("receive_package", package).startswith("Kleines Programm 1.4.0 von Land Brandenburg: übernommen. ")
    assert sorted(Version.objects.values_list("state", flat=True)) == ["draft", "received"]


def test_receive_package_refuses_what_is_none(tmp_path, office):
    with pytest.raises(CommandError, match="gibt es nicht"):
        run("receive_package", tmp_path / "nirgends.zip")
    wrong = tmp_path / "x.zip"
    wrong.write_bytes(b"nichts")
    for arguments in ((), ("--dry-run",)):
        with pytest.raises(CommandError, match=r"^CUR-20: Diese Datei kann so nicht übernommen werden"):
            run("receive_package", wrong, *arguments)


def test_receive_package_shows_changes(tmp_path, office, draft):
    run("release_version", "kleines-programm")
    path = tmp_path / "x.zip"
    path.write_bytes(office.package("1.0.1", signed=False, unit=UNIT.replace("title: Aufbruch", "title: Anfang")))
    lines = run("receive_package", path, "--dry-run").splitlines()

    assert lines[0] == "Kleines Programm 1.0.1 von Land Brandenburg, nicht signiert."
    assert lines[2:4] == ["Gegenüber Version 1.0.0: geändert sind nur Formulierungen.", "  In „Anfang“ ist geändert: Titel."]


# Keys -------------------------------------------------------------------------------------------------------------------


def test_signing_key_shows_makes_rotates_and_revokes(bureau):
    assert run("signing_key", "--show") == "„Programmbüro“ hat noch keinen Signaturschlüssel.\n"
    said = run("signing_key").splitlines()
    key = SigningKey.objects.get()
    assert said[:2] == ["Programmbüro", f"Fingerabdruck {key.fingerprint}"]
    assert from_pem(("\n".join(said[2:]) + "\n").encode()).hex() == key.public_key
    assert run("signing_key", "--show").splitlines() == said

    run("signing_key", "--rotate")
    active = SigningKey.objects.get(state="active")
    assert (active != key, active.statement != "") == (True, True)
    assert run("signing_key", "--revoke", "gestohlen") == (
        f"Der Schlüssel {active.fingerprint} ist gesperrt. Bitte sagen Sie es allen, die ihm vertrauen.\n"
    )
    with pytest.raises(CommandError, match=r"^CUR-14: "):
        run("signing_key", "--rotate")


def test_signing_key_needs_an_organisation():
    with pytest.raises(CommandError, match="Noch betreibt keine Organisation diese Instanz"):
        run("signing_key")
    Organisation.objects.create(name="Land Bayern")
    assert run("signing_key", "--organisation", "Land Bayern").startswith("Land Bayern\nFingerabdruck ")


def test_trust_publisher(tmp_path):
    path, public = tmp_path / "publisher.pem", new_pair()[1]
    path.write_bytes(to_pem(public))
    key_said = run("trust_publisher", "Land Brandenburg", path, "--note", "Am Telefon.")
    key = PublisherKey.objects.get()

    assert key_said == f"Land Brandenburg: Der Schlüssel {key.fingerprint} gilt als bekannt.\n"
    assert (key.public_key, key.publisher.note) == (public.hex(), "Am Telefon.")
    path.write_bytes(b"nichts")
    with pytest.raises(CommandError, match=r"^CUR-15: "):
        run("trust_publisher", "Land Brandenburg", path)
    with pytest.raises(CommandError, match="ist keine Datei mit einem öffentlichen Schlüssel"):
        run("trust_publisher", "Land Brandenburg", tmp_path)
