"""The rule book of the portal."""

from staffel.base.rules import N_, Rule

EMPTY_OF_PEOPLE = Rule(
    "POR-01",
    N_("In dieser Datenbank stehen Menschen, die es wirklich gibt. Beispiele kommen nur in eine Datenbank ohne sie."),
    N_("Erfundenes darf sich mit Echtem nie mischen."),
)
