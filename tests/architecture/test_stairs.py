"""What import-linter cannot see of the stairs: names in strings."""

import ast
import re

import pytest
from django.apps import apps
from django.template.loader import get_template

from tests.architecture.house import (
    SOURCE,
    context_of,
    contexts,
    imported_modules,
    may_know,
    python_files,
    stairs,
    tree,
)

REFERENCE = re.compile(r"""{%\s*(?:url|include|extends)\s+["'](?P<context>[a-z]+)[:/]""")
REVERSERS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}


def test_stairs_know_every_context():
    assert sorted(name for step in stairs() for name in step) == contexts()


def test_no_module_stands_directly_under_staffel():
    assert [path.name for path in SOURCE.glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("upper, lower, allowed", [
    ("portal", "base", True),
    ("base", "portal", False),
    ("network", "credentials", False),
    ("ui", "ui", True),
])  # fmt: skip
def test_may_know_reads_the_stairs(upper, lower, allowed):
    assert may_know(upper, lower) is allowed


def test_foreign_keys_obey_the_stairs():
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("staffel.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model.__module__.startswith("staffel.")
        if not may_know(model.__module__.split(".")[1], field.related_model.__module__.split(".")[1])
    ]

    assert wrong == []


def test_no_generic_foreign_keys():
    assert [path for path in python_files() if "GenericForeignKey" in path.read_text(encoding="utf-8")] == []


def test_templates_name_only_lower_contexts():
    wrong = [
        f"{path.relative_to(SOURCE)} names {found['context']}"
        for path in sorted(SOURCE.rglob("*.html"))
        for found in REFERENCE.finditer(path.read_text(encoding="utf-8"))
        if found["context"] in contexts() and not may_know(context_of(path), found["context"])
    ]

    assert wrong == []


def test_templates_live_in_a_folder_of_their_context():
    wrong = [
        str(path.relative_to(SOURCE))
        for path in sorted(SOURCE.rglob("*.html"))
        if path.relative_to(SOURCE).parts[1:3] != ("templates", context_of(path))
        # Django asks for its own form templates under these names.
        and path.relative_to(SOURCE).parts[:3] != ("ui", "templates", "django")
    ]

    assert wrong == []


def test_every_template_compiles():
    for path in sorted(SOURCE.rglob("*.html")):
        get_template("/".join(path.relative_to(SOURCE).parts[2:]))


def test_reversed_names_are_of_lower_contexts():
    wrong = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            target, colon, _ = str(node.args[0].value).partition(":")
            if function in REVERSERS and colon and not may_know(context_of(path), target):
                wrong.append(f"{path.relative_to(SOURCE)} reverses {node.args[0].value}")

    assert wrong == []


def test_urls_import_views_of_their_own_context_only():
    wrong = [
        f"{path.relative_to(SOURCE)} imports {module}"
        for path in python_files()
        if path.name == "urls.py"
        for module in imported_modules(path)
        if re.match(r"staffel\.\w+\.(views|api)", module) and module.split(".")[1] != context_of(path)
    ]

    assert wrong == []


def test_reporting_reads_other_contexts_through_their_queries():
    allowed = {"queries", "core"}
    wrong = [
        f"{path.relative_to(SOURCE)} imports {module}"
        for path in python_files(SOURCE / "reporting")
        for module in imported_modules(path)
        if module.startswith("staffel.") and module.split(".")[1] not in ("reporting", "ui", "base")
        if module.split(".")[2] not in allowed
    ]

    assert wrong == []
