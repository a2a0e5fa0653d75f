"""The competences of DigComp 2.2 by their number, named in German.

Source: Vuorikari, Kluzer, Punie, DigComp 2.2, The Digital Competence Framework for Citizens, EUR 31006 EN (2022), CC BY 4.0;
the German names are ours.
"""

ADDRESS = "https://publications.jrc.ec.europa.eu/repository/handle/JRC128415"
NAMES = {
    "1.1": "Daten, Informationen und digitale Inhalte suchen und filtern",
    "1.2": "Daten, Informationen und digitale Inhalte bewerten",
    "1.3": "Daten, Informationen und digitale Inhalte verwalten",
    "2.1": "Mit digitalen Mitteln kommunizieren",
    "2.2": "Mit digitalen Mitteln teilen",
    "2.3": "Mit digitalen Mitteln an der Gesellschaft teilhaben",
    "2.4": "Mit digitalen Mitteln zusammenarbeiten",
    "2.5": "Umgangsformen im Netz",
    "2.6": "Die eigene digitale Identität gestalten",
    "3.1": "Digitale Inhalte entwickeln",
    "3.2": "Digitale Inhalte einbinden und überarbeiten",
    "3.3": "Urheberrecht und Lizenzen",
    "3.4": "Programmieren",
    "4.1": "Geräte schützen",
    "4.2": "Persönliche Daten und Privatsphäre schützen",
    "4.3": "Gesundheit und Wohlbefinden schützen",
    "4.4": "Die Umwelt schützen",
    "5.1": "Technische Probleme lösen",
    "5.2": "Bedarf erkennen und technische Antworten finden",
    "5.3": "Digitale Technik kreativ nutzen",
    "5.4": "Lücken in digitalen Kompetenzen erkennen",
}


def in_words(number: str) -> str:
    """Return a competence with its number: ``1.2 Daten, Informationen und digitale Inhalte bewerten``."""
    return f"{number} {NAMES[number]}" if number in NAMES else number
