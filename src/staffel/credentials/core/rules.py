"""The rule book of credentials: who gets an award, and what can still happen to it."""

from staffel.base.rules import N_, Rule

ONCE = Rule(
    "CRE-01",
    N_("Für %(name)s gibt es schon eine gültige Urkunde. Soll sie ersetzt werden, widerrufen Sie zuerst die alte."),
    N_("Eigene Regel: Jede Teilnahme trägt höchstens eine gültige Urkunde."),
)
FULFILLED = Rule(
    "CRE-02",
    N_("%(name)s hat die Abschlussregel des Programms noch nicht erfüllt. Warum, zeigt die Liste der Abschlüsse."),
    N_("Eigene Regel: Eine Urkunde beruht auf nachgewiesener Teilnahme und Leistung."),
)
COHORT_OVER = Rule(
    "CRE-03",
    N_("Urkunden gibt es erst, wenn alle Termine der Staffel vorbei sind, und nie für eine abgesagte Staffel."),
    N_("Eigene Regel: Vor dem letzten Termin steht nicht fest, wer das Programm abschließt."),
)
IN_THE_COHORT = Rule(
    "CRE-04",
    N_("Eine der gewählten Personen nimmt an dieser Staffel nicht teil oder ist ausgeschieden. Bitte laden Sie die Liste neu."),
    N_("Eigene Regel: Eine Urkunde gehört zu einem Platz in einer Staffel."),
)
SOMEBODY_CHOSEN = Rule(
    "CRE-05",
    N_("Bitte wählen Sie mindestens eine Person aus, deren Urkunde ausgestellt werden soll."),
    N_("Eigene Regel: Eine Ausstellung nennt, für wen sie ist."),
)
REASON_GIVEN = Rule(
    "CRE-06",
    N_("Bitte nennen Sie den Grund des Widerrufs. Die betroffene Person erfährt ihn."),
    N_("Eigene Regel: Keine Entscheidung ohne Grund."),
)
STILL_VALID = Rule(
    "CRE-07",
    N_("Diese Urkunde ist schon widerrufen."),
    N_("Eigene Regel: Ein Widerruf gilt für immer; eine neue Urkunde bekommt einen neuen Prüfcode."),
)
PRINTABLE_NAME = Rule(
    "CRE-08",
    N_("Im Namen „%(name)s“ stehen Zeichen, die auf einer Urkunde nicht gedruckt werden können: %(characters)s. "
       "Bitte lassen Sie den Namen in lateinischer Schrift eintragen, wie er im Ausweis steht."),
    N_("DIN 91379: Zeichen in Namen, wie sie Register und Ausweise führen."),
)  # fmt: skip
REAL_AWARD = Rule(
    "CRE-09",
    N_("Zu einer Rekonstruktion der Pilotphase gibt es keine Urkunde. Sie lässt sich weder herunterladen noch widerrufen."),
    N_("Eigene Regel: Die Zahlen von 2021 und 2022 sind veröffentlicht, die Menschen nicht."),
)
