"""The rule book of accounts: ACC-01 to ACC-19 sign-in and roles, from ACC-20 on log, privacy and legal pages."""

from staffel.base.rules import N_, Rule

COORDINATOR_STAYS = Rule(
    "ACC-01",
    N_("Eine Organisation behält mindestens eine Programmkoordination. Laden Sie zuerst eine weitere Person dafür ein."),
    N_("Ohne sie könnte niemand mehr Menschen einladen."),
)
ROLE_ONCE = Rule(
    "ACC-02",
    N_("Diese Person hat die Rolle hier schon."),
    N_("Eine Rolle gibt es je Person und Organisation einmal."),
)
ACCOUNT_OPEN = Rule(
    "ACC-03",
    N_("Das Konto zu dieser Adresse ist geschlossen. Es kann nicht eingeladen werden."),
    N_("Ein geschlossenes Konto öffnet nur, wer es geschlossen hat."),
)
REASON_GIVEN = Rule(
    "ACC-04",
    N_("Bitte nennen Sie den Grund."),
    N_("Wer eine Rolle verliert, kann fragen, warum; das Protokoll antwortet."),
)
OWN_ROLE = Rule(
    "ACC-05",
    N_("Diese Rolle haben Sie nicht oder nicht mehr. Bitte wählen Sie eine andere."),
    N_("Handeln kann jemand nur in einer Rolle, die er oder sie hat."),
)
SECOND_PROOF_STAYS = Rule(
    "ACC-06",
    N_("Ihre Rolle verlangt einen zweiten Nachweis. Richten Sie zuerst einen anderen ein, dann können Sie diesen entfernen."),
    N_("Rollen, die Daten von Menschen sehen, sind doppelt geschützt."),
)
ONE_APP = Rule(
    "ACC-07",
    N_("Eine Code-App ist schon eingerichtet. Entfernen Sie zuerst die alte."),
    N_("Ein Konto hat höchstens eine Code-App; Passkeys kann es mehrere haben."),
)

FEEDBACK_PACE = Rule(
    "ACC-20",
    N_("Von hier kamen gerade viele Rückmeldungen. Bitte versuchen Sie es in einer Stunde noch einmal."),
    N_("Ein offenes Formular braucht eine Grenze gegen Programme, die es füllen."),
)
FEEDBACK_OPEN = Rule(
    "ACC-21",
    N_("Diese Rückmeldung ist schon erledigt."),
    N_("Was daraus wurde, wird einmal festgehalten."),
)
TEXT_KNOWN = Rule(
    "ACC-22",
    N_("Diesen Text gibt es nicht."),
    N_("Welche Texte eine Instanz ändern kann, steht im Programm."),
)
ERASE_CONFIRMED = Rule(
    "ACC-23",
    N_("Bitte bestätigen Sie, dass Ihr Konto gelöscht werden soll. Das lässt sich nicht rückgängig machen."),
    N_("Ein Klick allein soll kein Konto löschen."),
)
