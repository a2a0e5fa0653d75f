"""The self-assessment at admission: what somebody can do before the programme, in their own eyes, in two minutes.

Without it no effect could ever be shown: the same statements are asked again at the end. Answers are whole numbers from 1 to 5
by the key of the statement. A statement that is worded anew gets a new key, so that only equal things are compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from staffel.base.rules import N_

LEAST, MOST = 1, 5
SCALE = (
    (1, N_("trifft gar nicht zu")),
    (2, N_("trifft eher nicht zu")),
    (3, N_("teils, teils")),
    (4, N_("trifft eher zu")),
    (5, N_("trifft voll zu")),
)


@dataclass(frozen=True)
class Statement:
    """One sentence to agree with or not; ``field`` is its field of competence."""

    key: str
    field: str
    sentence: str


TASKS = N_("Aufgaben der Kommune")
TECHNOLOGY = N_("Überblick über Technik und Daten")
CHANGE = N_("Veränderung steuern")
STATEMENTS = (
    Statement("where-digital-helps", TASKS, N_("Ich kann sagen, bei welchen Aufgaben der Kommune Digitales wirklich hilft.")),
    Statement("goals-of-the-town", TASKS, N_("Ich kann ein Vorhaben aus den Zielen unserer Stadtentwicklung begründen.")),
    Statement("council-paper", TASKS, N_("Ich kann eine Vorlage für den Rat so schreiben, dass sie trägt.")),
    Statement("choose-technology", TECHNOLOGY, N_("Ich kann technische Lösungen vergleichen und das Richtige fragen.")),
    Statement("data-and-law", TECHNOLOGY, N_("Ich weiß, was bei Daten, Datenschutz und IT-Sicherheit zuerst zu klären ist.")),
    Statement("bring-people-together", CHANGE, N_("Ich bringe Menschen aus mehreren Ämtern an einen Tisch.")),
    Statement("involve-residents", CHANGE, N_("Ich kann Bürgerinnen und Bürger so beteiligen, dass ihre Ideen etwas ändern.")),
    Statement("lead-a-project", CHANGE, N_("Ich kann ein Vorhaben über Jahre planen, steuern und seinen Stand erklären.")),
)
KEYS = tuple(statement.key for statement in STATEMENTS)


def by_field() -> list[tuple[str, tuple[Statement, ...]]]:
    """Return the statements by their field, both in the order in which they are asked."""
    fields = dict.fromkeys(statement.field for statement in STATEMENTS)
    return [(field, tuple(one for one in STATEMENTS if one.field == field)) for field in fields]


def unanswered(answers: Mapping[str, object]) -> tuple[str, ...]:
    """Return the keys of the statements without a valid answer, in order."""
    return tuple(key for key in KEYS if not is_answer(answers.get(key)))


def is_answer(value: object) -> bool:
    """Whether ``value`` is a whole number from 1 to 5; True and False are none."""
    return isinstance(value, int) and not isinstance(value, bool) and LEAST <= value <= MOST
