import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings

from staffel.accounts.actions.feedback import close_feedback, give_feedback
from staffel.accounts.core import rules
from staffel.accounts.models import AuditEntry, Feedback, Letter
from staffel.accounts.queries.feedback import feedback_list, open_and_done
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from tests.accounts.factories import make_emil

pytestmark = pytest.mark.django_db


@override_settings(CONTACT="fragen@staffel.example")
def test_give_feedback_reaches_the_contact_without_what_was_written():
    feedback = give_feedback(kind="barrier", text="Ich bin Anke", page="/karte/", email="anke@example.org")

    letter = Letter.objects.get()
    assert (letter.to_email, letter.subject) == ("fragen@staffel.example", "Neue Rückmeldung: Eine Barriere")
    assert f"/buero/rueckmeldungen/#r-{feedback.public_id}" in letter.text
    assert "Anke" not in letter.text + letter.html
    assert "anke@example.org" not in letter.text + letter.html
    assert Job.objects.get().name == "accounts.send_letter"


def test_give_feedback_in_a_demo_without_contact_reaches_the_outbox():
    give_feedback(kind="other", text="Hallo")

    assert Letter.objects.get().to_email == "staffel@demo.invalid"


def test_close_feedback_notes_what_became_of_it():
    feedback = close_feedback(give_feedback(kind="other", text="Hallo"), note="Beantwortet.", by=make_emil())

    assert (feedback.note, feedback.done_at is not None) == ("Beantwortet.", True)
    assert AuditEntry.objects.get().payload["why"] == "Beantwortet."
    assert open_and_done() == (0, 1)
    assert list(feedback_list(done=True)) == [feedback]
    assert list(feedback_list(done=False)) == []


def test_close_feedback_refuses_a_second_time():
    emil = make_emil()
    feedback = close_feedback(give_feedback(kind="other", text="Hallo"), note="Beantwortet.", by=emil)

    with pytest.raises(RuleBroken) as refusal:
        close_feedback(feedback, note="Anders.", by=emil)

    assert refusal.value.rule is rules.FEEDBACK_OPEN
    assert Feedback.objects.get().note == "Beantwortet."


def test_the_database_refuses_feedback_that_says_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.create(kind="other", text="")
