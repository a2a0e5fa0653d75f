import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from staffel.admissions.core import baseline
from staffel.admissions.models import Application, Call, Offer
from staffel.base.models import Job
from tests.admissions.drafts import AGREED, EVERYTHING, make_draft, make_sent, page_of
from tests.admissions.factories import make_application, make_call
from tests.municipalities.factories import make_dataset, make_municipality, make_project

pytestmark = pytest.mark.django_db
State = Application.State


@pytest.fixture
def browser():
    """Return a client that does not check for CSRF: the tests here send no page before."""
    return Client()


@pytest.fixture
def eberswalde():
    place = make_municipality()
    make_dataset()
    return place


def errors_of(response):
    """Return the sentences of the summary of errors."""
    text = response.content.decode()
    found = re.search(r'<div class="st-errors".*?</div>', text, re.DOTALL)
    return re.findall(r'<a href="#[^"]*">(.*?)</a>', found[0]) if found else []


# Begin ------------------------------------------------------------------------------------------------------------------


def test_start_leads_to_the_page_of_the_application(browser, eberswalde):
    call = make_call()

    response = browser.post(f"/ausschreibungen/{call.public_id}/bewerben/", {"email": "anke@example.org", "ort": "Eberswalde"})

    assert response.status_code == 302
    page = browser.get(response["Location"]).content.decode()
    assert "4 Schritte sind noch offen." in page
    assert Application.objects.get().municipality == eberswalde


def test_start_says_what_is_missing(browser, eberswalde):
    call = make_call()

    response = browser.post(f"/ausschreibungen/{call.public_id}/bewerben/", {"email": "anke", "ort": ""})

    assert errors_of(response) == [
        "Ihre dienstliche E-Mail-Adresse: Das ist keine E-Mail-Adresse. Ein Beispiel: anke@musterstadt.de",
        "Ihre Kommune: Bitte nennen Sie Ihre Kommune.",
    ]
    assert 'value="anke"' in response.content.decode()


def test_without_a_script_a_name_that_fits_several_becomes_a_choice(browser):
    make_municipality("12060001", "Neustadt am Berg")
    make_municipality("12060002", "Neustadt an der See")
    make_dataset()
    call = make_call()
    path = f"/ausschreibungen/{call.public_id}/bewerben/"

    asked = browser.post(path, {"email": "anke@example.org", "ort": "Neustadt"})
    assert errors_of(asked) == ["Ihre Kommune: Bitte wählen Sie Ihre Kommune aus der Liste."]
    assert re.findall(r'type="radio"[^>]*value="(\d+)"', asked.content.decode()) == ["12060001", "12060002"]

    chosen = {"email": "anke@example.org", "ort": "Neustadt", "ort_asked": "Neustadt", "ort_ags": "12060002"}
    assert browser.post(path, chosen).status_code == 302
    assert Application.objects.get().municipality.ags == "12060002"


def test_a_choice_for_other_words_does_not_count(browser, eberswalde):
    make_municipality("12060020", "Bernau bei Berlin")
    call = make_call()
    stale = {"email": "anke@example.org", "ort": "Eberswalde", "ort_asked": "Bernau", "ort_ags": "12060020"}

    browser.post(f"/ausschreibungen/{call.public_id}/bewerben/", stale)

    assert Application.objects.get().municipality == eberswalde


def test_a_funded_body_learns_kindly_and_with_the_rule(browser):
    potsdam = make_municipality("12054000", "Potsdam")
    make_project(municipality=potsdam)
    make_dataset()
    call = make_call()

    response = browser.post(f"/ausschreibungen/{call.public_id}/bewerben/", {"email": "anke@example.org", "ort": "Potsdam"})

    text = response.content.decode()
    assert errors_of(response) == ["Ihre Kommune: Bitte wählen Sie eine andere Kommune."]
    assert "Mit dieser Kommune ist hier leider keine Bewerbung möglich." in text
    assert ("Potsdam wird von einem Modellprojekt gefördert." in text, "ADM-22" in text) == (True, True)
    assert Application.objects.count() == 0


