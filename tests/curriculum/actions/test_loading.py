import threading
from datetime import date

import pytest
from django.db import connection

from staffel.accounts.models import AuditEntry, Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.loading import NEW, REPLACED, UNCHANGED, load_programme
from staffel.curriculum.core import rules
from staffel.curriculum.core.programme import digest
from staffel.curriculum.core.reading import read_programme
from staffel.curriculum.models import Competency, Module, Programme, Unit, Version
from staffel.curriculum.queries import versions as queries
from tests.curriculum.small_programme import HEAD, MODULE, UNIT, small_programme

pytestmark = pytest.mark.django_db

BY = "Befehl load_programme"
DRAFT = HEAD.replace("released_on: 2026-03-02\n", "")


def load(organisation=None, **changes):
    return load_programme(read_programme(small_programme(**changes)), by=BY, organisation=organisation)


def counts():
    links = Unit.competencies.through
    return tuple(model.objects.count() for model in (Programme, Version, Module, Unit, Competency, links, AuditEntry))


def test_load_programme_makes_a_released_version_with_all_its_rows():
    loaded = load()
    version = loaded.version
    facts = queries.version_facts(version)

    assert loaded.outcome == NEW
    assert (version.state, version.released_on, version.licence) == ("released", date(2026, 3, 2), "CC-BY-4.0")
    assert version.completion == {"attendance_percent": 80, "presentation": True}
    assert version.timetable == {"weekdays": [1, 3], "starts": "09:00", "minutes": 240}
    assert version.digest == digest(read_programme(small_programme()))
    assert [(unit.position, unit.title, unit.competencies) for unit in facts.units] == [
        (1, "Aufbruch", ("planen", "reden")),
        (2, "Weiter", ("planen", "reden")),
        (3, "Schluss", ("reden",)),
    ]
    assert [module.title for module in facts.modules] == ["Grundlagen", "Umsetzen"]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.thing_id, entry.payload["who"]) == ("curriculum.version_loaded", version.public_id, BY)
    assert entry.payload["after"]["number"] == "1.0.0"


def test_a_second_load_changes_nothing(django_assert_num_queries):
    first = load()
    before = counts()

    # Savepoint twice, programme found and locked, version.
    with django_assert_num_queries(5):
        second = load()

    assert (second.outcome, second.version.pk, counts()) == (UNCHANGED, first.version.pk, before)


@pytest.mark.parametrize("changes", [
    {"unit": UNIT.replace("geht", "gehen soll")},
    {"head": HEAD.replace("Alle.", "Einige.")},
    {"head": DRAFT},
    {"module": MODULE.replace("yes", "no")},
])  # fmt: skip
def test_a_released_version_refuses_other_words(changes):
    load()
    before, facts = counts(), queries.find_version("kleines-programm", "1.0.0")

    with pytest.raises(RuleBroken) as refusal:
        load(**changes)

    assert refusal.value.rule is rules.RELEASED_STAYS
    assert refusal.value.values == {"number": "1.0.0", "next": "1.0.1"}
    assert (counts(), queries.find_version("kleines-programm", "1.0.0")) == (before, facts)


def test_the_next_number_proposed_is_free():
    load()
    load(head=HEAD.replace("1.0.0", "1.0.1"))

    with pytest.raises(RuleBroken) as refusal:
        load(head=HEAD.replace("Alle.", "Einige."))

    assert refusal.value.values["next"] == "1.0.2"


def test_a_draft_may_be_loaded_again_until_it_is_released():
    draft = load(head=DRAFT).version
    assert (draft.state, draft.released_on, queries.released_versions()) == ("draft", None, ())

    again = load(head=DRAFT, unit=UNIT.replace("Aufbruch", "Anfang"))
    assert (again.outcome, again.version.pk, Version.objects.get().state) == (REPLACED, draft.pk, "draft")
    assert [unit.title for unit in queries.version_facts(draft).units] == ["Anfang", "Weiter", "Schluss"]

    released = load()
    assert (released.outcome, released.version.pk, released.version.state) == (REPLACED, draft.pk, "released")
    assert [unit.title for unit in queries.newest("kleines-programm").units] == ["Aufbruch", "Weiter", "Schluss"]
    assert counts() == (1, 1, 2, 3, 2, 5, 3)


def test_title_and_summary_follow_the_highest_version_only():
    load()
    load(head=HEAD.replace("1.0.0", "1.10.0").replace("Kleines Programm", "Neues Programm"))
    load(head=HEAD.replace("1.0.0", "1.9.0").replace("Kleines Programm", "Spätes Programm"))

    assert Programme.objects.get().title == "Neues Programm"
    assert queries.newest("kleines-programm").number == "1.10.0"


def test_a_programme_belongs_to_one_organisation():
    office, other = (Organisation.objects.create(name=name) for name in ("Programmbüro", "Andere"))
    load()
    load(organisation=office)

    with pytest.raises(RuleBroken) as refusal:
        load(organisation=other, head=HEAD.replace("1.0.0", "1.0.1"))

    assert refusal.value.rule is rules.OWN_PROGRAMME
    assert refusal.value.values == {"title": "Kleines Programm", "owner": "Programmbüro"}
    assert (Programme.objects.get().organisation, Version.objects.count()) == (office, 1)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory does not queue writers, as it does in a file")
@pytest.mark.django_db(transaction=True)
def test_two_loads_at_the_same_time_make_one_version():
    outcomes, start = [], threading.Barrier(2)

    def run():
        start.wait()
        try:
            outcomes.append(load().outcome)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == [NEW, UNCHANGED]
    assert counts() == (1, 1, 2, 3, 2, 5, 1)
