"""Whose data a page shows: the credit lines that the licences ask for. Pure; ``data/SOURCE.md`` has the whole story."""

from datetime import date

REGISTER = "Statistisches Bundesamt (Destatis), Gemeindeverzeichnis"
GEOMETRY = "© GeoBasis-DE / BKG (2024, 2025) dl-de/by-2-0, Daten verändert"
OUTLINES = f"{REGISTER}; {GEOMETRY}."
"""The line for a drawing that shows where places lie and nothing else about them."""
REGION_TYPE = "BMV/BBSR RegioStaR 2021, dl-de/by-2-0"
DEPRIVATION = "RKI GISD 2025 v1.0, CC BY 4.0"
DEPRIVATION_YEAR = 2021
"""The year that the scores of the Kreise describe."""

LICENCES = {
    "dl-de/by-2-0": "https://www.govdata.de/dl-de/by-2-0",
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/deed.de",
}


def credit_line(register_on: date, population_on: date) -> str:
    """Return the line to print wherever facts about places are shown, with the days of what is shown."""
    register = f"{REGISTER}, Gebietsstand {german(register_on)}, Bevölkerung {german(population_on)}"
    return f"{register}; {GEOMETRY}; {REGION_TYPE}; {DEPRIVATION}."


def german(day: date) -> str:
    """Return ``day`` as 30.11.2025."""
    return f"{day.day:02}.{day.month:02}.{day.year}"
