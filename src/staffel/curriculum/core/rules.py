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
