from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import AuditEntry, Letter, Person
from staffel.admissions.actions import applications, offers
from staffel.admissions.core import rules
from staffel.admissions.models import Application, Decision, Offer
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.cohorts.core import rules as cohort_rules
from staffel.cohorts.models import Enrolment
from tests.accounts.factories import make_person
from tests.admissions.factories import make_application, make_call, make_decision, make_offer
from tests.cohorts.factories import make_enrolment
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db
BY = "Bewerbung, über den Link"


def refusal_of(action, *arguments, **named):
    with pytest.raises(RuleBroken) as refusal:
        action(*arguments, **named)
    return refusal.value.rule


def offered(call=None, number=1, **facts):
    """Return an open offer."""
    call = call or make_call(state="published")
    application = make_application(call, number, state="offered", **facts)
    make_decision(application)
    return make_offer(application)


def waiting(call, number, position=1):
    application = make_application(call, number, state="waiting")
    make_decision(application, Decision.Kind.WAIT, position=position)
    return application


def state_of(thing):
    return type(thing).objects.get(pk=thing.pk).state


def test_accept_turns_the_offer_into_a_place():
    partner = make_municipality("12060020", "Bernau")
    offer = offered(partner=partner)
    enrolment = offers.accept_offer(offer, by=BY)

    application = Application.objects.get()
    assert (application.state, application.enrolment, application.person) == ("accepted", enrolment, enrolment.person)
    assert (enrolment.person.email, enrolment.cohort) == ("beispiel-1@example.org", offer.call.cohort)
    assert {place.short_name for place in enrolment.municipalities.all()} == {"Musterstadt 1", "Bernau"}
    assert (state_of(offer), Offer.objects.get().answered_at is not None) == ("accepted", True)
    entry = AuditEntry.objects.get(action="admissions.offer_accepted")
    assert (entry.payload["who"], entry.payload["after"]) == (BY, {"state": "accepted"})


def test_the_welcome_tells_the_dates_and_how_to_sign_in_once():
    offer = offered()
    offers.accept_offer(offer, by=BY)
    arguments = Job.objects.get(name="admissions.write_welcome").arguments
    offers.write_welcome(**arguments)
    offers.write_welcome(**arguments)

    letter = Letter.objects.get()
    assert (letter.kind, letter.to_email) == ("admissions.welcome", "beispiel-1@example.org")
    assert "Es sind 2 Termine:" in letter.text
    assert "Zum Anmelden geben Sie Ihre dienstliche E-Mail-Adresse ein: beispiel-1@example.org." in letter.text


def test_accept_finds_the_person_who_is_known_already():
    anke = make_person("Anke")
    offers.accept_offer(offered(email="ANKE@example.org"), by=BY)

    assert Application.objects.get().person == anke
    assert Person.objects.count() == 1


def test_accept_has_a_known_price(django_assert_num_queries):
    offer = offered()

    with django_assert_num_queries(22):
        offers.accept_offer(offer, by=BY)


@pytest.mark.parametrize("state", ["accepted", "declined", "lapsed", "closed"])
def test_an_answered_offer_cannot_be_answered_again(state):
    offer = offered()
    Offer.objects.update(state=state, answered_at=timezone.now())

    assert refusal_of(offers.accept_offer, offer, by=BY) is rules.OFFER_OPEN
    assert refusal_of(offers.decline_offer, offer, by=BY) is rules.OFFER_OPEN
    assert Enrolment.objects.count() == 0


def test_an_offer_cannot_be_answered_after_its_time():
    offer = offered()
    Offer.objects.update(answer_by=timezone.now() - timedelta(minutes=1))

    assert refusal_of(offers.accept_offer, offer, by=BY) is rules.OFFER_IN_TIME
    assert refusal_of(offers.decline_offer, offer, by=BY) is rules.OFFER_IN_TIME


