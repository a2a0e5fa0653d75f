from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from staffel.admissions.actions.placing import OFFER_LINK
from staffel.admissions.models import Offer
from staffel.base.actions import issue_link
from tests.admissions.factories import make_application, make_call, make_decision, make_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    application = make_application(make_call(state="published"), state="offered")
    make_decision(application, reason="Klein und bisher allein.")
    return make_offer(application)


def page_of(offer, below="", *, days=10):
    return f"/zusage/{issue_link(OFFER_LINK, offer.public_id, until=timezone.now() + timedelta(days=days))}/{below}"


def text_of(answer):
    return " ".join(answer.content.decode().split())


def state_of(offer):
    return Offer.objects.get(pk=offer.pk).state


def test_the_page_offers_both_answers_with_the_reason_and_the_dates(offer):
    page = text_of(Client().get(page_of(offer)))

    assert "Ihr Platz wartet auf Sie" in page
    assert "Klein und bisher allein." in page
    assert "Platz annehmen" in page
    assert "Platz ablehnen" in page
    assert "Die 2 Termine" in page


@pytest.mark.parametrize("below", ["", "ablehnen/"])
def test_opening_the_link_never_acts(offer, below):
    assert Client().get(page_of(offer, below)).status_code == 200
    assert state_of(offer) == "open"


def test_the_accepting_address_takes_no_get(offer):
    assert Client().get(page_of(offer, "annehmen/")).status_code == 405
    assert state_of(offer) == "open"


def test_accepting_leads_to_a_page_that_says_so_every_time(offer):
    client, path = Client(), page_of(offer)

    assert client.post(path + "annehmen/")["Location"] == path
    assert state_of(offer) == "accepted"
    assert "Ihr Platz ist bestätigt" in text_of(client.get(path))
    again = client.post(path + "annehmen/")
    assert (again.status_code, "schon beantwortet" in text_of(again)) == (409, True)


def test_declining_asks_before_and_needs_no_reason(offer):
    client, path = Client(), page_of(offer)

    assert "Platz endgültig ablehnen" in text_of(client.get(path + "ablehnen/"))
    assert client.post(path + "ablehnen/", {"reason": ""})["Location"] == path
    assert state_of(offer) == "declined"
    assert "Sie haben den Platz abgelehnt" in text_of(client.get(path))
    assert client.get(path + "ablehnen/")["Location"] == path


@pytest.mark.parametrize("state, heading", [
    ("lapsed", "Die Zeit für die Antwort ist vorbei"),
    ("closed", "Das Angebot gilt nicht mehr"),
])  # fmt: skip
def test_the_page_says_how_the_offer_ended(offer, state, heading):
    Offer.objects.update(state=state)
    page = text_of(Client().get(page_of(offer)))

    assert heading in page
    assert "annehmen/" not in page


def test_an_open_offer_whose_time_is_over_cannot_be_answered(offer):
    Offer.objects.update(answer_by=timezone.now() - timedelta(minutes=5))
    path = page_of(offer)

    assert "Die Zeit für die Antwort ist vorbei" in text_of(Client().get(path))
    assert Client().post(path + "annehmen/").status_code == 409


def test_a_strange_token_is_a_sentence(offer):
    assert [Client().get(f"/zusage/unbekannt/{below}").status_code for below in ("", "ablehnen/")] == [409, 409]


def test_a_form_without_its_token_is_refused(offer, client):
    assert client.post(page_of(offer, "annehmen/")).status_code == 403
    assert state_of(offer) == "open"


def test_the_page_costs_three_queries(offer, django_assert_num_queries):
    path = page_of(offer)

    with django_assert_num_queries(3):
        Client().get(path)
