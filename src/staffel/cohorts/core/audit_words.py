"""What the audit log says about cohorts, dates and attendance, in words."""

from staffel.base.rules import N_

WORDS = {
    "cohorts.cohort_planned": N_("hat die Staffel geplant"),
    "cohorts.cohort_started": N_("hat die Staffel begonnen"),
    "cohorts.cohort_completed": N_("hat die Staffel abgeschlossen"),
    "cohorts.cohort_cancelled": N_("hat die Staffel abgesagt"),
    "cohorts.enrolled": N_("hat den Platz vergeben"),
    "cohorts.left": N_("hat die Teilnahme beendet"),
    "cohorts.attendance_taken": N_("hat die Anwesenheit erfasst"),
    "cohorts.attendance_corrected": N_("hat die Anwesenheit berichtigt"),
    "cohorts.session_moved": N_("hat einen Termin verlegt"),
    "cohorts.sessions_shifted": N_("hat alle kommenden Termine verschoben"),
    "cohorts.day_off_added": N_("hat einen freien Tag eingetragen"),
    "cohorts.day_off_removed": N_("hat einen freien Tag gestrichen"),
    "cohorts.room_changed": N_("hat den Raum geändert"),
    "cohorts.trainer_added": N_("hat eine Leitung eingetragen"),
    "cohorts.trainer_removed": N_("hat eine Leitung ausgetragen"),
    "cohorts.calendar_opened": N_("hat die eigene Kalenderadresse angelegt"),
    "cohorts.calendar_renewed": N_("hat die eigene Kalenderadresse erneuert"),
    "cohorts.calendar_closed": N_("hat die eigene Kalenderadresse geschlossen"),
}
PATHS = {"cohorts.Cohort": "/buero/staffeln/{id}/"}
NAMES = {"cohorts.Cohort": ("public_id", "name"), "cohorts.Enrolment": ("public_id", "person__name")}
REFERENCES = {"Staffel": "cohorts.Cohort"}
# Attendance is noted by the public ids of the places.
KEYED = {"cohorts.Session": "cohorts.Enrolment"}
