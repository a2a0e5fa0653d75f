import zipfile
from io import BytesIO

import pytest
from django.test import Client

from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.merging import drop_merge
from staffel.curriculum.actions.release import release_by_command, submit
from staffel.curriculum.models import Upload, Version
from tests.curriculum.received import make_received
from tests.curriculum.small_programme import COMPETENCIES, small_files

PEOPLE = ("", "Emil", "Jonas", "Karin", "Fremd", "Anke")
ROOM = "/buero/programme/"
OPEN, HIDDEN = (302, 200, 200, 403, 403, 403), (302, 200, 200, 404, 404, 404)
POST_ONLY, HIDDEN_POST = (302, 405, 405, 403, 403, 403), (302, 405, 405, 404, 404, 404)


def addresses(stage):
    """Every address of the room with who gets which answer to GET."""
    draft, received = stage.of_version(stage.draft), stage.of_version(stage.theirs)
    keys, publishers = f"{ROOM}schluessel/", f"{ROOM}herausgeber/"
    theirs = f"{publishers}{stage.their_key.public_id}"
    return {
        ROOM: OPEN,
        f"{ROOM}hochladen/": OPEN,
        draft: HIDDEN,
        received: HIDDEN,
        f"{draft}lesen/": HIDDEN,
        f"{draft}lesen/aufbruch/": HIDDEN,
        f"{draft}lesen/aufbruch/leitfaden/": (302, 404, 404, 404, 404, 404),
        f"{received}lesen/aufbruch/dateien/punkt.png": HIDDEN,
        f"{draft}vergleich/": HIDDEN,
        f"{draft}ordner.zip": HIDDEN,
        f"{received}paket.zip": HIDDEN,
        f"{draft}nummer/": HIDDEN,
        f"{draft}pruefen/": HIDDEN_POST,
        f"{draft}freigeben/": HIDDEN,
        f"{draft}zurueckgeben/": HIDDEN,
        f"{draft}verwerfen/": HIDDEN,
        f"{received}als-entwurf/": HIDDEN,
        f"{received}zusammenfuehren/": HIDDEN_POST,
        stage.of_upload(): HIDDEN,
        stage.of_upload("vergleich/"): HIDDEN,
        stage.of_upload("uebernehmen/"): HIDDEN_POST,
        stage.of_upload("als-entwurf/"): HIDDEN_POST,
        stage.of_upload("verwerfen/"): HIDDEN_POST,
        stage.of_merge(): HIDDEN,
        stage.of_merge("entscheiden/"): HIDDEN_POST,
        stage.of_merge("fortsetzen/"): HIDDEN_POST,
        stage.of_merge("abschliessen/"): HIDDEN_POST,
        stage.of_merge("verwerfen/"): HIDDEN,
        stage.of_merge("ergebnis/"): HIDDEN,
        stage.of_merge("ergebnis.zip"): HIDDEN,
        keys: OPEN,
        f"{keys}neu/": (302, 405, 403, 403, 403, 403),
        f"{keys}wechseln/": (302, 200, 403, 403, 403, 403),
        f"{keys}sperren/": (302, 200, 403, 403, 403, 403),
        f"{keys}{stage.own_key.public_id}.pem": HIDDEN,
        f"{publishers}neu/": OPEN,
        f"{theirs}.pem": HIDDEN,
        f"{theirs}/abloesen/": HIDDEN,
        f"{theirs}/sperren/": HIDDEN,
    }


def status_of(client, address):
    answer = client.get(address)
    if answer.streaming:
        # Read to its end, or the file that it streams stays open, and closing it would close the database as well.
        answer.getvalue()
    return answer.status_code


def test_who_gets_through_which_door(stage, signed_in):
    expected = addresses(stage)
    clients = [signed_in(name) for name in PEOPLE]

    found = {address: tuple(status_of(client, address) for client in clients) for address in expected}

    assert found == expected


def test_nobody_else_changes_anything(stage, signed_in):
    before = Version.objects.count(), Upload.objects.count()
    content = {"sure": "on", "reason": "Darum.", "number": "9.0.0", "compared": "on", "where": "Telefon"}

    for name in ("Karin", "Fremd", "Anke"):
        client = signed_in(name)
        assert {client.post(address, content).status_code for address in addresses(stage)} <= {403, 404, 405}

    assert (Version.objects.count(), Upload.objects.count()) == before


def test_reading_pages_take_no_post(stage, signed_in):
    jonas = signed_in("Jonas")
    reading = [ROOM, stage.of_version(stage.draft), stage.of_version(stage.draft, "vergleich/"), stage.of_upload()]

    assert [jonas.post(address).status_code for address in reading] == [405, 405, 405, 405]


def test_every_act_checks_where_it_was_asked_from(stage, people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people["Jonas"], backend="django.contrib.auth.backends.ModelBackend")

    assert client.post(stage.of_version(stage.draft, "pruefen/")).status_code == 403


