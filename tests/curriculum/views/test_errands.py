"""The page of something long: how far it is, what became of it, and that a page never does it itself."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from staffel.curriculum.actions import errands
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import submit
from staffel.curriculum.models import Errand, Merge, Upload, Version
from staffel.curriculum.queries import sizes
from tests.curriculum.received import make_package, make_received
from tests.curriculum.small_programme import small_files
from tests.curriculum.views.test_upload import folder

NEW = "/buero/programme/hochladen/"
TRUST = {"compared": "on", "where": "Am Telefon."}


@pytest.fixture
def jonas(signed_in, monkeypatch):
    """Jonas, in a house in which three files are many."""
    monkeypatch.setattr(sizes, "FILES", 3)
    return signed_in("Jonas")


def send(client, content, name="paket.zip"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)}).url


def work():
    """Let the worker do what waits."""
    for errand in Errand.objects.filter(state="waiting"):
        errands.run(errand.public_id)


def page(client, address):
    return client.get(address).content.decode()


def test_a_large_file_is_looked_at_by_the_worker(jonas):
    address = send(jonas, make_package())
    waiting = page(jonas, address)
    preview = jonas.get(f"{NEW}{Upload.objects.get().public_id}/")
    work()
    there = jonas.get(address)

    assert address == f"/buero/programme/vorgaenge/{Errand.objects.get().public_id}/"
    assert ("<h1>Ihre Datei wird geprüft</h1>" in waiting, "Es geht gleich los." in waiting) == (True, True)
    assert f'hx-get="{address}" hx-trigger="every 3s"' in waiting
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in waiting
    assert f'href="{address}"' in waiting
    assert preview.url == address
    assert there.url == f"{NEW}{Upload.objects.get().public_id}/"
    assert "Neuer Schlüssel: angeblich Land Brandenburg" in page(jonas, there.url)


@pytest.mark.parametrize("content", [make_package(), b"kein ZIP" * 10])
def test_the_script_is_sent_on_as_a_whole(jonas, monkeypatch, content):
    monkeypatch.setattr(sizes, "BYTES", 10)
    address = send(jonas, content)
    going = jonas.get(address, headers={"HX-Request": "true"}).headers.get("HX-Redirect")
    work()

    answer = jonas.get(address, headers={"HX-Request": "true"})

    assert going is None
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.content) == (200, address, b"")


def test_a_refusal_says_why_and_stops_reloading(jonas):
    address = send(jonas, make_package().replace(b"Worum es **geht**.", b"Worum es nicht geh"))
    work()
    refused = page(jonas, address)

    assert "<h1>Diese Datei lässt sich so nicht übernehmen</h1>" in refused
    assert "Diese Datei kann so nicht übernommen werden." in refused
    assert ("hx-get" in refused, 'http-equiv="refresh"' in refused, Upload.objects.count()) == (False, False, 0)
    assert f'<a href="{address}">Datei prüfen: paket.zip</a>' in page(jonas, "/buero/programme/")


@pytest.mark.parametrize(
    ("step", "sentence", "words"),
    [
        ("check", "Prüfsummen, Signatur und Texte werden geprüft.", "etwa 50 Prozent"),
        ("read", "Die Einheiten werden gelesen.", "2.500 von 5.000 Einheiten"),
        ("keep", "Die Dateien werden abgelegt.", "2.500 von 5.000 Dateien"),
    ],
)
def test_how_far_it_is(jonas, step, sentence, words):
    address = send(jonas, make_package())
    Errand.objects.update(state="running", step=step, done=2500, total=5000)
    shown = page(jonas, address)

    assert sentence in shown
    assert f'<progress value="2500" max="5000">{words}</progress>' in shown


def test_the_last_step_has_no_bar(jonas):
    address = send(jonas, make_package())
    Errand.objects.update(state="running", step="write")

    assert "Das Ergebnis wird eingetragen." in page(jonas, address)
    assert "<progress" not in page(jonas, address)


def test_the_whole_way_of_a_large_programme(jonas, signed_in):
    def through(client, address, fields=None):
        going = client.post(address, fields or {}).url
        assert going.startswith("/buero/programme/vorgaenge/")
        work()
        return client.get(going).url

    going = send(jonas, make_package())
    work()
    version = through(jonas, f"{jonas.get(going).url}uebernehmen/", TRUST)
    draft = through(jonas, f"{version}als-entwurf/")
    jonas.post(f"{draft}pruefen/")
    released = through(signed_in("Emil"), f"{draft}freigeben/")

    assert "<h1>Kleines Programm</h1>" in page(jonas, released)
    assert list(Version.objects.order_by("state").values_list("state", flat=True)) == ["received", "released"]
    assert {one.act for one in Errand.objects.all()} == {"examine", "receive", "adopt", "release"}


def test_a_large_folder_becomes_the_draft(jonas):
    going = send(jonas, folder(), "ordner.zip")
    work()
    going = jonas.post(f"{jonas.get(going).url}als-entwurf/").url
    work()

    assert jonas.get(going, follow=True).redirect_chain == [
        (f"/buero/programme/versionen/{Version.objects.get().public_id}/", 302)
    ]


def test_a_large_merge_is_finished_by_the_worker(jonas, people):
    base, _theirs = make_received("1.0.0"), make_received("1.1.0", later_summary="Ihr Text.\n")
    office = people["Jonas"].acting.organisation
    load_programme(small_files("1.0.1"), by="Test", organisation=office, upstream=base)
    opened = jonas.post(f"/buero/programme/versionen/{_theirs.public_id}/zusammenfuehren/").url
    going = jonas.post(f"{opened}abschliessen/").url
    before = Merge.objects.count()
    work()

    assert (before, Merge.objects.count()) == (1, 0)
    assert "Die Zusammenführung ist abgeschlossen." in jonas.get(going, follow=True).content.decode()


def test_only_the_house_sees_an_errand(jonas, signed_in):
    address = send(jonas, make_package())

    assert [signed_in(name).get(address).status_code for name in ("Emil", "Karin", "Fremd", "Anke")] == [200, 404, 404, 404]
    assert signed_in("").get(address).status_code == 302
    assert jonas.post(address).status_code == 405


def test_small_ones_need_no_worker(signed_in, people):
    jonas, emil = signed_in("Jonas"), signed_in("Emil")
    draft = load_programme(small_files(), by="Test", organisation=people["Jonas"].acting.organisation).version
    submit(draft, by=people["Jonas"])

    emil.post(f"/buero/programme/versionen/{draft.public_id}/freigeben/")
    preview = send(jonas, folder("1.0.1"), "ordner.zip")

    assert Errand.objects.count() == 0
    assert preview == f"{NEW}{Upload.objects.get().public_id}/"


@pytest.mark.parametrize("count", [1, 3])
def test_an_errand_costs_the_same_however_many_there_are(jonas, count, django_assert_num_queries):
    for _ in range(count):
        address = send(jonas, make_package())

    with django_assert_num_queries(4):
        assert jonas.get(address).status_code == 200
