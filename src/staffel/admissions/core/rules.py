"""The rule book of admissions: ADM-01 to ADM-19 for applications and the release, ADM-25 and on for the office.

ADM-20 to ADM-24 are the rules of eligibility; they stand in ``eligibility_rules``.
"""

from staffel.base.rules import N_, Rule

# Applications -----------------------------------------------------------------------------------------------------------

TAKES_APPLICATIONS = Rule(
    "ADM-01",
    N_("Auf diese Ausschreibung kann man sich vom %(opens)s bis zum %(closes)s bewerben."),
    N_("Ausschreibung. Für alle gilt dieselbe Frist."),
)
BEFORE_DEADLINE = Rule(
    "ADM-02",
    N_("Die Frist endete am %(closes)s. Abschicken können Sie die Bewerbung nicht mehr."),
    N_("Ausschreibung. Für alle gilt dieselbe Frist."),
)
ONLY_DRAFT_CHANGES = Rule(
    "ADM-03",
    N_("Die Bewerbung ist abgeschickt. Ändern können Sie sie nicht mehr, zurückziehen schon."),
    N_("Eigene Regel: Freigegeben und ausgewählt wird, was alle gelesen haben."),
)
STEPS_DONE = Rule(
    "ADM-04",
    N_("Es fehlt noch etwas: %(steps)s. Ihre Angaben sind gespeichert."),
    N_("Eigene Regel: Verglichen werden nur vollständige Bewerbungen."),
)
ELIGIBLE = Rule(
    "ADM-05",
    N_("Mit dieser Kommune ist keine Bewerbung auf die Ausschreibung möglich. %(reason)s"),
    N_("Die Ausschreibung sagt, welche Kommunen sich bewerben können."),
)
ONE_PER_BODY = Rule(
    "ADM-06",
    N_(
        "Zu %(name)s liegt auf diese Ausschreibung schon eine Bewerbung vor. Möglich ist eine für jede Kommune, auch auf einem "
        "gemeinsamen Platz. Bitte sprechen Sie sich in Ihrer Verwaltung ab."
    ),
    N_("Bei Bundesprogrammen üblich: eine Bewerbung je berechtigte Kommune und Aufruf."),
)
SUPERVISOR_IS_ANOTHER = Rule(
    "ADM-07",
    N_("Die Freigabe gibt eine andere Person als Sie. Bitte nennen Sie die Adresse Ihrer Fachvorgesetzten."),
    N_("Eigene Regel: Über die Arbeitszeit entscheidet nicht, wer sich bewirbt."),
)
CONSENTS_GIVEN = Rule(
    "ADM-08",
    N_("Zum Abschicken braucht es beide Zustimmungen: zum Datenschutz und zur Auswahl."),
    N_("DSGVO Art. 5 und 13: Verarbeitet wird nur, wovon Sie wissen."),
)
STILL_RUNNING = Rule(
    "ADM-09",
    N_("Zurückziehen können Sie eine Bewerbung, solange sie läuft. Diese ist abgeschlossen."),
    N_("Eigene Regel: Was entschieden ist, bleibt nachvollziehbar."),
)
FEW_DRAFTS = Rule(
    "ADM-10",
    N_(
        "Von dieser Adresse sind schon %(most)s Bewerbungen auf diese Ausschreibung angefangen. Lassen Sie sich den Link zu "
        "ihnen noch einmal schicken."
    ),
    N_("Eigene Regel: Niemand soll mit Post überschüttet werden, die er nicht angefordert hat."),
)
TWO_DIFFERENT = Rule(
    "ADM-11",
    N_("Die zweite Kommune ist dieselbe wie die erste. Für einen gemeinsamen Platz braucht es zwei."),
    N_("Ausschreibung: Einen Platz können sich zwei Kommunen teilen."),
)

# Release by the supervisor ------------------------------------------------------------------------------------------------

RELEASE_OPEN = Rule(
    "ADM-12",
    N_("Auf diese Anfrage gibt es schon eine Antwort, oder sie ist nicht mehr nötig."),
    N_("Eigene Regel: Eine Antwort gilt. Wer sie ändern möchte, spricht mit der Person, die sich bewirbt."),
)
RELEASE_IN_TIME = Rule(
    "ADM-13",
    N_("Um Antwort war bis zum %(day)s gebeten. Die Person, die sich bewirbt, kann Sie noch einmal fragen."),
    N_("Ausschreibung: Die Freigabe liegt vor, bevor Plätze vergeben werden."),
)
REFUSAL_HAS_REASON = Rule(
    "ADM-14",
    N_("Zu einem Nein gehört ein Grund. Ein Satz genügt."),
    N_("Eigene Regel: Wer sich bewirbt, erfährt, warum."),
)
RELEASE_CAN_BE_ASKED = Rule(
    "ADM-15",
    N_("Nach einer Freigabe fragen kann man, solange die Bewerbung darauf wartet und die Plätze nicht vergeben sind."),
    N_("Eigene Regel: Vergeben wird, was freigegeben ist."),
)

