"""Every job that is enqueued somewhere is registered somewhere."""

import ast

from staffel.base.jobs.registry import JOBS
from tests.architecture.house import SOURCE, context_of, python_files, tree

ENQUEUING = {"enqueue", "enqueue_again"}


def first_arguments(module: ast.Module, called: set[str]):
    """Yield the first argument of every call of a function in ``called``, whatever stands before its name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and node.args and ast.unparse(node.func).rsplit(".", 1)[-1] in called:
            yield node.args[0]


def handing_on(module: ast.Module) -> set[str]:
    """Return the names of the functions that enqueue what they are given as their first argument."""
    return {
        function.name
        for function in ast.walk(module)
        if isinstance(function, ast.FunctionDef) and function.args.args
        for name in first_arguments(function, ENQUEUING)
        if isinstance(name, ast.Name) and name.id == function.args.args[0].arg
    }


def test_every_name_that_is_enqueued_is_registered():
    seen, wrong = [], []
    for path in python_files():
        # Within base itself the name is handed on.
        if context_of(path) == "base":
            continue
        module = tree(path)
        through = handing_on(module)
        for name in first_arguments(module, ENQUEUING | through):
            if isinstance(name, ast.Name) and through:
                continue
            seen.append(name)
            if getattr(name, "value", None) not in JOBS:
                wrong.append(f"{path.relative_to(SOURCE)}:{name.lineno} {ast.unparse(name)}")

    assert seen != []
    assert wrong == []


def test_every_job_bears_the_name_of_its_context():
    homes = {name: entry.run.__module__.split(".")[1] for name, entry in JOBS.items()}

    assert {name: home for name, home in homes.items() if name.split(".")[0] != home} == {}


def test_what_is_on_the_schedule_needs_no_arguments():
    assert [name for name, entry in JOBS.items() if entry.every and entry.run.__code__.co_argcount] == []