def test_a_body_that_has_applied_is_told_so(browser, eberswalde):
    call = make_call()
    make_application(call, municipality=eberswalde)

    response = browser.post(f"/ausschreibungen/{call.public_id}/bewerben/", {"email": "bert@example.org", "ort": "Eberswalde"})

    assert errors_of(response)[0].startswith(
        "Ihre Kommune: Zu Eberswalde liegt auf diese Ausschreibung schon eine Bewerbung vor."
    )


def test_after_the_deadline_there_is_no_form_and_no_start(browser, eberswalde):
    now = timezone.now()
    call = make_call(opens_at=now - timedelta(days=9), closes_at=now - timedelta(seconds=1))
    path = f"/ausschreibungen/{call.public_id}/bewerben/"

    assert "Hier kann man sich im Moment nicht bewerben." in browser.get(path).content.decode()
    assert browser.post(path, {"email": "anke@example.org", "ort": "Eberswalde"}).status_code == 409


def test_the_link_page_says_the_same_whoever_asks(browser):
    call = make_call()
    make_draft(call)
    Job.objects.all().delete()
    path = f"/ausschreibungen/{call.public_id}/link/"

    pages = []
    for address in ("anke@example.org", "cora@example.org"):
        response = browser.post(path, {"email": address})
        pages.append((response.status_code, response["Location"], browser.get(response["Location"]).content))

    assert pages[0] == pages[1]
    assert Job.objects.count() == 1


PACE = "Von hier oder an diese Adresse gingen gerade viele E-Mails."


def test_starting_and_discarding_in_a_loop_is_no_mail_cannon(browser, eberswalde):
    call = make_call()
    path, typed = f"/ausschreibungen/{call.public_id}/bewerben/", {"email": "Anke@example.org", "ort": "Eberswalde"}
    for _ in range(5):
        browser.post(f"{browser.post(path, typed)['Location']}zurueckziehen/")

    page = browser.post(path, typed | {"email": "anke@example.org"}).content.decode()

    assert (PACE in page, 'value="anke@example.org"' in page, 'value="Eberswalde"' in page) == (True, True, True)
    assert Application.objects.count() == 0
    assert browser.post(path, typed | {"email": "bert@example.org"}).status_code == 302


def test_letters_with_links_have_a_pace_that_tells_nothing(browser):
    call = make_call()
    make_draft(call)
    path = f"/ausschreibungen/{call.public_id}/link/"
    pages = []
    for address in ("anke@example.org", "cora@example.org"):
        for _ in range(5):
            assert browser.post(path, {"email": address}).status_code == 302
        pages.append(browser.post(path, {"email": address}).content.decode())

    # ADM-17, whether the address has applied or not.
    assert [PACE in page for page in pages] == [True, True]
    assert ('value="anke@example.org"' in pages[0], 'value="cora@example.org"' in pages[1]) == (True, True)


def test_one_visitor_has_thirty_letters_an_hour(browser):
    path = f"/ausschreibungen/{make_call().public_id}/link/"
    for number in range(30):
        assert browser.post(path, {"email": f"gast{number}@example.org"}).status_code == 302

    assert PACE in browser.post(path, {"email": "gast30@example.org"}).content.decode()


# The steps --------------------------------------------------------------------------------------------------------------


def test_the_steps_lead_from_one_to_the_next_and_to_the_end(browser, eberswalde):
    base = page_of(make_draft(make_call(), municipality=eberswalde))
    way = [
        ("kommune/", {"municipality": "Eberswalde"}),
        ("person/", {"name": "Anke Beispiel", "function": "Stabsstelle"}),
        ("motivation/", {"motivation": "Wir wollen anfangen."}),
        ("einschaetzung/", dict.fromkeys(baseline.KEYS, "3")),
        ("vorgesetzte/", {"supervisor_name": "Heinz Beispiel", "supervisor_email": "heinz@example.org"}),
    ]

    led = [browser.post(base + step, values)["Location"].removeprefix(base) for step, values in way]

    assert led == ["person/", "motivation/", "einschaetzung/", "vorgesetzte/", "absenden/"]


def test_whoever_changes_a_whole_application_comes_back_to_the_summary(browser):
    base = page_of(make_draft(make_call(), **EVERYTHING))

    response = browser.post(f"{base}person/", {"name": "Anke B.", "function": "Amt"})

    assert response["Location"] == f"{base}absenden/"


