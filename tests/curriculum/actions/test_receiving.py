import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions import keys, receiving
from staffel.curriculum.actions.loading import discard_draft, load_programme
from staffel.curriculum.actions.receiving import (
    adopt,
    drop_old_uploads,
    drop_upload,
    drop_uploads_of,
    receive,
    take_over,
    upload,
)
from staffel.curriculum.actions.release import release, release_by_command, submit
from staffel.curriculum.core import rules
from staffel.curriculum.core.content import Whole
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.reader import open_package
from staffel.curriculum.core.package.writer import Release, Signer, package_files, write_zip
from staffel.curriculum.core.reader import read_outline, read_programme
from staffel.curriculum.core.writer import files_of
from staffel.curriculum.exports import packages
from staffel.curriculum.models import Blob, Module, Programme, Publisher, PublisherKey, Unit, Upload, Version
from staffel.curriculum.queries.files import programme_files
from staffel.curriculum.queries.releases import release_facts
from tests.accounts.factories import make_emil, make_person
from tests.curriculum.small_programme import UNIT, small_files

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
NOTE = "Am Telefon verglichen."
WORDS = UNIT.replace("title: Aufbruch", "title: Anfang")


@pytest.fixture
def jonas():
    return make_person("Jonas", role=Role.EDITOR)


class Office:
    """Another publisher, with its key."""

    def __init__(self, name="Land Brandenburg"):
        self.name = name
        self.secret, self.public = signing.new_pair()
        self.succession, self.upstream = (), ()

    @property
    def fingerprint(self):
        return signing.fingerprint(self.public)

    def rotate(self):
        old = self.secret
        self.secret, self.public = signing.new_pair()
        self.succession += (signing.succession(old, self.public, AT),)

    def package(self, number="1.0.0", *, signed=True, **changes):
        whole = read_programme_of(number, **changes)
        files = InMemory(
            {path: content if isinstance(content, bytes) else content().read() for path, content in files_of(whole)}
        )
        signer = Signer(self.public, lambda data: signing.sign(self.secret, data)) if signed else None
        said = Release(at=AT, publisher=self.name, upstream=self.upstream, succession=self.succession if signed else ())
        stream = BytesIO()
        write_zip(package_files(files, read_outline(files), said, signer), stream)
        return stream.getvalue()


def read_programme_of(number, **changes) -> Whole:
    from staffel.curriculum.actions.gathering import Gathered

    with Gathered(small_files(number, **changes)) as gathered:
        return read_programme(gathered.files)


@pytest.fixture
def office():
    return Office()


def send(content, by, name="datei.zip"):
    return upload(BytesIO(content), name, by=by, organisation=by.acting.organisation)


def zipped(files, top=""):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in files.paths():
            archive.writestr(top + path, files.open(path).read())
    return stream.getvalue()


def refusal(rule, act, *arguments, **named):
    with pytest.raises(RuleBroken) as caught:
        act(*arguments, **named)
    assert caught.value.rule is rule
    return caught.value.rule.sentence % caught.value.values


def nothing_kept():
    return (Upload.objects.count(), Blob.objects.count(), Version.objects.count(), Publisher.objects.count()) == (0, 0, 0, 0)


# Looked at --------------------------------------------------------------------------------------------------------------


