"""The pages of the office: who may, what they say, what they change."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry
from staffel.admissions.models import Call, Decision, Offer
from staffel.curriculum.models import Version
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.admissions.factories import make_application, make_call, make_decision, make_offer
from tests.curriculum.factories import make_version
from tests.municipalities.factories import make_kreis, make_land, make_municipality, make_project

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def emil():
    return signed_in(make_emil())


@pytest.fixture
def dilek():
    land = make_land()
    land.organisation = make_organisation("Ministerium")
    land.save()
    return signed_in(make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=land.organisation))


@pytest.fixture
def cora():
    return signed_in(make_person("Cora"))


def office(call, below=""):
    return f"/buero/ausschreibungen/{call.public_id}/{below}"


def text_of(answer):
    return " ".join(answer.content.decode().split())


# Doors ------------------------------------------------------------------------------------------------------------------

READ = ["", "bewerbungen/", "warteliste/"]
ACT = ["aendern/", "bekannt-machen/", "schliessen/", "frist/", "absagen/", "beenden/", "veroeffentlichen/"]
ACT += ["bewerbungen/export.csv", "bewerbungen/export.xlsx", "bewerbungen/entscheiden/"]


def statuses(client, paths):
    return [client.get(path).status_code for path in paths]


def test_the_office_opens_every_page_of_its_call(emil):
    call = make_call(state="closed")

    assert statuses(emil, [office(call, page) for page in READ + ACT]) == [200] * len(READ + ACT)


def test_a_land_reads_and_acts_on_nothing(dilek):
    call = make_call(state="closed")

    assert statuses(dilek, [office(call, page) for page in READ]) == [200] * len(READ)
    assert statuses(dilek, [office(call, page) for page in ACT]) == [403] * len(ACT)
    assert statuses(dilek, ["/buero/ausschreibungen/", "/buero/ausschreibungen/neu/"]) == [200, 403]


def test_another_office_never_learns_that_the_call_exists():
    other = signed_in(make_person("Cora", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro")))
    call = make_call(state="closed")
    application = make_application(call)

    assert statuses(other, [office(call, page) for page in READ + ACT]) == [404] * len(READ + ACT)
    assert other.get(f"/buero/bewerbungen/{application.public_id}/").status_code == 404


def test_who_has_no_role_gets_nowhere(cora, client):
    call = make_call(state="closed")
    application = make_application(call)
    pages = ["/buero/ausschreibungen/", "/buero/ausschreibungen/neu/"]

    assert statuses(cora, pages) == [403, 403]
    assert statuses(cora, [office(call, page) for page in READ + ACT]) == [404] * len(READ + ACT)
    assert cora.get(f"/buero/bewerbungen/{application.public_id}/").status_code == 404
    assert [client.get(office(call)).status_code, client.get(pages[0]).status_code] == [302, 302]


def test_reading_pages_refuse_to_write(emil):
    call = make_call(state="closed")

    assert [emil.post(office(call, page)).status_code for page in READ] == [405] * len(READ)


def test_a_land_reads_an_application_of_its_own_but_decides_nothing(dilek):
    application = make_application(make_call(state="closed"))
    path = f"/buero/bewerbungen/{application.public_id}/"

    page = dilek.get(path)
    assert (page.status_code, "Entscheidung speichern" in text_of(page)) == (200, False)
    below = ["entscheiden/", "zuruecknehmen/", "warteliste/hoch/"]
    assert [dilek.post(path + one).status_code for one in below] == [403] * 3
    assert [dilek.get(path + one).status_code for one in below] == [403] * 3


def test_a_land_does_not_see_others_on_the_board(dilek):
    call = make_call(state="closed")
    away = make_municipality("14524330", "Zwickau", kreis=make_kreis("14524", "Zwickau", land=make_land("14", "Sachsen")))
    hidden = make_application(call, 1, municipality=away)
    make_application(call, 2)

    page = text_of(dilek.get(office(call, "bewerbungen/")))
    assert ("Zwickau" in page, "Musterstadt 2" in page, "export.csv" in page) == (False, True, False)
    assert dilek.get(f"/buero/bewerbungen/{hidden.public_id}/").status_code == 404


# Calls ------------------------------------------------------------------------------------------------------------------


def typed(**more):
    now = timezone.localtime()
    known = {
        "version": (Version.objects.first() or make_version()).pk,
        "cohort_name": "Staffel 9",
        "places": 12,
        "starts_on": (now + timedelta(days=90)).strftime("%Y-%m-%d"),
        "title": "Staffel 9: bundesweit",
        "text": "## Für wen\n\nFür alle.",
        "opens_at": now.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": (now + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M"),
        "release_days": 14,
        "answer_days": 7,
        "not_funded_only": "on",
    }
    return known | more


def test_an_empty_list_says_what_to_do_first(emil):
    page = text_of(emil.get("/buero/ausschreibungen/"))

    assert "Noch keine Ausschreibung" in page
    assert "/buero/ausschreibungen/neu/" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_five_queries(emil, count, django_assert_num_queries):
    for number in range(count):
        make_application(make_call(f"Staffel {number}"), number)

    with django_assert_num_queries(5):
        assert emil.get("/buero/ausschreibungen/").status_code == 200


def test_a_new_call_is_a_draft_with_its_cohort(emil):
    answer = emil.post("/buero/ausschreibungen/neu/", typed())

    call = Call.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, office(call))
    assert (call.state, call.cohort.name, call.cohort.places, call.not_funded_only) == ("draft", "Staffel 9", 12, True)


@pytest.mark.parametrize("wrong, sentence", [
    ({"title": ""}, "Bitte füllen Sie dieses Feld aus."),
    ({"starts_on": "2020-01-01"}, "Der erste Termin liegt in der Zukunft."),
    ({"closes_at": "2020-01-01T10:00"}, "Die Frist endet vor ihrem Beginn."),
    ({"closes_at": "bald"}, "Bitte geben Sie Tag und Uhrzeit an"),
])  # fmt: skip
def test_a_new_call_says_what_is_wrong_and_keeps_the_rest(emil, wrong, sentence):
    answer = emil.post("/buero/ausschreibungen/neu/", typed(**wrong))

    assert (sentence in text_of(answer), "Staffel 9" in text_of(answer), Call.objects.count()) == (True, True, 0)


def test_a_deadline_after_the_first_session_is_refused_by_its_rule(emil):
    late = (timezone.localtime() + timedelta(days=200)).strftime("%Y-%m-%dT%H:%M")

    answer = emil.post("/buero/ausschreibungen/neu/", typed(closes_at=late))
    assert (answer.status_code, "vor dem ersten Termin" in text_of(answer)) == (409, True)


def test_a_draft_is_changed_and_published(emil):
    call = make_call(state="draft")
    changed = {name: value for name, value in typed(title="Neuer Titel").items() if name not in ("version", "cohort_name")}
    emil.post(office(call, "aendern/"), changed)
    emil.post(office(call, "bekannt-machen/"))

    call.refresh_from_db()
    assert (call.title, call.state) == ("Neuer Titel", "open")


def test_the_preview_shows_the_text_and_no_script(emil):
    answer = emil.post("/buero/ausschreibungen/vorschau/", {"title": "T", "text": "## Für wen\n\n<script>x</script>"})

    page = text_of(answer)
    assert "<h2>Für wen</h2>" in page
    assert "<script>x" not in page
    assert emil.get("/buero/ausschreibungen/vorschau/").status_code == 405


@pytest.mark.parametrize("page, state, typed, after", [
    ("schliessen/", "open", {"reason": "Genug."}, "closed"),
    ("absagen/", "open", {"reason": "Kein Geld."}, "cancelled"),
    ("beenden/", "published", {}, "ended"),
])  # fmt: skip
def test_an_act_changes_the_state(emil, page, state, typed, after):
    call = make_call(state=state)

    assert emil.post(office(call, page), typed)["Location"] == office(call)
    call.refresh_from_db()
    assert call.state == after


@pytest.mark.parametrize("page", ["schliessen/", "absagen/", "frist/"])
def test_an_act_asks_for_its_reason(emil, page):
    call = make_call()

    assert "Bitte füllen Sie dieses Feld aus." in text_of(emil.post(office(call, page), {}))
    call.refresh_from_db()
    assert call.state == "open"


def test_the_deadline_is_moved(emil):
    call = make_call()
    until = timezone.localtime() + timedelta(days=40)
    emil.post(office(call, "frist/"), {"closes_at": until.strftime("%Y-%m-%dT%H:%M"), "reason": "Ferien."})

    call.refresh_from_db()
    assert timezone.localtime(call.closes_at).strftime("%Y-%m-%d %H:%M") == until.strftime("%Y-%m-%d %H:%M")


# Board ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_costs_eight_queries(emil, count, django_assert_num_queries):
    call = make_call(state="closed")
    for number in range(count):
        make_application(call, number + 1)

    with django_assert_num_queries(8):
        assert emil.get(office(call, "bewerbungen/")).status_code == 200


def test_the_board_names_a_filter_it_does_not_know(emil):
    page = text_of(emil.get(office(make_call(state="closed"), "bewerbungen/?berechtigt=vielleicht&land=99")))

    assert "Den Filter „Teilnahmeberechtigt: vielleicht“ kennen wir nicht." in page
    assert "Den Filter „Land: 99“ kennen wir nicht." in page


def test_files_hold_the_rows_of_the_filter_and_are_noted(emil):
    call = make_call(state="closed")
    make_application(call, 1, name="=cmd()")
    make_application(call, 2, state="refused")

    csv = emil.get(office(call, "bewerbungen/export.csv?stand=released")).content.decode("utf-8-sig").splitlines()
    book = CalamineWorkbook.from_filelike(BytesIO(emil.get(office(call, "bewerbungen/export.xlsx?stand=released")).content))
    assert [line.split(";")[1:3] for line in csv] == [["Kommune", "Person"], ["Musterstadt 1", "'=cmd()"]]
    assert [row[1:3] for row in book.get_sheet_by_index(0).to_python()] == [["Kommune", "Person"], ["Musterstadt 1", "=cmd()"]]
    entry = AuditEntry.objects.filter(action="admissions.applications_exported").first()
    assert entry.payload["after"] == {"Zeilen": 1, "Filter": {"stand": "released"}}


def test_a_file_of_a_wrong_address_is_not_made(emil):
    call = make_call(state="closed")

    answer = emil.get(office(call, "bewerbungen/export.csv?stand=quatsch"))
    assert (answer.status_code, answer["Location"]) == (302, office(call, "bewerbungen/"))
    assert AuditEntry.objects.count() == 0


def test_several_are_decided_with_one_reason(emil):
    call = make_call(state="closed")
    rows = [make_application(call, number) for number in (1, 2, 3)]
    address = office(call, f"bewerbungen/entscheiden/?b={rows[0].public_id}&b={rows[2].public_id}")

    assert "2 Bewerbungen sind ausgewählt." in text_of(emil.get(address))
    emil.post(address, {"kind": "reject", "reason": "Andere hatten Vorrang."})
    assert list(Decision.objects.order_by("pk").values_list("application__name", "kind")) == [
        ("Beispiel 1", "reject"),
        ("Beispiel 3", "reject"),
    ]


def test_all_that_were_found_are_decided_and_the_reason_is_there_already(emil):
    call = make_call(state="closed")
    funded, fine = make_application(call, 1), make_application(call, 2)
    make_project(municipality=funded.municipality)
    address = office(call, "bewerbungen/entscheiden/?alle=1&berechtigt=nein")

    page = text_of(emil.get(address))
    assert "Die Kommune kann nach den Bedingungen der Ausschreibung nicht teilnehmen." in page
    emil.post(address, {"kind": "reject", "reason": "Nicht teilnahmeberechtigt."})
    assert [decision.application for decision in Decision.objects.all()] == [funded]
    assert fine.state == "released"


def test_deciding_on_nothing_says_so(emil):
    page = emil.get(office(make_call(state="closed"), "bewerbungen/entscheiden/"))

    assert "Nichts ausgewählt" in text_of(page)


# One application --------------------------------------------------------------------------------------------------------


def test_an_application_is_decided_and_taken_back(emil):
    application = make_application(make_call(state="closed"))
    path = f"/buero/bewerbungen/{application.public_id}/"

    assert emil.post(path + "entscheiden/", {"kind": "wait", "reason": "Gut."})["Location"] == path
    assert "Platz 1 der Warteliste" in text_of(emil.get(path))
    assert emil.post(path + "zuruecknehmen/")["Location"] == path
    assert Decision.objects.count() == 0


def test_a_decision_without_reason_is_asked_for_it(emil):
    application = make_application(make_call(state="closed"))
    answer = emil.post(f"/buero/bewerbungen/{application.public_id}/entscheiden/", {"kind": "place"})

    assert (answer.status_code, "Bitte füllen Sie dieses Feld aus." in text_of(answer)) == (422, True)
    assert Decision.objects.count() == 0


def test_the_page_of_an_ineligible_application_says_why_and_proposes_the_refusal(emil):
    application = make_application(make_call(state="closed"), motivation="Wir fangen an.")
    make_project(municipality=application.municipality)
    page = text_of(emil.get(f"/buero/bewerbungen/{application.public_id}/"))

    assert "Nicht teilnahmeberechtigt" in page
    assert "Musterstadt 1 wird von einem Modellprojekt gefördert." in page
    assert "Diese Ausschreibung richtet sich an Kommunen, die kein Modellprojekt" in page
    assert "Wir fangen an." in page


def test_the_refusal_by_rule_is_a_sentence(emil):
    application = make_application(make_call(state="closed"))
    make_project(municipality=application.municipality)
    answer = emil.post(f"/buero/bewerbungen/{application.public_id}/entscheiden/", {"kind": "place", "reason": "Weil."})

    assert answer.status_code == 409
    assert "Musterstadt 1 ist nicht teilnahmeberechtigt" in text_of(answer)


def test_the_page_leads_to_the_next_that_waits(emil):
    call = make_call(state="closed")
    first, second = make_application(call, 1), make_application(call, 2)

    assert f"/buero/bewerbungen/{second.public_id}/" in text_of(emil.get(f"/buero/bewerbungen/{first.public_id}/"))
    assert f"/buero/bewerbungen/{first.public_id}/" in text_of(emil.get(f"/buero/bewerbungen/{second.public_id}/"))


# Waiting list and publication -------------------------------------------------------------------------------------------


def test_the_waiting_list_is_shown_and_moved(emil):
    call = make_call(state="closed")
    one, two = make_application(call, 1), make_application(call, 2)
    make_decision(one, "wait", position=1)
    make_decision(two, "wait", position=2)

    emil.post(f"/buero/bewerbungen/{two.public_id}/warteliste/hoch/")
    page = text_of(emil.get(office(call, "warteliste/")))
    assert page.index("Musterstadt 2") < page.index("Musterstadt 1")
    assert emil.post(f"/buero/bewerbungen/{two.public_id}/warteliste/quer/").status_code == 404


def test_publication_names_what_is_missing_and_waits_for_it(emil):
    call = make_call(state="closed")
    make_application(call)
    page = text_of(emil.get(office(call, "veroeffentlichen/")))

    assert "Über eine freigegebene Bewerbung ist noch nicht entschieden." in page
    assert "Jetzt veröffentlichen" not in page
    assert emil.post(office(call, "veroeffentlichen/")).status_code == 409


def test_publication_shows_who_gets_what_and_publishes_once(emil):
    call = make_call(state="closed")
    make_decision(make_application(call, 1), "place", reason="Klein.")
    make_decision(make_application(call, 2), "reject", reason="Andere.")
    make_application(call, 3, state="expired")
    page = text_of(emil.get(office(call, "veroeffentlichen/")))

    assert "3 Briefe gehen hinaus" in page
    assert ("Klein." in page, "Andere." in page, "Musterstadt 3" in page) == (True, True, True)
    assert [emil.post(office(call, "veroeffentlichen/")).status_code for _ in range(2)] == [302, 302]
    call.refresh_from_db()
    assert (call.state, Offer.objects.count()) == ("published", 1)
    assert emil.get(office(call, "veroeffentlichen/")).status_code == 302


# Overview ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state, sentence", [
    ("draft", "Lesen Sie den Text noch einmal"),
    ("open", "Danach beginnt die Auswahl."),
    ("closed", "Über eine freigegebene Bewerbung ist noch zu entscheiden."),
    ("published", "0 von 15 Plätzen sind bestätigt. Ein Angebot ist offen."),
    ("ended", "die Warteliste ist geschlossen"),
    ("cancelled", "Die Ausschreibung ist abgesagt."),
])  # fmt: skip
def test_the_overview_says_what_comes_next(emil, state, sentence):
    call = make_call(state=state)
    make_application(call, 1)
    make_offer(make_application(call, 2, state="offered"))

    assert sentence in text_of(emil.get(office(call)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_eight_queries(emil, count, django_assert_num_queries):
    call = make_call(state="closed")
    for number in range(count):
        make_application(call, number + 1)

    with django_assert_num_queries(8):
        assert emil.get(office(call)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/ausschreibungen/%00/",
        "/buero/ausschreibungen/%00/",
        "/buero/bewerbungen/%00/",
        "/buero/staffeln/%00/zertifikate/",
        "/staffeln/%00/",
        "/urkunde/%00.pdf",
    ],
)
def test_an_address_with_a_nul_is_no_page_and_no_error(path):
    assert signed_in(make_emil()).get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/buero/menschen/?q=%00", "/buero/menschen/?rolle=%00", "/buero/briefe/?q=%00&an=%00&art=%00", "/buero/briefe/?nach=%00"],
)
def test_a_search_with_a_nul_is_no_error(path):
    assert signed_in(make_emil()).get(path).status_code == 200
