from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffel.municipalities.core import register, rules
from staffel.municipalities.core.credits import german
from staffel.municipalities.core.loading import BadRow
from staffel.municipalities.core.register import Entry, KreisEntry, Snapshot, Succession, Timeline, VerbandEntry

BEFORE, AFTER = date(2025, 11, 30), date(2026, 3, 31)
MUSTER = Entry("12001001", "120010001001", "Muster", "64", "12001", None, 1000, Decimal("10.00"), "01234", (52.5, 13.5), "03")
KREIS = KreisEntry("12001", "Musterkreis", "Landkreis", "Sitz")
AMT = VerbandEntry("120015001", "12001", "Amt Muster", "Amt", "Sitz")
SINGLE = VerbandEntry("120010001", "12001", "Muster", "Verbandsfreie Gemeinde", "")

names = st.text("abcdefgäöüß ", min_size=1, max_size=20).map(str.strip).filter(bool)
municipality_keys = st.integers(0, 30).map(lambda number: f"12001{number:03}")


@st.composite
def entries(draw):
    ags = draw(municipality_keys)
    return replace(
        MUSTER,
        ags=ags,
        ars=f"{ags[:5]}5001{ags[5:]}",
        name=draw(names),
        kind_code=draw(st.sampled_from(["60", "63", "64"])),
        verband=draw(st.sampled_from([None, "120015001", "120015002"])),
        population=draw(st.integers(0, 4_000_000)),
        area_km2=Decimal(draw(st.integers(0, 90_000))) / 100,
        urbanisation=draw(st.sampled_from(["01", "02", "03"])),
    )


@st.composite
def snapshots(draw, on):
    kreise = draw(st.lists(st.integers(1, 5).map(lambda number: f"1200{number}"), unique=True))
    verbaende = draw(st.lists(st.integers(1, 5).map(lambda number: f"12001500{number}"), unique=True))
    return Snapshot(
        on,
        {code: KreisEntry(code, draw(names), "Landkreis", draw(names)) for code in kreise},
        {
            code: VerbandEntry(code, draw(st.sampled_from([None, "12001"])), draw(names), "Amt", draw(names))
            for code in verbaende
        },
        {entry.ags: entry for entry in draw(st.lists(entries(), max_size=12))},
    )


def state(*municipalities, on=BEFORE, kreise=(KREIS,), verbaende=(AMT, SINGLE)):
    return Snapshot(
        on,
        {one.code: one for one in kreise},
        {one.code: one for one in verbaende},
        {one.ags: one for one in municipalities},
    )


@given(snapshots(BEFORE))
def test_diff_with_itself_is_empty(before):
    empty = register.LevelDiff()

    assert register.diff(before, before).levels() == (empty, empty, empty)


@given(snapshots(BEFORE), snapshots(AFTER))
def test_apply_of_a_diff_leads_to_the_later_state(before, after):
    assert register.apply(register.diff(before, after), before) == after


@given(snapshots(BEFORE), snapshots(AFTER))
def test_describe_counts_what_the_diff_holds(before, after):
    change = register.diff(before, after)

    level = change.municipalities
    line = f"Kommunen: {len(level.new)} neu, {len(level.dissolved)} aufgelöst, {len(level.changed)} geändert."
    assert register.describe(change).count(line) == 1


def test_diff_keeps_what_the_file_does_not_say():
    silent = replace(MUSTER, population=1001, area_km2=None, position=None, urbanisation=None)

    (change,) = register.diff(state(MUSTER), state(silent, on=AFTER)).municipalities.changed

    assert change.new == replace(MUSTER, population=1001)
    assert change.fields() == ("population",)


def test_diff_sees_that_a_municipality_left_its_verband():
    inside = replace(MUSTER, verband="120015001")

    (change,) = register.diff(state(inside), state(MUSTER, on=AFTER)).municipalities.changed

    assert change.fields() == ("verband",)


def test_diff_takes_a_name_that_was_cut_for_the_same():
    long = replace(MUSTER, name="x" * 61)

    assert register.diff(state(long), state(replace(long, name="x" * 50), on=AFTER)).municipalities.changed == ()


def test_diff_takes_a_shorter_name_for_a_new_one():
    (change,) = register.diff(state(replace(MUSTER, name="Musterhausen")), state(MUSTER, on=AFTER)).municipalities.changed

    assert change.fields() == ("name",)