def test_a_package_is_reported(jonas, office):
    found = send(office.package(), jonas, name="kleines-programm-1.0.0.staffel.zip")

    assert (found.kind, found.name, found.by, found.organisation) == (
        "package",
        "kleines-programm-1.0.0.staffel.zip",
        jonas,
        jonas.acting.organisation,
    )
    assert found.report == {
        "mistakes": [],
        "key": "kleines-programm",
        "title": "Kleines Programm",
        "version": "1.0.0",
        "licence": "CC-BY-4.0",
        "author": "Staffel",
        "notes": "Erste Fassung.",
        "language": "de",
        "modules": 2,
        "units": 3,
        "minutes": 540,
        "competencies": 2,
        "quiz": 0,
        "tasks": 0,
        "files": 1,
        "bytes": 67,
        "licences": [["CC0-1.0", 1]],
        "signature": "new",
        "publisher": "Land Brandenburg",
        "fingerprint": office.fingerprint,
        "released_at": "2026-11-25T15:00:00Z",
        "followed": False,
        "name_known": False,
        "upstream": [],
        "manifest": found.report["manifest"],
        "against": "",
        "against_publisher": "",
        "draft": "",
        "kind": "",
        "changes": [],
        "lost": [],
    }
    assert (Version.objects.count(), Publisher.objects.count()) == (0, 0)
    assert receive(found, by=jonas, trust_key=True, note=NOTE).manifest_digest == found.report["manifest"]


def test_the_report_says_what_would_change(jonas, office):
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    report = send(office.package("1.1.0", unit=WORDS), jonas).report

    assert (report["against"], report["against_publisher"], report["kind"]) == ("1.0.0", "Land Brandenburg", "patch")
    assert report["changes"] == [
        "In „Anfang“ ist geändert: Titel.",
        "An „Planen“ arbeitet eine Einheit, in der etwas anders ist: „Anfang“.",
        "An „Reden“ arbeitet eine Einheit, in der etwas anders ist: „Anfang“.",
    ]


def test_the_report_compares_with_the_own_release_first(jonas, office):
    receive(send(office.package("3.0.0"), jonas), by=jonas, trust_key=True, note=NOTE)
    release_by_command(load_programme(small_files("2.0.0"), by="Test").version, by="Test")

    report = send(zipped(small_files("2.0.1")), jonas).report
    assert (report["against"], report["against_publisher"], report["kind"], report["changes"]) == ("2.0.0", "", "", [])


def test_a_folder_is_compared_with_the_draft_that_it_replaces_and_a_package_is_not(jonas, office):
    receive(send(office.package("0.9.0"), jonas), by=jonas, trust_key=True, note=NOTE)
    draft = load_programme(small_files("1.0.1", unit=WORDS), by="Test").version

    folder = send(zipped(small_files("1.0.1")), jonas).report
    package = send(office.package("1.0.0"), jonas).report

    assert (folder["against"], folder["against_publisher"], folder["draft"]) == ("1.0.1", "", draft.digest)
    assert folder["changes"][0] == "In „Aufbruch“ ist geändert: Titel."
    assert (package["against"], package["against_publisher"], package["draft"]) == ("0.9.0", "Land Brandenburg", "")


@pytest.mark.parametrize("state", ["known", "retired", "none", "followed", "name"])
def test_the_report_says_whose_key_it_is(jonas, office, state):
    if state == "name":
        keys.trust(office.name, signing.new_pair()[1].hex(), NOTE, by=jonas)
    elif state != "none":
        key = keys.trust("Brandenburg, wie wir es nennen", office.public.hex(), NOTE, by=jonas)
    if state == "retired":
        keys.retire(key, reason="Ablauf", by=jonas)
    if state == "followed":
        office.rotate()
    report = send(office.package(signed=state != "none"), jonas).report

    assert (report["signature"], report["publisher"], report["followed"], report["name_known"]) == {
        "known": ("known", "Brandenburg, wie wir es nennen", False, False),
        "retired": ("retired", "Brandenburg, wie wir es nennen", False, False),
        "none": ("none", "Land Brandenburg", False, False),
        "followed": ("known", "Brandenburg, wie wir es nennen", True, False),
        "name": ("new", "Land Brandenburg", False, True),
    }[state]


@pytest.mark.parametrize("name", ["Land Brandenburg", "LAND  Brandenburg", "Land\u00a0Branden\u200bburg", "Programmbüro"])
@pytest.mark.parametrize("signed", [True, False])
def test_a_name_that_reads_like_one_that_is_known_is_pointed_out(jonas, office, name, signed):
    keys.trust(office.name, office.public.hex(), NOTE, by=jonas)

    assert send(Office(name).package(signed=signed), jonas).report["name_known"] is True
    assert send(Office("Land Bayern").package(signed=signed), jonas).report["name_known"] is False


