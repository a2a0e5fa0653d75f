"""Rules that people can cite.

A refusal by rule is not an error of the program: ``staffel.ui.middleware`` shows the rule's sentence with status 409, the
API answers ``{"rule": "MUN-03", "message": …}``. Ids are found by grep in code, tests and docs.
"""

from dataclasses import dataclass


def N_(sentence: str) -> str:  # noqa: N802 - the name that makemessages and every gettext project knows
    """Mark ``sentence`` for translation and return it unchanged; it is translated where it is shown."""
    return sentence


@dataclass(frozen=True)
class Rule:
    """One rule: ``id`` like ``MUN-03``, the German ``sentence`` shown to people, and the ``source`` it rests on."""

    id: str
    sentence: str
    source: str


class RuleBroken(Exception):
    """An action refuses by ``rule``; ``detail`` is for the log, in English, with the values seen.

    ``values`` fill the named gaps of the rule's sentence.
    """

    def __init__(self, rule: Rule, detail: str = "", **values: object):
        super().__init__(f"{rule.id}: {detail or rule.sentence}")
        self.rule = rule
        self.detail = detail
        self.values = values