def test_later_leads_to_the_overview(browser):
    base = page_of(make_draft(make_call()))

    response = browser.post(f"{base}person/", {"name": "Anke", "function": "Amt", "spaeter": "ja"})

    assert response["Location"] == base


def test_a_step_saves_what_is_valid_and_keeps_what_was_typed(browser):
    draft = make_draft(make_call())

    response = browser.post(
        f"{page_of(draft)}person/", {"name": "Anke Beispiel", "function": "Amt", "deputy_name": "Bert", "deputy_email": "bert"}
    )

    assert errors_of(response)[0].startswith("E-Mail-Adresse Ihrer Vertretung: Das ist keine E-Mail-Adresse.")
    assert 'value="bert"' in response.content.decode()
    draft.refresh_from_db()
    assert (draft.name, draft.deputy_name, draft.deputy_email) == ("Anke Beispiel", "Bert", "")


def test_half_a_self_assessment_is_saved(browser):
    draft = make_draft(make_call(), baseline={baseline.KEYS[7]: 5})

    response = browser.post(f"{page_of(draft)}einschaetzung/", {baseline.KEYS[0]: "4", baseline.KEYS[1]: "9"})

    assert len(errors_of(response)) == 7
    draft.refresh_from_db()
    assert draft.baseline == {baseline.KEYS[0]: 4, baseline.KEYS[7]: 5}


def test_a_field_saves_itself_and_says_when(browser):
    draft = make_draft(make_call())

    response = browser.post(
        f"{page_of(draft)}person/", {"name": "Anke Beispiel", "function": ""}, headers={"X-Autosave": "yes"}
    )

    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert re.fullmatch(r"gespeichert \d{1,2}:\d{2}", response.content.decode())
    draft.refresh_from_db()
    assert draft.name == "Anke Beispiel"


@pytest.mark.parametrize(
    ("step", "values", "sentence"),
    [
        ("person", {"deputy_email": "anke@example.org"}, "Das ist Ihre eigene Adresse."),
        ("motivation", {"motivation": "a" * 2001}, "Der Text hat 2001 Zeichen, Platz ist für 2.000."),
        ("vorgesetzte", {"supervisor_email": "Anke@example.org"}, "Die Freigabe gibt eine andere Person als Sie."),
        ("kommune", {"municipality": "Nirgendwo"}, "Diesen Ort haben wir nicht gefunden."),
        ("kommune", {"municipality": ""}, "Bitte nennen Sie Ihre Kommune."),
        ("kommune", {"municipality": "Eberswalde", "partner": "Eberswalde"}, "Die zweite Kommune ist dieselbe wie die erste."),
    ],
)
def test_bad_input_shows_a_sentence(browser, eberswalde, step, values, sentence):
    draft = make_draft(make_call(), municipality=eberswalde)

    response = browser.post(f"{page_of(draft)}{step}/", values)

    assert (response.status_code, sentence in response.content.decode()) == (200, True)


def test_2000_characters_over_several_lines_fit(browser):
    draft = make_draft(make_call())
    text = "\r\n".join(["a" * 99] * 20)

    browser.post(f"{page_of(draft)}motivation/", {"motivation": text + "b"})

    draft.refresh_from_db()
    assert len(draft.motivation) == 2000


def test_a_second_body_is_saved_and_taken_out_again(browser, eberswalde):
    bernau = make_municipality("12060020", "Bernau bei Berlin")
    draft = make_draft(make_call(), municipality=eberswalde)
    path = f"{page_of(draft)}kommune/"

    browser.post(path, {"municipality": "Eberswalde", "partner": "Bernau bei Berlin"})
    draft.refresh_from_db()
    assert draft.partner == bernau

    browser.post(path, {"municipality": "Eberswalde", "partner": ""})
    draft.refresh_from_db()
    assert draft.partner is None


# Send -------------------------------------------------------------------------------------------------------------------


def test_submit_sends_and_shows_the_state(browser):
    draft = make_draft(make_call(), **EVERYTHING)
    base = page_of(draft)

    response = browser.post(f"{base}absenden/", dict.fromkeys(AGREED, "on"))

    assert response["Location"] == base
    page = browser.get(base).content.decode()
    assert "Ihre Bewerbung ist da. Jetzt fehlt die Freigabe." in page
    assert "Heinz Beispiel hat am" in page


