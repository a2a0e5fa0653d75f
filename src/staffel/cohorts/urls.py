from django.urls import path, re_path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.cohorts.views import attendance, calendar, dates, office, people, pilot

app_name = "cohorts"
OFFICE, COHORT = "buero/staffeln/<id:public_id>/", "staffeln/<id:public_id>/"
urlpatterns = [
    path("staffeln/", pilot.pilot, name="pilot"),
    path("buero/staffeln/", office.office_list, name="office_list"),
    re_path(r"^buero/staffeln/export\.(?P<ending>csv|xlsx)$", office.office_export, name="office_export"),
    path("buero/staffeln/neu/", office.plan, name="plan"),
    path(OFFICE, office.office_cohort, name="office_cohort"),
    path(f"{OFFICE}beginnen/", office.start, name="start"),
    path(f"{OFFICE}abschliessen/", office.complete, name="complete"),
    path(f"{OFFICE}absagen/", office.cancel, name="cancel"),
    path(f"{OFFICE}referenten/", office.add_trainer, name="add_trainer"),
    path(f"{OFFICE}referenten/entfernen/", office.remove_trainer, name="remove_trainer"),
    path(f"{COHORT}termine/", dates.date_list, name="dates"),
    path(f"{COHORT}termine/raum/", dates.room, name="room"),
    path(f"{COHORT}termine/freie-zeiten/", dates.add_day_off, name="add_day_off"),
    path(f"{COHORT}termine/freie-zeiten/entfernen/", dates.remove_day_off, name="remove_day_off"),
    path(f"{COHORT}termine/<id:session>.ics", calendar.session_file, name="session_file"),
    path(f"{COHORT}termine/<id:session>/verschieben/", dates.move, name="move"),
    path(f"{COHORT}termine/<id:session>/alle-verschieben/", dates.shift, name="shift"),
    path(f"{COHORT}menschen/", people.people_list, name="people"),
    re_path(
        r"^staffeln/(?P<public_id>[0-9A-Z]{12})/menschen/export\.(?P<ending>csv|xlsx)$",
        people.people_export,
        name="people_export",
    ),
    path(f"{COHORT}menschen/<id:enrolment>/ausscheiden/", people.leave, name="leave"),
    path(f"{COHORT}anwesenheit/<id:session>/", attendance.sheet, name="attendance"),
    re_path(r"^kalender/(?P<token>[A-Za-z0-9_-]{22})\.ics$", calendar.feed, name="feed"),
    path("konto/kalender/", calendar.own_feed, name="own_feed"),
    path("konto/kalender/schliessen/", calendar.close_feed, name="close_feed"),
]
