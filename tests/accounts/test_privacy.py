from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from staffel.accounts import privacy
from staffel.accounts.actions.audit import record, seal
from staffel.accounts.actions.letters import post
from staffel.accounts.core import rules
from staffel.accounts.core.chain import verify
from staffel.accounts.core.roles import Role
from staffel.accounts.models import AuditEntry, Feedback, Letter, Person, SignIn
from staffel.accounts.queries.audit import sealed
from staffel.base.rules import RuleBroken
from tests.accounts.actions.test_audit import make_text
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.cohorts.factories import make_cohort, make_enrolment

pytestmark = pytest.mark.django_db


def make_letter(person, *, days=0, **facts):
    letter = post(
        "test.letter",
        event=f"test:{Letter.objects.count()}",
        to=(person.name, person.email),
        subject="Betreff",
        sentences=["Ein Satz."],
        **facts,
    )
    Letter.objects.filter(pk=letter.pk).update(created_at=timezone.now() - timedelta(days=days))
    return letter


def test_export_holds_everything_about_the_person_and_nothing_of_others():
    emil, anke = make_emil(), make_person("Anke")
    make_letter(anke)
    make_letter(emil, confidential=True)
    SignIn.objects.create(person=anke, session_key="k", device="Firefox unter Linux", way="Code")
    record("accounts.membership_given", anke, by=emil, why="Vertretung", after={"role": "editor"})
    record("accounts.text_changed", make_text(), by=emil, after={"markdown": "fremd"})

    data = privacy.export(anke)

    assert (data["Konto"]["Name"], data["Konto"]["E-Mail-Adresse"]) == ("Anke Beispiel", "anke@example.org")
    assert [one["Gerät"] for one in data["Anmeldungen"]] == ["Firefox unter Linux"]
    assert [one["Betreff"] for one in data["Briefe"]] == ["Betreff"]
    assert "Ein Satz." in data["Briefe"][0]["Text"]
    assert [(one["Wer"], one["Warum"], one["Änderungen"]) for one in data["Protokoll"]] == [
        ("Emil Beispiel", "Vertretung", ["Role:  – editor"])
    ]
    mine = privacy.export(emil)
    assert [one["Rolle"] for one in mine["Rollen"]] == ["Programmkoordination"]
    assert [one["Text"] for one in mine["Briefe"]] == [""]
    assert [one["Änderungen"] for one in mine["Protokoll"]] == [[], []]


def test_erase_takes_the_account_and_all_that_hangs_on_it(client):
    anke, bert = make_person("Anke"), make_person("Bert")
    client.force_login(anke)
    SignIn.objects.update_or_create(
        session_key=client.session.session_key, defaults={"person": anke, "device": "x", "way": "Code"}
    )
    make_letter(anke)
    kept = make_letter(bert)
    record("accounts.feedback_given", make_text(), by=anke, why="privat")

    sentences = privacy.erase(anke, by=anke)

    assert list(Person.objects.all()) == [bert]
    assert list(Letter.objects.all()) == [kept]
    assert (SignIn.objects.count(), Session.objects.count()) == (0, 0)
    assert sentences[0] == "Ihr Konto mit Name, E-Mail-Adresse, Rollen, Anmeldungen und allen Briefen an Sie ist gelöscht."
    assert "Was Sie in einer Rolle" not in " ".join(sentences)


def test_erase_is_written_down_without_anything_personal():
    anke = make_person("Anke")
    public_id = anke.public_id
    record("accounts.feedback_given", make_text(), by=anke, why="privat")

    privacy.erase(anke, by=anke)

    seal()
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "actor_id", "payload", "salt")) == [
        ("accounts.feedback_given", "", None, ""),
        ("accounts.person_erased", "", None, ""),
    ]
    assert AuditEntry.objects.last().thing_id == public_id
    assert verify(sealed()).problems == ()


def test_erase_keeps_what_was_decided_in_a_role_and_says_why():
    make_person("Karin", role=Role.COORDINATOR)
    emil = make_emil()
    record("accounts.text_changed", make_text(), by=emil, why="Umzug")

    sentences = privacy.erase(emil, by=emil)

    assert sentences[-1].startswith("Was Sie in einer Rolle entschieden haben, bleibt drei Jahre mit Ihrem Namen im Protokoll")
    assert AuditEntry.objects.get(action="accounts.text_changed").payload["who"] == "Emil Beispiel"


def test_erase_refuses_the_last_coordinator():
    emil = make_emil()
    make_person("Karin", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))

    with pytest.raises(RuleBroken) as refusal:
        privacy.erase(emil, by=emil)

    assert refusal.value.rule is rules.COORDINATOR_STAYS
    assert Person.objects.filter(email="emil@example.org").exists()


def test_erase_leaves_an_empty_row_where_others_need_it():
    person = make_enrolment(make_cohort(), make_person("Anke")).person
    make_letter(person)

    sentences = privacy.erase(person, by=person)

    row = Person.objects.get(pk=person.pk)
    assert (row.name, row.email, row.is_active) == (
        "Gelöschtes Konto",
        f"geloescht-{person.public_id.lower()}@konto.invalid",
        False,
    )
    assert Letter.objects.count() == 0
    assert "Eine geschlossene Zeile ohne Name und Adresse bleibt" in sentences[1]


def test_expire_takes_what_is_over_time_and_nothing_else():
    now = timezone.now()
    anke = make_person("Anke")
    for days in (181, 179):
        letter = make_letter(anke, days=days)
        Letter.objects.filter(pk=letter.pk).update(state="sent", sent_at=now)
    waiting = make_letter(anke, days=400)
    Feedback.objects.create(kind="other", text="alt", done_at=now - timedelta(days=181))
    Feedback.objects.create(kind="other", text="neu", done_at=now - timedelta(days=179))
    Feedback.objects.create(kind="other", text="offen", created_at=now - timedelta(days=999))
    Session.objects.create(session_key="alt", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="neu", session_data="", expire_date=now + timedelta(days=1))
    for key in ("alt", "neu"):
        SignIn.objects.create(person=anke, session_key=key, device="x", way="Code")
    record("accounts.text_changed", make_text(), by=anke)

    counts = privacy.expire(now)

    assert counts == {"accounts.sign_in": 1, "accounts.letters": 1, "accounts.audit": 0, "accounts.feedback": 1}
    assert Letter.objects.count() == 2
    assert Letter.objects.filter(pk=waiting.pk).exists()
    assert sorted(Feedback.objects.values_list("text", flat=True)) == ["neu", "offen"]
    assert list(SignIn.objects.values_list("session_key", flat=True)) == ["neu"]


def test_expire_blanks_the_log_after_three_years():
    record("accounts.text_changed", make_text(), by="Zeitplan", why="geheim")

    before = privacy.expire(timezone.now() + timedelta(days=1095))
    after = privacy.expire(timezone.now() + timedelta(days=1097))

    assert (before["accounts.audit"], after["accounts.audit"]) == (0, 1)
    assert AuditEntry.objects.get().payload is None
    assert verify(sealed()).problems == ()
