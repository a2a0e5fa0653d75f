"""Whatever is written into the audit log can be read there in words."""

import ast
from importlib import import_module

from django.apps import apps

from tests.architecture.house import SOURCE, python_files, tree

CONTEXTS = sorted(path.parts[-3] for path in SOURCE.glob("*/core/audit_words.py"))


def words() -> dict[str, str]:
    """Return the words of every context by action."""
    return {
        action: text
        for context in CONTEXTS
        for action, text in import_module(f"staffel.{context}.core.audit_words").WORDS.items()
    }


def recorded() -> dict[str, str]:
    """Return every action that a call of ``record`` names, with the place."""
    found = {}
    for path in python_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or ast.unparse(node.func).split(".")[-1] != "record" or not node.args:
                continue
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and "." in part.value:
                    found[part.value] = f"{path.relative_to(SOURCE)}:{node.lineno}"
    return found


def test_every_recorded_action_has_words():
    silent = {action: place for action, place in recorded().items() if action not in words()}

    assert silent == {}, "say each in WORDS of its context's core/audit_words.py"


def test_words_go_on_from_a_name_and_end_without_a_full_stop():
    assert [text for text in words().values() if not text.startswith(("hat ", "ist ")) or text.endswith(".")] == []


def test_no_word_takes_the_place_of_a_field_whose_choices_have_words():
    named = {key for context in CONTEXTS for key in getattr(import_module(f"staffel.{context}.core.audit_words"), "KEYS", {})}
    chosen = {
        field.name for model in apps.get_models() for field in model._meta.get_fields() if getattr(field, "choices", None)
    }

    assert named & chosen == set(), "the log would show “released” where the field says “freigegeben”"
