from datetime import date, timedelta

import pytest
from django.utils import timezone

from staffel.accounts.actions.audit import blank_before, check, record
from staffel.accounts.models import AuditEntry, Feedback
from staffel.accounts.queries.audit import Filters, all_lines, groups, history_of, last_check, page
from tests.accounts.actions.test_audit import make_entries, make_text
from tests.accounts.factories import make_emil, make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.municipalities.factories import make_municipality

pytestmark = pytest.mark.django_db


def whats(found):
    return [line.why for line in found.lines]


def make_whys(*whys, **facts):
    return [record("accounts.text_changed", make_text(), by="Zeitplan", why=why, **facts) for why in whys]


def test_page_tells_an_entry_in_words():
    emil = make_emil()
    feedback = Feedback.objects.create(kind="barrier", text="x")
    before = {"kind": "other", "done_at": None, "custom": True}
    after = {"kind": "barrier", "done_at": "2026-11-25T11:30:00+00:00", "custom": False, "page": "/karte/"}
    record("accounts.feedback_done", feedback, by=emil, why="Behoben.", before=before, after=after)

    [line] = page(Filters()).lines

    assert (line.who, line.role, line.what) == ("Emil Beispiel", "Programmkoordination", "hat eine Rückmeldung erledigt")
    assert (line.thing, line.why) == (f"Rückmeldung {feedback.public_id}", "Behoben.")
    assert line.thing_path == f"/buero/rueckmeldungen/#r-{feedback.public_id}"
    assert line.changes == (
        ("Worum geht es?", "Etwas anderes", "Eine Barriere"),
        ("Seite", "", "/karte/"),
        ("Erledigt", "", "25.11.2026, 12:30 Uhr"),
        ("Custom", "ja", "nein"),
    )
    assert line.told == (
        "Worum geht es?: Etwas anderes wurde Eine Barriere",
        "Seite: /karte/",
        "Erledigt: 25.11.2026, 12:30 Uhr",
        "Custom: ja wurde nein",
    )


def test_page_shows_the_name_of_an_action_without_words():
    record("accounts.unheard_of", make_text(), by="Zeitplan")

    assert [line.what for line in page(Filters()).lines] == ["accounts.unheard_of"]


def test_page_says_that_a_content_is_gone():
    make_entries(1, why="geheim")
    blank_before(timezone.now())

    [line] = page(Filters()).lines

    assert (line.who, line.why, line.changes, line.blanked) == ("(gelöscht)", "", (), True)


def test_page_goes_back_and_forth_by_key():
    make_whys(*"abcdefg")

    first = page(Filters(), size=3)
    second = page(Filters(), after=first.older, size=3)
    third = page(Filters(), after=second.older, size=3)

    assert [whats(one) for one in (first, second, third)] == [["g", "f", "e"], ["d", "c", "b"], ["a"]]
    assert (first.newer, third.older) == ("", "")
    assert whats(page(Filters(), before=third.newer, size=3)) == ["d", "c", "b"]
    assert whats(page(Filters(), before=second.newer, size=3)) == ["g", "f", "e"]


def test_page_knows_entries_of_the_same_moment_apart():
    moment = timezone.now()
    entries = make_whys("a", "b", "c")
    rows = [AuditEntry(**{name: getattr(entry, name) for name in FACTS}, at=moment) for entry in entries]
    AuditEntry.objects.bulk_create(rows)

    first = page(Filters(), size=4)

    assert whats(first) + whats(page(Filters(), after=first.older, size=4)) == [*"cba"[::1], *"cba"]


FACTS = ("action", "thing_type", "thing_id", "payload", "salt", "digest")


@pytest.mark.parametrize("key", ["x", "1-", "-1", "1764077000000000", "99999999999999999999-1", "1-99999999999999999999"])
def test_page_knows_no_strange_key(key):
    make_entries(1)

    assert page(Filters(), after=key) is None


def test_filters_find_words_people_groups_and_things():
    emil = make_emil()
    record("accounts.text_changed", make_text("a"), by=emil, why="Umzug")
    record("admissions.decided", make_text("b"), by="Zeitplan", why="Los")

    def found(**facts):
        return [line.why for line in all_lines(Filters(**facts))]

    assert found() == ["Los", "Umzug"]
    assert found(text="umz") == ["Umzug"]
    assert found(text="emil") == ["Umzug"]
    assert found(text="einen Text der Instanz") == ["Umzug"]
    assert found(text="admissions.dec") == ["Los"]
    assert found(text=str(make_text("b").pk)) == ["Los"]
    assert found(who="zeit") == ["Los"]
    assert found(group="accounts") == ["Umzug"]
    assert found(thing=f"accounts.InstanceText:{make_text('a').pk}") == ["Umzug"]
    assert found(thing="accounts.InstanceText:0") == []


def test_filters_find_a_period_in_local_days():
    today = timezone.localdate()
    make_whys("heute")

    def found(**facts):
        return [line.why for line in all_lines(Filters(**facts))]

    assert found(since=today, until=today) == ["heute"]
    assert found(since=today + timedelta(days=1)) == []
    assert found(until=today - timedelta(days=1)) == []
    assert found(until=date(2000, 1, 1)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_page_and_history_cost_one_query(count, django_assert_num_queries):
    make_entries(count)
    text = make_text()

    with django_assert_num_queries(1):
        assert len(page(Filters()).lines) == count
    with django_assert_num_queries(1):
        assert len(history_of(text)) == count


def test_history_of_tells_one_thing_and_what_belongs_to_it_oldest_first():
    make_whys("erst", "dann")
    record("accounts.text_changed", make_text("anders"), by="Zeitplan", why="anderes Ding")
    record("accounts.text_changed", make_text("dazu"), by="Zeitplan", why="gehört dazu")

    assert [line.why for line in history_of(make_text())] == ["erst", "dann"]
    assert [line.why for line in history_of(make_text(), make_text("dazu"))] == ["erst", "dann", "gehört dazu"]


def test_last_check_is_none_before_the_first():
    assert last_check() is None


def test_last_check_tells_what_was_found():
    make_entries(2)
    report = check()

    found = last_check()

    assert (found.holds, found.entries, found.blanked, found.problems) == (True, "2", "0", ())
    assert found.head == report.content["head"]


def test_last_check_tells_problems_in_sentences():
    report = check()
    report.content["problems"] = [[7, "content"]]
    report.save()

    assert last_check().problems == ((7, "Der Inhalt passt nicht mehr zu seiner Prüfsumme: Er wurde nachträglich geändert."),)


def test_groups_are_words():
    assert ("cohorts", "Staffeln und Termine") in groups()


@pytest.mark.parametrize("count", (1, 3))
def test_page_names_cohorts_places_and_municipalities(count, django_assert_num_queries):
    cohort, municipality = make_cohort(), make_municipality()
    for number in range(count):
        place = make_enrolment(cohort, make_person(f"Person{number}", role=None))
        facts = {"Staffel": cohort.public_id, "municipalities": [municipality.ags]}
        record("cohorts.enrolled", place, by="Zeitplan", after=facts)

    with django_assert_num_queries(4):
        line = page(Filters()).lines[0]

    assert line.thing == f"Teilnahme {place.person.name}"
    assert line.told == (f"Kommunen: {municipality.short_name}", f"Staffel: {cohort.name}")