def test_describe_says_what_happened_to_whom():
    gone = replace(MUSTER, ags="12001002", ars="120015001002", name="Altdorf", verband="120015001")
    moved = replace(MUSTER, name="Neumuster", verband="120015001", population=7)
    new = replace(gone, ags="12001003", ars="120015001003")

    assert register.describe(register.diff(state(MUSTER, gone), state(moved, new, on=AFTER))) == (
        "Gebietsstand 30.11.2025 → 31.03.2026",
        "Kreise: 0 neu, 0 aufgelöst, 0 geändert.",
        "Verbände: 0 neu, 0 aufgelöst, 0 geändert.",
        "Kommunen: 1 neu, 1 aufgelöst, 1 geändert.",
        "  neu: Altdorf (12001003)",
        "  aufgelöst: Altdorf (12001002)",
        "  umbenannt: Muster (12001001): Muster → Neumuster",
        "  anderer Verband: Muster (12001001): keiner → 120015001",
        "  andere Einwohnerzahl: 1",
        "  Gleicher Name, vermutlich --successor 12001002=12001003",
    )


def test_describe_names_at_most_so_many():
    many = [replace(MUSTER, ags=f"12001{number:03}", name=f"Ort {number}") for number in range(2, 7)]

    lines = register.describe(register.diff(state(MUSTER), state(MUSTER, *many, on=AFTER)), most=2)

    assert lines[4:] == ("  neu: Ort 2 (12001002)", "  neu: Ort 3 (12001003)", "  … und 3 weitere")


def refused(change, before, *successions, population_on=BEFORE, accept_many=True):
    found = register.refusals(change, before, successions, population_on=population_on, accept_many=accept_many)
    return [(rule.id, values) for rule, values in found]


GONE = replace(MUSTER, ags="12001002", ars="120010002002", name="Altdorf")
MERGED = state(MUSTER, GONE), state(MUSTER, on=AFTER)


def merger(*successions, **wishes):
    before, after = MERGED
    return refused(register.diff(before, after), before, *successions, **wishes)


def test_refusals_ask_for_the_successor_of_a_dissolved_place():
    assert merger() == [("MUN-02", {"count": 1, "places": "Altdorf (12001002)"})]


def test_refusals_are_none_with_a_successor():
    assert merger(Succession("12001002", "12001001", date(2026, 1, 1))) == []


def test_refusals_ask_for_the_successor_of_a_dissolved_kreis_and_amt_but_not_of_a_single_row():
    before = state(MUSTER)
    after = Snapshot(AFTER, {}, {}, before.municipalities)

    assert refused(register.diff(before, after), before) == [
        ("MUN-02", {"count": 2, "places": "Musterkreis (12001), Amt Muster (120015001)"})
    ]


@pytest.mark.parametrize(
    "old, new",
    [
        ("12001002", "12009999"),  # a successor that nobody knows
        ("12001002", "12001002"),  # itself
        ("12001002", "12001"),  # a Kreis for a municipality
        ("12001001", "12001002"),  # a place that is not dissolved
    ],
)
def test_refusals_name_a_succession_that_does_not_fit(old, new):
    good = [Succession("12001002", "12001001")] if old != "12001002" else []

    assert merger(*good, Succession(old, new)) == [("MUN-03", {"old": old, "new": new})]


def test_refusals_name_a_second_succession_of_the_same_place():
    twice = Succession("12001002", "12001001")

    assert merger(twice, twice) == [("MUN-03", {"old": "12001002", "new": "12001001"})]


@pytest.mark.parametrize("day", [BEFORE, date(2026, 4, 1)])
def test_refusals_name_a_day_outside_the_two_states(day):
    (refusal,) = merger(Succession("12001002", "12001001", day))

    assert refusal[0] == rules.EFFECTIVE_WITHIN.id
    assert (refusal[1]["after"], refusal[1]["until"]) == ("30.11.2025", "31.03.2026")


def test_refusals_doubt_a_file_without_many():
    assert merger(Succession("12001002", "12001001"), accept_many=False) == [
        ("MUN-04", {"missing": 1, "all": 2, "share": "50,0"})
    ]


def test_refusals_take_exactly_5_in_100():
    everyone = [replace(MUSTER, ags=f"12001{number:03}") for number in range(1, 21)]
    before, after = state(*everyone), state(*everyone[:-1], on=AFTER)

    change = register.diff(before, after)

    assert refused(change, before, Succession("12001020", "12001001"), accept_many=False) == []


def test_refusals_ask_for_the_day_of_the_population():
    assert merger(Succession("12001002", "12001001"), population_on=None) == [("MUN-05", {})]


