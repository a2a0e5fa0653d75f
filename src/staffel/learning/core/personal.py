"""What learning keeps about people, why and for how long."""

from staffel.accounts.core.personal import Category
from staffel.base.rules import N_

TEN_YEARS = 3652

CATEGORIES = (
    Category(
        key="learning.presentation",
        title=N_("Abschlusspräsentation"),
        purpose=N_("Damit der Abschluss belegt werden kann."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO, öffentliche Aufgabe der Weiterbildung"),
        keep_days=TEN_YEARS,
        counted_from=N_("ab dem letzten Termin der Staffel"),
        fields={"Presentation": ("enrolment", "held_on", "title", "noted_by", "noted_at")},
    ),
)
