"""The invented people of the demo: who they are, what they can try, and where that begins.

The rows are made by ``accounts.actions.people.ensure_personas``; what they take part in is seeded above. Two of them have no
account, because their way leads through a link or a public page: Gül and Heinz stand in ``GUESTS``.
"""

from dataclasses import dataclass

from staffel.accounts.core.roles import Role
from staffel.base.rules import N_

OFFICE = "Programmbüro"
BRANDENBURG = "Land Brandenburg"
MINISTRY = "Bundesministerium (Beispiel)"


@dataclass(frozen=True)
class Persona:
    """One invented person: ``word`` says who they are, ``can`` in one sentence what to try, ``start`` the path where.

    ``role`` in ``organisation`` is None for whoever acts for themselves: their places are rows of other contexts.
    """

    key: str
    name: str
    word: str
    can: str
    start: str
    role: Role | None = None
    organisation: str = ""

    @property
    def email(self) -> str:
        """The service e-mail, in a domain that belongs to nobody."""
        return f"{self.key}@example.org"


PERSONAS = (
    Persona(
        "anke",
        "Anke Beispiel",
        N_("Teilnehmerin"),
        N_("Den nächsten Vormittag, die eigene Anwesenheit und den Weg zum Zertifikat sehen."),
        "/mein-bereich/",
    ),
    Persona(
        "bert",
        "Bert Beispiel",
        N_("Teilnehmer"),
        N_("Als Kollege von Anke sehen, was von anderen sichtbar ist und was nicht."),
        "/mein-bereich/",
    ),
    Persona(
        "cora",
        "Cora Beispiel",
        N_("aus einer anderen Kommune"),
        N_("Erleben, dass fremde Bewerbungen und Staffeln verborgen bleiben."),
        "/mein-bereich/",
    ),
    Persona(
        "dilek",
        "Dilek Beispiel",
        Role.LAND_COORDINATOR.label,
        N_("Bewerbungen und Staffeln lesen, soweit sie das eigene Land betreffen."),
        "/buero/",
        Role.LAND_COORDINATOR,
        BRANDENBURG,
    ),
    Persona(
        "emil",
        "Emil Beispiel",
        Role.COORDINATOR.label,
        N_("Ausschreibungen führen, Plätze vergeben, Staffeln leiten und Zertifikate ausstellen."),
        "/buero/",
        Role.COORDINATOR,
        OFFICE,
    ),
    Persona(
        "frauke",
        "Frauke Beispiel",
        N_("Referentin"),
        N_("Die Anwesenheit eines Vormittags in einer Minute erfassen."),
        "/mein-bereich/",
    ),
    Persona(
        "ines",
        "Ines Beispiel",
        Role.SPONSOR.label,
        N_("Die Zahlen lesen, ohne einen Menschen zu sehen."),
        "/buero/zahlen/",
        Role.SPONSOR,
        MINISTRY,
    ),
    Persona(
        "jonas",
        "Jonas Beispiel",
        Role.EDITOR.label,
        N_("Pakete übernehmen, Versionen vergleichen und zusammenführen, Entwürfe zur Prüfung geben."),
        "/buero/programme/",
        Role.EDITOR,
        OFFICE,
    ),
    Persona(
        "karin",
        "Karin Beispiel",
        Role.OPERATOR.label,
        N_("Aufträge und den Zustand der Post überwachen, ohne Inhalte zu lesen."),
        "/buero/",
        Role.OPERATOR,
        OFFICE,
    ),
)
BY_KEY = {persona.key: persona for persona in PERSONAS}

# Name, who they are, what to try, where: they need no account.
GUESTS = (
    ("Gül", N_("prüft ein Zertifikat"), N_("Ein Zertifikat mit seinem Code prüfen, ohne Konto."), "/pruefen/"),
    (
        "Heinz",
        N_("Fachvorgesetzter"),
        N_("Die Freigabe über den Link in seiner Mail erteilen. Sie liegt im Postausgang."),
        "/postausgang/",
    ),
)