FEW_QUESTIONS = Rule(
    "ADM-16",
    N_("Zu dieser Bewerbung ist schon %(most)s Mal um Freigabe gebeten worden. Bitte sprechen Sie mit dem Programmbüro."),
    N_("Eigene Regel: Niemand soll mit Post überschüttet werden, die er nicht angefordert hat."),
)
LETTERS_PACE = Rule(
    "ADM-17",
    N_("Von hier oder an diese Adresse gingen gerade viele E-Mails. Bitte versuchen Sie es in einer Stunde noch einmal."),
    N_("Ein offenes Formular, das E-Mails verschickt, braucht eine Grenze gegen Programme, die es füllen."),
)

# Office -------------------------------------------------------------------------------------------------------------------

CALL_STATE = Rule(
    "ADM-25",
    N_("Das geht nicht mehr oder noch nicht: Diese Ausschreibung ist im Zustand „%(state)s“."),
    N_("Eigene Regel: Eine Ausschreibung geht ihren Weg vom Entwurf bis zum Ende, ohne Sprünge."),
)
DEADLINE_AHEAD = Rule(
    "ADM-26",
    N_("Die Frist liegt in der Zukunft und vor dem ersten Termin der Staffel."),
    N_("Eigene Regel: Nach der Frist braucht es Zeit für Auswahl und Zusage."),
)
REASON_GIVEN = Rule(
    "ADM-27",
    N_("Dazu gehört ein Grund. Ein Satz genügt."),
    N_("Eigene Regel: Jede Entscheidung ist mit ihrem Grund festgehalten."),
)
DECIDED_IN_SELECTION = Rule(
    "ADM-28",
    N_("Entschieden wird nach der Frist und vor der Veröffentlichung. Diese Ausschreibung ist im Zustand „%(state)s“."),
    N_("Eigene Regel: Alle Bewerbungen werden nebeneinander gesehen, und eine veröffentlichte Entscheidung gilt."),
)
RELEASED_FOR_PLACE = Rule(
    "ADM-29",
    N_("Über diese Bewerbung lässt sich so nicht entscheiden, sie ist im Zustand „%(state)s“."),
    N_("Ausschreibung: Einen Platz oder Wartelistenplatz bekommt, wen die Fachvorgesetzten freigegeben haben."),
)
ELIGIBLE_FOR_PLACE = Rule(
    "ADM-30",
    N_("%(name)s ist nicht teilnahmeberechtigt und bekommt deshalb weder einen Platz noch einen Platz auf der Warteliste."),
    N_("Die Ausschreibung sagt, welche Kommunen teilnehmen können. Das gilt für alle."),
)
PLACE_LEFT = Rule(
    "ADM-31",
    N_("Alle Plätze sind vergeben: Die Staffel hat %(places)s, und so viele Zusagen gibt es schon."),
    N_("Eigene Regel: Zugesagt wird nur, was es gibt."),
)
ALL_DECIDED = Rule(
    "ADM-32",
    N_("Veröffentlicht wird, wenn über alle freigegebenen Bewerbungen entschieden ist. Offen sind noch %(missing)s."),
    N_("Eigene Regel: Alle erfahren das Ergebnis zur selben Zeit."),
)
OFFER_OPEN = Rule(
    "ADM-33",
    N_("Dieses Angebot ist schon beantwortet oder nicht mehr gültig."),
    N_("Eigene Regel: Eine Antwort gilt. Ein abgelehnter Platz geht an die nächste Bewerbung."),
)
OFFER_IN_TIME = Rule(
    "ADM-34",
    N_("Um Antwort war bis zum %(moment)s gebeten. Der Platz geht an die nächste Bewerbung auf der Warteliste."),
    N_("Ausschreibung: Wer nicht antwortet, gibt den Platz frei."),
)
WAITING_LIST_OPEN = Rule(
    "ADM-35",
    N_("Plätze und Warteliste sind geschlossen: Die Staffel hat begonnen, ist abgesagt, oder die Ausschreibung ist beendet."),
    N_("Eigene Regel: Wer nach dem ersten Termin dazukäme, hätte zu viel versäumt."),
)
NO_OFFER_OPEN = Rule(
    "ADM-36",
    N_("Beenden lässt sich die Ausschreibung, wenn kein Angebot mehr offen ist. Offen sind noch %(offers)s."),
    N_("Eigene Regel: Wer ein Angebot hat, kann bis zum genannten Tag antworten."),
)
DECISION_STANDS = Rule(
    "ADM-37",
    N_("Zu dieser Bewerbung gibt es keine Entscheidung, die sich zurücknehmen oder verschieben ließe."),
    N_("Eigene Regel: Zurückgenommen wird nur, was noch nicht veröffentlicht ist."),
)
VERSION_RELEASED = Rule(
    "ADM-38",
    N_("Ausgeschrieben wird eine freigegebene Version. Diese ist noch ein Entwurf."),
    N_("Eigene Regel: Wer sich bewirbt, soll das Programm lesen können, das er bekommt."),
)