def test_figures_may_be_of_the_day_of_the_file_but_not_of_a_later_one():
    later = AFTER + timedelta(days=1)

    assert merger(Succession("12001002", "12001001"), population_on=AFTER) == []
    assert merger(Succession("12001002", "12001001"), population_on=later) == [
        ("MUN-07", {"day": german(later), "file": german(AFTER)})
    ]


@pytest.mark.parametrize("on", [BEFORE, date(2025, 9, 30)])
def test_refusals_of_a_file_that_is_not_newer(on):
    before = state(MUSTER)

    assert refused(register.diff(before, replace(before, on=on)), before) == [
        ("MUN-01", {"file": register.german(on), "loaded": "30.11.2025"})
    ]


@pytest.mark.parametrize("rule", [value for value in vars(rules).values() if isinstance(value, register.Rule)])
def test_every_sentence_takes_its_values(rule):
    values = dict.fromkeys(
        ("file", "loaded", "count", "places", "old", "new", "missing", "all", "share", "day", "after", "until"), "?"
    )

    assert "%(" not in rule.sentence % values


def test_timeline_ends_a_place_the_day_before_its_change():
    timeline = Timeline([Succession("1", "2", date(2026, 1, 1))], AFTER)

    assert (timeline.last_day("1"), timeline.successor("1")) == (date(2025, 12, 31), "2")
    assert (timeline.last_day("9"), timeline.successor("9")) == (date(2026, 3, 30), None)


def test_timeline_begins_a_place_with_the_earliest_change_that_leads_to_it():
    changes = [Succession("1", "3", date(2026, 2, 1)), Succession("2", "3", date(2026, 1, 1)), Succession("4", "5")]

    timeline = Timeline(changes, AFTER)

    assert (timeline.first_day("3"), timeline.first_day("5")) == (date(2026, 1, 1), AFTER)


def test_uninhabited_areas_stay_where_a_file_names_none():
    forest = replace(MUSTER, ags="12001444", ars="120010001444", kind_code="66")
    before = state(MUSTER, forest)

    assert register.with_uninhabited_areas(state(MUSTER, on=AFTER), before) == state(MUSTER, forest, on=AFTER)


def test_uninhabited_areas_can_be_dissolved_where_a_file_names_others():
    forest, heath = (replace(MUSTER, ags=f"1200144{number}", kind_code="66") for number in (4, 5))
    file = state(MUSTER, heath, on=AFTER)

    assert register.with_uninhabited_areas(file, state(MUSTER, forest)) == file


def test_figures_are_left_out_of_known_places_only():
    new = replace(MUSTER, ags="12001003")

    file = register.without_figures(state(MUSTER, new, on=AFTER), state(MUSTER))

    assert [(one.population, one.area_km2) for one in file.municipalities.values()] == [(None, None), (1000, Decimal("10.00"))]


@pytest.mark.parametrize(
    "official, known, short, second",
    [
        ("Muster, Stadt", "", "Muster", ""),
        ("Lauenburg/ Elbe, Stadt", "", "Lauenburg/Elbe", ""),
        ("Bautzen / Budyšin, Stadt, Hochschulstadt / Wysokošulske město", "", "Bautzen", "Budyšin"),
        ("Cottbus/Chóśebuz, Stadt", "Chóśebuz", "Cottbus", "Chóśebuz"),
        ("Schwedt/Oder, Stadt", "", "Schwedt/Oder", ""),
    ],
)
def test_names_of(official, known, short, second):
    assert register.names_of(official, known) == (short, second)


def test_read_changes_with_and_without_a_day():
    text = "old,new,effective_on\n12001002,12001001,2026-01-01\n120015001,120010001,\n"

    assert register.read_changes(text, "changes.csv") == (
        Succession("12001002", "12001001", date(2026, 1, 1)),
        Succession("120015001", "120010001"),
    )


@pytest.mark.parametrize("text", ['"old"x,new,effective_on\n', "o" * 131_073 + ",new,effective_on\n"])
def test_read_changes_refuses_a_broken_header(text):
    with pytest.raises(BadRow) as refusal:
        register.read_changes(text, "changes.csv")

    assert str(refusal.value).startswith("changes.csv, Zeile ")
    assert refusal.value.reason.startswith("ist kein CSV")


def test_read_changes_refuses_a_german_day():
    with pytest.raises(BadRow) as refusal:
        register.read_changes("old,new,effective_on\n1,2,01.01.2026\n", "changes.csv")

    assert str(refusal.value) == "changes.csv, Zeile 2, Spalte effective_on: „01.01.2026“ ist kein Tag wie 2026-01-01."