# The room ---------------------------------------------------------------------------------------------------------------


def page_of(client, address):
    return client.get(address).content.decode()


def test_an_empty_room_says_how_to_begin(signed_in):
    page = page_of(signed_in("Jonas"), ROOM)

    assert ("Noch kein Programm" in page, "Als Nächstes" in page, "Das erste hochladen" in page) == (True, False, True)


def test_the_room_says_what_is_next(stage, signed_in, people):
    jonas, emil = signed_in("Jonas"), signed_in("Emil")

    assert "Die Zusammenführung mit Version 1.1.0 von Land Brandenburg ist noch offen." in page_of(jonas, ROOM)
    drop_merge(stage.merge, by="Test")
    assert "Land Brandenburg hat Kleines Programm 1.1.0 herausgegeben." in page_of(jonas, ROOM)
    submit(stage.draft, by=people["Jonas"])
    assert "Version 1.0.1 wartet auf Ihre Freigabe." in page_of(emil, ROOM)
    assert "paket.staffel.zip“ ist hochgeladen und noch nicht übernommen." in page_of(jonas, ROOM)
    Upload.objects.all().delete()
    assert "Version 1.0.1 wartet auf die Freigabe durch eine andere Person." in page_of(jonas, ROOM)


def test_the_room_offers_what_nobody_took_over(signed_in, people):
    make_received("1.0.0")

    assert "Noch gibt es davon keine eigene Fassung." in page_of(signed_in("Jonas"), ROOM)


@pytest.mark.parametrize("count", [1, 3])
def test_the_room_costs_the_same_for_one_and_three(signed_in, people, count, django_assert_num_queries):
    for number in range(count):
        make_received(f"1.{number}.0")
    jonas = signed_in("Jonas")
    jonas.get(ROOM)

    with django_assert_num_queries(7):
        assert jonas.get(ROOM).status_code == 200


# A draft and its way ----------------------------------------------------------------------------------------------------


@pytest.fixture
def draft(people):
    """A second version of ours, in work; the first one is released."""
    owner = people["Jonas"].acting.organisation
    release_by_command(load_programme(small_files("1.0.0"), by="Test", organisation=owner).version, by="Test")
    changed = COMPETENCIES.replace("Sie planen.", "Sie planen gut.")
    return load_programme(small_files("1.0.1", competencies=changed), by="Test", organisation=owner).version


def at(version, end=""):
    return f"{ROOM}versionen/{version.public_id}/{end}"


def test_a_draft_says_which_number_fits_and_why(draft, signed_in):
    page = page_of(signed_in("Jonas"), at(draft))

    assert "Die Nummer 1.0.1 ist zu niedrig. Nach dem, was sich geändert hat, ist es mindestens 2.0.0." in page
    assert "geändert, was Menschen danach können oder was zum Abschluss gehört." in page
    assert "„Planen“ ist geändert." in page
    assert ("Nummer ändern" in page, "Zur Prüfung geben" in page) == (True, False)


def test_a_draft_warns_of_news_that_are_those_of_the_version_before(draft, signed_in):
    jonas = signed_in("Jonas")
    warning = "So steht es schon in Version 1.0.0."
    before = page_of(jonas, at(draft))
    jonas.post(at(draft, "nummer/"), {"number": "2.0.0", "notes": "Planen ist jetzt anders."})

    assert (warning in before, warning in page_of(jonas, at(draft))) == (True, False)


def test_the_comparison_marks_words(draft, signed_in):
    page = page_of(signed_in("Jonas"), at(draft, "vergleich/"))

    assert "Verglichen mit Version 1.0.0" in page
    assert '<ins><span class="kern-sr-only">neu: </span> gut<span class="kern-sr-only"> Ende. </span></ins>' in page


def test_the_number_is_changed_with_a_sentence_for_what_is_none(draft, signed_in):
    jonas = signed_in("Jonas")

    assert 'value="2.0.0"' in page_of(jonas, at(draft, "nummer/"))
    wrong = jonas.post(at(draft, "nummer/"), {"number": "zwei", "notes": ""})
    taken = jonas.post(at(draft, "nummer/"), {"number": "1.0.0", "notes": ""})
    right = jonas.post(at(draft, "nummer/"), {"number": "2.0.0", "notes": "Alles besser."})

    assert (wrong.status_code, taken.status_code, right.status_code) == (422, 422, 302)
    assert "„zwei“ ist keine Versionsnummer." in wrong.content.decode()
    assert "Version 1.0.0 ist freigegeben" in taken.content.decode()
    draft.refresh_from_db()
    assert (draft.number, draft.notes) == ("2.0.0", "Alles besser.")