def test_a_publisher_is_compared_with_itself(jonas, office):
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    receive(send(Office().package("9.0.0", signed=False), jonas), by=jonas, trust_key=True, note=NOTE)

    report = send(office.package("1.1.0", unit=WORDS), jonas).report
    assert (report["against"], report["against_publisher"]) == ("1.0.0", "Land Brandenburg")
    report = send(Office().package("9.1.0", signed=False, unit=WORDS), jonas).report
    assert (report["against"], report["against_publisher"]) == ("9.0.0", "Land Brandenburg (ohne Signatur)")


@pytest.mark.parametrize("top", ["", "kleines-programm/"])
def test_a_folder_is_reported(jonas, top):
    report = (found := send(zipped(small_files(), top), jonas)).report

    assert (found.kind, report["mistakes"], report["version"], report["units"]) == ("folder", [], "1.0.0", 3)
    assert (report["signature"], report["publisher"], report["fingerprint"]) == ("", "", "")


def test_mistakes_of_a_folder_are_in_the_report(jonas):
    found = send(zipped(small_files(last_summary=None, unit=UNIT.replace("session", "sitzung"))), jonas)

    assert found.report["mistakes"] == [
        "units/aufbruch/unit.yaml, Zeile 2: „sitzung“ ist hier nicht bekannt. Erlaubt sind session, self-study.",
        "units/schluss/summary.md, Zeile 1: Die Datei fehlt. Jede Einheit hat unit.yaml und summary.md.",
    ]
    assert refusal(rules.FILE_TAKEN, take_over, found, by=jonas).startswith(
        "Diese Datei kann so nicht übernommen werden. units/aufbruch/unit.yaml, Zeile 2: "
    )


def broken_signature(office):
    content = office.package()
    at = content.index(signing.to_pem(office.public)[30:60])
    other = signing.to_pem(signing.new_pair()[1])[30:60]
    return content[:at] + other + content[at + 30 :]


@pytest.mark.parametrize("make", [
    lambda office: b"",
    lambda office: b"kein Archiv",
    lambda office: office.package()[:-100],
    lambda office: office.package().replace(b"Worum es", b"Warum es"),
    broken_signature,
    lambda office: zipped(InMemory({"liesmich.txt": b"nichts"})),
    lambda office: zipped(InMemory({"imsmanifest.xml": b"<x/>"})),
    lambda office: zipped(InMemory({"imsmanifest.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"})),
    lambda office: zipped(InMemory({"../programme.yaml": b""})),
])  # fmt: skip
def test_what_is_damaged_or_dangerous_is_refused_and_nothing_is_kept(jonas, office, make):
    said = refusal(rules.FILE_TAKEN, send, make(office), jonas)

    assert said.startswith("Diese Datei kann so nicht übernommen werden. ")
    assert said.endswith(".")
    assert nothing_kept()


def test_a_revoked_key_is_refused_even_for_what_is_old(jonas, office):
    found = send(office.package(), jonas)
    key = keys.trust(office.name, office.public.hex(), NOTE, by=jonas)
    keys.revoke(key, reason="gestohlen", by=jonas)

    refusal(rules.KEY_REVOKED, send, office.package(), jonas)
    refusal(rules.KEY_REVOKED, receive, found, by=jonas, trust_key=True, note=NOTE)
    assert Version.objects.count() == 0


