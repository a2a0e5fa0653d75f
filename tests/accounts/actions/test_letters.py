"""A letter from the moment it is decided on to the moment it is sent, or is not."""

import smtplib
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction

from staffel.accounts.actions import letters
from staffel.accounts.models import AuditEntry, Letter
from staffel.base import jobs
from staffel.base.core import rules
from staffel.base.jobs import actions as job_actions
from staffel.base.jobs.worker import Worker
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from tests.accounts.factories import make_emil, make_letter

pytestmark = pytest.mark.django_db

TOKEN = "Zk3_x-9aBcDeFgHiJkLmNo"


class Refusing(BaseEmailBackend):
    """A mail server that answers with what ``error`` holds."""

    error: Exception = OSError()

    def send_messages(self, messages):
        raise self.error


@pytest.fixture
def refused(settings):
    """Return a function that lets a worker try the oldest due letter against a server that raises the given error."""
    settings.EMAIL_BACKEND = "tests.accounts.actions.test_letters.Refusing"

    def refused(error):
        Refusing.error = error
        Job.objects.filter(state="waiting").update(run_after="2026-01-01T00:00Z")
        Worker().perform(job_actions.take("anke"))
        letter = Letter.objects.get()
        return letter.state, letter.problem

    return refused


# Written ----------------------------------------------------------------------------------------------------------------


def test_post_writes_text_and_html_and_the_job_that_sends_it(settings):
    settings.PROVIDER, settings.CONTACT = "Amt für Muster|Musterweg 1", "fragen@staffel.example"
    settings.DEFAULT_FROM_EMAIL = "Staffel <post@staffel.example>"
    letter = make_letter(
        name="Heinz <Beispiel>", sentences=["Anke & Bert warten."], button=("Antworten", f"https://staffel.example/{TOKEN}/")
    )

    assert letter.text.splitlines() == [
        "Guten Tag Heinz <Beispiel>,",
        "",
        "Anke & Bert warten.",
        "",
        "Antworten:",
        f"https://staffel.example/{TOKEN}/",
        "",
        "-- ",
        "Staffel – offene Plattform für Qualifizierung in Kommunen",
        "Amt für Muster",
        "Diese Mail wurde automatisch verschickt. Fragen beantwortet fragen@staffel.example.",
    ]
    assert "Guten Tag Heinz &lt;Beispiel&gt;," in letter.html
    assert "Anke &amp; Bert warten." in letter.html
    assert letter.message_id == f"<{letter.public_id.lower()}@staffel.example>"
    assert list(Job.objects.values_list("name", "key", "arguments")) == [
        ("accounts.send_letter", f"letter:{letter.public_id}", {"letter": letter.public_id})
    ]


def test_post_tells_an_event_once():
    first, second = make_letter(event="test.asked:1"), make_letter(event="test.asked:1")

    assert (first.subject, second) == ("Bitte um Freigabe", None)
    assert (Letter.objects.count(), Job.objects.count()) == (1, 1)


def test_post_costs_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        make_letter()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_loses_letter_and_job():
    with transaction.atomic():
        make_letter()
        transaction.set_rollback(True)

    assert (Letter.objects.count(), Job.objects.count()) == (0, 0)


def test_a_sent_letter_without_a_time_is_refused_by_the_database():
    make_letter()

    with pytest.raises(IntegrityError, match="accounts_sent_letter_has_time"), transaction.atomic():
        Letter.objects.update(state="sent")


# Sent -------------------------------------------------------------------------------------------------------------------


def sent_as(letter, settings):
    settings.DEFAULT_FROM_EMAIL = "post@staffel.example"
    letters.send(letter.public_id)
    (message,) = mail.outbox
    return message_from_bytes(message.message().as_bytes(), policy=policy.default)


def test_send_hands_over_a_mail_with_both_forms(settings):
    letter = make_letter(name="Gül Größe, Dr.", to="heinz@example.org")

    message = sent_as(letter, settings)

    assert {name: str(message[name]) for name in ("From", "To", "Subject", "Message-ID", "Auto-Submitted")} == {
        "From": "post@staffel.example",
        "To": '"Gül Größe, Dr." <heinz@example.org>',
        "Subject": "Bitte um Freigabe",
        "Message-ID": letter.message_id,
        "Auto-Submitted": "auto-generated",
    }
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at is None) == ("sent", False)


def test_send_sends_once():
    letter = make_letter()

    letters.send(letter.public_id)
    letters.send(letter.public_id)
    letters.send("GIBTESNICHT0")

    assert len(mail.outbox) == 1


def test_the_demo_keeps_the_links_of_its_letters(settings):
    settings.DEMO, settings.BASE_URL = True, "https://staffel.example"
    letter = make_letter(button=("Antworten", f"https://staffel.example/freigabe/{TOKEN}/"), confidential=True)

    letters.send(letter.public_id)

    letter.refresh_from_db()
    assert (TOKEN in letter.text, TOKEN in letter.html) == (True, True)


