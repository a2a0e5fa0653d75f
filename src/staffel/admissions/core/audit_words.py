"""What the audit log says about calls, applications and offers, in words."""

from staffel.base.rules import N_

WORDS = {
    "admissions.application_started": N_("hat eine Bewerbung angefangen"),
    "admissions.draft_discarded": N_("hat einen Entwurf verworfen"),
    "admissions.application_submitted": N_("hat die Bewerbung abgeschickt"),
    "admissions.application_withdrawn": N_("hat die Bewerbung zurückgezogen"),
    "admissions.release_asked_again": N_("hat noch einmal um Freigabe gebeten"),
    "admissions.release_answered": N_("hat über die Freigabe entschieden"),
    "admissions.release_reminded": N_("hat an die Freigabe erinnert"),
    "admissions.release_expired": N_("hat die Frist der Freigabe beendet"),
    "admissions.call_drafted": N_("hat eine Ausschreibung angelegt"),
    "admissions.call_changed": N_("hat die Ausschreibung geändert"),
    "admissions.call_published": N_("hat die Ausschreibung bekannt gemacht"),
    "admissions.call_closed": N_("hat die Ausschreibung geschlossen"),
    "admissions.deadline_moved": N_("hat die Frist verschoben"),
    "admissions.call_cancelled": N_("hat die Ausschreibung abgesagt"),
    "admissions.call_ended": N_("hat die Ausschreibung beendet"),
    "admissions.applications_exported": N_("hat Bewerbungen als Datei geholt"),
    "admissions.decided": N_("hat über die Bewerbung entschieden"),
    "admissions.decision_taken_back": N_("hat die Entscheidung zurückgenommen"),
    "admissions.waiting_place_moved": N_("hat die Reihenfolge der Warteliste geändert"),
    "admissions.decisions_published": N_("hat die Entscheidungen veröffentlicht"),
    "admissions.moved_up": N_("hat einen frei gewordenen Platz angeboten"),
    "admissions.offer_accepted": N_("hat den Platz angenommen"),
    "admissions.offer_declined": N_("hat den Platz abgelehnt"),
    "admissions.offer_lapsed": N_("hat das unbeantwortete Angebot beendet"),
    "admissions.draft_forgotten": N_("hat einen liegen gebliebenen Entwurf gelöscht"),
    "admissions.application_forgotten": N_("hat die Angaben der Bewerbung gelöscht"),
}
PATHS = {"admissions.Call": "/buero/ausschreibungen/{id}/", "admissions.Application": "/buero/bewerbungen/{id}/"}
NAMES = {"admissions.Call": ("public_id", "title")}
