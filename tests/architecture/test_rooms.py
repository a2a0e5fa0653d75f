"""What a context looks like from inside."""

import ast
import os
import re
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT, SOURCE, contexts, python_files, tree

CORES = sorted(str(path.relative_to(SOURCE.parent)).replace("/", ".") for path in SOURCE.glob("*/core"))

IMPORT_WITHOUT_DJANGO = """
import importlib, pkgutil, sys
sys.modules["django"] = None
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


@pytest.mark.parametrize("core", CORES)
def test_core_imports_without_django(core):
    result = subprocess.run(
        [sys.executable, "-c", IMPORT_WITHOUT_DJANGO, core],
        env=os.environ | {"PYTHONPATH": str(SOURCE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("context", contexts())
def test_context_has_an_empty_init_and_a_short_readme(context):
    readme = (SOURCE / context / "README.md").read_text(encoding="utf-8").splitlines()

    assert (SOURCE / context / "__init__.py").read_text(encoding="utf-8") == ""
    assert readme[0] == f"# {context}"
    assert 3 <= len(readme) <= 40


def test_nothing_saves_or_listens_behind_the_back():
    wrong = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and node.name == "save" and path.name.startswith("models"):
                wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno} overrides save()")
            if isinstance(node, ast.ImportFrom) and node.module in ("django.dispatch", "django.db.models.signals"):
                wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno} uses signals")

    assert wrong == []


WRITES = {"acreate", "adelete", "asave", "aupdate", "bulk_create", "bulk_update", "delete", "get_or_create", "update_or_create"}
WRITES |= {"create", "save"}


def test_only_actions_and_migrations_write():
    """No writing method of the ORM is called outside ``actions``; a query, unlike a dictionary, names ``objects``."""
    wrong = []
    for path in python_files():
        if path.name == "actions.py" or "actions" in path.parts:
            continue
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of_query = "objects" in ast.unparse(node.func.value)
            if node.func.attr in WRITES or (node.func.attr in {"update", "set", "add", "remove"} and of_query):
                wrong.append(f"{path.relative_to(SOURCE)}:{node.lineno} {ast.unparse(node.func)}")

    assert wrong == []


def test_migrations_have_telling_names():
    wrong = [
        path.name
        for path in sorted(SOURCE.glob("*/migrations/[0-9]*.py"))
        if re.search(r"^\d{4}_(auto|initial|alter_)", path.name)
    ]

    assert wrong == []


def test_migrations_change_schema_or_data_but_never_both():
    wrong = []
    for path in sorted(SOURCE.glob("*/migrations/[0-9]*.py")):
        calls = {node.func.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Call) and hasattr(node.func, "attr")}
        data = calls & {"RunPython"}
        schema = calls & {"CreateModel", "AddField", "AlterField", "RemoveField", "AddConstraint", "RemoveConstraint"}
        if data and schema:
            wrong.append(path.name)

    assert wrong == []


def test_views_are_short():
    longest = 40
    wrong = [
        f"{path.relative_to(SOURCE)}:{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in python_files()
        if path.name == "views.py" or "views" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > longest
    ]

    assert wrong == []


def test_the_product_reads_nothing_beside_the_checkout():
    needle = "/".join(("..", "shared"))
    wrong = [
        str(path.relative_to(ROOT))
        for folder in (SOURCE, ROOT / "data", ROOT / "bench")
        for path in folder.rglob("*")
        if path.suffix in (".py", ".md", ".html", ".mjs", ".js") and needle in path.read_text(encoding="utf-8")
    ]

    assert wrong == []
