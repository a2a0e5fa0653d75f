import hashlib
import json
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions import keys
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.progress import heard_by
from staffel.curriculum.actions.release import release, release_by_command, renumber, submit, withdraw
from staffel.curriculum.core import rules
from staffel.curriculum.core.package import amb
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.reader import read_outline
from staffel.curriculum.exports import packages
from staffel.curriculum.models import Merge, Programme, SigningKey, Version, VersionFile
from staffel.curriculum.queries.files import programme_files, stored_files
from staffel.curriculum.queries.office import proposal_for
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import COMPETENCIES, HEAD, UNIT, small_files

pytestmark = pytest.mark.django_db

WORDS = UNIT.replace("title: Aufbruch", "title: Anfang")
BY = "Befehl release_version"


@pytest.fixture
def emil():
    return make_emil()


@pytest.fixture
def jonas():
    return make_person("Jonas", role=Role.EDITOR)


def draft(number="1.0.0", **changes):
    return load_programme(small_files(number, **changes), by="Test", organisation=make_organisation()).version


def refusal(rule, act, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        act(*arguments, **named)
    assert caught.value.rule is rule
    return caught.value.rule.sentence % caught.value.values


def package(version):
    stream = BytesIO()
    packages.package_zip(version, stream)
    return stream.getvalue()


# Released ---------------------------------------------------------------------------------------------------------------


def test_release_makes_a_signed_package(emil, jonas):
    version = release(submit(draft(), by=jonas), by=emil)
    key = SigningKey.objects.get()

    assert (version.state, version.submitted_by, version.signed_with) == ("released", None, key.fingerprint)
    assert (key.organisation.name, version.released_on is not None) == (emil.acting.organisation.name, True)
    found = open_package(BytesIO(package(version)))
    assert (found.signed_by, found.manifest) == (key.fingerprint, version.manifest_digest)
    said = found.provenance
    assert (said.programme, said.version, said.content) == ("kleines-programm", "1.0.0", version.digest)
    assert (said.released_at, said.publisher.name, said.upstream, said.succession) == (
        version.released_at,
        emil.acting.organisation.name,
        (),
        (),
    )
    assert stored_files(version).paths() == (
        "licences.json",
        "manifest-sha256.sig",
        "manifest-sha256.txt",
        "metadata/amb/aufbruch.json",
        "metadata/amb/schluss.json",
        "metadata/amb/weiter.json",
        "programme/competencies.yaml",
        "programme/programme.yaml",
        "programme/units/aufbruch/files/punkt.png",
        "programme/units/aufbruch/summary.md",
        "programme/units/aufbruch/unit.yaml",
        "programme/units/schluss/summary.md",
        "programme/units/schluss/unit.yaml",
        "programme/units/weiter/summary.md",
        "programme/units/weiter/unit.yaml",
        "provenance.json",
        "publisher.pem",
        "ro-crate-metadata.json",
    )


def test_nobody_is_named_in_a_package(emil, jonas):
    version = release(submit(draft(), by=jonas), by=emil)
    content = package(version)

    assert [name for name in (b"Emil", b"Jonas", b"example.org") if name in content] == []
    log = [(entry.action, entry.payload["who"]) for entry in AuditEntry.objects.order_by("pk")]
    assert log[1:] == [
        ("curriculum.version_submitted", "Jonas Beispiel"),
        ("curriculum.key_made", "Emil Beispiel"),
        ("curriculum.version_released", "Emil Beispiel"),
    ]
    assert AuditEntry.objects.last().payload["after"] == {
        "programme": "kleines-programm",
        "number": "1.0.0",
        "state": "released",
        "digest": version.digest,
        "signed_with": version.signed_with,
    }


def test_a_package_is_the_same_bytes_whatever_our_code_writes_later(emil, jonas, monkeypatch):
    version = release(submit(draft(), by=jonas), by=emil)
    before = package(version)

    monkeypatch.setattr(amb, "write", lambda *arguments, **named: b"other")
    keys.rotate_key(emil.acting.organisation, by=emil)
    Programme.objects.update(title="Anders")

    assert hashlib.sha256(package(Version.objects.get())).digest() == hashlib.sha256(before).digest()


def test_a_later_release_is_signed_with_the_later_key_and_says_so(emil, jonas):
    first = release(submit(draft(), by=jonas), by=emil)
    keys.rotate_key(emil.acting.organisation, by=emil)
    second = release(submit(draft("1.0.1", unit=WORDS), by=jonas), by=emil)
    said = open_package(BytesIO(package(second))).provenance

    assert (first.signed_with != second.signed_with, len(said.succession)) == (True, 1)
    assert Programme.objects.get().versions.filter(state="released").count() == 2


def test_the_programme_is_called_as_its_highest_release(emil, jonas):
    release(submit(draft("2.0.0", head=HEAD.replace("Kleines Programm", "Zweites")), by=jonas), by=emil)
    assert Programme.objects.get().title == "Zweites"
    release(submit(draft("3.0.0", head=HEAD.replace("Kleines Programm", "Drittes")), by=jonas), by=emil)
    assert Programme.objects.get().title == "Drittes"


def test_release_by_command_needs_no_second_pair_of_eyes():
    organisation = make_organisation()
    organisation.runs_instance = True
    organisation.save()
    version = release_by_command(draft(), by=BY)

    assert (version.state, version.signed_with) == ("released", SigningKey.objects.get().fingerprint)
    assert refusal(rules.IS_DRAFT, release_by_command, version, by=BY) == (
        "Version 1.0.0 ist kein Entwurf, sondern freigegeben. Ändern lässt sich nur ein Entwurf."
    )


def test_without_an_organisation_a_package_stays_unsigned(settings):
    settings.PROVIDER = "Amt für Muster|Musterstraße 1"
    Organisation.objects.all().delete()
    version = release_by_command(load_programme(small_files(), by="Test").version, by=BY)
    found = open_package(BytesIO(package(version)))

    assert (version.signed_with, found.is_signed, SigningKey.objects.count()) == ("", False, 0)
    assert (found.provenance.publisher.name, found.provenance.publisher.fingerprint) == ("Amt für Muster", "")


def test_release_again_is_refused(emil, jonas):
    version = release(submit(draft(), by=jonas), by=emil)

    assert refusal(rules.IN_REVIEW, release, version, by=emil) == (
        "Version 1.0.0 ist nicht in Prüfung, sondern freigegeben. Bitte laden Sie die Seite neu."
    )
    refusal(rules.IN_REVIEW, release, draft("1.0.1", unit=WORDS), by=emil)


@pytest.mark.parametrize("statement", [
    "UPDATE curriculum_versionfile SET path = 'x' WHERE path = 'provenance.json'",
    "DELETE FROM curriculum_versionfile",
    "DELETE FROM curriculum_blobpart",
    "UPDATE curriculum_blobpart SET content = content",
    "UPDATE curriculum_version SET manifest_digest = ''",
    "UPDATE curriculum_version SET submitted_by_id = NULL",
])  # fmt: skip
def test_database_refuses_to_change_what_was_signed(emil, jonas, statement):
    release(submit(draft(), by=jonas), by=emil)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# Four eyes --------------------------------------------------------------------------------------------------------------


def test_who_submits_does_not_release(emil, jonas):
    version = submit(draft(), by=jonas)

    assert refusal(rules.FOUR_EYES, release, version, by=jonas) == (
        "Sie haben diese Version selbst zur Prüfung gegeben. Bitte lassen Sie sie von einer anderen Person freigeben."
    )
    version.refresh_from_db()
    assert (version.state, version.submitted_by, SigningKey.objects.count()) == ("review", jonas, 0)
    assert release(version, by=emil).state == "released"


@pytest.mark.parametrize("others", ["nobody", "closed", "elsewhere", "other role"])
def test_whoever_is_alone_hears_what_to_do(emil, others):
    if others == "closed":
        make_person("Jonas", role=Role.EDITOR, is_active=False)
    if others == "elsewhere":
        make_person("Jonas", role=Role.EDITOR, organisation=Organisation.objects.create(name="Anderswo"))
    if others == "other role":
        make_person("Ines", role=Role.SPONSOR)
    version = submit(draft(), by=emil)

    assert refusal(rules.SECOND_PERSON, release, version, by=emil) == (
        "Sie haben diese Version selbst zur Prüfung gegeben, und außer Ihnen darf in "
        f"„{emil.acting.organisation.name}“ niemand freigeben. Bitte lassen Sie die Programmkoordination einer zweiten Person "
        "die Rolle Redaktion geben."
    )


def test_a_review_outlives_the_account_of_who_submitted(emil, jonas):
    version = submit(draft(), by=jonas)
    jonas.delete()

    assert release(version, by=emil).state == "released"


# To review and back -----------------------------------------------------------------------------------------------------


def test_submit_and_withdraw(emil, jonas):
    version = submit(draft(), by=jonas)
    assert (version.state, version.submitted_by) == ("review", jonas)
    assert refusal(rules.IS_DRAFT, submit, version, by=jonas) == (
        "Version 1.0.0 ist kein Entwurf, sondern in Prüfung. Ändern lässt sich nur ein Entwurf."
    )
    refusal(rules.REASON_GIVEN, withdraw, version, by=emil, reason=" ")

    version = withdraw(version, by=emil, reason="Tippfehler")
    assert (version.state, version.submitted_by) == ("draft", None)
    refusal(rules.IN_REVIEW, withdraw, version, by=emil, reason="Tippfehler")
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.payload["why"]) == ("curriculum.version_withdrawn", "Tippfehler")