def test_submit_without_agreement_says_so(browser):
    draft = make_draft(make_call(), **EVERYTHING)

    response = browser.post(f"{page_of(draft)}absenden/", {"privacy": "on"})

    assert errors_of(response) == [
        "Die Menschen, die über die Plätze entscheiden, dürfen meine Angaben dafür lesen. Ohne diese Zustimmung können wir die "
        "Bewerbung nicht annehmen."
    ]
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_summary_is_not_there_before_everything_is(browser):
    base = page_of(make_draft(make_call()))

    assert browser.get(f"{base}absenden/")["Location"] == base
    assert browser.post(f"{base}absenden/", dict.fromkeys(AGREED, "on")).status_code == 409


def test_after_the_deadline_the_draft_says_that_it_is_too_late(browser):
    draft = make_draft(make_call(), **EVERYTHING)
    base = page_of(draft)
    Call.objects.update(closes_at=timezone.now() - timedelta(seconds=1))

    assert "Abschicken kann man diese Bewerbung nicht." in browser.get(base).content.decode()
    response = browser.post(f"{base}absenden/", dict.fromkeys(AGREED, "on"))
    assert (response.status_code, "Die Frist endete am" in response.content.decode()) == (409, True)


def test_steps_of_a_sent_application_lead_to_its_state(browser):
    base = page_of(make_sent(make_call()))

    for step in ("kommune", "person", "motivation", "einschaetzung", "vorgesetzte", "absenden"):
        assert browser.get(f"{base}{step}/")["Location"] == base
    assert browser.post(f"{base}person/", {"name": "Cora"}).status_code == 409


# Afterwards -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in State if state not in (State.DRAFT, State.ACCEPTED)])
def test_every_state_has_its_page(browser, state):
    application = make_application(make_call(), state=state)

    page = browser.get(page_of(application)).content.decode()

    assert ("Ihre Angaben" in page, "Bewerbung zurückziehen" in page) == (
        True,
        state in (State.SUBMITTED, State.RELEASED, State.REFUSED, State.EXPIRED, State.WAITING),
    )


def test_withdrawing_asks_first_and_says_what_is_lost(browser):
    application = make_application(make_call(), state=State.RELEASED)
    base = page_of(application)

    assert "Ihre Bewerbung nimmt nicht mehr an der Auswahl teil." in browser.get(f"{base}zurueckziehen/").content.decode()
    application.refresh_from_db()
    assert application.state == "released"

    assert browser.post(f"{base}zurueckziehen/")["Location"] == base
    assert "Die Bewerbung ist zurückgezogen." in browser.get(base).content.decode()


def test_a_draft_is_deleted_after_asking(browser):
    draft = make_draft(make_call())
    base = page_of(draft)

    assert "Zurückholen lässt sich der Entwurf nicht." in browser.get(f"{base}zurueckziehen/").content.decode()
    assert browser.post(f"{base}zurueckziehen/")["Location"] == f"/ausschreibungen/{draft.call.public_id}/"
    assert browser.get(base).status_code == 409


def test_another_supervisor_is_asked(browser):
    sent = make_sent(make_call())

    response = browser.post(
        f"{page_of(sent)}freigabe/", {"supervisor_name": "Hilde Beispiel", "supervisor_email": "hilde@example.org"}
    )

    assert response.status_code == 302
    assert [release.email for release in sent.releases.order_by("pk")] == ["heinz@example.org", "hilde@example.org"]


def test_asking_supervisors_ends_at_the_form_with_what_was_typed(browser):
    sent = make_sent(make_call())
    path = page_of(sent, "freigabe/")
    for number in range(4):
        asked = {"supervisor_name": "Hilde Beispiel", "supervisor_email": f"hilde{number}@example.org"}
        assert browser.post(path, asked).status_code == 302

    page = browser.post(path, {"supervisor_name": "Hanna Beispiel", "supervisor_email": "hanna@example.org"}).content.decode()

    assert "Zu dieser Bewerbung ist schon 5 Mal um Freigabe gebeten worden." in page
    assert ('value="Hanna Beispiel"' in page, 'value="hanna@example.org"' in page) == (True, True)
    assert sent.releases.count() == 5


