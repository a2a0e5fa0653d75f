import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.formats import date_format
from django.utils.timezone import localtime

from staffel.accounts.models import AuditEntry
from staffel.curriculum import forms
from staffel.curriculum.actions.keys import trust
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core.package import signing
from staffel.curriculum.core.package.provenance import Upstream
from staffel.curriculum.models import PublisherKey, Upload, Version
from tests.curriculum.received import SECRET, make_package, make_received
from tests.curriculum.small_programme import HEAD, small_files, small_programme

NEW = "/buero/programme/hochladen/"
PUBLIC = signing.public_of(SECRET).hex()


@pytest.fixture
def jonas(signed_in):
    return signed_in("Jonas")


def folder(number="1.0.1", **changes):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path, content in small_programme(**{"head": HEAD.replace("1.0.0", number)} | changes).items():
            archive.writestr(f"mein-ordner/{path}", content)
    return stream.getvalue()


def send(client, content, name="paket.staffel.zip"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def preview(client, content, name="paket.staffel.zip"):
    """Send a file, and return where its preview stands and what it says."""
    address = send(client, content, name).url
    return address, client.get(address).content.decode()


def test_the_form_says_what_it_takes(jonas):
    page = jonas.get(NEW).content.decode()

    assert ('enctype="multipart/form-data"' in page, "höchstens 512 MB" in page) == (True, True)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer."),
        (b"kein ZIP", "Diese Datei kann so nicht übernommen werden."),
        (make_package()[:-30], "Diese Datei kann so nicht übernommen werden."),
    ],
)
def test_what_is_no_package_is_refused_with_a_sentence(jonas, content, sentence):
    answer = send(jonas, content)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Upload.objects.count() == 0


def test_nothing_chosen_and_too_much_say_so(jonas, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 1024)

    assert "Bitte wählen Sie eine Datei aus." in jonas.post(NEW, {}).content.decode()
    assert "erlaubt sind 1,0\xa0KB." in send(jonas, make_package()).content.decode()


def test_a_broken_signature_is_refused(jonas):
    tampered = make_package().replace(b"Worum es **geht**.", b"Worum es nicht geh")

    answer = send(jonas, tampered)

    assert answer.status_code == 422
    assert Upload.objects.count() == 0


# The preview ------------------------------------------------------------------------------------------------------------


def test_a_new_key_shows_its_fingerprint_and_asks(jonas):
    address, page = preview(jonas, make_package())
    fingerprint = signing.fingerprint(signing.public_of(SECRET))

    without = jonas.post(f"{address}uebernehmen/")
    taken = jonas.post(f"{address}uebernehmen/", {"compared": "on", "where": "Am Telefon mit Potsdam."})

    assert "Neuer Schlüssel: angeblich Land Brandenburg" in page
    assert f"<span>{fingerprint[:4]}</span> <span>{fingerprint[4:8]}</span>" in page
    assert (without.status_code, taken.status_code) == (422, 302)
    assert "Bitte vergleichen Sie den Fingerabdruck" in without.content.decode()
    version, key = Version.objects.get(), PublisherKey.objects.get()
    assert (version.state, version.publisher, taken.url) == (
        "received",
        key.publisher,
        f"/buero/programme/versionen/{version.public_id}/",
    )
    assert (key.publisher.note, Upload.objects.count()) == ("Am Telefon mit Potsdam.", 0)


def test_a_known_key_needs_no_question(jonas):
    trust("Land Brandenburg", PUBLIC, "Am Telefon.", by="Test")
    address, page = preview(jonas, make_package())

    assert "Bekannter Schlüssel: Land Brandenburg" in page
    assert 'name="compared"' not in page
    assert jonas.post(f"{address}uebernehmen/").status_code == 302


def test_a_name_that_is_known_by_another_key_warns(jonas):
    trust("Land Brandenburg", signing.public_of(bytes(32)).hex(), "Am Telefon.", by="Test")

    assert "Einen Herausgeber dieses Namens kennen wir schon, mit einem anderen Schlüssel." in preview(jonas, make_package())[1]


def test_without_a_signature_somebody_answers_for_it(jonas):
    address, page = preview(jonas, make_package(secret=None))

    assert "Keine Signatur" in page
    assert "Im Paket steht „Land Brandenburg“. Ob das stimmt, lässt sich nicht prüfen." in page
    assert jonas.post(f"{address}uebernehmen/").status_code == 422
    assert jonas.post(f"{address}uebernehmen/", {"compared": "on", "where": "Auf einem Stick."}).status_code == 302


