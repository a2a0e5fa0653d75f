"""Where one can go from every page."""

from django.utils.translation import gettext_lazy as _

# Addresses, not names: the frame prints them on every page, and looking them up each time costs more than the rest of it.
DESTINATIONS = (
    (_("Kommunen"), "/kommunen/"),
    (_("Karte"), "/karte/"),
    (_("Staffeln"), "/staffeln/"),
    (_("Daten"), "/daten/"),
)

LEGAL = (
    (_("Impressum"), "/impressum/"),
    (_("Datenschutz"), "/datenschutz/"),
    (_("Barrierefreiheit"), "/barrierefreiheit/"),
    (_("Leichte Sprache"), "/leichte-sprache/"),
    (_("Gebärdensprache"), "/gebaerdensprache/"),
)
