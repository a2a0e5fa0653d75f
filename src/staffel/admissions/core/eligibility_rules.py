"""The rules of eligibility (ADM-20 to ADM-24), and how each is told when it is fulfilled and when it is not."""

from staffel.base.rules import N_, Rule

EXISTS = Rule(
    "ADM-20",
    N_("Bewerben können sich nur Kommunen, die bestehen."),
    N_("Gemeindeverzeichnis (Destatis): eine aufgelöste Kommune hat eine Nachfolgerin."),
)
COUNTED = Rule(
    "ADM-21",
    N_("Bewerben können sich nur bewohnte Kommunen."),
    N_("Gemeindeverzeichnis (Destatis): gemeindefreie, unbewohnte Gebiete zählen nicht als Gemeinde."),
)
NOT_FUNDED = Rule(
    "ADM-22",
    N_("Diese Ausschreibung richtet sich an Kommunen, die kein Modellprojekt Smart Cities des Bundes fördert."),
    N_(
        "Ausschreibung. Gefördert ist, wer selbst, mit seinem Kreis oder mit seinem Verband Federführung oder Partner eines "
        "Modellprojekts ist. Mitglieder eines Verbands, der die Förderung bekommt, sind nicht einzeln gefördert."
    ),
)
LAND_OF_CALL = Rule(
    "ADM-23",
    N_("Diese Ausschreibung richtet sich an Kommunen bestimmter Länder."),
    N_("Ausschreibung"),
)
SMALL_ENOUGH = Rule(
    "ADM-24",
    N_("Diese Ausschreibung richtet sich an Kommunen bis zu einer bestimmten Einwohnerzahl."),
    N_("Ausschreibung; Einwohnerzahl nach dem Gemeindeverzeichnis (Destatis)."),
)

SENTENCES: dict[Rule, tuple[str, str]] = {
    EXISTS: (N_("%(name)s gibt es als eigene Kommune."), N_("%(name)s besteht nicht mehr.")),
    COUNTED: (N_("%(name)s zählt als Kommune."), N_("%(name)s ist ein unbewohntes Gebiet und zählt nicht als Kommune.")),
    NOT_FUNDED: (
        N_("%(name)s wird von keinem Modellprojekt gefördert."),
        N_("%(name)s wird von einem Modellprojekt gefördert."),
    ),
    LAND_OF_CALL: (
        N_("%(name)s liegt in einem Land der Ausschreibung: %(land)s."),
        N_("%(name)s liegt nicht in einem Land der Ausschreibung: %(land)s."),
    ),
    SMALL_ENOUGH: (
        N_("%(name)s hat höchstens %(largest)s Einwohner, nämlich %(population)s."),
        N_("%(name)s hat mehr als %(largest)s Einwohner, nämlich %(population)s."),
    ),
}
"""For each rule the sentence if it is fulfilled, and the one if it is not."""