def test_the_preview_says_what_comes_and_what_would_change(jonas):
    make_received("1.0.0")

    address, page = preview(jonas, make_package("1.1.0", summary="Worum es heute geht.\n"))
    comparison = jonas.get(f"{address}vergleich/").content.decode()

    assert "2 Module, 3 Einheiten, 9 Stunden, 2 Kompetenzen" in page
    assert 'CC0-1.0 <span class="st-muted">1 Material</span>' in page
    assert "Gegenüber Version 1.0.0 von Land Brandenburg:" in page
    assert "In „Aufbruch“ ist geändert: Zusammenfassung." in page
    assert "Verglichen mit Version 1.0.0 von Land Brandenburg" in comparison
    assert "heute" in comparison


def test_a_folder_written_by_hand_is_compared_though_its_materials_are_not_measured(jonas):
    make_received("1.0.0")

    address, _page = preview(jonas, folder(summary="Worum es heute geht.\n"), "ordner.zip")
    comparison = jonas.get(f"{address}vergleich/").content.decode()

    assert "heute" in comparison
    assert "punkt.png" not in comparison


def test_a_folder_that_would_replace_a_draft_says_so_and_offers_it(jonas):
    address, first = preview(jonas, folder(), "ordner.zip")
    draft = jonas.post(f"{address}als-entwurf/")["Location"]
    again = preview(jonas, folder(summary="Worum es heute geht.\n"), "ordner.zip")[1]

    assert "Der Inhalt wird ein Entwurf, den nur Ihr Büro sieht." in first
    assert "Der Inhalt ersetzt Ihren Entwurf 1.0.1. Was nur dort steht, ist danach weg." in again
    assert f'href="{draft}ordner.zip"' in again


def test_a_folder_is_compared_word_for_word_with_the_draft_that_it_would_replace(jonas, people):
    owner = people["Jonas"].acting.organisation
    release_by_command(load_programme(small_files(), by="Test", organisation=owner).version, by="Test")
    jonas.post(f"{preview(jonas, folder(summary='Worum es gestern ging.'), 'ordner.zip')[0]}als-entwurf/")

    address, page = preview(jonas, folder(summary="Worum es morgen geht.\n"), "ordner.zip")
    comparison = jonas.get(f"{address}vergleich/").content.decode()

    assert "Gegenüber Ihrem Entwurf 1.0.1:" in page
    assert "In „Aufbruch“ ist geändert: Zusammenfassung." in page
    assert "Verglichen mit Ihrem Entwurf 1.0.1" in comparison
    assert ("gestern" in comparison, "morgen" in comparison) == (True, True)
    assert "Ihr Entwurf hat sich seit dem Hochladen geändert." not in page


def test_a_draft_that_changed_since_the_upload_is_pointed_out(jonas):
    early, _page = preview(jonas, folder(summary="Heute.\n"), "ordner.zip")
    other, _page = preview(jonas, folder(summary="Gestern.\n"), "ordner.zip")
    jonas.post(f"{other}als-entwurf/")
    later, _page = preview(jonas, folder(summary="Morgen.\n"), "ordner.zip")
    third, _page = preview(jonas, folder(summary="Übermorgen.\n"), "ordner.zip")
    jonas.post(f"{third}als-entwurf/")

    page = jonas.get(later).content.decode()

    assert "Ihren Entwurf gab es beim Hochladen noch nicht." in jonas.get(early).content.decode()
    assert "Ihr Entwurf hat sich seit dem Hochladen geändert." in page
    assert "Übermorgen" in jonas.get(f"{later}vergleich/").content.decode()


# What speaks against it -------------------------------------------------------------------------------------------------


def test_a_folder_with_a_lower_number_than_the_draft_or_the_release_warns(jonas, people):
    load_programme(small_files("1.0.2"), by="Test", organisation=people["Jonas"].acting.organisation)
    under_draft = preview(jonas, folder("1.0.1", summary="Anders.\n"), "ordner.zip")[1]
    release_by_command(Version.objects.get(), by="Test")
    under_release = preview(jonas, folder("1.0.1", summary="Anders.\n"), "ordner.zip")[1]
    above = preview(jonas, folder("1.0.3", summary="Anders.\n"), "ordner.zip")[1]

    assert "In der Datei steht Version 1.0.1, Ihr Entwurf ist schon 1.0.2. Vielleicht ist es ein alter Stand" in under_draft
    assert "In der Datei steht Version 1.0.1, freigegeben ist schon 1.0.2. Vielleicht ist es ein alter Stand" in under_release
    assert "alter Stand" not in above