def test_one_supervisor_gets_five_letters_an_hour_from_whatever_application(browser):
    call = make_call()
    asked = {"supervisor_name": "Heinz Beispiel", "supervisor_email": "heinz@example.org"}
    first, second = (make_application(call, number, state=State.SUBMITTED) for number in (1, 2))
    for application, times in ((first, 3), (second, 2)):
        for _ in range(times):
            assert browser.post(page_of(application, "freigabe/"), asked).status_code == 302

    assert PACE in browser.post(page_of(second, "freigabe/"), asked).content.decode()
    assert (first.releases.count(), second.releases.count()) == (3, 2)


def test_an_open_offer_is_reached_by_a_press_of_the_button_only(browser):
    call = make_call(state=Call.State.PUBLISHED)
    application = make_application(call, state=State.OFFERED)
    Offer.objects.create(application=application, call=call, answer_by=timezone.now() + timedelta(days=7))
    base = page_of(application)

    assert "Angebot ansehen und antworten" in browser.get(base).content.decode()
    assert browser.get(f"{base}zusage/").status_code == 405
    assert browser.post(f"{base}zusage/")["Location"].startswith("/zusage/")


# The door ---------------------------------------------------------------------------------------------------------------

BELOW = ["", "kommune/", "person/", "motivation/", "einschaetzung/", "vorgesetzte/", "absenden/", "zurueckziehen/", "freigabe/"]


@pytest.mark.parametrize("below", BELOW)
def test_a_wrong_link_opens_nothing(browser, below):
    make_draft(make_call())

    response = browser.get(f"/bewerbung/AAAAAAAAAAAAAAAAAAAAAA/{below}")

    assert (response.status_code, "BAS-01" in response.content.decode()) == (409, True)


@pytest.mark.parametrize("below", BELOW)
def test_reading_costs_two_queries_and_changes_nothing(browser, django_assert_num_queries, below):
    draft = make_draft(make_call(), **EVERYTHING)
    path = page_of(draft, below)
    before = Application.objects.values().get()

    with django_assert_num_queries(2):
        browser.get(path)

    assert Application.objects.values().get() == before


def test_the_state_costs_three_queries(browser, django_assert_num_queries):
    path = page_of(make_sent(make_call()))

    with django_assert_num_queries(3):
        browser.get(path)


def test_saving_costs_six_queries(browser, django_assert_num_queries):
    path = page_of(make_draft(make_call()), "person/")

    # Link, row, savepoint and its release, row again, update.
    with django_assert_num_queries(6):
        browser.post(path, {"name": "Anke", "function": "Amt"})


def test_sending_costs_twelve_queries_and_a_savepoint(browser, django_assert_num_queries):
    path = page_of(make_draft(make_call(), **EVERYTHING), "absenden/")

    with django_assert_num_queries(12 + 2):
        browser.post(path, dict.fromkeys(AGREED, "on"))


def test_starting_costs_eleven_queries_a_savepoint_and_the_count_of_letters(browser, eberswalde, django_assert_num_queries):
    path = f"/ausschreibungen/{make_call().public_id}/bewerben/"
    browser.get("/ausschreibungen/kommunen/?q=ebe")

    # Two counts, by visitor and by address, each of 12 in the table that all processes share.
    with django_assert_num_queries(11 + 2 + 2 * 12):
        browser.post(path, {"email": "anke@example.org", "ort": "Eberswalde"})


@pytest.mark.parametrize("below", ["", "person/", "absenden/", "zurueckziehen/", "freigabe/"])
def test_wrong_methods_are_refused(browser, below):
    path = page_of(make_draft(make_call()), below)

    assert browser.delete(path).status_code == 405
    if not below:
        assert browser.post(path).status_code == 405


def test_a_form_without_its_token_is_refused(client):
    assert client.post(page_of(make_draft(make_call()), "person/"), {"name": "Cora"}).status_code == 403


def test_a_place_with_a_nul_is_no_error():
    place = {"email": "anke@example.org", "ort": "Ort", "ort_ags": "1\x00", "ort_asked": "Ort"}
    answer = Client().post(f"/ausschreibungen/{make_call().public_id}/bewerben/", place)
    assert answer.status_code == 200
