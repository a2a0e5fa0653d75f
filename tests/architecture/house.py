"""The house as the tests read it: the stairs from ``pyproject.toml``, and the files."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "staffel"


def stairs() -> list[set[str]]:
    """Return the contexts from the top step to the lowest, neighbours in one set."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(entry["layers"] for entry in contract if entry["id"] == "staircase")
    return [{name.strip() for name in layer.split("|")} for layer in layers]


def may_know(upper: str, lower: str) -> bool:
    """Return whether context ``upper`` may use something of context ``lower``."""
    height = {name: step for step, names in enumerate(reversed(stairs())) for name in names}
    return upper == lower or height[upper] > height[lower]


def contexts() -> list[str]:
    """Return all contexts by name."""
    return sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists())


def python_files(under: Path = SOURCE) -> Iterator[Path]:
    """Yield every Python file of ours below ``under``, without migrations."""
    return (path for path in sorted(under.rglob("*.py")) if "migrations" not in path.parts)


def context_of(path: Path) -> str:
    """Return the context to which a file below ``SOURCE`` belongs."""
    return path.relative_to(SOURCE).parts[0]


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(path: Path) -> Iterator[str]:
    """Yield the dotted names that a file imports, ``from a.b import c`` as ``a.b.c``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
