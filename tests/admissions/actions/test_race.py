"""Two hundred clients race for the last fifteen places, through the real pages, on connections of their own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from staffel.admissions.actions.placing import OFFER_LINK
from staffel.admissions.models import Application, Call, Offer
from staffel.base.actions import issue_link
from staffel.cohorts.models import Enrolment
from tests.admissions.factories import make_application, make_call, make_offer

CLIENTS, PLACES, AT_ONCE = 200, 15, 40


@pytest.fixture
def in_threads(tmp_path):
    """Return a function that runs ``work`` for all items at once; for SQLite, whose tests are in memory, in a copy."""
    settings = connections.settings["default"]
    kept = settings["NAME"]

    def run(work, items):
        if connection.vendor == "sqlite":
            path = tmp_path / "race.sqlite3"
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            settings["NAME"] = str(path)
        # All threads stand ready before the first one begins.
        with ThreadPoolExecutor(AT_ONCE, initializer=Barrier(AT_ONCE).wait) as pool:
            return list(pool.map(work, items))

    yield run
    settings["NAME"] = kept


def after_the_race(question):
    """Ask ``question`` where the race took place."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(_closing, question).result()


def _closing(work, *arguments):
    try:
        return work(*arguments)
    finally:
        connections["default"].close()


@pytest.mark.django_db(transaction=True)
def test_two_hundred_clients_get_exactly_the_last_fifteen_places(in_threads):
    call = make_call(state="published", places=PLACES)
    tokens = []
    for number in range(1, CLIENTS + 1):
        offer = make_offer(make_application(call, number, state="offered"))
        tokens.append(issue_link(OFFER_LINK, offer.public_id, until=timezone.now() + timedelta(days=1)))

    def accept(token):
        answer = Client().post(f"/zusage/{token}/annehmen/")
        return answer.status_code, "kein Platz mehr frei" in answer.content.decode()

    answers = Counter(in_threads(lambda token: _closing(accept, token), tokens))

    assert answers == {(302, False): PLACES, (409, True): CLIENTS - PLACES}
    counted = after_the_race(
        lambda: (
            Enrolment.objects.filter(state="active").count(),
            Offer.objects.filter(state="accepted").count(),
            Application.objects.filter(state="accepted", enrolment__isnull=False, person__isnull=False).count(),
            Offer.objects.filter(state="open").count(),
        )
    )
    assert counted == (PLACES, PLACES, PLACES, CLIENTS - PLACES)


@pytest.mark.django_db(transaction=True)
def test_declining_and_lapsing_at_once_gives_every_place_away_once(in_threads):
    """Fifteen answer no while the schedule ends the others: no deadlock, and the list moves up place by place."""
    from staffel.admissions.actions.offers import decline_offer, lapse_offers
    from tests.admissions.factories import make_decision

    call = make_call(state="published", places=30)
    offers = []
    for number in range(1, 31):
        application = make_application(call, number, state="offered")
        make_decision(application)
        offers.append(make_offer(application))
    Offer.objects.filter(pk__in=[offer.pk for offer in offers[15:]]).update(answer_by=timezone.now() - timedelta(minutes=1))
    for number in range(31, 71):
        make_decision(make_application(call, number, state="waiting"), "wait", position=number)

    def act(number):
        if number < 15:
            decline_offer(offers[number], by="Bewerbung, über den Link")
        else:
            lapse_offers(timezone.now())

    in_threads(lambda number: _closing(act, number), range(AT_ONCE))

    counted = after_the_race(
        lambda: (
            Counter(Offer.objects.values_list("state", flat=True)),
            Counter(Application.objects.values_list("state", flat=True)),
            list(Application.objects.filter(state="waiting").order_by("decision__position").values_list("name", flat=True)),
            Call.objects.get().state,
        )
    )
    assert counted == (
        {"declined": 15, "lapsed": 15, "open": 30},
        {"declined": 15, "lapsed": 15, "offered": 30, "waiting": 10},
        [f"Beispiel {number}" for number in range(61, 71)],
        "published",
    )