def test_what_has_no_files_is_not_released(jonas):
    assert refusal(rules.HAS_FILES, submit, make_version(released=False), by=jonas) == (
        "Version 1.0.0 wurde vor dem Übergabeformat aufgenommen. Von ihr gibt es weder Dateien noch ein Paket; beides hat erst "
        "die nächste Version."
    )


def test_an_open_merge_is_not_released(jonas, emil):
    from staffel.curriculum.models import Publisher

    publisher = Publisher.objects.create(name="Land Bayern")
    theirs = make_version("9.0.0", released=False)
    Version.objects.filter(pk=theirs.pk).update(state="received", publisher=publisher, released_on="2026-03-02")
    theirs.refresh_from_db()
    version = draft()
    Merge.objects.create(draft=version, base=theirs, theirs=theirs, draft_digest=version.digest)

    assert refusal(rules.MERGE_CLOSED, submit, version, by=jonas) == (
        "In diesen Entwurf wird gerade Version 9.0.0 von Land Bayern übernommen. Bitte schließen Sie das zuerst ab."
    )
    refusal(rules.MERGE_CLOSED, release_by_command, version, by=BY)


# Numbers ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changes, number, kind", [
    ({"unit": WORDS}, "1.0.1", "patch"),
    ({"unit": UNIT.replace("minutes: 240", "minutes: 200")}, "1.1.0", "minor"),
    ({"competencies": COMPETENCIES.replace("Sie planen.", "Sie planen gut.")}, "2.0.0", "major"),
])  # fmt: skip
def test_the_kind_of_change_asks_for_a_number(emil, jonas, changes, number, kind):
    release(submit(draft(), by=jonas), by=emil)
    version = draft("1.0.1", **changes)
    proposal = proposal_for(version)

    assert (proposal.number, proposal.kind, proposal.since, proposal.fits) == (number, kind, "1.0.0", number == "1.0.1")
    if not proposal.fits:
        assert refusal(rules.HIGHER_NUMBER, submit, version, by=jonas) == (
            f"Die Nummer 1.0.1 ist zu niedrig. Seit Version 1.0.0 hat sich so viel geändert, dass es mindestens {number} sein "
            "muss."
        )
        version = renumber(version, number, by=jonas)
    assert submit(version, by=jonas).state == "review"


