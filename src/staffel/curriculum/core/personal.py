"""What programmes keep about people, why, and how long."""

from staffel.accounts.core.personal import Category
from staffel.base.rules import N_

# Uploads that nobody took over.
KEEP_DAYS = 7

CATEGORIES = (
    Category(
        key="curriculum.uploads",
        title=N_("Hochgeladene Dateien, die noch niemand übernommen hat"),
        purpose=N_("Damit Sie eine Datei erst ansehen und dann übernehmen können, und andere wissen, wen sie dazu fragen."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO: Durchführung des Programms im öffentlichen Auftrag"),
        keep_days=KEEP_DAYS,
        counted_from=N_("ab dem Hochladen"),
        fields={"Upload": ("by", "name", "blob", "report")},
    ),
    Category(
        key="curriculum.errands",
        title=N_("Was mit einem großen Programm im Hintergrund geschah"),
        purpose=N_("Damit Sie sehen, wie weit es ist und was daraus wurde."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO: Durchführung des Programms im öffentlichen Auftrag"),
        keep_days=KEEP_DAYS,
        counted_from=N_("ab dem Beginn"),
        fields={"Errand": ("membership", "title", "values", "sentences")},
    ),
    Category(
        key="curriculum.reviews",
        title=N_("Wer eine Version zur Prüfung gegeben hat"),
        purpose=N_("Damit eine andere Person sie freigibt."),
        basis=N_("Art. 6 Abs. 1 Buchst. e DSGVO: Durchführung des Programms im öffentlichen Auftrag"),
        keep_days=None,
        counted_from=N_("solange die Version in Prüfung ist, höchstens solange das Konto besteht"),
        fields={"Version": ("submitted_by",)},
    ),
)
