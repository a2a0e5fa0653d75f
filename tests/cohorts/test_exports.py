"""Calendars are read by two foreign readers; tables by the eye."""

import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffel.cohorts import exports
from staffel.cohorts.queries.calendar import Event
from staffel.cohorts.queries.people import Line

CHANGED = datetime(2026, 9, 1, 8, 0, 0, tzinfo=UTC)
BEFORE, AFTER = datetime(2026, 10, 22, 7, tzinfo=UTC), datetime(2026, 10, 27, 8, tzinfo=UTC)
EVENT = Event(
    "0123456789AB", "ABCDEFGHJKMN", "Staffel 4", "Grundlagen", 1, BEFORE, BEFORE + timedelta(hours=4), "https://raum.example/4",
    0, CHANGED, False,
)  # fmt: skip


def at(begin, number=1, **facts):
    """Return an event of four hours."""
    return replace(
        EVENT, public_id=f"{number:012d}", position=number, starts_at=begin, ends_at=begin + timedelta(hours=4), **facts
    )


def read(content):
    """Return what ical.js and node-ical read."""
    command = ["node", str(Path(__file__).parent / "read_calendar.mjs")]
    done = subprocess.run(command, input=content, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_both_readers_see_nine_o_clock_before_and_after_the_clocks_change():
    spring = datetime(2027, 3, 25, 8, tzinfo=UTC), datetime(2027, 3, 30, 7, tzinfo=UTC)

    found = read(exports.calendar([at(begin, n) for n, begin in enumerate((BEFORE, AFTER, *spring), 1)], name="Meine"))

    assert [entry["local"] for entry in found["thunderbird"]] == [
        "2026-10-22T09:00:00",
        "2026-10-27T09:00:00",
        "2027-03-25T09:00:00",
        "2027-03-30T09:00:00",
    ]
    wanted = ["2026-10-22T07:00:00.000Z", "2026-10-27T08:00:00.000Z", "2027-03-25T08:00:00.000Z", "2027-03-30T07:00:00.000Z"]
    ends = ["2026-10-22T11:00:00.000Z", "2026-10-27T12:00:00.000Z", "2027-03-25T12:00:00.000Z", "2027-03-30T11:00:00.000Z"]
    for reader in ("thunderbird", "node"):
        assert [entry["utc"] for entry in found[reader]] == wanted
        assert [entry["ends"] for entry in found[reader]] == ends
    assert {entry["zone"] for entry in found["node"]} == {"Europe/Berlin"}


def test_both_readers_see_every_letter_and_no_broken_line():
    title = "Käse; Wurst, \\Brot und „Straßenlaternen“ in Łódź ✓ " + "sehr lang " * 20

    found = read(exports.calendar([at(BEFORE, title=title.strip())], name="x"))

    summary = f"{title.strip()} (Staffel 4)"
    assert (found["thunderbird"][0]["summary"], found["node"][0]["summary"]) == (summary, summary)
    assert found["thunderbird"][0]["location"] == "https://raum.example/4"
    assert found["thunderbird"][0]["description"].splitlines()[:2] == [
        "Staffel 4, Termin 1",
        "Zum Raum: https://raum.example/4",
    ]


def test_a_moved_date_keeps_its_name_and_counts_up():
    first, moved = (read(exports.calendar([one], name="x")) for one in (at(BEFORE), at(AFTER, revision=1)))

    for reader in ("thunderbird", "node"):
        assert first[reader][0]["uid"] == moved[reader][0]["uid"] == "000000000001@sessions.staffel"
        assert (first[reader][0]["sequence"], moved[reader][0]["sequence"]) == (0, 1)


def test_a_date_that_is_called_off_stays_as_cancelled_without_its_room():
    found = read(exports.calendar([at(BEFORE, is_cancelled=True)], name="x"))

    for reader in ("thunderbird", "node"):
        assert (found[reader][0]["status"], found[reader][0]["summary"]) == ("CANCELLED", "Abgesagt: Grundlagen (Staffel 4)")
    assert found["thunderbird"][0]["location"] is None


def test_an_empty_calendar_can_be_read():
    assert read(exports.calendar([], name="x")) == {"thunderbird": [], "node": []}


def test_calendar_lines_are_short_and_the_same_dates_give_the_same_bytes():
    events = [at(BEFORE, title="ä" * 200)]

    content = exports.calendar(events, name="x")

    assert content == exports.calendar(events, name="x")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert [line for line in content.decode().split("\r\n") if line.startswith(("DTSTAMP", "LAST-MODIFIED"))] == [
        "DTSTAMP:20260901T080000Z",
        "LAST-MODIFIED:20260901T080000Z",
    ]


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60)


@settings(max_examples=40, deadline=None)
@given(TEXT, TEXT)
def test_calendar_gives_back_any_text(title, cohort):
    import icalendar

    content = exports.calendar([at(BEFORE, title=title, cohort_name=cohort)], name="x")

    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == f"{title} ({cohort})"
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_people_as_a_table_hold_no_formula(ending):
    line = Line("x", "=1+1", (("Perleberg", "/"), ("Wittenberge", "/")), "Brandenburg", "a@example.org", "01.09.2026", "ok")

    content = exports.people([line], ending=ending)

    if ending == "csv":
        assert content.decode("utf-8-sig").splitlines() == [
            "Name;E-Mail;Kommunen;Land;Dabei seit;Mails",
            "'=1+1;a@example.org;Perleberg, Wittenberge;Brandenburg;01.09.2026;ok",
        ]
    else:
        from python_calamine import CalamineWorkbook

        assert CalamineWorkbook.from_filelike(__import__("io").BytesIO(content)).get_sheet_by_index(0).to_python()[1][:3] == [
            "=1+1",
            "a@example.org",
            "Perleberg, Wittenberge",
        ]
