from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.core import rules
from staffel.accounts.models import AuditEntry, Feedback, Person, Report
from staffel.admissions.actions.offers import accept_offer
from staffel.base.models import Job
from staffel.base.rules import RuleBroken
from staffel.cohorts import privacy as cohorts_desk
from staffel.cohorts.actions import leave
from staffel.learning.actions import note_presentation
from staffel.portal import privacy
from staffel.portal.queries.retention import retention_reports
from staffel.portal.tasks import retention
from tests.accounts.factories import make_emil, make_person
from tests.accounts.test_privacy import make_letter
from tests.admissions.factories import make_application, make_call, make_decision, make_offer
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def test_everything_about_a_person_comes_from_every_context_with_their_data():
    anke = make_enrolment(make_cohort("Staffel 4"), make_person("Anke")).person

    data = privacy.everything_about(anke)

    contexts = dict(privacy.categories())
    assert len(data) == len(contexts)
    assert data["Konten und Texte"]["Konto"]["Name"] == "Anke Beispiel"
    assert [one["Staffel"] for one in data["Staffeln und Termine"]["Teilnahmen"]] == ["Staffel 4"]


def test_foresee_says_what_erase_says_and_changes_nothing():
    anke = make_enrolment(make_cohort(), make_person("Anke")).person
    make_letter(anke)
    before = [list(model.objects.order_by("pk").values()) for model in (Person, AuditEntry, Job)]

    foreseen = privacy.foresee(anke)

    assert [list(model.objects.order_by("pk").values()) for model in (Person, AuditEntry, Job)] == before
    assert foreseen == privacy.erase_everything(anke)


def test_erase_refuses_as_a_whole():
    emil = make_enrolment(make_cohort(), make_emil()).person
    before = list(Person.objects.values())

    for act in (privacy.foresee, privacy.erase_everything):
        with pytest.raises(RuleBroken) as refusal:
            act(emil)
        assert refusal.value.rule is rules.COORDINATOR_STAYS

    assert list(Person.objects.values()) == before
    assert AuditEntry.objects.count() == 0


def test_expire_writes_a_report_with_every_context():
    letter = make_letter(make_person("Anke"), days=200)
    letter.state, letter.sent_at = "sent", timezone.now()
    letter.save(update_fields=["state", "sent_at"])

    foreseen = privacy.foresee_expiry(timezone.now())
    report = privacy.expire_everything(timezone.now())

    assert report.content == foreseen
    assert report.content["accounts.letters"] == 1
    assert {key.split(".")[0] for key in report.content} <= {context for context, _category in privacy.categories()}
    assert privacy.expire_everything(timezone.now() + timedelta(seconds=1)).content["accounts.letters"] == 0
    assert Report.objects.filter(kind="retention").count() == 2


def test_a_context_that_fails_does_not_keep_the_others_from_deleting(monkeypatch):
    letter = make_letter(make_person("Anke"), days=200)
    letter.state, letter.sent_at = "sent", timezone.now()
    letter.save(update_fields=["state", "sent_at"])

    def expire(now):
        Person.objects.update(name="half done")
        raise ValueError("Anke Beispiel")

    monkeypatch.setattr(cohorts_desk, "expire", expire)
    titles = {line.key: line.title for line in privacy.category_lines()}

    with pytest.raises(privacy.RetentionFailed, match=r"nicht gelungen in: cohorts \(ValueError\)\.$"):
        retention()

    content = Report.objects.get(kind="retention").content
    assert (content["accounts.letters"], content["failed"]) == (1, ["cohorts"])
    assert {"credentials", "admissions"} <= {key.split(".")[0] for key in content}
    assert Person.objects.filter(name="half done").count() == 0
    assert retention_reports(titles)[0].total == "1"
    assert retention_reports(titles)[0].parts[-1] == ("Nicht gelungen, wird wiederholt", "Staffeln und Termine")
    with pytest.raises(privacy.RetentionFailed):
        privacy.foresee_expiry(timezone.now())


def test_every_count_of_a_report_has_a_title():
    titles = {line.key for line in privacy.category_lines()}

    assert [key for key in privacy.foresee_expiry(timezone.now()) if key not in titles] == []


def test_category_lines_say_how_long_in_words():
    kept = {line.key: line.kept for line in privacy.category_lines()}

    assert kept["accounts.person"] == "solange das Konto besteht"
    assert kept["accounts.letters"] == "6 Monate ab dem Schreiben"
    assert kept["credentials.awards"] == "10 Jahre ab dem Tag der Ausstellung"


def test_who_accepted_a_place_and_was_never_there_can_be_erased():
    application = make_application(make_call(state="published"), state="offered")
    make_decision(application)
    person = accept_offer(make_offer(application), by="Bewerbung").person

    privacy.erase_everything(person)
    application.refresh_from_db()
    assert (application.state, application.email, application.enrolment) == ("accepted", "", None)
    assert Person.objects.filter(pk=person.pk).exists() is False


def test_erasure_takes_what_others_typed_about_the_person_out_of_the_log():
    anke = make_person("Anke")
    enrolment = make_enrolment(make_cohort(starts=timezone.now() - timedelta(days=1)), anke)
    note_presentation(enrolment, held_on=timezone.localdate(), title="Parken in Musterstadt", by=make_emil())
    leave(enrolment, by=make_emil(), reason="Anke ist krank.")

    privacy.erase_everything(anke)
    payloads = str(list(AuditEntry.objects.values_list("payload", flat=True)))
    assert [word in payloads for word in ("Parken", "krank")] == [False, False]


def test_feedback_with_the_address_is_told_and_loses_it():
    anke = make_person("Anke")
    Feedback.objects.create(kind=Feedback.Kind.BARRIER, text="Der Kontrast reicht nicht.", email=anke.email.upper())

    assert "Der Kontrast reicht nicht." in str(privacy.everything_about(anke))
    privacy.erase_everything(anke)
    assert list(Feedback.objects.values_list("text", "email")) == [("Der Kontrast reicht nicht.", "")]
