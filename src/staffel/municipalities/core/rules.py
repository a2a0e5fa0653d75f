"""The rule book of the directory: what a refresh of the register may do."""

from staffel.base.rules import N_, Rule

NEWER = Rule(
    "MUN-01",
    N_("Die Datei zeigt den Gebietsstand %(file)s, geladen ist %(loaded)s. Übernommen wird nur ein neuerer Stand."),
    "Own rule: an older state would undo territory changes that are in force.",
)
SUCCESSOR_NAMED = Rule(
    "MUN-02",
    N_(
        "Zu %(count)s aufgelösten Stellen fehlt die Nachfolgerin: %(places)s. Bitte nennen Sie sie mit --successor ALT=NEU "
        "oder in der Datei zu --changes."
    ),
    "Own rule: facts about a dissolved place must keep a place. The official lists of territory changes name the successors.",
)
SUCCESSION_FITS = Rule(
    "MUN-03",
    N_("Die Nachfolge %(old)s=%(new)s passt nicht zur Datei: ALT muss dort fehlen, NEU auf derselben Ebene dort stehen."),
    "Own rule: a successor is a place of the same level that exists after the change.",
)
FEW_DISSOLVED = Rule(
    "MUN-04",
    N_(
        "In der Datei fehlen %(missing)s von %(all)s Kommunen (%(share)s %%). Das ist ungewöhnlich viel; wenn es stimmt, "
        "wiederholen Sie den Befehl mit --accept-many."
    ),
    "Own rule: where more than 5 in 100 are gone at once, a broken file is likelier than a reform.",
)
POPULATION_DAY = Rule(
    "MUN-05",
    N_(
        "Die Datei nennt den Tag der Einwohnerzahlen nicht. Bitte geben Sie ihn an, zum Beispiel --population-on 2024-12-31; "
        "er steht in der Beschreibung zur Datei."
    ),
    "Own rule: every fact is shown with its day.",
)
EFFECTIVE_WITHIN = Rule(
    "MUN-06",
    N_("Die Änderung von %(old)s soll am %(day)s wirksam sein. Möglich ist nach dem %(after)s bis zum %(until)s."),
    "Own rule: a change lies between the loaded state and the state of the file.",
)
