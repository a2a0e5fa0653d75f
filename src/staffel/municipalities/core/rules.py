"""The rule book of the directory: what a refresh of the register may do."""

from staffel.base.rules import N_, Rule

NEWER = Rule(
    "MUN-01",
    N_("Die Datei zeigt den Gebietsstand %(file)s, geladen ist %(loaded)s. Übernommen wird nur ein neuerer Stand."),
    N_("Eigene Regel: Ein älterer Stand machte geltende Gebietsänderungen rückgängig."),
)
SUCCESSOR_NAMED = Rule(
    "MUN-02",
    N_(
        "Zu %(count)s aufgelösten Stellen fehlt die Nachfolgerin: %(places)s. Bitte nennen Sie sie mit --successor ALT=NEU "
        "oder in der Datei zu --changes."
    ),
    N_(
        "Eigene Regel: Was von einer aufgelösten Stelle bekannt ist, braucht weiter einen Ort. "
        "Die amtlichen Listen der Gebietsänderungen nennen die Nachfolgerinnen."
    ),
)
SUCCESSION_FITS = Rule(
    "MUN-03",
    N_("Die Nachfolge %(old)s=%(new)s passt nicht zur Datei: ALT muss dort fehlen, NEU auf derselben Ebene dort stehen."),
    N_("Eigene Regel: Nachfolgerin ist eine Stelle derselben Ebene, die nach der Änderung besteht."),
)
FEW_DISSOLVED = Rule(
    "MUN-04",
    N_(
        "In der Datei fehlen %(missing)s von %(all)s Kommunen (%(share)s %%). Das ist ungewöhnlich viel; wenn es stimmt, "
        "wiederholen Sie den Befehl mit --accept-many."
    ),
    N_("Eigene Regel: Fehlen mehr als 5 von 100 auf einmal, ist eine fehlerhafte Datei wahrscheinlicher als eine Reform."),
)
POPULATION_DAY = Rule(
    "MUN-05",
    N_(
        "Die Datei nennt den Tag der Einwohnerzahlen nicht. Bitte geben Sie ihn an, zum Beispiel --population-on 2024-12-31; "
        "er steht in der Beschreibung zur Datei."
    ),
    N_("Eigene Regel: Jede Angabe wird mit ihrem Tag gezeigt."),
)
EFFECTIVE_WITHIN = Rule(
    "MUN-06",
    N_("Die Änderung von %(old)s soll am %(day)s wirksam sein. Möglich ist nach dem %(after)s bis zum %(until)s."),
    N_("Eigene Regel: Eine Änderung liegt zwischen dem geladenen Stand und dem der Datei."),
)
COUNTED_BEFORE = Rule(
    "MUN-07",
    N_(
        "Die Einwohnerzahlen sollen vom %(day)s sein, die Datei zeigt aber den Gebietsstand %(file)s. "
        "Möglich ist ein Tag bis zum Gebietsstand."
    ),
    N_(
        "Eigene Regel: Gezählt wird, bevor ein Verzeichnis erscheint. Ein späterer Tag ließe alle folgenden Zahlen veraltet "
        "aussehen, und sie blieben weg."
    ),
)