def test_a_number_below_the_last_release_is_refused(emil, jonas):
    release(submit(draft("2.0.0"), by=jonas), by=emil)

    refusal(rules.HIGHER_NUMBER, submit, draft("1.9.0", unit=WORDS), by=jonas)


def test_a_first_version_has_any_number():
    proposal = proposal_for(draft("0.3.0"))

    assert (proposal.number, proposal.kind, proposal.since, proposal.fits) == ("0.3.0", "first", "", True)


def test_what_follows_on_a_release_without_files_has_a_higher_number():
    make_version("1.0.0")
    version = draft("1.0.1")
    Version.objects.filter(pk=version.pk).update(programme=Programme.objects.get(key="beispielprogramm"))

    proposal = proposal_for(Version.objects.get(pk=version.pk))
    assert (proposal.number, proposal.kind, proposal.fits) == ("1.0.1", "same", True)


def test_renumber_changes_the_text_too(jonas):
    version = renumber(draft(), "1.2.0", by=jonas, notes=" Neu ist alles. ")
    outline = read_outline(programme_files(version))

    assert (version.number, version.notes, outline.version, outline.notes) == (
        "1.2.0",
        "Neu ist alles.",
        "1.2.0",
        "Neu ist alles.",
    )
    assert load_programme(programme_files(version), by="Test").version.digest == version.digest
    assert VersionFile.objects.filter(version=version).count() == 9
    entry = AuditEntry.objects.get(action="curriculum.draft_renumbered")
    assert (entry.payload["before"], entry.payload["after"]["number"]) == ({"number": "1.0.0"}, "1.2.0")