def test_what_was_released_here_does_not_come_from_others(jonas):
    version = load_programme(small_files(), by="Test", organisation=jonas.acting.organisation).version
    stream = BytesIO()
    packages.package_zip(release_by_command(version, by="Test"), stream)

    said = f"„{jonas.acting.organisation}“ hat das Paket selbst freigegeben; die Version ist schon hier."
    assert refusal(rules.FILE_TAKEN, send, stream.getvalue(), jonas) == (f"Diese Datei kann so nicht übernommen werden. {said}")
    refusal(rules.FILE_TAKEN, receiving.receive_package, stream, by=jonas)


def test_a_file_that_is_too_large_is_refused(jonas, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST", 2 * 1024 * 1024)

    assert refusal(rules.FILE_SIZE, send, b"x" * (2 * 1024 * 1024 + 1), jonas) == (
        "Die Datei ist größer als 2 Megabyte. Große Filme verlinken Sie besser, statt sie mitzugeben."
    )
    assert nothing_kept()


# Received ---------------------------------------------------------------------------------------------------------------


def test_receive_keeps_a_package_byte_for_byte(jonas, office):
    content = office.package()
    version = receive(send(content, jonas), by=jonas, trust_key=True, note=NOTE)

    assert (version.state, version.publisher.name, version.number, version.released_at) == (
        "received",
        "Land Brandenburg",
        "1.0.0",
        AT,
    )
    assert (version.signed_with, version.digest) == (office.fingerprint, open_package(BytesIO(content)).provenance.content)
    stream = BytesIO()
    packages.package_zip(version, stream)
    assert stream.getvalue() == content
    assert (Module.objects.count(), Unit.objects.count(), Upload.objects.count()) == (2, 3, 0)
    assert (version.programme.organisation, PublisherKey.objects.get().state) == (None, "trusted")
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == [
        "curriculum.publisher_key_trusted",
        "curriculum.version_received",
    ]


def test_a_package_that_somebody_zipped_again_is_the_same(jonas, office):
    content = office.package()
    archive = zipfile.ZipFile(BytesIO(content))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as again:
        for name in reversed(archive.namelist()):
            again.writestr(name, archive.read(name))
    version = receive(send(stream.getvalue(), jonas), by=jonas, trust_key=True, note=NOTE)

    assert receive(send(content, jonas), by=jonas) == version
    stream = BytesIO()
    packages.package_zip(version, stream)
    assert stream.getvalue() == content


def test_a_received_version_is_shown_nowhere_and_never_changes(jonas, office):
    from staffel.curriculum.queries import versions

    version = receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)

    assert (versions.released_versions(), versions.find_version("kleines-programm", "1.0.0")) == ((), None)
    for act in (
        lambda: Version.objects.update(number="2.0.0"),
        lambda: version.files.all().delete(),
        lambda: Unit.objects.update(minutes=1),
        lambda: version.modules.create(position=9, key="x", title="X", summary="X"),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            act()


def test_receive_asks_for_trust(jonas, office):
    found = send(office.package(), jonas)

    assert refusal(rules.KEY_TRUSTED, receive, found, by=jonas) == (
        f"Den Schlüssel {office.fingerprint} kennen wir nicht. Bitte vergleichen Sie ihn auf einem zweiten Weg mit „Land "
        "Brandenburg“, bevor Sie das Paket übernehmen."
    )
    refusal(rules.REASON_GIVEN, receive, found, by=jonas, trust_key=True)
    key = keys.trust(office.name, office.public.hex(), NOTE, by=jonas)
    keys.retire(key, reason="Ablauf", by=jonas)
    refusal(rules.KEY_TRUSTED, receive, found, by=jonas)
    assert (Version.objects.count(), Upload.objects.count()) == (0, 1)
    assert receive(found, by=jonas, trust_key=True, note="Nachgefragt.").state == "received"


def test_a_name_in_a_package_is_not_yet_who_is_known_by_it(jonas, office):
    known = keys.trust(office.name, office.public.hex(), NOTE, by=jonas).publisher
    found = send(Office().package(signed=False), jonas)

    refusal(rules.UNSIGNED, receive, found, by=jonas)
    version = receive(found, by=jonas, trust_key=True)
    assert (version.publisher.name, version.publisher == known) == ("Land Brandenburg (ohne Signatur)", False)
    assert version.signed_with == ""
    again = receive(send(Office().package("1.1.0", signed=False), jonas), by=jonas, trust_key=True)
    assert again.publisher == version.publisher


def test_a_key_that_follows_a_trusted_one_is_taken_and_noted(jonas, office):
    first = receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    office.rotate()
    office.rotate()
    second = receive(send(office.package("1.1.0", unit=WORDS), jonas), by=jonas)

    assert (second.publisher, second.signed_with) == (first.publisher, office.fingerprint)
    assert PublisherKey.objects.get(fingerprint=office.fingerprint).state == "trusted"
    assert AuditEntry.objects.filter(action="curriculum.publisher_key_followed").count() == 1


def test_a_key_does_not_follow_through_a_revoked_one(jonas, office):
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    office.rotate()
    stolen = keys.trust(office.name, office.public.hex(), NOTE, by=jonas)
    keys.revoke(stolen, reason="gestohlen", by=jonas)
    office.rotate()

    refusal(rules.KEY_TRUSTED, receive, send(office.package("1.1.0", unit=WORDS), jonas), by=jonas)


def test_a_key_does_not_follow_through_a_retired_one(jonas, office):
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    office.rotate()
    receive(send(office.package("1.1.0", unit=WORDS), jonas), by=jonas)
    keys.retire(PublisherKey.objects.get(fingerprint=office.fingerprint), reason="Ablauf", by=jonas)
    office.rotate()

    found = send(office.package("1.2.0", unit=WORDS), jonas)
    assert (found.report["signature"], found.report["followed"]) == ("new", False)
    refusal(rules.KEY_TRUSTED, receive, found, by=jonas)


def test_what_a_revoked_key_named_is_asked_for_again(jonas, office):
    first = keys.trust(office.name, office.public.hex(), NOTE, by=jonas)
    office.rotate()
    receive(send(office.package(), jonas), by=jonas)
    second = PublisherKey.objects.get(fingerprint=office.fingerprint)
    office.rotate()
    receive(send(office.package("1.1.0", unit=WORDS), jonas), by=jonas)
    third = PublisherKey.objects.get(fingerprint=office.fingerprint)

    keys.revoke(second, reason="gestohlen", by=jonas)
    states = PublisherKey.objects.order_by("pk").values_list("pk", "state", "reason")
    assert list(states) == [
        (first.pk, "trusted", ""),
        (second.pk, "revoked", "gestohlen"),
        (third.pk, "retired", f"Folgte dem gesperrten Schlüssel {second.fingerprint[:16]}."),
    ]
    refusal(rules.KEY_TRUSTED, receive, send(office.package("1.2.0", unit=WORDS), jonas), by=jonas)


def test_the_chain_names_publishers_as_they_are_known_here(jonas, office):
    keys.trust("Land Brandenburg", office.public.hex(), NOTE, by=jonas)
    office.name = "Bundesministerium"
    draft = adopt(receive(send(office.package(), jonas), by=jonas), by=jonas)

    facts = release_facts(release_by_command(draft, by="Test"))
    assert [(each.publisher, each.fingerprint) for each in facts.upstream] == [("Land Brandenburg", office.fingerprint)]


def test_the_same_number_with_another_content_is_refused(jonas, office):
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    found = send(office.package(unit=WORDS), jonas)

    assert refusal(rules.SAME_CONTENT, receive, found, by=jonas) == (
        "Version 1.0.0 von „Land Brandenburg“ ist schon hier, mit anderem Inhalt. Eine freigegebene Version ändert sich nicht; "
        "bitte fragen Sie beim Herausgeber nach."
    )
    assert Version.objects.count() == 1


def test_the_source_of_what_is_in_review_does_not_change(jonas, office):
    first = receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    other = receive(send(Office("Land Bayern").package(), jonas), by=jonas, trust_key=True, note=NOTE)
    draft = submit(adopt(first, by=jonas), by=jonas)

    refusal(rules.IS_DRAFT, adopt, other, by=jonas)
    draft.refresh_from_db()
    assert (draft.state, draft.upstream) == ("review", first)


def test_two_publishers_may_have_the_same_number(jonas, office):
    other = Office("Land Bayern")
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    receive(send(other.package(unit=WORDS), jonas), by=jonas, trust_key=True, note=NOTE)

    assert sorted(Version.objects.values_list("publisher__name", "number")) == [
        ("Land Bayern", "1.0.0"),
        ("Land Brandenburg", "1.0.0"),
    ]


def test_receive_leaves_a_draft_alone(jonas, office):
    draft = load_programme(small_files("0.9.0"), by="Test").version
    receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)

    assert sorted(Version.objects.values_list("state", "number")) == [("draft", "0.9.0"), ("received", "1.0.0")]
    assert Version.objects.get(state="draft").digest == draft.digest


