"""Where one can go from every page."""

from staffel.base.rules import N_

# Addresses, not names: the frame prints them on every page, and looking them up each time costs more than the rest of it.
DESTINATIONS = (
    (N_("Kommunen"), "/kommunen/"),
    (N_("Karte"), "/karte/"),
    (N_("Staffeln"), "/staffeln/"),
    (N_("Daten"), "/daten/"),
)

LEGAL = (
    (N_("Impressum"), "/impressum/"),
    (N_("Datenschutz"), "/datenschutz/"),
    (N_("Barrierefreiheit"), "/barrierefreiheit/"),
    (N_("Leichte Sprache"), "/leichte-sprache/"),
    (N_("Gebärdensprache"), "/gebaerdensprache/"),
)
