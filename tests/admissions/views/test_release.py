from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from staffel.admissions.actions.release import ask_release
from staffel.admissions.models import Application, Release
from tests.admissions.drafts import make_sent, page_of, release_page_of
from tests.admissions.factories import make_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser():
    """Return a client that does not check for CSRF: the tests here send no page before."""
    return Client()


@pytest.fixture
def asked():
    """Return the question to Heinz."""
    return make_sent(make_call(), deputy_name="Bert Beispiel").releases.get()


def test_the_page_says_who_asks_and_what_it_means_and_nothing_more(browser, asked):
    text = browser.get(release_page_of(asked)).content.decode()

    for words in (
        "Anke Beispiel bittet um Ihre Freigabe",
        "Anke Beispiel möchte für Eberswalde am Programm „Beispielprogramm“ teilnehmen.",
        "2 Termine vom",
        "zusammen 8 Stunden in der Arbeitszeit",
        "Bert Beispiel ist genannt.",
        "Das gilt auch, wenn die Bewerbungsfrist vorher endet.",
    ):
        assert words in text, words
    assert ("Wir wollen anfangen." in text, "anke@example.org" in text) == (False, False)


def test_looking_changes_nothing_and_costs_three_queries(browser, asked, django_assert_num_queries):
    path = release_page_of(asked)

    with django_assert_num_queries(3):
        browser.get(path)

    assert Application.objects.get().state == "submitted"


def test_yes_is_taken_and_shown(browser, asked):
    path = release_page_of(asked)

    assert browser.post(path, {"answer": "yes"})["Location"] == path
    text = browser.get(path).content.decode()
    assert ("Sie haben die Teilnahme freigegeben." in text, "Antwort geben" in text) == (True, False)
    assert Application.objects.get().state == "released"


def test_no_needs_a_reason(browser, asked):
    path = release_page_of(asked)

    refused = browser.post(path, {"answer": "no", "reason": " "})
    assert (refused.status_code, "Zu einem Nein gehört ein Grund." in refused.content.decode()) == (200, True)

    browser.post(path, {"answer": "no", "reason": "Zu wenig Leute."})
    assert Release.objects.get().reason == "Zu wenig Leute."
    assert "Zu wenig Leute." in browser.get(path).content.decode()


def test_no_answer_shows_a_sentence(browser, asked):
    assert "Bitte wählen Sie Ja oder Nein." in browser.post(release_page_of(asked), {}).content.decode()


def test_the_second_answer_is_refused(browser, asked):
    path = release_page_of(asked)
    browser.post(path, {"answer": "yes"})

    assert browser.post(path, {"answer": "no", "reason": "Doch nicht."}).status_code == 409
    assert Application.objects.get().state == "released"


def test_after_its_time_the_page_says_what_can_be_done(browser, asked):
    path = release_page_of(asked)
    Release.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    text = browser.get(path).content.decode()

    assert ("Die Zeit für eine Antwort ist vorbei." in text, "Antwort geben" in text) == (True, False)
    assert browser.post(path, {"answer": "yes"}).status_code == 409


def test_for_a_withdrawn_application_no_answer_is_needed(browser, asked):
    path = release_page_of(asked)
    Application.objects.update(state="withdrawn")

    assert "Eine Antwort ist nicht mehr nötig." in browser.get(path).content.decode()


def test_the_link_closes_when_somebody_else_is_asked(browser, asked):
    path = release_page_of(asked)
    ask_release(asked.application, name="Hilde", email="hilde@example.org")

    assert browser.get(path).status_code == 409


def test_the_link_of_an_application_opens_no_release(browser, asked):
    token = page_of(asked.application).split("/")[2]

    assert browser.get(f"/freigabe/{token}/").status_code == 409


def test_answering_costs_eleven_queries_and_a_savepoint(browser, asked, django_assert_num_queries):
    path = release_page_of(asked)

    with django_assert_num_queries(11 + 2):
        browser.post(path, {"answer": "yes"})


def test_wrong_methods_are_refused(browser, asked):
    assert browser.put(release_page_of(asked)).status_code == 405
