"""The rule book of learning: what counts as proof."""

from staffel.base.rules import N_, Rule

NOT_IN_THE_FUTURE = Rule(
    "LRN-01",
    N_("Eine Präsentation lässt sich erst eintragen, wenn sie gehalten ist. Der %(day)s liegt in der Zukunft."),
    N_("Eigene Regel: Belegt wird, was war."),
)
TAKES_PART = Rule(
    "LRN-02",
    N_("Diese Person hat in der Staffel keinen Platz mehr."),
    N_("Eigene Regel: Leistungen gehören zu einem Platz."),
)
PRESENTATION_HELD = Rule(
    "LRN-03",
    N_("Eine Präsentation ist für diese Person nicht eingetragen."),
    N_("Eigene Regel: Zurückgenommen wird nur, was eingetragen ist."),
)
REASON_GIVEN = Rule(
    "LRN-04",
    N_("Bitte nennen Sie den Grund. Er steht im Protokoll."),
    N_("Eigene Regel: Wer einen Beleg zurücknimmt, sagt warum."),
)
