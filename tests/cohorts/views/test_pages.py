"""What the pages of a cohort show and do."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from staffel.accounts.models import Letter
from staffel.base.models import Job
from staffel.cohorts import actions
from staffel.cohorts.models import Attendance, CalendarFeed, Cohort, DayOff, Trainer
from staffel.curriculum.models import Version
from tests.accounts.factories import make_organisation, make_person
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.cohorts.stage import client_of, set_up
from tests.municipalities.factories import make_land, make_municipality

pytestmark = pytest.mark.django_db


def page(client, path):
    """Return the content of a page that is there, its blanks and tags reduced."""
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def words(html):
    """Return the main part of a page as text."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


# Office -----------------------------------------------------------------------------------------------------------------


def test_the_list_of_the_office_counts_places_and_narrows_down():
    stage = set_up()
    make_cohort("Staffel 5", starts=timezone.now() + timedelta(days=90))
    emil = client_of("Emil")

    everything = words(page(emil, "/buero/staffeln/"))
    planned = words(page(emil, "/buero/staffeln/?zustand=planned"))
    named = words(page(emil, "/buero/staffeln/?q=staffel+4"))

    assert (stage.cohort.name in everything, "2 von 15" in everything, "2 Staffeln" in everything) == (True, True, True)
    assert ("Staffel 5" in planned, "Staffel 4" in planned) == (True, False)
    assert ("Staffel 4" in named, "Staffel 5" in named) == (True, False)
    assert "Keine Staffel passt zu diesen Filtern." in words(page(emil, "/buero/staffeln/?q=nichts"))
    assert emil.get("/buero/staffeln/export.csv?q=staffel+5").content.decode("utf-8-sig").count("Staffel 5") == 1