def test_accept_changes_nothing_when_the_cohort_is_full():
    call = make_call(state="published", places=1)
    offer = offered(call)
    make_enrolment(call.cohort, make_person("Cora"))

    assert refusal_of(offers.accept_offer, offer, by=BY) is cohort_rules.PLACE_LEFT
    assert (state_of(offer), state_of(offer.application)) == ("open", "offered")
    assert Person.objects.filter(email="beispiel-1@example.org").exists() is False


def test_nobody_joins_once_the_cohort_has_begun():
    offer = offered()
    offer.call.cohort.sessions.filter(position=1).update(starts_at=timezone.now())

    assert refusal_of(offers.accept_offer, offer, by=BY) is rules.WAITING_LIST_OPEN
    assert Enrolment.objects.count() == 0


def test_decline_gives_the_place_to_the_next():
    call = make_call(state="published", places=1)
    offer, following = offered(call), waiting(call, 2)
    offers.decline_offer(offer, reason=" Umzug. ", by=BY)

    assert (state_of(offer), Offer.objects.get(pk=offer.pk).reason) == ("declined", "Umzug.")
    assert (state_of(offer.application), state_of(following)) == ("declined", "offered")
    assert [letter.kind for letter in Letter.objects.order_by("pk")] == ["admissions.offer_declined", "admissions.offer"]


def test_silence_frees_the_place_for_the_next_with_a_new_time():
    call, now = make_call(state="published", places=1), timezone.now()
    offer, following = offered(call), waiting(call, 2)
    Offer.objects.update(answer_by=now - timedelta(seconds=1))

    assert (offers.lapse_offers(now), offers.lapse_offers(now)) == (1, 0)
    assert (state_of(offer), state_of(offer.application), state_of(following)) == ("lapsed", "lapsed", "offered")
    assert Offer.objects.get(application=following).answer_by > now + timedelta(days=6)
    assert [letter.kind for letter in Letter.objects.order_by("pk")] == ["admissions.offer_lapsed", "admissions.offer"]
    assert AuditEntry.objects.get(action="admissions.offer_lapsed").payload["who"] == "Zeitplan"


def test_an_offer_in_time_does_not_lapse():
    offer = offered()

    assert offers.lapse_offers(timezone.now()) == 0
    assert state_of(offer) == "open"


def test_the_last_on_the_list_lapses_without_a_next():
    offer = offered()
    Offer.objects.update(answer_by=timezone.now() - timedelta(seconds=1))

    assert offers.lapse_offers(timezone.now()) == 1
    assert state_of(offer.application) == "lapsed"


@pytest.mark.parametrize("days_left, days_known, expected", [
    (1.9, 5, 1),
    (2.1, 5, 0),
    (1.9, 0.5, 0),
    (-0.1, 5, 0),
])  # fmt: skip
def test_reminders_come_two_days_before_but_not_at_once_nor_too_late(days_left, days_known, expected):
    now = timezone.now()
    offered()
    Offer.objects.update(answer_by=now + timedelta(days=days_left), offered_at=now - timedelta(days=days_known))

    assert offers.remind_offers(now) == expected
    assert Letter.objects.filter(kind="admissions.offer_reminder").count() == expected


def test_a_reminder_comes_once_with_a_link_of_its_own():
    now = timezone.now()
    offered()
    Offer.objects.update(answer_by=now + timedelta(days=1), offered_at=now - timedelta(days=5))

    assert (offers.remind_offers(now), offers.remind_offers(now)) == (1, 0)
    assert "/zusage/" in Letter.objects.get().text


def test_who_gave_a_place_back_can_take_the_one_offered_for_another_municipality():
    first = offered()
    second = offered(first.call, 2, email=first.application.email)
    enrolment = offers.accept_offer(first, by=BY)
    applications.withdraw(Application.objects.get(pk=first.application_id))

    assert offers.accept_offer(second, by=BY) == enrolment
    rows = Application.objects.order_by("pk").values_list("state", "enrolment")
    assert list(rows) == [("withdrawn", None), ("accepted", enrolment.pk)]
    assert [place.short_name for place in enrolment.municipalities.all()] == ["Musterstadt 2"]
