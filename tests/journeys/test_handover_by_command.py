"""A programme goes from house to house, by command: what people at three keyboards type, and nothing else.

Brandenburg releases 1.0.0, the Koordinierungsstelle takes it over and adapts it, Brandenburg releases 1.1.0, both are merged
with one conflict, 2.0.0 goes on to Musterhausen.
"""

import re

import pytest

from tests.journeys import relay
from tests.journeys.relay import BRANDENBURG, CONFLICT, KEY, KTS, MUSTERHAUSEN, TITLE, package_tool

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def houses(tmp_path_factory):
    """Return the three instances."""
    return relay.instances(tmp_path_factory.mktemp("houses"))


def test_from_house_to_house_by_command(houses, tmp_path):
    brandenburg, kts, musterhausen = houses

    first = brandenburg_releases(brandenburg, tmp_path)
    kts_takes_over(kts, brandenburg, first, tmp_path)
    kts_hands_it_on_as_it_came(kts, first, tmp_path)
    kts_adapts(kts, tmp_path)
    next_one = brandenburg_goes_on(brandenburg, tmp_path)
    the_tool_finds_one_conflict(first, next_one, tmp_path)
    second = kts_merges_and_releases(kts, next_one, tmp_path)
    musterhausen_refuses_a_changed_one(musterhausen, second, tmp_path)
    musterhausen_takes_over(musterhausen, kts, second, tmp_path)


def fingerprint_of(instance):
    """Return the fingerprint as somebody reads it out at the telephone."""
    owner, fingerprint, *_pem = instance.do("signing_key", "--show").splitlines()
    assert owner == instance.name
    return re.fullmatch("Fingerabdruck ([0-9a-f]{64})", fingerprint)[1]


def verify(package, instance, *, chain=()):
    """Check that a package says by whom it is, and what it comes from."""
    answer = package_tool("verify", package)
    assert (answer.code, answer.refused) == (0, "")
    said = answer.said.splitlines()
    assert said[1].startswith(f"Herausgeber: {instance.name}, ")
    assert [re.sub(", Prüfsumme [0-9a-f]{64}$", "", line) for line in said if line.startswith("Beruht auf")] == [
        f"Beruht auf: {publisher}, {KEY} {number}" for publisher, number in chain
    ]


def brandenburg_releases(brandenburg, tmp_path):
    """Given a folder of text, when it is loaded and released, then anybody can check the package without Staffel."""
    folder, package = relay.write(tmp_path / "potsdam", relay.PROGRAMME), tmp_path / f"{KEY}-1.0.0.staffel.zip"
    said = brandenburg.do("load_programme", folder, "--release")
    assert said == f"{TITLE} 1.0.0: aufgenommen, 1 Modul, 2 Einheiten, freigegeben.\n"
    brandenburg.do("export_package", KEY, "-o", package)

    verify(package, brandenburg)
    relay.check_with_common_tools(package, tmp_path / "unpacked-1.0.0")
    return package


def kts_takes_over(kts, brandenburg, package, tmp_path):
    """Given an unknown key, when its fingerprint is compared, then the package comes in, and not before."""
    preview = kts.do("receive_package", package, "--dry-run").splitlines()
    assert preview[0] == f"{TITLE} 1.0.0 von {BRANDENBURG}, signiert mit einem Schlüssel, den wir nicht kennen."
    assert preview[1] == f"Fingerabdruck {fingerprint_of(brandenburg)}"
    assert preview[-1] == "Nichts geschrieben."
    refused = kts.try_to("receive_package", package)
    assert (refused.code, refused.refused[:21]) == (1, "CommandError: CUR-18:")

    said = kts.do("receive_package", package, "--trust", "Am Telefon mit Potsdam verglichen.", "--adopt").splitlines()
    assert said[0].startswith(f"{TITLE} 1.0.0 von {BRANDENBURG}: übernommen. ")
    assert said[1] == f"{TITLE} 1.0.0: Entwurf."


def kts_hands_it_on_as_it_came(kts, package, tmp_path):
    """Given a received version, when its package is asked for, then it is that of Brandenburg, byte for byte."""
    kts.do("export_package", KEY, "1.0.0", "-o", tmp_path / "handed-on.zip")
    assert (tmp_path / "handed-on.zip").read_bytes() == package.read_bytes()


def kts_adapts(kts, tmp_path):
    """Given the draft as a folder, when a sentence and a unit are written, then the draft has them."""
    folder = tmp_path / "kts"
    kts.do("export_folder", KEY, "1.0.0", "-o", folder)
    relay.adapt_at_the_kts(folder)
    said = kts.do("load_programme", folder)
    assert said == f"{TITLE} 1.0.0: als Entwurf erneuert, 1 Modul, 3 Einheiten, Entwurf.\n"