# Taken over, adopted ----------------------------------------------------------------------------------------------------


def test_take_over_makes_a_folder_the_draft(jonas):
    loaded = take_over(send(zipped(small_files("1.1.0")), jonas), by=jonas)

    assert (loaded.outcome, loaded.version.state, loaded.version.number) == ("new", "draft", "1.1.0")
    assert (loaded.version.programme.organisation, Upload.objects.count()) == (jonas.acting.organisation, 0)


def test_each_kind_has_its_way(jonas, office):
    package, folder = send(office.package(), jonas), send(zipped(small_files()), jonas)

    assert refusal(rules.FILE_TAKEN, take_over, package, by=jonas) == (
        "Diese Datei kann so nicht übernommen werden. Sie ist ein Übergabepaket: Bitte übernehmen Sie es als Version seines "
        "Herausgebers."
    )
    assert refusal(rules.FILE_TAKEN, receive, folder, by=jonas) == (
        "Diese Datei kann so nicht übernommen werden. Sie ist kein Übergabepaket, sondern: Ordner als ZIP-Datei."
    )


def test_adopt_unchanged_keeps_the_number_and_can_be_released(jonas, office):
    received = receive(send(office.package("1.4.0"), jonas), by=jonas, trust_key=True, note=NOTE)
    draft = adopt(received, by=jonas)

    assert (draft.state, draft.number, draft.upstream, draft.digest) == ("draft", "1.4.0", received, received.digest)
    assert adopt(received, by=jonas) == draft
    version = release(submit(draft, by=jonas), by=make_emil())
    stream = BytesIO()
    packages.package_zip(version, stream)
    said = open_package(stream).provenance
    assert [(each.publisher, each.fingerprint, each.version, each.content, each.manifest) for each in said.upstream] == [
        ("Land Brandenburg", office.fingerprint, "1.4.0", received.digest, received.manifest_digest)
    ]
    assert Programme.objects.get().organisation == jonas.acting.organisation


