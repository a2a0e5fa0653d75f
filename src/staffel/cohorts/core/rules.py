"""The rule book of cohorts: who gets in, when a date may move, what attendance may say."""

from staffel.base.rules import N_, Rule

VERSION_RELEASED = Rule(
    "COH-01",
    N_("Durchgeführt wird nur eine freigegebene Version. Diese ist noch ein Entwurf."),
    N_("Eigene Regel: Was während einer Staffel gilt, steht vor ihrem Beginn fest."),
)
STILL_OPEN = Rule(
    "COH-02",
    N_("Die Staffel „%(cohort)s“ ist schon beendet oder abgesagt. Daran lässt sich nichts mehr ändern."),
    N_("Eigene Regel: Auf einer beendeten Staffel beruhen Urkunden."),
)
PLACE_LEFT = Rule(
    "COH-03",
    N_("In der Staffel „%(cohort)s“ ist kein Platz mehr frei: Alle %(places)s sind vergeben."),
    N_("Eigene Regel: Jeder Platz wird einmal vergeben."),
)
ONE_PLACE_EACH = Rule(
    "COH-04",
    N_("Diese Person hat in der Staffel schon einen Platz."),
    N_("Eigene Regel: Jede Person nimmt einen Platz ein, auch wenn sie für zwei Kommunen kommt."),
)
HAS_UNITS = Rule(
    "COH-05",
    N_("Zu diesem Programm oder Modul gibt es keine Einheiten, also auch keine Termine."),
    N_("Eigene Regel: Jeder Termin gehört zu einer Einheit."),
)
DAYS_LEFT = Rule(
    "COH-06",
    N_("Innerhalb von zwei Jahren nach dem %(day)s finden sich nicht genug Tage. Bitte prüfen Sie die freien Zeiten."),
    N_("Eigene Regel: Eine Staffel dauert höchstens zwei Jahre."),
)
DATES_IN_ORDER = Rule(
    "COH-07",
    N_("Der Termin muss nach dem vorigen und vor dem nächsten liegen. Um alle folgenden mitzunehmen, verschieben Sie alle."),
    N_("Eigene Regel: Die Einheiten bauen aufeinander auf."),
)
NOT_HELD_YET = Rule(
    "COH-08",
    N_("Zu diesem Termin ist schon Anwesenheit erfasst. Er lässt sich nicht mehr verschieben."),
    N_("Eigene Regel: Was stattgefunden hat, behält seinen Tag."),
)
NOT_BEFORE_THE_DAY = Rule(
    "COH-09",
    N_("Anwesenheit lässt sich erst am Tag des Termins erfassen, ab dem %(day)s."),
    N_("Eigene Regel: Erfasst wird, was war."),
)
MINUTES_WITHIN = Rule(
    "COH-10",
    N_("Anwesend sein kann man höchstens so lange, wie der Termin dauert: %(minutes)s Minuten."),
    N_("Eigene Regel: Die Stunden aller Termine sind die Stunden des Programms."),
)
HAS_A_PLACE = Rule(
    "COH-11",
    N_("Für eine der Personen gibt es in dieser Staffel keinen Platz mehr. Bitte laden Sie die Liste neu."),
    N_("Eigene Regel: Anwesenheit gehört zu einem Platz."),
)
REASON_GIVEN = Rule(
    "COH-12",
    N_("Bitte nennen Sie den Grund. Er steht im Protokoll."),
    N_("Eigene Regel: Wer etwas beendet, sagt warum."),
)
HAS_BEGUN = Rule(
    "COH-13",
    N_("Die Staffel beginnt erst am %(day)s."),
    N_("Eigene Regel: Eine Staffel läuft vom Tag ihres ersten Termins an."),
)
ALL_HELD = Rule(
    "COH-14",
    N_("Abschließen lässt sich die Staffel nach ihrem letzten Termin. Er endet am %(day)s."),
    N_("Eigene Regel: Beendet ist eine Staffel, wenn alle Termine gewesen sind."),
)
IN_THE_COHORT = Rule(
    "COH-15",
    N_("Dieser Platz ist schon zurückgegeben."),
    N_("Eigene Regel: Zurückgeben kann man einen Platz einmal."),
)
DAYS_IN_ORDER = Rule(
    "COH-16",
    N_("Das Ende der freien Zeit liegt vor ihrem Anfang."),
    N_("Eigene Regel."),
)
