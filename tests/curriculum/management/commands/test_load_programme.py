from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staffel.accounts.models import Organisation
from staffel.curriculum.models import Programme, SigningKey, Version
from staffel.curriculum.queries import versions as queries
from staffel.curriculum.queries.files import source_of
from tests.architecture.house import ROOT
from tests.curriculum.core.test_main import write
from tests.curriculum.small_programme import HEAD, small_programme

pytestmark = pytest.mark.django_db


def load(folder, *arguments):
    out = StringIO()
    call_command("load_programme", str(folder), *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, small_programme())
    return tmp_path


def test_load_programme_says_what_it_did(folder):
    assert load(folder) == "Kleines Programm 1.0.0: aufgenommen, 2 Module, 3 Einheiten, Entwurf.\n"
    assert load(folder) == "Kleines Programm 1.0.0: unverändert, 2 Module, 3 Einheiten, Entwurf.\n"
    (folder / "units/weiter/summary.md").write_text("Anderes.\n", encoding="utf-8")
    assert load(folder) == "Kleines Programm 1.0.0: als Entwurf erneuert, 2 Module, 3 Einheiten, Entwurf.\n"


def test_load_programme_releases(folder):
    assert load(folder, "--release") == "Kleines Programm 1.0.0: aufgenommen, 2 Module, 3 Einheiten, freigegeben.\n"
    assert load(folder, "--release") == "Kleines Programm 1.0.0: unverändert, 2 Module, 3 Einheiten, freigegeben.\n"
    assert Version.objects.get().manifest_digest != ""


def test_a_draft_of_before_can_be_released(folder):
    load(folder)

    assert load(folder, "--release") == "Kleines Programm 1.0.0: unverändert, 2 Module, 3 Einheiten, freigegeben.\n"


def test_dry_run_writes_nothing(folder):
    assert load(folder, "--dry-run").startswith("Kleines Programm 1.0.0: in Ordnung, nichts geschrieben. Prüfsumme ")
    assert Programme.objects.count() == 0


def test_mistakes_are_told_and_nothing_is_written(folder):
    (folder / "programme.yaml").write_text(HEAD.replace("fee: no", "fee: gern"), encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        load(folder)

    assert str(refusal.value) == "Der Ordner enthält noch Fehler:\nprogramme.yaml, Zeile 19: „fee“ muss true oder false sein."
    assert Programme.objects.count() == 0


def test_a_changed_release_is_refused_by_its_rule(folder):
    load(folder, "--release")
    (folder / "programme.yaml").write_text(HEAD.replace("Alle.", "Einige."), encoding="utf-8")

    with pytest.raises(CommandError) as refusal:
        load(folder)

    assert str(refusal.value) == (
        "CUR-01: Version 1.0.0 ist freigegeben und ändert sich nicht mehr. Bitte geben Sie der geänderten Fassung eine neue "
        "Nummer, zum Beispiel 1.0.1."
    )


def test_a_number_that_is_too_low_is_not_released(folder):
    load(folder, "--release")
    head = HEAD.replace("fee: no", "fee: yes").replace("1.0.0", "1.0.1")
    (folder / "programme.yaml").write_text(head, encoding="utf-8")

    with pytest.raises(CommandError, match=r"^CUR-06: Die Nummer 1\.0\.1 ist zu niedrig\."):
        load(folder, "--release")


def test_if_missing_keeps_what_was_released_here_and_goes_on(folder):
    load(folder, "--if-missing", "--release")
    before = Version.objects.get().digest
    (folder / "programme.yaml").write_text(HEAD.replace("Alle.", "Einige."), encoding="utf-8")

    assert load(folder, "--if-missing").startswith("Kleines Programm 1.0.0: nicht aufgenommen. CUR-01: Version 1.0.0 ist frei")
    assert Version.objects.get().digest == before


def test_the_owner_must_exist(folder):
    with pytest.raises(CommandError, match="Eine Organisation mit dem Namen „Programmbüro“ gibt es nicht"):
        load(folder, "--organisation", "Programmbüro")

    office = Organisation.objects.create(name="Programmbüro")
    load(folder, "--organisation", "Programmbüro", "--release")

    assert (Programme.objects.get().organisation, SigningKey.objects.get().organisation) == (office, office)


def test_a_folder_must_be_there(tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        load(tmp_path / "nirgends")


def test_our_own_programme_loads(django_assert_max_num_queries):
    # It grows by a handful for each 200 units, not with each.
    with django_assert_max_num_queries(75):
        load(ROOT / "programmes" / "smart-city-manager", "--release")

    facts = queries.newest("smart-city-manager")
    assert (len(facts.modules), len(facts.course), facts.chosen, facts.minutes, len(facts.competencies)) == (7, 10, 2, 2400, 10)
    assert {unit.minutes for unit in facts.units} == {240}
    assert sorted({competency.field for competency in facts.competencies}) == [
        "Kommunale Fachaufgaben",
        "Veränderung gestalten",
        "Überblick über Technik",
    ]
    assert (facts.attendance_percent, facts.presentation, facts.licence) == (80, True, "CC-BY-4.0")
    version = Version.objects.get()
    assert (version.is_released, source_of(version).outline.version) == (True, "1.0.0")