def test_what_was_adopted_and_changed_needs_a_higher_number(jonas, office):
    received = receive(send(office.package("1.4.0"), jonas), by=jonas, trust_key=True, note=NOTE)
    adopt(received, by=jonas)
    draft = load_programme(small_files("1.4.0", unit=WORDS), by=jonas).version

    assert refusal(rules.HIGHER_NUMBER, submit, draft, by=jonas) == (
        "Die Nummer 1.4.0 ist zu niedrig. Seit Version 1.4.0 hat sich so viel geändert, dass es mindestens 1.4.1 sein muss."
    )


def test_adopt_with_a_number_of_ones_own(jonas, office):
    received = receive(send(office.package("1.4.0"), jonas), by=jonas, trust_key=True, note=NOTE)
    draft = adopt(received, by=jonas, number="2.0.0")

    assert (draft.number, draft.upstream, draft.digest != received.digest) == ("2.0.0", received, True)
    assert read_outline(programme_files(draft)).version == "2.0.0"
    assert refusal(rules.ONE_DRAFT, adopt, received, by=jonas) == (
        "Es gibt schon einen Entwurf mit der Nummer 2.0.0. Bitte führen Sie ihn mit der übernommenen Version zusammen oder "
        "verwerfen Sie ihn zuerst."
    )
    refusal(rules.IS_NUMBER, adopt, received, by=jonas, number="zwei")
    assert refusal(rules.WAS_RECEIVED, adopt, draft, by=jonas) == (
        "Version 2.0.0 wurde nicht von anderen übernommen. Als Entwurf übernehmen lässt sich nur, was ein anderer "
        "herausgegeben hat."
    )
    discard_draft(draft, by=jonas)
    assert adopt(received, by=jonas).number == "1.4.0"


