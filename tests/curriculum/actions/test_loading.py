import threading

import pytest
from django.db import connection

from staffel.accounts.models import AuditEntry, Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.loading import NEW, REPLACED, UNCHANGED, discard_draft, load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core import rules
from staffel.curriculum.core.files import Below, InMemory, digest_of
from staffel.curriculum.core.reader import NotAProgramme, read_programme
from staffel.curriculum.core.writer import write_unit
from staffel.curriculum.models import Blob, Competency, Module, Programme, Unit, Version, VersionFile
from staffel.curriculum.queries import versions as queries
from staffel.curriculum.queries.files import programme_files, source_of, stored_files
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import HEAD, PNG, UNIT, small_files

pytestmark = pytest.mark.django_db

BY = "Befehl load_programme"
WORDS = UNIT.replace("fangen an", "beginnen")


def load(number="1.0.0", organisation=None, **changes):
    return load_programme(small_files(number, **changes), by=BY, organisation=organisation)


def released(number="1.0.0", **changes):
    return release_by_command(load(number, **changes).version, by=BY)


def counts():
    links = Unit.competencies.through
    models = (Programme, Version, Module, Unit, Competency, links, VersionFile, AuditEntry)
    return tuple(model.objects.count() for model in models)


def test_load_programme_makes_a_draft_with_all_its_rows():
    loaded = load()
    version = loaded.version
    facts = queries.version_facts(version)

    assert loaded.outcome == NEW
    assert (version.state, version.released_on, version.licence) == ("draft", None, "CC-BY-4.0")
    assert version.completion == {"attendance_percent": 80, "presentation": True}
    assert version.timetable == {"weekdays": [1, 3], "starts": "09:00", "minutes": 240}
    assert [(unit.position, unit.title, unit.competencies) for unit in facts.units] == [
        (1, "Aufbruch", ("planen", "reden")),
        (2, "Weiter", ("planen", "reden")),
        (3, "Schluss", ("reden",)),
    ]
    assert [(unit.kind, unit.summary, unit.objectives) for unit in Unit.objects.order_by("position")] == [
        ("session", "Worum es **geht**.", ["Sie fangen an.", "Sie reden darüber."]),
        ("session", "Worum es weiter geht.", ["Sie fangen an.", "Sie reden darüber."]),
        ("self-study", "Womit es aufhört.", ["Sie hören auf."]),
    ]
    assert [(module.title, module.required) for module in facts.modules] == [("Grundlagen", True), ("Umsetzen", False)]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.thing_id, entry.payload["who"]) == ("curriculum.version_loaded", version.public_id, BY)
    assert entry.payload["after"] == {
        "programme": "kleines-programm",
        "number": "1.0.0",
        "state": "draft",
        "digest": version.digest,
    }


def test_load_programme_keeps_canonical_bytes():
    version = load().version
    files = programme_files(version)

    assert files.paths() == (
        "competencies.yaml",
        "programme.yaml",
        "units/aufbruch/files/punkt.png",
        "units/aufbruch/summary.md",
        "units/aufbruch/unit.yaml",
        "units/schluss/summary.md",
        "units/schluss/unit.yaml",
        "units/weiter/summary.md",
        "units/weiter/unit.yaml",
    )
    assert files.open("units/aufbruch/files/punkt.png").read() == PNG
    assert version.digest == digest_of(files)
    whole = read_programme(files)
    assert files.open("units/aufbruch/unit.yaml").read() == write_unit(whole.units["aufbruch"])["units/aufbruch/unit.yaml"]
    assert whole.units["aufbruch"].materials[0].size == len(PNG)
    # What is canonical is loaded as it is.
    assert load_programme(files, by=BY).outcome == UNCHANGED


def test_a_second_load_changes_nothing(django_assert_num_queries):
    first = load()
    before = counts()

    # Savepoint twice, programme found and locked, released numbers, version.
    with django_assert_num_queries(6):
        second = load()

    assert (second.outcome, second.version.pk, counts()) == (UNCHANGED, first.version.pk, before)


@pytest.mark.parametrize("changes", [
    {"unit": WORDS},
    {"head": HEAD.replace("Alle.", "Einige.")},
    {"summary": "Anderes.\n"},
    {"picture": PNG + b"x"},
])  # fmt: skip
def test_a_released_version_refuses_other_words(changes):
    released()
    before, facts = counts(), queries.find_version("kleines-programm", "1.0.0")

    with pytest.raises(RuleBroken) as refusal:
        load(**changes)

    assert refusal.value.rule is rules.RELEASED_STAYS
    assert refusal.value.values == {"number": "1.0.0", "next": "1.0.1"}
    assert (counts(), queries.find_version("kleines-programm", "1.0.0")) == (before, facts)


def test_the_same_as_a_release_is_no_draft():
    version = released()

    assert (load().outcome, load().version, Version.objects.count()) == (UNCHANGED, version, 1)


def test_the_next_number_proposed_is_free():
    released()
    released("1.0.1")

    with pytest.raises(RuleBroken) as refusal:
        load(unit=WORDS)

    assert refusal.value.values["next"] == "1.0.2"


