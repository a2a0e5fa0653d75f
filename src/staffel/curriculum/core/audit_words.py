"""What the audit log says of programmes."""

from staffel.base.rules import N_

WORDS = {
    "curriculum.version_loaded": N_("hat eine Version eines Programms aufgenommen"),
    "curriculum.draft_replaced": N_("hat den Entwurf eines Programms ersetzt"),
    "curriculum.draft_discarded": N_("hat den Entwurf eines Programms verworfen"),
    "curriculum.draft_renumbered": N_("hat dem Entwurf eines Programms eine andere Nummer gegeben"),
    "curriculum.version_submitted": N_("hat eine Version zur Prüfung gegeben"),
    "curriculum.version_withdrawn": N_("hat eine Version aus der Prüfung zurückgegeben"),
    "curriculum.version_released": N_("hat eine Version freigegeben"),
    "curriculum.key_made": N_("hat einen Signaturschlüssel erzeugt"),
    "curriculum.key_rotated": N_("hat den Signaturschlüssel abgelöst"),
    "curriculum.key_revoked": N_("hat den Signaturschlüssel gesperrt"),
    "curriculum.publisher_key_trusted": N_("hat dem Schlüssel eines Herausgebers das Vertrauen ausgesprochen"),
    "curriculum.publisher_key_followed": N_("hat den neuen Schlüssel eines Herausgebers vermerkt"),
    "curriculum.publisher_key_retired": N_("hat dem Schlüssel eines Herausgebers das Vertrauen entzogen"),
    "curriculum.publisher_key_revoked": N_("hat den Schlüssel eines Herausgebers gesperrt"),
    "curriculum.merge_begun": N_("hat eine Zusammenführung begonnen"),
    "curriculum.merge_renewed": N_("hat eine Zusammenführung mit dem geänderten Entwurf fortgesetzt"),
    "curriculum.merge_finished": N_("hat eine Zusammenführung abgeschlossen"),
    "curriculum.merge_dropped": N_("hat eine Zusammenführung verworfen"),
    "curriculum.version_received": N_("hat die Version eines anderen Herausgebers übernommen"),
}
KEYS = {
    "programme": N_("Programm"),
    "number": N_("Version"),
    "digest": N_("Prüfsumme"),
    "publisher": N_("Herausgeber"),
    "fingerprint": N_("Fingerabdruck"),
    "upstream": N_("Beruht auf"),
    "theirs": N_("Übernommene Version"),
    "conflicts": N_("Stellen entschieden"),
    "signed_with": N_("Signiert mit"),
}
PATHS = {"curriculum.Version": "/buero/programme/versionen/{id}/"}