def test_the_chain_of_upstream_grows(jonas, office):
    received = receive(send(office.package(), jonas), by=jonas, trust_key=True, note=NOTE)
    release(submit(adopt(received, by=jonas), by=jonas), by=make_emil())
    draft = load_programme(small_files("1.0.1", unit=WORDS), by=jonas).version
    assert draft.upstream == received
    version = release(submit(draft, by=jonas), by=make_emil())

    stream = BytesIO()
    packages.package_zip(version, stream)
    theirs = Office("Land Bayern")
    theirs.upstream = open_package(stream).provenance.upstream
    assert [each.version for each in theirs.upstream] == ["1.0.0"]
    found = send(theirs.package("1.2.0"), jonas)
    assert found.report["upstream"] == [{"publisher": "Land Brandenburg", "programme": "kleines-programm", "version": "1.0.0"}]
    second = receive(found, by=jonas, trust_key=True, note=NOTE)
    stream = BytesIO()
    packages.package_zip(release(submit(adopt(second, by=jonas), by=jonas), by=make_emil()), stream)
    assert [(each.publisher, each.version) for each in open_package(stream).provenance.upstream] == [
        ("Land Bayern", "1.2.0"),
        ("Land Brandenburg", "1.0.0"),
    ]


# Deleted ----------------------------------------------------------------------------------------------------------------


def test_drop_upload_deletes_what_only_it_had(jonas, office):
    kept = send(office.package(), jonas)
    again = send(office.package(), jonas)
    folder = send(zipped(small_files()), jonas)
    assert kept.blob == again.blob
    drop_upload(again, by=jonas)
    drop_upload(folder, by=jonas)

    assert (Upload.objects.get(), Blob.objects.get()) == (kept, kept.blob)


def test_uploads_go_after_seven_days(jonas):
    old, young = send(zipped(small_files()), jonas), send(zipped(small_files("1.1.0")), jonas)
    now = timezone.now()
    Upload.objects.filter(pk=old.pk).update(at=now - timedelta(days=7, minutes=1))
    Blob.objects.filter(pk=old.blob_id).update(kept_at=now - timedelta(days=7, minutes=2))
    Upload.objects.filter(pk=young.pk).update(at=now - timedelta(days=6, hours=23))

    assert drop_old_uploads(now) == 1
    assert (Upload.objects.get(), Blob.objects.count()) == (young, 1)


def test_bytes_of_an_upload_that_somebody_kept_since_stay_for_the_night(jonas):
    upload = send(zipped(small_files()), jonas)
    Blob.objects.update(kept_at=timezone.now() + timedelta(seconds=1))

    drop_upload(upload, by=jonas)

    assert (Upload.objects.count(), list(Blob.objects.values_list("pk", flat=True))) == (0, [upload.blob_id])


def test_uploads_go_with_the_person(jonas):
    send(zipped(small_files()), jonas)
    other = send(zipped(small_files("1.1.0")), make_emil())

    assert drop_uploads_of(jonas) == 1
    assert Upload.objects.get() == other