def brandenburg_goes_on(brandenburg, tmp_path):
    """Given the folder of 1.0.0, when two sentences change, then there is a package 1.1.0, the same whenever it is made."""
    package, again = tmp_path / f"{KEY}-1.1.0.staffel.zip", tmp_path / "again.zip"
    relay.go_on_in_brandenburg(tmp_path / "potsdam")
    brandenburg.do("load_programme", tmp_path / "potsdam", "--release")
    brandenburg.do("export_package", KEY, "-o", package)
    brandenburg.do("export_package", KEY, "-o", again)

    verify(package, brandenburg)
    assert again.read_bytes() == package.read_bytes()
    return package


def the_tool_finds_one_conflict(first, next_one, tmp_path):
    """Given both packages and the folder, when the tool compares and merges them, then one place is open."""
    compared = package_tool("diff", first, next_one)
    assert (compared.code, compared.refused) == (0, "")
    assert "Die Gruppe sammelt{+ und ordnet+}, welche Daten in der eigenen Verwaltung liegen.\n" in compared.said
    merged = tmp_path / "merged-by-the-tool"
    sides = (first, tmp_path / "kts", next_one)
    still_open = package_tool("merge", *sides, "-o", merged)
    assert (still_open.code, merged.exists()) == (1, False)
    assert still_open.said.splitlines() == [
        f"Konflikt {CONFLICT} (--choose {CONFLICT}=ours|theirs|both)",
        "Einheit „Daten finden“ · Zusammenfassung · Absatz 1",
        f"  Grundlage: {relay.SENTENCE}",
        f"  eigene: {relay.OF_KTS}",
        f"  ihre: {relay.OF_BRANDENBURG}",
        "",
    ]
    decided = package_tool("merge", *sides, "-o", merged, "--choose", f"{CONFLICT}=theirs")
    assert decided.said == f"{TITLE} 1.0.0 liegt in {merged}: 3 Einheiten.\n"


def kts_merges_and_releases(kts, next_one, tmp_path):
    """Given one conflict, when it is decided and written by hand, then 2.0.0 has the work of both and says where it is from."""
    looked = kts.do("merge_package", next_one, "--dry-run").splitlines()
    assert looked == [
        "Einheit „Daten finden“ · Zusammenfassung · Absatz 1",
        f"  unsere: {relay.OF_KTS}",
        f"  ihre:   {relay.OF_BRANDENBURG}",
        "Eine Stelle wäre offen. Entscheiden würden Sie das im Browser oder mit --prefer.",
        "Probelauf: Geändert ist nichts.",
    ]
    said = kts.do("merge_package", next_one, "--prefer", "theirs").splitlines()
    assert said[-1] == f"Der Entwurf 1.0.0 enthält jetzt Version 1.1.0 von {BRANDENBURG}."

    folder, package = tmp_path / "kts-merged", tmp_path / f"{KEY}-2.0.0.staffel.zip"
    kts.do("export_folder", KEY, "1.0.0", "-o", folder)
    assert relay.files_below(folder) == relay.files_below(tmp_path / "merged-by-the-tool")
    relay.decide_by_hand(folder)
    kts.do("load_programme", folder, "--release")
    kts.do("export_package", KEY, "2.0.0", "-o", package)

    verify(package, kts, chain=[(BRANDENBURG, "1.1.0")])
    relay.check_with_common_tools(package, tmp_path / "unpacked-2.0.0")
    return package


def musterhausen_refuses_a_changed_one(musterhausen, package, tmp_path):
    """Given one letter was changed on the way, when it arrives, then every check refuses it and names the file."""
    changed = relay.with_one_byte_changed(package, tmp_path / "changed.zip")
    refused = musterhausen.try_to("receive_package", changed, "--trust", "Kam per Mail.")
    assert (refused.code, refused.said) == (1, "")
    assert refused.refused == f"CommandError: CUR-20: Diese Datei kann so nicht übernommen werden. {relay.CHANGED}\n"
    assert package_tool("verify", changed) == relay.Answer("", f"{relay.CHANGED}\n", 1)


def musterhausen_takes_over(musterhausen, kts, package, tmp_path):
    """Given the package as it was sent, when Musterhausen trusts its key, then it can go on from there, or hand it on."""
    preview = musterhausen.do("receive_package", package, "--dry-run").splitlines()
    assert preview[0] == f"{TITLE} 2.0.0 von {KTS}, signiert mit einem Schlüssel, den wir nicht kennen."
    assert preview[1] == f"Fingerabdruck {fingerprint_of(kts)}"
    musterhausen.do("receive_package", package, "--trust", "Am Telefon verglichen.", "--adopt")
    musterhausen.do("release_version", KEY)
    own = tmp_path / "own.zip"
    musterhausen.do("export_package", KEY, "2.0.0", "-o", own)

    verify(own, musterhausen, chain=[(KTS, "2.0.0"), (BRANDENBURG, "1.1.0")])
    assert musterhausen.name == MUSTERHAUSEN
