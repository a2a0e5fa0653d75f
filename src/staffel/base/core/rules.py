"""The rule book of what has no domain."""

from staffel.base.rules import N_, Rule

LINK_OPEN = Rule(
    "BAS-01",
    N_("Dieser Link gilt nicht mehr: Er ist abgelaufen, wurde ersetzt oder ist unvollständig. Bitte nehmen Sie den neuesten."),
    N_("Links sind befristet, damit eine alte Mail keine Tür bleibt."),
)

TRY_AGAIN_WHAT_FAILED = Rule(
    "BAS-02",
    N_("Erneut versuchen lässt sich nur, was gescheitert ist. Vielleicht hat es inzwischen jemand anders angestoßen."),
    N_("Was noch wartet, läuft von selbst; was erledigt ist, soll nicht zweimal geschehen."),
)
