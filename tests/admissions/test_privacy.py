import json
from datetime import timedelta

import pytest
from django.utils import timezone

from staffel.accounts.models import Person
from staffel.admissions import models, privacy
from staffel.admissions.core.personal import CATEGORIES
from staffel.admissions.models import Application, Call, Decision, Release
from tests.accounts.factories import make_emil, make_person
from tests.admissions.drafts import EVERYTHING, make_draft, make_sent
from tests.admissions.factories import make_application, make_call
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db
State = Application.State


def test_every_field_that_leads_to_a_person_is_declared():
    declared = {(model, field) for category in CATEGORIES for model, fields in category.fields.items() for field in fields}
    leading = {
        (model.__name__, field.name)
        for model in vars(models).values()
        if isinstance(model, type) and model.__module__ == models.__name__
        for field in model._meta.fields
        if field.related_model is Person
    }

    assert leading - declared == set()
    assert {field for model, field in declared if not hasattr(getattr(models, model), field)} == set()


def test_export_has_everything_that_was_typed_and_can_be_read_as_json():
    sent = make_sent(make_call())
    anke = make_person("Anke")

    told = json.loads(json.dumps(privacy.export(anke)))["Bewerbungen"][0]

    assert (told["Motivation"], told["Kommunen"], told["Zustand"]) == (
        "Wir wollen anfangen.",
        ["Eberswalde"],
        "wartet auf Freigabe",
    )
    assert set(told["Selbsteinschätzung von 1 bis 5"].values()) == {3}
    assert told["Zustimmungen"]["Ich habe gelesen, was mit meinen Angaben geschieht."]["version"] == "2026-11"
    assert told["Freigaben"][0]["Gefragt"] == sent.releases.get().asked_at.isoformat()


def test_export_is_silent_on_decisions_that_are_not_published():
    call = make_call(state=Call.State.CLOSED)
    application = make_application(call, email="anke@example.org")
    Decision.objects.create(application=application, call=call, kind="reject", reason="Zu klein.", decided_by=make_emil())

    told = privacy.export(make_person("Anke"))

    assert "Zu klein." not in json.dumps(told)
    assert privacy.export(make_emil())["Entscheidungen, die Sie getroffen haben"] == 1


@pytest.mark.parametrize("count", [1, 3])
def test_export_costs_three_queries(django_assert_num_queries, count):
    anke = make_person("Anke")
    for number in range(count):
        make_application(make_call(f"Staffel {number}"), number, person=anke)

    with django_assert_num_queries(3):
        assert len(privacy.export(anke)["Bewerbungen"]) == count


def test_strangers_export_nothing_of_it():
    make_sent(make_call())

    assert privacy.export(make_person("Cora"))["Bewerbungen"] == []


def test_erase_deletes_drafts_withdraws_what_runs_and_forgets_the_rest():
    anke = make_person("Anke")
    make_draft(make_call("Staffel 4"), **EVERYTHING)
    make_sent(make_call("Staffel 5"), municipality=make_municipality("12060020", "Bernau bei Berlin"))
    make_application(make_call("Staffel 6"), state=State.REJECTED, person=anke, decided_at=timezone.now())
    cora = make_application(make_call("Staffel 7"), 2)

    sentences = privacy.erase(anke, by=anke)

    assert sentences == [
        "Eine angefangene Bewerbung ist gelöscht.",
        "Eine laufende Bewerbung ist zurückgezogen.",
        "Aus Ihren Bewerbungen ist alles gelöscht, was auf Sie hinweist, auch Freigabe und Begründungen.",
        "Es bleiben Kommune, Zeitpunkte und Ergebnis: Damit zählen wir, wie viele Kommunen sich bewerben.",
    ]
    assert sorted(Application.objects.values_list("state", "name")) == [
        ("rejected", ""),
        ("released", cora.name),
        ("withdrawn", ""),
    ]
    assert list(Release.objects.values_list("name", "email")) == [("", "")]
    assert privacy.erase(anke, by=anke) == []


def test_expire_counts_by_category():
    call = make_call(opens_at=timezone.now() - timedelta(days=60), closes_at=timezone.now() - timedelta(days=31))
    make_application(call, state=State.DRAFT)

    assert privacy.expire(timezone.now()) == {"admissions.drafts": 1, "admissions.ended": 0, "admissions.placed": 0}
    assert {category.key for category in CATEGORIES} == {"admissions.drafts", "admissions.ended", "admissions.placed"}
