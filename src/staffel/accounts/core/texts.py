"""The texts that an instance may say in its own words, by the key that stands in the page's address."""

from staffel.base.rules import N_

VIDEO = "gebaerdensprache-video"
TITLES = {
    "impressum": N_("Impressum"),
    "datenschutz": N_("Datenschutz"),
    "barrierefreiheit": N_("Erklärung zur Barrierefreiheit"),
    "leichte-sprache": N_("Leichte Sprache"),
    "gebaerdensprache": N_("Gebärdensprache"),
    VIDEO: N_("Video in Deutscher Gebärdensprache"),
}
