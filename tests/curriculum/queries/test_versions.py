from datetime import date

import pytest

from staffel.accounts.models import Organisation
from staffel.curriculum.actions.loading import load_programme
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.models import Programme, Version
from staffel.curriculum.queries import versions as queries
from tests.curriculum.factories import make_version
from tests.curriculum.small_programme import HEAD, small_files

pytestmark = pytest.mark.django_db


def load(number="1.0.0", **changes):
    return release_by_command(load_programme(small_files(number, **changes), by="Test").version, by="Test")


@pytest.mark.parametrize("numbers", [["1.0.0"], ["1.9.0", "1.10.0", "2.0.0"]])
def test_released_versions_costs_one_query(numbers, django_assert_num_queries):
    for number in numbers:
        load(number)
    make_version("7.0.0", released=False)

    with django_assert_num_queries(1):
        lines = queries.released_versions()

    assert [line.number for line in lines] == {1: ["1.0.0"], 3: ["2.0.0", "1.10.0", "1.9.0"]}[len(numbers)]
    assert {(line.modules, line.units, line.minutes, line.chosen) for line in lines} == {(2, 2, 480, 1)}
    assert lines[0].path == f"/programme/kleines-programm/{lines[0].number}/"


def test_newest_versions_names_each_programme_once():
    load()
    load("1.1.0")
    make_version("0.9.0")

    assert [(line.title, line.number) for line in queries.newest_versions()] == [
        ("Beispielprogramm", "0.9.0"),
        ("Kleines Programm", "1.1.0"),
    ]
    assert [line.number for line in queries.released_versions("kleines-programm")] == ["1.1.0", "1.0.0"]


@pytest.mark.parametrize("units", [1, 3])
def test_version_facts_cost_five_queries(units, django_assert_num_queries):
    version = make_version(units=units)

    with django_assert_num_queries(5):
        facts = queries.version_facts(version.pk)

    assert [(unit.position, unit.objectives) for unit in facts.units] == [(n + 1, ("Etwas können.",)) for n in range(units)]
    assert (facts.minutes, facts.minutes_needed) == (240 * units, 192 * units)


def test_find_version_knows_released_versions_only(django_assert_num_queries):
    make_version("1.0.0")
    make_version("2.0.0", released=False)

    with django_assert_num_queries(5):
        found = queries.find_version("beispielprogramm", "1.0.0")
    with django_assert_num_queries(1):
        draft = queries.find_version("beispielprogramm", "2.0.0")

    assert (found.number, found.released_on, found.is_released) == ("1.0.0", date(2024, 5, 1), True)
    assert (draft, queries.find_version("anderes", "1.0.0")) == (None, None)


def test_newest_is_the_highest_released_version(django_assert_num_queries):
    load("1.9.0")
    load("1.10.0")
    make_version("3.0.0", released=False)

    with django_assert_num_queries(6):
        assert queries.newest("kleines-programm").number == "1.10.0"
    with django_assert_num_queries(1):
        assert queries.newest("beispielprogramm") is None


def test_version_facts_read_drafts_and_name_the_owner():
    version = make_version(released=False, fee=True, synchronous_percent=30)
    Programme.objects.update(organisation=Organisation.objects.create(name="Programmbüro"))
    facts = queries.version_facts(version)

    assert (facts.organisation, facts.is_released, facts.points_to_licence) == ("Programmbüro", False, True)
    with pytest.raises(Version.DoesNotExist):
        queries.version_facts(0)


def test_a_version_keeps_the_title_it_was_released_with():
    first = load()
    load("2.0.0", head=HEAD.replace("Kleines Programm", "Anders genannt").replace("Zum Ausprobieren.", "Neu."))

    assert [(line.number, line.title, line.summary) for line in queries.released_versions()] == [
        ("2.0.0", "Anders genannt", "Neu."),
        ("1.0.0", "Kleines Programm", "Zum Ausprobieren."),
    ]
    assert [line.title for line in queries.newest_versions()] == ["Anders genannt"]
    assert queries.version_facts(first).title == "Kleines Programm"


def test_minutes_needed_are_rounded_up():
    facts = queries.version_facts(make_version(units=1, completion={"attendance_percent": 67, "presentation": False}))

    assert (facts.minutes, facts.minutes_needed) == (240, 161)


def test_stamp_changes_with_what_is_released_only(django_assert_num_queries):
    stamps = [queries.stamp()]
    make_version("2.0.0", released=False)
    stamps.append(queries.stamp())
    load()
    stamps.append(queries.stamp())
    Programme.objects.filter(key="kleines-programm").update(title="Anders")
    with django_assert_num_queries(1):
        stamps.append(queries.stamp())

    assert (stamps[0] == stamps[1], len(set(stamps))) == (True, 3)


def test_where_nothing_is_required_everything_is_the_course():
    version = make_version(units=2, released=False)
    version.modules.update(required=False)
    Version.objects.filter(pk=version.pk).update(state="released", released_on=date(2024, 5, 1))

    facts, (line,) = queries.version_facts(version.pk), queries.released_versions()

    assert (len(facts.course), facts.chosen, facts.minutes) == (line.units, line.chosen, line.minutes) == (2, 0, 480)