def test_a_package_older_than_what_its_publisher_sent_before_warns(jonas):
    make_received("1.1.0")

    older, newer = preview(jonas, make_package("1.0.0"))[1], preview(jonas, make_package("1.2.0"))[1]

    assert "Eine höhere Version ist schon hier." in older
    assert "Von Land Brandenburg haben Sie schon Version 1.1.0. Dieses Paket ist Version 1.0.0:" in older
    assert "Eine höhere Version ist schon hier." not in newer


def test_a_package_that_was_received_before_is_not_offered_again(jonas):
    first, _page = preview(jonas, make_package())
    there = jonas.post(f"{first}uebernehmen/", {"compared": "on", "where": "Am Telefon."}).url
    day = date_format(localtime(AuditEntry.objects.get(action="curriculum.version_received").at), "d.m.Y")

    address, again = preview(jonas, make_package())
    unsigned = preview(jonas, make_package(secret=None))[1]

    assert f'Dieses Paket wurde am {day} schon übernommen. <a href="{there}">Zur übernommenen Version</a>' in again
    assert (f'action="{address}uebernehmen/"' in again, f'action="{address}verwerfen/"' in again) == (False, True)
    assert "schon übernommen" not in unsigned


@pytest.mark.parametrize(("number", "warned"), [("1.0.0", True), ("1.1.0", False)])
def test_a_package_made_from_an_older_version_than_ours_warns(jonas, people, number, warned):
    base = make_received("1.1.0")
    load_programme(small_files("1.1.1"), by="Test", organisation=people["Jonas"].acting.organisation, upstream=base)
    chain = (Upstream("Land Brandenburg", "a" * 64, "kleines-programm", number, "b" * 64, "c" * 64),)

    page = preview(jonas, make_package("5.0.0", "Land Bremen", bytes(range(32, 64)), upstream=chain))[1]

    assert ("Das Paket beruht auf einem älteren Stand als Ihre Fassung." in page) is warned
    assert ("Es ist aus Version 1.0.0 von Land Brandenburg gemacht, Ihre Fassung schon aus Version 1.1.0." in page) is warned


def test_mistakes_are_named_with_file_and_line(jonas):
    address, page = preview(jonas, folder(head=HEAD.replace("fee: no", "fee: vielleicht")), "ordner.zip")

    assert "Ein Fehler ist noch in den Texten." in page
    assert "programme.yaml, Zeile 1" in page
    assert jonas.post(f"{address}als-entwurf/").status_code == 409
    assert "Hier gibt es nichts zu vergleichen." in jonas.get(f"{address}vergleich/").content.decode()


def test_a_folder_becomes_the_draft_and_then_replaces_it(jonas):
    first, page = preview(jonas, folder(), "ordner.zip")
    made = jonas.post(f"{first}als-entwurf/", follow=True).content.decode()
    again = preview(jonas, folder(summary="Anders.\n"), "ordner.zip")[0]
    replaced = jonas.post(f"{again}als-entwurf/", follow=True).content.decode()

    assert "Von diesem Programm ist noch keine Version hier. Alles ist neu." in page
    assert ("Der Entwurf 1.0.1 ist angelegt." in made, "Der Entwurf 1.0.1 ist ersetzt." in replaced) == (True, True)
    assert Version.objects.get().state == "draft"


def test_a_folder_is_compared_with_our_release(jonas, people):
    owner = people["Jonas"].acting.organisation
    release_by_command(load_programme(small_files(), by="Test", organisation=owner).version, by="Test")

    page = preview(jonas, folder(summary="Anders.\n"), "ordner.zip")[1]

    assert "Gegenüber unsere Version 1.0.0:" not in page
    assert "Gegenüber unserer Version 1.0.0:" in page


def test_a_package_is_no_draft_and_a_folder_no_package(jonas):
    package, _page = preview(jonas, make_package())
    plain, _page = preview(jonas, folder(), "ordner.zip")

    assert jonas.post(f"{package}als-entwurf/").status_code == 409
    assert jonas.post(f"{plain}uebernehmen/").status_code == 409


def test_an_upload_is_dropped(jonas):
    address, _page = preview(jonas, make_package())

    assert jonas.post(f"{address}verwerfen/").url == "/buero/programme/"
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_costs_the_same_however_much_is_uploaded(jonas, count, django_assert_num_queries):
    for _ in range(count):
        address, _page = preview(jonas, make_package())

    with django_assert_num_queries(5):
        assert jonas.get(address).status_code == 200
