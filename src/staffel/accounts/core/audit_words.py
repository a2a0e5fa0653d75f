"""What the audit log says in words. Each context may have ``core/audit_words.py`` with ``WORDS``, collected by name.

``WORDS`` maps an action to what comes behind the actor's name: "Emil Beispiel *hat den Text geändert*". ``PATHS`` maps a
model's label to the address of its page for the office, with ``{id}`` for the public id. An action without words is shown by
its name.

``NAMES`` maps a model's label to its key and the field with the name that is shown instead of an id; ``REFERENCES`` maps a key
of what changed to the label whose ids stand there; ``KEYED`` maps a label to another whose ids are its keys; ``KEYS`` gives a
key German words.
"""

from staffel.base.rules import N_

WORDS = {
    "accounts.person_erased": N_("hat das eigene Konto gelöscht"),
    "accounts.membership_given": N_("hat eine Rolle vergeben"),
    "accounts.membership_taken": N_("hat eine Rolle entzogen"),
    "accounts.role_switched": N_("hat die Rolle gewechselt"),
    "accounts.passkey_added": N_("hat einen Passkey eingerichtet"),
    "accounts.app_added": N_("hat eine Code-App eingerichtet"),
    "accounts.proof_removed": N_("hat einen zweiten Nachweis entfernt"),
    "accounts.codes_renewed": N_("hat neue Ersatzcodes erzeugt"),
    "accounts.sign_in_ended": N_("hat eine Anmeldung beendet"),
    "accounts.sign_ins_ended": N_("hat sich überall abgemeldet"),
    "accounts.text_changed": N_("hat einen Text der Instanz geändert"),
    "accounts.letter_sent_again": N_("hat einen Brief noch einmal verschickt"),
    "accounts.feedback_done": N_("hat eine Rückmeldung erledigt"),
    # The rooms below have no log of their own.
    "base.job_tried_again": N_("hat einen Auftrag noch einmal gestartet"),
}
KEYS = {"count": N_("Anzahl"), "markdown": N_("Text"), "municipalities": N_("Kommunen")}
REFERENCES = {"municipalities": "municipalities.Municipality", "Kommunen": "municipalities.Municipality"}
NAMES = {"municipalities.Municipality": ("ags", "short_name")}
PATHS = {"accounts.Feedback": "/buero/rueckmeldungen/#r-{id}"}

# Where an action belongs, by the first part of its name.
GROUPS = {
    "accounts": N_("Konten und Texte"),
    "base": N_("Aufträge"),
    "municipalities": N_("Kommunen"),
    "curriculum": N_("Programme"),
    "cohorts": N_("Staffeln und Termine"),
    "admissions": N_("Ausschreibungen und Bewerbungen"),
    "learning": N_("Abschluss"),
    "credentials": N_("Zertifikate"),
}
