"""Where one can go from every page."""

from django.utils.translation import gettext_lazy as _

from staffel.accounts.core.roles import Role
from staffel.accounts.frame import PERSON

# Addresses, not names: the frame prints them on every page, and looking them up each time costs more than the rest of it.
DESTINATIONS = (
    (_("Programm"), "/programme/"),
    (_("Ausschreibungen"), "/ausschreibungen/"),
    (_("Kommunen"), "/kommunen/"),
    (_("Mein Bereich"), "/mein-bereich/"),
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
    Role.EDITOR: ((_("Redaktion"), "/buero/programme/"), (_("Programm"), "/programme/"), (_("Kommunen"), "/kommunen/")),
    Role.OPERATOR: ((_("Büro"), "/buero/"), (_("Programm"), "/programme/")),
}

# Where "Mein Bereich" leads in a role.
START_OF_ROLES = {
    Role.COORDINATOR: "/buero/",
    Role.LAND_COORDINATOR: "/buero/",
    Role.OPERATOR: "/buero/",
    Role.SPONSOR: "/buero/zahlen/",
    Role.EDITOR: "/buero/programme/",
}

# What only a demo has.
DEMO = ((_("Anmelden als …"), "/anmelden-als/"), (_("Postausgang"), "/postausgang/"))

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
    (_("Rückmeldung"), "/feedback/"),
)

# Rooms of the office beside calls and cohorts: who works there, address, words, what for.
_ROOMS = (
    ({Role.COORDINATOR}, "/buero/programme/", _("Programme"), _("Entwürfe, Freigaben, Pakete von anderen, Schlüssel")),
    ({Role.COORDINATOR}, "/buero/menschen/", _("Menschen und Rollen"), _("Einladen, Rollen geben und nehmen")),
    ({Role.COORDINATOR, Role.OPERATOR}, "/buero/briefe/", _("Briefe"), _("Jede Mail, wie sie verschickt wurde")),
    ({Role.COORDINATOR, Role.OPERATOR}, "/buero/auftraege/", _("Aufträge"), _("Was im Hintergrund läuft oder gescheitert ist")),
    ({Role.COORDINATOR}, "/buero/protokoll/", _("Protokoll"), _("Wer was wann und warum entschieden hat")),
    ({Role.COORDINATOR}, "/buero/rueckmeldungen/", _("Rückmeldungen"), _("Was Menschen über Barrieren und Fehler schreiben")),
    ({Role.COORDINATOR}, "/buero/texte/", _("Texte der Instanz"), _("Impressum, Datenschutz, Leichte Sprache")),
    ({Role.COORDINATOR}, "/buero/aufbewahrung/", _("Aufbewahrung"), _("Was wann gelöscht wurde")),
)


# The other rooms are the instance's: only the organisation that runs it works there.
_OF_EVERY_OFFICE = {"/buero/menschen/"}


def office_rooms(role: str, *, runs_instance: bool) -> list[tuple[str, str, str]]:
    """Return address, words and purpose of the rooms in which ``role`` works."""
    return [
        (href, title, purpose)
        for roles, href, title, purpose in _ROOMS
        if role in roles and (runs_instance or href in _OF_EVERY_OFFICE)
    ]
