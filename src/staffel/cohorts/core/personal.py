"""What cohorts keep about people, why and for how long."""

from staffel.accounts.core.personal import Category
from staffel.base.rules import N_

TEN_YEARS = 3652

CATEGORIES = (
    Category(
        key="cohorts.participation",
        title=N_("Teilnahme und Anwesenheit"),
        purpose=N_("Damit Plätze vergeben, Termine mitgeteilt und Teilnahmen später belegt werden können."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO, öffentliche Aufgabe der Weiterbildung"),
        keep_days=TEN_YEARS,
        counted_from=N_("ab dem letzten Termin der Staffel"),
        fields={
            "Enrolment": ("person", "municipalities", "state", "enrolled_at", "left_at"),
            "Attendance": ("enrolment", "minutes", "noted_by", "noted_at"),
        },
    ),
    Category(
        key="cohorts.teaching",
        title=N_("Leitung von Staffeln"),
        purpose=N_("Damit Referentinnen und Referenten ihre Staffeln sehen und Anwesenheit erfassen können."),
        basis=N_("Art. 6 Abs. 1 Buchst. b DSGVO, Vertrag mit den Referentinnen und Referenten"),
        keep_days=TEN_YEARS,
        counted_from=N_("ab dem letzten Termin der Staffel"),
        fields={"Trainer": ("person",)},
    ),
    Category(
        key="cohorts.calendar",
        title=N_("Adresse des Kalenders"),
        purpose=N_("Damit ein Kalenderprogramm die eigenen Termine abrufen kann. Gespeichert ist nur eine Prüfsumme."),
        basis=N_("Art. 6 Abs. 1 Buchst. a DSGVO, Einwilligung durch das Anlegen"),
        keep_days=None,
        counted_from=N_("bis zum Schließen der Adresse oder des Kontos"),
        fields={"CalendarFeed": ("person", "digest", "created_at")},
    ),
)