def test_an_empty_list_says_what_a_staffel_is():
    client = client_of("Emil")
    make_organisation()
    from tests.accounts.factories import make_emil

    make_emil()

    assert "Noch gibt es keine Staffel." in words(page(client, "/buero/staffeln/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_four_queries(count, django_assert_num_queries):
    from tests.accounts.factories import make_emil

    make_emil()
    for number in range(count):
        make_enrolment(make_cohort(f"Staffel {number}"))
    emil = client_of("Emil")

    with django_assert_num_queries(4):
        emil.get("/buero/staffeln/")


def test_the_office_plans_a_cohort():
    from tests.accounts.factories import make_emil
    from tests.curriculum.factories import make_version

    make_emil()
    version, land = make_version(), make_land()
    emil = client_of("Emil")
    sent = {
        "version": version.pk, "modul": "", "name": "Staffel 9", "plaetze": 15, "beginn": "2027-01-11", "laender": [land.pk],
        "raum": "",
    }  # fmt: skip

    answer = emil.post("/buero/staffeln/neu/", sent)

    cohort = Cohort.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/staffeln/{cohort.public_id}/termine/")
    assert (cohort.organisation.name, cohort.sessions.count()) == ("Programmbüro", 2)
    assert "Dienstag, 12. Januar 2027" in words(page(emil, answer["Location"]))


def test_planning_refuses_a_module_of_another_version():
    from tests.accounts.factories import make_emil
    from tests.curriculum.factories import make_version

    make_emil()
    first, second = make_version("1.0.0"), make_version("2.0.0")
    module = Version.objects.get(pk=second.pk).modules.get()

    answer = client_of("Emil").post(
        "/buero/staffeln/neu/",
        {"version": first.pk, "modul": module.pk, "name": "x", "plaetze": 1, "beginn": "2027-01-11"},
    )

    assert (answer.status_code, Cohort.objects.count()) == (422, 0)
    assert "Dieses Modul gehört nicht zu der gewählten Version." in answer.content.decode()


def test_the_page_of_the_office_shows_the_way_and_what_is_missing():
    stage = set_up()
    stage.first.ends_at = timezone.now() - timedelta(hours=1)
    stage.first.starts_at = timezone.now() - timedelta(hours=5)
    stage.first.save()

    shown = words(page(client_of("Emil"), stage.office))

    assert "Zu einem Termin, der vorbei ist, ist nichts erfasst." in shown
    assert "13 Plätze sind noch frei." in shown
    assert "Frauke Beispiel" in shown


def test_a_land_reads_the_page_but_finds_nothing_to_do():
    stage = set_up()

    html = page(client_of("Dilek"), stage.office)

    assert ("Absagen" in words(html), "referenten/" in html) == (False, False)


def test_the_office_cancels_with_a_reason_and_everybody_is_told():
    stage = set_up()
    emil = client_of("Emil")

    assert emil.post(f"{stage.office}absagen/", {"grund": "Zu wenige."}).status_code == 302

    stage.cohort.refresh_from_db()
    assert (stage.cohort.state, Job.objects.filter(name="cohorts.tell_cancelled").count()) == ("cancelled", 1)
    assert "Diese Staffel findet nicht statt." in words(page(client_of("Anke"), f"{stage.path}termine/"))


def test_the_office_adds_and_removes_a_trainer():
    stage = set_up()
    emil = client_of("Emil")

    emil.post(f"{stage.office}referenten/", {"name": "Ida Beispiel", "email": "ida@example.org"})
    ida = Trainer.objects.get(person__email="ida@example.org")
    assert client_of("Ida").get(f"{stage.path}termine/").status_code == 200
    emil.post(f"{stage.office}referenten/entfernen/", {"referent": ida.pk})

    assert client_of("Ida").get(f"{stage.path}termine/").status_code == 404


# Dates ------------------------------------------------------------------------------------------------------------------


def test_the_dates_show_the_room_to_members_on_the_day():
    stage = set_up(room_url="https://raum.example/4")
    stage.second.ends_at = timezone.localtime().replace(hour=23, minute=59, second=59)
    stage.second.save()

    html = page(client_of("Anke"), f"{stage.path}termine/")

    assert ("Heute: Einheit 2" in words(html), "https://raum.example/4" in html) == (True, True)
    assert ("verschieben" in html, "anwesenheit/" in html) == (False, False)


def test_the_office_sees_what_moves_before_it_moves():
    stage = set_up()
    emil = client_of("Emil")
    day = timezone.localdate() + timedelta(days=7)
    path = f"{stage.path}termine/{stage.second.public_id}/verschieben/"

    preview = words(page(emil, f"{path}?tag={day}&zeit=10:00&grund=Messe"))
    assert "2 Menschen bekommen eine Mail mit den neuen Terminen." in preview
    stage.second.refresh_from_db()
    assert stage.second.revision == 0

    assert emil.post(path, {"tag": str(day), "zeit": "10:00", "grund": "Messe"}).status_code == 302
    stage.second.refresh_from_db()
    moved = timezone.localtime(stage.second.starts_at)
    assert (moved.date(), moved.hour, stage.second.revision) == (day, 10, 1)


def test_the_office_shifts_all_after_a_look():
    stage = set_up()
    emil = client_of("Emil")
    day = timezone.localdate() + timedelta(days=14)
    path = f"{stage.path}termine/{stage.second.public_id}/alle-verschieben/"

    preview = words(page(emil, f"{path}?tag={day}&grund="))
    emil.post(path, {"tag": str(day), "grund": ""})

    stage.second.refresh_from_db()
    assert ("Was sich ändert" in preview, timezone.localdate(stage.second.starts_at) >= day) == (True, True)


def test_a_free_time_is_entered_and_removed():
    stage = set_up()
    emil = client_of("Emil")

    emil.post(f"{stage.path}termine/freie-zeiten/", {"von": "2026-12-24", "bis": "", "grund": "Heiligabend"})
    row = DayOff.objects.get()
    shown = words(page(emil, f"{stage.path}termine/"))
    emil.post(f"{stage.path}termine/freie-zeiten/entfernen/", {"zeit": row.pk})

    assert ("24.12.2026: Heiligabend" in shown, row.first_day == row.last_day, DayOff.objects.count()) == (True, True, 0)


@pytest.mark.parametrize(
    "sent, sentence",
    [
        ({"von": "2026-12-24", "bis": "2026-12-23", "grund": "x"}, "Das Ende liegt vor dem Anfang."),
        ({"von": "2026-12-24", "bis": "2029-12-23", "grund": "x"}, "Eine freie Zeit dauert höchstens ein Jahr."),
    ],
)
def test_a_crooked_free_time_is_refused(sent, sentence):
    stage = set_up()

    answer = client_of("Emil").post(f"{stage.path}termine/freie-zeiten/", sent)

    assert (answer.status_code, sentence in answer.content.decode(), DayOff.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://raum.example/", "kein Link"])
def test_a_room_is_an_address_of_the_web(address):
    stage = set_up()

    assert client_of("Emil").post(f"{stage.path}termine/raum/", {"raum": address}).status_code == 422


@pytest.mark.parametrize("units", [1, 3])
def test_the_dates_cost_ten_queries(units, django_assert_num_queries):
    from tests.curriculum.factories import make_version

    stage = set_up(version=make_version(f"9.{units}.0", units=2))
    anke = client_of("Anke")

    with django_assert_num_queries(10):
        anke.get(f"{stage.path}termine/")


# People -----------------------------------------------------------------------------------------------------------------


def test_participants_see_names_and_municipalities_but_no_address():
    stage = set_up()

    html = page(client_of("Anke"), f"{stage.path}menschen/")

    assert ("Bert Beispiel" in html, "Dresden" in html, "bert@example.org" in html) == (True, True, False)


def test_the_trainer_sees_no_address_either():
    stage = set_up()

    html = page(client_of("Frauke"), f"{stage.path}menschen/")

    assert ("Bert Beispiel" in html, "bert@example.org" in html, "export" in html) == (True, False, False)


def test_a_land_sees_its_own_people_only():
    stage = set_up()
    stage.bert.refresh_from_db()

    html = page(client_of("Dilek"), f"{stage.path}menschen/")

    assert ("Anke Beispiel" in html, "Bert Beispiel" in html, "Dresden" in html, "anke@example.org" in html) == (
        True,
        False,
        False,
        False,
    )


def test_the_office_sees_addresses_and_how_mails_went():
    stage = set_up()
    for number, (email, state) in enumerate(
        [("anke@example.org", "sent"), ("anke@example.org", "failed"), ("bert@example.org", "waiting")]
    ):
        Letter.objects.create(
            kind="x", event=f"x{number}", to_email=email, subject="x", text="x", html="x", message_id=f"<{number}>",
            state=state, sent_at=timezone.now() if state == "sent" else None,
        )  # fmt: skip

    shown = words(page(client_of("Emil"), f"{stage.path}menschen/"))

    assert re.findall(r"(anke|bert)@example.org \S+ (\w+ \w+)", shown) == [
        ("anke", "nicht angekommen"),
        ("bert", "wird verschickt"),
    ]


def test_the_office_takes_somebody_out_with_a_reason():
    stage = set_up()
    emil = client_of("Emil")

    assert emil.post(f"{stage.path}menschen/{stage.bert.public_id}/ausscheiden/", {"grund": "Krank"}).status_code == 302

    assert client_of("Bert").get(f"{stage.path}termine/").status_code == 404
    assert "Ausgeschieden" in words(page(emil, f"{stage.path}menschen/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_people_cost_eight_queries(count, django_assert_num_queries):
    stage = set_up()
    for number in range(count):
        make_enrolment(stage.cohort, make_person(f"P{number}"), make_municipality(f"1206100{number}", f"Ort {number}"))
    emil = client_of("Emil")

    with django_assert_num_queries(8):
        emil.get(f"{stage.path}menschen/")


# Attendance -------------------------------------------------------------------------------------------------------------


def sheet(stage, **given):
    """Return a filled sheet: ``anke`` and ``bert`` as choice and minutes."""
    sent = {}
    for name in ("anke", "bert"):
        presence, minutes = given.get(name, ("ganz", ""))
        sent[f"da-{getattr(stage, name).public_id}"] = presence
        sent[f"minuten-{getattr(stage, name).public_id}"] = minutes
    return sent


def test_the_trainer_notes_everybody_with_one_click():
    stage = set_up()
    frauke = client_of("Frauke")
    path = f"{stage.path}anwesenheit/{stage.first.public_id}/"

    html = page(frauke, path)
    assert html.count('value="ganz"') == html.count("checked") == 2
    assert frauke.post(path, sheet(stage)).status_code == 302

    assert set(Attendance.objects.values_list("minutes", "noted_by__name")) == {(240, "Frauke Beispiel")}
    assert words(page(frauke, path)).count("Frauke Beispiel,") == 2


def test_hours_and_absence_are_noted():
    stage = set_up()

    client_of("Frauke").post(
        f"{stage.path}anwesenheit/{stage.first.public_id}/", sheet(stage, anke=("nicht", ""), bert=("teil", "90"))
    )

    assert list(Attendance.objects.order_by("enrolment").values_list("minutes", flat=True)) == [0, 90]


@pytest.mark.parametrize(
    "choice, sentence",
    [
        (("teil", ""), "Bitte wählen Sie die Stunden."),
        (("teil", "241"), "Bitte wählen Sie die Stunden."),
        (("teil", "-1"), "Bitte wählen Sie die Stunden."),
        (("ganz", "90"), "Stunden sind gewählt, angekreuzt ist aber etwas anderes."),
        (("", ""), "Bitte wählen Sie eine Angabe."),
        (("x", "٣"), "Bitte wählen Sie eine Angabe."),
    ],
)
def test_what_does_not_fit_together_is_marked_and_nothing_is_saved(choice, sentence):
    stage = set_up()

    answer = client_of("Frauke").post(f"{stage.path}anwesenheit/{stage.first.public_id}/", sheet(stage, anke=choice))

    assert (answer.status_code, sentence in answer.content.decode(), Attendance.objects.count()) == (422, True, 0)


def test_an_odd_number_of_minutes_stays_when_the_sheet_is_saved_again():
    stage = set_up()
    actions.take_attendance(stage.first, {stage.anke.public_id: 95, stage.bert.public_id: 240}, by="Import")
    path = f"{stage.path}anwesenheit/{stage.first.public_id}/"

    assert '<option value="95" selected>' in page(client_of("Frauke"), path)


def test_the_sheet_of_a_later_day_says_that_it_is_too_early():
    stage = set_up()
    stage.second.starts_at += timedelta(days=3)
    stage.second.ends_at += timedelta(days=3)
    stage.second.save()

    html = page(client_of("Frauke"), f"{stage.path}anwesenheit/{stage.second.public_id}/")

    assert ("Noch ist es zu früh." in html, "Anwesenheit speichern" in html) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_costs_nine_queries(count, django_assert_num_queries):
    stage = set_up()
    for number in range(count):
        make_enrolment(stage.cohort, make_person(f"P{number}"), make_municipality(f"1206100{number}", f"Ort {number}"))
    frauke = client_of("Frauke")

    with django_assert_num_queries(9):
        frauke.get(f"{stage.path}anwesenheit/{stage.first.public_id}/")


# Calendar ---------------------------------------------------------------------------------------------------------------


def feed_of(client):
    """Open a calendar and return its path."""
    html = client.post("/konto/kalender/").content.decode()
    return re.search(r"(/kalender/[A-Za-z0-9_-]{22}\.ics)", html)[1]


def test_a_calendar_shows_the_own_dates_to_whoever_has_the_address(django_assert_num_queries):
    stage = set_up()
    make_cohort("Fremde Staffel")
    path = feed_of(client_of("Anke"))

    with django_assert_num_queries(2):
        answer = Client().get(path)

    content = answer.content.decode()
    assert (answer["Content-Type"], content.count("BEGIN:VEVENT"), "Fremde" in content) == (
        "text/calendar; charset=utf-8",
        2,
        False,
    )
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    actions.change_room(stage.cohort, room_url="https://raum.example/neu", by="x")
    assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_a_new_address_closes_the_old_one_and_only_its_digest_is_kept():
    set_up()
    anke = client_of("Anke")
    first, second = feed_of(anke), feed_of(anke)

    assert [Client().get(path).status_code for path in (first, second)] == [404, 200]
    assert second.split("/")[2].split(".")[0] not in str(CalendarFeed.objects.values().get())
    assert second not in page(anke, "/konto/kalender/")

    anke.post("/konto/kalender/schliessen/")
    assert Client().get(second).status_code == 404


def test_who_left_has_no_dates_any_more():
    stage = set_up()
    path = feed_of(client_of("Bert"))

    actions.leave(stage.bert, by="x", reason="x")

    assert Client().get(path).content.decode().count("BEGIN:VEVENT") == 0
    assert Client().post(path).status_code == 405


def test_one_date_is_a_file():
    stage = set_up()

    answer = client_of("Anke").get(f"{stage.path}termine/{stage.second.public_id}.ics")

    assert (answer["Content-Disposition"], answer.content.decode().count("BEGIN:VEVENT")) == (
        'attachment; filename="termin-2.ics"',
        1,
    )
    assert answer["Cache-Control"] == "private, no-store"
