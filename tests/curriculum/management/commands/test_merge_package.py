from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from staffel.curriculum.actions.keys import trust
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.core.package import signing
from staffel.curriculum.models import Merge, Version
from staffel.curriculum.queries.files import source_of
from tests.curriculum.actions.test_merging import PLAN
from tests.curriculum.received import SECRET, make_package, make_received
from tests.curriculum.small_programme import LATER, small_files

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("merge_package", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def package(tmp_path):
    """Our draft comes from 1.0.0; the file holds 1.1.0, with one conflict."""
    trust("Land Brandenburg", signing.public_of(SECRET).hex(), "Am Telefon.", by="Test")
    base = make_received("1.0.0")
    load_programme(small_files("1.0.1", summary="Worum es bei uns geht.\n"), by="Test", upstream=base)
    path = tmp_path / "paket.staffel.zip"
    path.write_bytes(make_package("1.1.0", summary="Worum es heute geht.\n", later_summary="Ihr Text.\n"))
    return path


def summaries():
    source = source_of(Version.objects.get(state="draft"))
    return [source.unit(key).summary for key in ("aufbruch", "weiter")]


def test_merge_package_leaves_conflicts_open(package):
    said = run(package)

    assert said == (
        "Einheit „Aufbruch“ · Zusammenfassung · Absatz 1\n"
        "  unsere: Worum es bei uns geht.\n  ihre:   Worum es heute geht.\n"
        "Eine Stelle ist offen. Bitte entscheiden Sie im Browser oder mit --prefer.\n"
    )
    assert (Merge.objects.count(), summaries()) == (1, ["Worum es bei uns geht.", "Worum es weiter geht."])


@pytest.mark.parametrize(("side", "summary"), [("ours", "Worum es bei uns geht."), ("theirs", "Worum es heute geht.")])
def test_merge_package_decides_all_the_same_way(package, side, summary):
    said = run(package, "--prefer", side)

    assert said.endswith("Der Entwurf 1.0.1 enthält jetzt Version 1.1.0 von Land Brandenburg.\n")
    assert (Merge.objects.count(), summaries()) == (0, [summary, "Ihr Text."])


def test_merge_package_tries_without_a_change(package):
    said = run(package, "--prefer", "theirs", "--dry-run")

    assert said.endswith(
        "Der Entwurf 1.0.1 würde Version 1.1.0 von Land Brandenburg enthalten.\nProbelauf: Geändert ist nichts.\n"
    )
    assert run(package, "--dry-run").endswith(
        "Eine Stelle wäre offen. Entscheiden würden Sie das im Browser oder mit --prefer.\nProbelauf: Geändert ist nichts.\n"
    )
    assert (Version.objects.count(), summaries()[0]) == (2, "Worum es bei uns geht.")


def test_merge_package_refuses_what_is_not_there_and_what_has_no_base(package, tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        run(tmp_path / "nichts.zip")
    Version.objects.filter(state="draft").update(upstream=None)

    with pytest.raises(CommandError, match="CUR-25"):
        run(package)

    assert Version.objects.filter(number="1.1.0").count() == 0


def test_merge_package_says_where_the_result_does_not_fit(tmp_path):
    trust("Land Brandenburg", signing.public_of(SECRET).hex(), "Am Telefon.", by="Test")
    base = make_received("1.0.0", later_unit=LATER + PLAN % (80, 80, 80))
    load_programme(small_files("1.0.1", later_unit=LATER + PLAN % (80, 70, 90)), by="Test", upstream=base)
    path = tmp_path / "paket.staffel.zip"
    path.write_bytes(make_package("1.1.0", later_unit=LATER + PLAN % (90, 70, 80)))

    with pytest.raises(CommandError, match=r"Zusammen passt es noch nicht:\nunits/weiter/unit\.yaml, Zeile"):
        run(path)

    assert (Merge.objects.count(), Version.objects.filter(number="1.1.0").count()) == (0, 0)