def test_renumber_refuses(emil, jonas):
    release(submit(draft(), by=jonas), by=emil)
    version = draft("1.0.1", unit=WORDS)

    assert refusal(rules.IS_NUMBER, renumber, version, "eins", by=jonas) == (
        "„eins“ ist keine Versionsnummer. Sie besteht aus drei Zahlen, zum Beispiel 1.0.0."
    )
    refusal(rules.RELEASED_STAYS, renumber, version, "1.0.0", by=jonas)
    refusal(rules.IS_DRAFT, renumber, submit(version, by=jonas), "1.0.2", by=jonas)
    refusal(rules.HAS_FILES, renumber, make_version("4.0.0", released=False), "5.0.0", by=jonas)


# Handed out -------------------------------------------------------------------------------------------------------------


def test_what_has_no_package_says_why():
    assert refusal(rules.HAS_PACKAGE, packages.package_zip, draft(), BytesIO()) == (
        "Von Version 1.0.0 gibt es noch kein Paket. Es entsteht bei der Freigabe."
    )
    refusal(rules.HAS_FILES, packages.package_zip, make_version("1.0.0"), BytesIO())
    refusal(rules.HAS_FILES, packages.folder_zip, make_version("1.1.0"), BytesIO())
    assert packages.has_package(make_version("1.2.0")) is False


def test_folder_zip_gives_what_can_be_loaded_again():
    from staffel.curriculum.core.package.archive import folder

    version, stream = draft(), BytesIO()
    packages.folder_zip(version, stream)

    files = folder(stream)
    assert files.paths() == programme_files(version).paths()
    assert load_programme(files, by="Test").outcome == "unchanged"
    assert (packages.package_name(version), packages.folder_name(version)) == (
        "kleines-programm-1.0.0.staffel.zip",
        "kleines-programm-1.0.0.zip",
    )


def test_provenance_is_json_that_anybody_reads(emil, jonas):
    version = release(submit(draft(), by=jonas), by=emil)
    said = json.loads(stored_files(version).contents(["provenance.json"])["provenance.json"])

    assert (said["format"], said["content"]) == ("staffel-package/1", version.digest)


def test_release_refuses_what_changed_while_it_was_described(emil, jonas):
    version = submit(draft(), by=jonas)

    def change(step, done, total):
        Version.objects.filter(pk=version.pk).update(digest="0" * 64)

    with heard_by(change), pytest.raises(RuleBroken) as refusal:
        release(version, by=emil)

    version.refresh_from_db()
    assert (refusal.value.rule, version.state, version.manifest_digest) == (rules.IS_CURRENT, "review", "")


def test_release_tells_how_far_it_is(emil, jonas):
    version, told = submit(draft(), by=jonas), []

    with heard_by(lambda *said: told.append(said)):
        release(version, by=emil)

    assert (told[-1], {step for step, _done, _total in told}) == (("write", 0, 0), {"read", "write"})
    assert all(done <= total for _step, done, total in told)