def test_two_people_release_a_version(draft, signed_in):
    jonas, emil = signed_in("Jonas"), signed_in("Emil")
    jonas.post(at(draft, "nummer/"), {"number": "2.0.0"})

    assert jonas.post(at(draft, "pruefen/")).status_code == 302
    assert "Freigeben …" not in page_of(jonas, at(draft))
    assert jonas.post(at(draft, "freigeben/")).status_code == 409
    assert "Freigeben …" in page_of(emil, at(draft))
    answer = emil.post(at(draft, "freigeben/"), follow=True)

    draft.refresh_from_db()
    assert (draft.state, answer.redirect_chain) == ("released", [("/programme/kleines-programm/2.0.0/", 302)])
    assert jonas.get(at(draft)).url == "/programme/kleines-programm/2.0.0/"


def test_a_version_goes_back_with_a_reason(draft, signed_in):
    jonas, emil = signed_in("Jonas"), signed_in("Emil")
    jonas.post(at(draft, "nummer/"), {"number": "2.0.0"})
    jonas.post(at(draft, "pruefen/"))

    without = emil.post(at(draft, "zurueckgeben/"), {"reason": " "})
    emil.post(at(draft, "zurueckgeben/"), {"reason": "Die Quelle fehlt."})

    assert without.status_code == 422
    assert "Bitte nennen Sie den Grund." in without.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "Die Quelle fehlt." in page_of(jonas, at(draft))


def test_discarding_names_what_is_lost_and_asks(draft, signed_in):
    jonas = signed_in("Jonas")

    page = page_of(jonas, at(draft, "verwerfen/"))
    unsure = jonas.post(at(draft, "verwerfen/"))
    sure = jonas.post(at(draft, "verwerfen/"), {"sure": "on"})

    assert "Das geht verloren: 2 Module, 3 Einheiten, 9 Stunden, 2 Kompetenzen." in page
    assert (unsure.status_code, sure.status_code) == (422, 302)
    assert list(Version.objects.values_list("number", flat=True)) == ["1.0.0"]


def test_one_person_alone_reads_that_two_are_needed(draft, signed_in, people):
    people["Emil"].memberships.all().delete()

    assert "Zur Freigabe gehören zwei Menschen." in page_of(signed_in("Jonas"), at(draft))


def test_a_draft_is_fetched_as_a_folder(draft, signed_in):
    answer = signed_in("Jonas").get(at(draft, "ordner.zip"))

    names = zipfile.ZipFile(BytesIO(answer.getvalue())).namelist()
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "private, no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="kleines-programm-1.0.1.zip"'
    assert names[0] == "kleines-programm/competencies.yaml"
    assert signed_in("Jonas").get(at(draft, "paket.zip")).status_code == 409


def test_the_history_says_replaced_and_shows_the_beginning_of_sums(draft, signed_in):
    before = draft.digest
    load_programme(small_files("1.0.1", summary="Ganz anders.\n"), by="Test", organisation=draft.programme.organisation)
    draft.refresh_from_db()

    page = page_of(signed_in("Jonas"), at(draft))

    assert "Test hat den Entwurf eines Programms ersetzt." in " ".join(page.split())
    assert (
        f'<li>Prüfsumme: <span title="{before}">{before[:12]}…</span> wurde '
        f'<span title="{draft.digest}">{draft.digest[:12]}…</span></li>'
    ) in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_draft_costs_the_same_however_much_is_in_its_history(draft, signed_in, count, django_assert_num_queries):
    jonas = signed_in("Jonas")
    for number in range(count):
        jonas.post(at(draft, "nummer/"), {"number": f"2.0.{number}"})
    jonas.get(at(draft))

    with django_assert_num_queries(14):
        assert jonas.get(at(draft)).status_code == 200


# Received ---------------------------------------------------------------------------------------------------------------


def test_a_received_version_says_from_whom_and_is_adopted(signed_in, people):
    version = make_received("1.0.0")
    jonas = signed_in("Jonas")

    page = page_of(jonas, at(version))
    jonas.post(at(version, "als-entwurf/"))

    draft = Version.objects.get(state="draft")
    assert "Übernommen von Land Brandenburg" in page
    assert "Als Entwurf übernehmen …" in page
    assert (draft.number, draft.upstream, draft.digest) == ("1.0.0", version, version.digest)
    assert jonas.post(at(draft, "als-entwurf/")).status_code == 409


def test_a_received_version_can_be_merged_or_says_why_not(stage, signed_in):
    jonas = signed_in("Jonas")

    assert "Mit eigenem Entwurf zusammenführen" in page_of(jonas, at(stage.theirs))
    assert "Ihre Fassung beruht schon auf Version 1.0.0." in page_of(jonas, at(stage.base))
    assert jonas.post(at(stage.theirs, "zusammenfuehren/")).url == stage.of_merge()
    assert jonas.post(at(stage.base, "zusammenfuehren/")).status_code == 409