@pytest.mark.parametrize("confidential", [False, True])
def test_production_keeps_no_secret_of_a_sent_letter(settings, confidential):
    settings.DEMO, settings.BASE_URL = False, "https://staffel.example"
    letter = make_letter(button=("Antworten", f"https://staffel.example/freigabe/{TOKEN}/"), confidential=confidential)

    letters.send(letter.public_id)

    assert mail.outbox[0].body.count(TOKEN) == 1
    letter.refresh_from_db()
    assert TOKEN not in letter.text + letter.html
    assert ("" if confidential else "https://staffel.example/freigabe/…/") in letter.text
    assert (letter.text == "") is confidential


# Not sent ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "error, problem",
    [
        (
            smtplib.SMTPRecipientsRefused({"heinz@example.org": (450, b"greylisted heinz@example.org")}),
            "Der Mailserver nimmt die Adresse nicht an (450).",
        ),
        (smtplib.SMTPDataError(451, b"later"), "Der Mailserver nimmt den Brief nicht an (451)."),
        (smtplib.SMTPAuthenticationError(535, b"no"), "Der Mailserver lehnt unsere Anmeldung ab (535)."),
        (smtplib.SMTPSenderRefused(553, b"no", "x"), "Der Mailserver lehnt ab (553)."),
        (ConnectionRefusedError(111, "no"), "Der Mailserver ist nicht erreichbar (ConnectionRefusedError)."),
        (smtplib.SMTPServerDisconnected("no"), "Der Mailserver ist nicht erreichbar (SMTPServerDisconnected)."),
    ],
)
def test_what_may_go_later_is_tried_again(refused, error, problem):
    make_letter()

    assert refused(error) == ("waiting", problem)
    assert (Job.objects.get().state, Job.objects.get().last_error) == ("waiting", problem)


@pytest.mark.parametrize(
    "error, problem",
    [
        (
            smtplib.SMTPRecipientsRefused({"heinz@example.org": (550, b"no heinz@example.org here")}),
            "Der Mailserver nimmt die Adresse nicht an (550).",
        ),
        (smtplib.SMTPDataError(554, b"no"), "Der Mailserver nimmt den Brief nicht an (554)."),
        (mail.BadHeaderError("heinz"), "Diese Adresse lässt sich nicht in eine Mail schreiben."),
        (smtplib.SMTPNotSupportedError("no"), "Diese Adresse lässt sich nicht in eine Mail schreiben."),
    ],
)
def test_what_will_never_go_fails_at_once(refused, error, problem):
    make_letter()

    assert refused(error) == ("failed", problem)
    assert Job.objects.get().state == "dead"


def test_a_letter_fails_when_its_tries_are_used_up(refused):
    make_letter()

    states = [refused(TimeoutError())[0] for _ in range(9)]

    assert states == ["waiting"] * 8 + ["failed"]


def test_a_letter_fails_with_its_worker(refused):
    """A worker that dies nine times over the same letter leaves no letter that waits for ever."""
    make_letter()
    Job.objects.update(state="running", attempts=9, leased_until="2026-01-01T00:00Z")

    job_actions.return_lost()

    assert (Job.objects.get().state, Letter.objects.get().state) == ("dead", "failed")


# Sent again -------------------------------------------------------------------------------------------------------------


def test_send_again_makes_a_failed_letter_wait_and_says_who_asked(refused):
    make_letter()
    refused(smtplib.SMTPDataError(554, b"no"))

    letters.send_again(Letter.objects.get(), by=make_emil())

    assert list(Letter.objects.values_list("state", "problem")) == [("waiting", "")]
    assert list(Job.objects.values_list("state", "attempts")) == [("waiting", 0)]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.payload["who"]) == ("accounts.letter_sent_again", "Emil Beispiel")
    assert entry.payload["before"]["problem"] == "Der Mailserver nimmt den Brief nicht an (554)."


def test_send_again_works_when_the_job_is_long_removed():
    letter = make_letter()
    Letter.objects.update(state="failed")
    Job.objects.all().delete()

    letters.send_again(letter, by=make_emil())

    assert Job.objects.get().arguments == {"letter": letter.public_id}


def test_send_again_refuses_what_has_not_failed():
    with pytest.raises(RuleBroken) as refusal:
        letters.send_again(make_letter(), by=make_emil())

    assert refusal.value.rule is rules.TRY_AGAIN_WHAT_FAILED


def test_send_raises_what_the_worker_understands(settings):
    settings.EMAIL_BACKEND = "tests.accounts.actions.test_letters.Refusing"
    Refusing.error = TimeoutError()

    with pytest.raises(jobs.JobFailed, match=r"^Der Mailserver ist nicht erreichbar \(TimeoutError\)\.$"):
        letters.send(make_letter().public_id)


def test_names_and_titles_become_one_line_that_fits():
    letter = letters.post(
        "a.b",
        event="a.b:1",
        to=("Anke\nBcc: x@example.org", "a@example.org"),
        subject=f"Titel\r\n{'x' * 300}",
        sentences=["S."],
    )
    assert letter.to_name == "Anke Bcc: x@example.org"
    assert (len(letter.subject), letter.subject[:7], letter.subject[-1]) == (200, "Titel x", "…")
