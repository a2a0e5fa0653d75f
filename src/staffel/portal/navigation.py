"""Where one can go from every page."""

from django.utils.translation import gettext_lazy as _

from staffel.accounts.core.roles import Role
from staffel.accounts.frame import PERSON

# Addresses, not names: the frame prints them on every page, and looking them up each time costs more than the rest of it.
DESTINATIONS = (
    (_("Programm"), "/programme/"),
    (_("Ausschreibungen"), "/ausschreibungen/"),
    (_("Kommunen"), "/kommunen/"),
    (_("Anmelden"), "/mein-bereich/"),
)
_OFFICE = (
    (_("Ausschreibungen"), "/buero/ausschreibungen/"),
    (_("Staffeln"), "/buero/staffeln/"),
    (_("Zahlen"), "/buero/zahlen/"),
    (_("Büro"), "/buero/"),
)
OF_ROLES = {
    PERSON: ((_("Mein Bereich"), "/mein-bereich/"), (_("Programm"), "/programme/"), (_("Kommunen"), "/kommunen/")),
    Role.COORDINATOR: _OFFICE,
    Role.LAND_COORDINATOR: _OFFICE,
    Role.SPONSOR: ((_("Zahlen"), "/buero/zahlen/"), (_("Programm"), "/programme/"), (_("Karte"), "/karte/")),
    Role.EDITOR: ((_("Programm"), "/programme/"), (_("Kommunen"), "/kommunen/"), (_("Karte"), "/karte/")),
    Role.OPERATOR: ((_("Büro"), "/buero/"), (_("Programm"), "/programme/")),
}

LEGAL = (
    (_("Karte"), "/karte/"),
    (_("Staffeln"), "/staffeln/"),
    (_("Daten"), "/daten/"),
    (_("Zertifikat prüfen"), "/pruefen/"),
    (_("Impressum"), "/impressum/"),
    (_("Datenschutz"), "/datenschutz/"),
    (_("Barrierefreiheit"), "/barrierefreiheit/"),
    (_("Leichte Sprache"), "/leichte-sprache/"),
    (_("Gebärdensprache"), "/gebaerdensprache/"),
)