def test_a_draft_is_replaced_whatever_its_number():
    draft = load().version
    again = load("1.1.0", unit=UNIT.replace("Aufbruch", "Anfang"))

    assert (again.outcome, again.version.pk, Version.objects.get().number) == (REPLACED, draft.pk, "1.1.0")
    assert [unit.title for unit in queries.version_facts(draft).units] == ["Anfang", "Weiter", "Schluss"]
    assert counts() == (1, 1, 2, 3, 2, 5, 9, 2)
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.payload["before"]["number"]) == ("curriculum.draft_replaced", "1.0.0")
    assert queries.released_versions() == ()


def test_a_draft_in_review_is_not_replaced():
    version = load().version
    Version.objects.filter(pk=version.pk).update(state="review")

    with pytest.raises(RuleBroken) as refusal:
        load("1.1.0")

    assert refusal.value.rule is rules.IS_DRAFT
    assert refusal.value.values == {"number": "1.0.0", "state": "in Prüfung"}
    assert load().outcome == UNCHANGED


def test_a_draft_stands_on_what_it_was_made_from_until_something_else_is_said():
    first, second = make_version("8.0.0"), make_version("9.0.0")
    draft = load_programme(small_files(), by=BY, upstream=first).version
    load("1.1.0")
    assert Version.objects.get(pk=draft.pk).upstream == first

    load_programme(small_files("1.1.0"), by=BY, upstream=second)
    assert Version.objects.get(pk=draft.pk).upstream == second


def test_title_and_summary_follow_a_draft_until_something_is_released():
    load()
    load(head=HEAD.replace("Kleines Programm", "Anderes Programm"))
    assert Programme.objects.get().title == "Anderes Programm"

    released(head=HEAD.replace("Kleines Programm", "Drittes Programm"))
    load("2.0.0")
    assert Programme.objects.get().title == "Drittes Programm"


def test_a_programme_belongs_to_one_organisation():
    office, other = (Organisation.objects.create(name=name) for name in ("Programmbüro", "Andere"))
    load()
    load(organisation=office)

    with pytest.raises(RuleBroken) as refusal:
        load("1.0.1", organisation=other)

    assert refusal.value.rule is rules.OWN_PROGRAMME
    assert refusal.value.values == {"title": "Kleines Programm", "owner": "Programmbüro"}
    assert (Programme.objects.get().organisation, Version.objects.count()) == (office, 1)


def test_mistakes_are_told_and_nothing_is_written():
    with pytest.raises(NotAProgramme) as refusal:
        load(unit=UNIT.replace("240", "null"), last_summary=None, picture=b"<html>")

    assert [(each.file, each.line) for each in refusal.value.mistakes] == [
        ("units/aufbruch/files/punkt.png", 1),
        ("units/aufbruch/unit.yaml", 3),
        ("units/schluss/summary.md", 1),
    ]
    assert (counts(), Blob.objects.count()) == ((0,) * 8, 0)


@pytest.mark.parametrize("changes", [
    {"unit": UNIT.replace("title: Aufbruch", "titel: x")},
    {"unit": UNIT.replace("level: apply", "level: x")},
    {"unit": UNIT.replace("punkt.png", "punkt.html")},
    {"unit": UNIT.replace("punkt.png", "../x.png")},
    {"unit": "- x"},
    {"unit": None},
    {"head": "x"},
    {"head": None},
    {"competencies": None},
    {"head": HEAD.replace("weiter]", "weiter, nirgends]")},
    {"summary": b"\xff"},
    {"summary": ":::nichts\n:::\n"},
    {"picture": None},
])  # fmt: skip
def test_every_mistake_is_a_mistake_and_no_error(changes):
    with pytest.raises(NotAProgramme):
        load(**changes)


def test_discard_draft_deletes_all_that_belongs_to_it():
    version = load().version
    discard_draft(version, by=BY)

    assert counts() == (0, 0, 0, 0, 0, 0, 0, 2)
    entry = AuditEntry.objects.last()
    assert (entry.action, entry.payload["before"]["number"]) == ("curriculum.draft_discarded", "1.0.0")


def test_discard_draft_leaves_what_is_released():
    first = released()
    discard_draft(load("1.1.0", unit=WORDS).version, by=BY)

    with pytest.raises(RuleBroken) as refusal:
        discard_draft(first, by=BY)

    assert refusal.value.rule is rules.IS_DRAFT
    assert (Version.objects.get(), Module.objects.count()) == (first, 2)
    assert source_of(first).unit("aufbruch").title == "Aufbruch"


def many(count):
    units = [f"u-{n}" for n in range(count)]
    small = small_files(head=HEAD.replace("[aufbruch, weiter]", f"[{', '.join(['aufbruch', 'weiter', *units])}]"))
    files = {path: small.open(path).read() for path in small.paths()}
    for key in units:
        files |= {f"units/{key}/{name}": files[f"units/weiter/{name}"] for name in ("unit.yaml", "summary.md")}
    return InMemory(files)


def test_queries_do_not_grow_with_each_unit(django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        load_programme(many(1), by=BY)
    with django_assert_max_num_queries(70):
        version = load_programme(many(400), by=BY).version

    assert Unit.objects.filter(module__version=version).count() == 403
    assert len(Below(stored_files(version), "programme/units/u-399/").paths()) == 2


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
    assert counts() == (1, 1, 2, 3, 2, 5, 9, 1)
