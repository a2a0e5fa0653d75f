"""What admissions keep about people, why, and how long."""

from staffel.accounts.core.personal import Category
from staffel.base.rules import N_

DRAFT_DAYS = 30
ENDED_DAYS = 183
PLACED_DAYS = 730

_APPLICANT = (
    "name",
    "email",
    "function",
    "deputy_name",
    "deputy_email",
    "supervisor_name",
    "supervisor_email",
    "motivation",
    "baseline",
    "consents",
    "person",
    "enrolment",
)

CATEGORIES = (
    Category(
        key="admissions.drafts",
        title=N_("Angefangene Bewerbungen"),
        purpose=N_("Damit man eine Bewerbung unterbrechen und über den Link weiterschreiben kann."),
        basis=N_("Art. 6 Abs. 1 Buchst. b DSGVO (vorvertragliche Schritte auf Anfrage)"),
        keep_days=DRAFT_DAYS,
        counted_from=N_("ab dem Ende der Bewerbungsfrist"),
        fields={"Application": _APPLICANT},
    ),
    Category(
        key="admissions.ended",
        title=N_("Bewerbungen ohne Platz, mit Freigabe und Entscheidung"),
        purpose=N_(
            "Damit über Plätze nachvollziehbar entschieden wird und Fragen dazu beantwortet werden können. Danach bleiben nur "
            "Kommune, Zeitpunkte und Ergebnis."
        ),
        basis=N_("Art. 6 Abs. 1 Buchst. b und e DSGVO"),
        keep_days=ENDED_DAYS,
        counted_from=N_("ab der Entscheidung, der Rücknahme oder dem Verfall"),
        fields={
            "Application": _APPLICANT,
            "Release": ("name", "email", "reason"),
            "Decision": ("reason", "decided_by"),
            "Offer": ("reason",),
        },
    ),
    Category(
        key="admissions.placed",
        title=N_("Bewerbungen mit Platz, mit Freigabe und Selbsteinschätzung"),
        purpose=N_("Damit während der Staffel klar ist, wer freigegeben hat, und sich zeigen lässt, was das Programm bewirkt."),
        basis=N_("Art. 6 Abs. 1 Buchst. b und e DSGVO"),
        keep_days=PLACED_DAYS,
        counted_from=N_("ab dem letzten Termin der Staffel"),
        fields={
            "Application": _APPLICANT,
            "Release": ("name", "email", "reason"),
            "Decision": ("reason", "decided_by"),
            "Offer": ("reason",),
        },
    ),
)
