"""What credentials keep about people, why, and how long."""

from staffel.accounts.core.personal import Category
from staffel.base.rules import N_

# Ten years of 365 days and their leap days.
KEEP_DAYS = 3653

CATEGORIES = (
    Category(
        key="credentials.awards",
        title=N_("Urkunden: Name, Stunden und Nachweis des Abschlusses"),
        purpose=N_(
            "Damit die Person ihre Urkunde jederzeit neu herunterladen kann und damit andere prüfen können, ob ein Papier "
            "echt ist, das ihren Namen trägt."
        ),
        basis=N_("Art. 6 Abs. 1 Buchst. b und e DSGVO; nach einer Löschung Art. 17 Abs. 3 Buchst. e DSGVO"),
        keep_days=KEEP_DAYS,
        counted_from=N_("ab dem Tag der Ausstellung"),
        fields={"Award": ("holder_name", "facts", "evidence", "revocation_reason", "enrolment", "issued_by")},
    ),
)
