"""The rule book of programmes."""

from staffel.base.rules import N_, Rule

RELEASED_STAYS = Rule(
    "CUR-01",
    N_(
        "Version %(number)s ist freigegeben und ändert sich nicht mehr. Bitte geben Sie der geänderten Fassung eine neue "
        "Nummer, zum Beispiel %(next)s."
    ),
    N_("Eigene Regel: Wer ein Programm durchlaufen hat, soll Jahre später nachlesen können, was es war."),
)
OWN_PROGRAMME = Rule(
    "CUR-02",
    N_("Das Programm „%(title)s“ gehört zu %(owner)s. Eine Fassung davon kann nur dort aufgenommen werden."),
    N_("Eigene Regel: Ein Programm hat einen Träger, und nur er gibt Fassungen frei."),
)
FOUR_EYES = Rule(
    "CUR-03",
    N_("Sie haben diese Version selbst zur Prüfung gegeben. Bitte lassen Sie sie von einer anderen Person freigeben."),
    N_("Eigene Regel: Was freigegeben ist, haben zwei Menschen gelesen."),
)
SECOND_PERSON = Rule(
    "CUR-04",
    N_(
        "Sie haben diese Version selbst zur Prüfung gegeben, und außer Ihnen darf in „%(organisation)s“ niemand freigeben. "
        "Bitte lassen Sie die Programmkoordination einer zweiten Person die Rolle Redaktion geben."
    ),
    N_("Eigene Regel: Was freigegeben ist, haben zwei Menschen gelesen."),
)
IS_DRAFT = Rule(
    "CUR-05",
    N_("Version %(number)s ist kein Entwurf, sondern %(state)s. Ändern lässt sich nur ein Entwurf."),
    N_("Eigene Regel: Was geprüft wird, ändert sich währenddessen nicht."),
)
HIGHER_NUMBER = Rule(
    "CUR-06",
    N_("Die Nummer %(number)s ist zu niedrig. Seit Version %(since)s hat sich so viel geändert, dass es mindestens %(least)s "
       "sein muss."),
    N_("Semantic Versioning 2.0.0, übertragen: erste Zahl für Kompetenzen und Abschluss, zweite für Inhalte, dritte für "
       "Wortlaut."),
)  # fmt: skip
IN_REVIEW = Rule(
    "CUR-07",
    N_("Version %(number)s ist nicht in Prüfung, sondern %(state)s. Bitte laden Sie die Seite neu."),
    N_("Eigene Regel: Freigegeben wird, was jemand zur Prüfung gegeben hat."),
)
REASON_GIVEN = Rule(
    "CUR-08",
    N_("Bitte nennen Sie den Grund. Ein halber Satz reicht."),
    N_("Eigene Regel: Keine Entscheidung ohne Grund."),
)
IS_NUMBER = Rule(
    "CUR-09",
    N_("„%(number)s“ ist keine Versionsnummer. Sie besteht aus drei Zahlen, zum Beispiel 1.0.0."),
    N_("Semantic Versioning 2.0.0."),
)
MERGE_CLOSED = Rule(
    "CUR-10",
    N_("In diesen Entwurf wird gerade Version %(number)s von %(publisher)s übernommen. Bitte schließen Sie das zuerst ab."),
    N_("Eigene Regel: Ein halb zusammengeführter Text wird nicht freigegeben."),
)
HAS_FILES = Rule(
    "CUR-11",
    N_("Version %(number)s wurde vor dem Übergabeformat aufgenommen. Von ihr gibt es weder Dateien noch ein Paket; beides "
       "hat erst die nächste Version."),
    N_("Eigene Regel: Was ausgeliefert wird, ist das, was freigegeben wurde, und nichts nachträglich Erzeugtes."),
)  # fmt: skip
HAS_PACKAGE = Rule(
    "CUR-12",
    N_("Von Version %(number)s gibt es noch kein Paket. Es entsteht bei der Freigabe."),
    N_("Eigene Regel: Weitergegeben wird, was freigegeben ist."),
)
ONE_KEY = Rule(
    "CUR-13",
    N_("„%(organisation)s“ hat schon einen Signaturschlüssel in Gebrauch. Bitte lösen Sie ihn ab."),
    N_("Eigene Regel: Eine Organisation signiert mit einem Schlüssel."),
)
KEY_IN_USE = Rule(
    "CUR-14",
    N_("„%(organisation)s“ hat keinen Signaturschlüssel in Gebrauch."),
    N_("Eigene Regel: Abgelöst und gesperrt wird der Schlüssel, mit dem gerade signiert wird."),
)
IS_KEY = Rule(
    "CUR-15",
    N_("Das ist kein öffentlicher Schlüssel, den wir kennen. Erwartet wird der Inhalt einer Datei publisher.pem (Ed25519)."),
    N_("RFC 8410: Ed25519-Schlüssel in PEM."),
)
KEY_OF_ANOTHER = Rule(
    "CUR-16",
    N_("Dieser Schlüssel gehört hier schon zu „%(publisher)s“."),
    N_("Eigene Regel: Ein Schlüssel gehört zu einem Herausgeber."),
)
KEY_REVOKED = Rule(
    "CUR-17",
    N_("Der Schlüssel %(fingerprint)s von „%(publisher)s“ ist gesperrt. Pakete mit ihm nehmen wir nicht an, auch alte nicht."),
    N_("Eigene Regel: Wer einen gesperrten Schlüssel hat, kann auch das Datum fälschen."),
)
KEY_TRUSTED = Rule(
    "CUR-18",
    N_("Den Schlüssel %(fingerprint)s kennen wir nicht. Bitte vergleichen Sie ihn auf einem zweiten Weg mit „%(publisher)s“, "
       "bevor Sie das Paket übernehmen."),
    N_("Eigene Regel: Vertraut wird einem Schlüssel, den jemand verglichen hat."),
)  # fmt: skip
UNSIGNED = Rule(
    "CUR-19",
    N_("Dieses Paket ist nicht signiert: Von wem es kommt, lässt sich nicht prüfen. Bitte bestätigen Sie, dass Sie es auf "
       "einem sicheren Weg bekommen haben."),
    N_("Eigene Regel: Vertrauen wird ausgesprochen, nicht angenommen."),
)  # fmt: skip
FILE_TAKEN = Rule(
    "CUR-20",
    N_("Diese Datei kann so nicht übernommen werden. %(because)s"),
    N_("Eigene Regel: Übernommen wird nur, was ganz und fehlerfrei ist."),
)
SAME_CONTENT = Rule(
    "CUR-21",
    N_("Version %(number)s von „%(publisher)s“ ist schon hier, mit anderem Inhalt. Eine freigegebene Version ändert sich "
       "nicht; bitte fragen Sie beim Herausgeber nach."),
    N_("Eigene Regel: Eine Nummer steht für einen Inhalt."),
)  # fmt: skip
FILE_SIZE = Rule(
    "CUR-22",
    N_("Die Datei ist größer als %(most)s Megabyte. Große Filme verlinken Sie besser, statt sie mitzugeben."),
    N_("Eigene Regel: Was hochgeladen wird, muss geprüft werden können."),
)
WAS_RECEIVED = Rule(
    "CUR-23",
    N_("Version %(number)s wurde nicht von anderen übernommen. Als Entwurf übernehmen lässt sich nur, was ein anderer "
       "herausgegeben hat."),
    N_("Eigene Regel: Eigene Fassungen werden aufgenommen, nicht übernommen."),
)  # fmt: skip
KEY_ENDED = Rule(
    "CUR-24",
    N_("Dieser Schlüssel gilt schon nicht mehr: %(state)s am %(day)s."),
    N_("Eigene Regel: Ein Ende steht einmal fest."),
)
MERGE_BASE = Rule(
    "CUR-25",
    N_("Version %(number)s von „%(publisher)s“ lässt sich hier nicht zusammenführen: Keine eigene Fassung beruht auf einer "
       "Version dieses Herausgebers. Bitte übernehmen Sie sie als Entwurf."),
    N_("Eigene Regel: Zusammengeführt wird von einer gemeinsamen Grundlage aus."),
)  # fmt: skip
MERGE_NEWER = Rule(
    "CUR-26",
    N_("Ihre Fassung beruht schon auf Version %(base)s von „%(publisher)s“. Version %(number)s ist nicht neuer, es gibt nichts "
       "zusammenzuführen."),
    N_("Eigene Regel: Zusammengeführt wird, was seither neu ist."),
)  # fmt: skip
MERGE_CHOICE = Rule(
    "CUR-27",
    N_("Diese Entscheidung passt nicht mehr zu dem, was offen ist. Bitte laden Sie die Seite neu."),
    N_("Eigene Regel: Entschieden wird, was man vor Augen hat."),
)
MERGE_CURRENT = Rule(
    "CUR-28",
    N_("Der Entwurf hat sich geändert, seit die Zusammenführung begann. Es ist nichts verloren: Bitte setzen Sie sie mit dem "
       "geänderten Entwurf fort. Entscheidungen zu unveränderten Stellen bleiben."),
    N_("Eigene Regel: Nichts wird überschrieben, was niemand gesehen hat."),
)  # fmt: skip
MERGE_DECIDED = Rule(
    "CUR-29",
    N_("Es ist noch nicht alles entschieden, offen: %(open)s. Bitte entscheiden Sie erst jede Stelle."),
    N_("Eigene Regel: Nichts wird stillschweigend entschieden."),
)
ONE_DRAFT = Rule(
    "CUR-30",
    N_("Es gibt schon einen Entwurf mit der Nummer %(number)s. Bitte führen Sie ihn mit der übernommenen Version zusammen "
       "oder verwerfen Sie ihn zuerst."),
    N_("Eigene Regel: Nichts wird überschrieben, was jemand in Arbeit hat."),
)  # fmt: skip
NO_STAND_INS = Rule(
    "CUR-31",
    N_("In diesem Entwurf steht noch, was der Import nicht wissen konnte: %(left)s. Bitte ergänzen Sie das zuerst."),
    N_("Eigene Regel: Freigegeben wird, was jemand geschrieben und wofür jemand die Rechte geklärt hat."),
)
KEY_OPENS = Rule(
    "CUR-32",
    N_("Der Signaturschlüssel von „%(organisation)s“ lässt sich nicht öffnen, weil die Instanz seither ein anderes Geheimnis "
       "bekommen hat. Bitte sagen Sie es dem Betrieb; danach geht es hier weiter."),
    N_("Eigene Regel: Eine Kopie der Datenbank allein unterschreibt nichts."),
)  # fmt: skip
IS_CURRENT = Rule(
    "CUR-33",
    N_("Version %(number)s hat sich geändert, während sie freigegeben wurde. Bitte sehen Sie sie noch einmal an."),
    N_("Eigene Regel: Freigegeben wird, was jemand gesehen hat."),
)
