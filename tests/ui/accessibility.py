"""What a machine can see of accessibility: axe in a browser, html-validate on the text. Needs npm's packages."""

import json
import subprocess
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "node_modules"


@cache
def _axe() -> str:
    return (PACKAGES / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe_violations(page) -> list[str]:
    """Return what axe finds wrong on a Playwright ``page``: rule, place and reason of each, WCAG 2.2 and best practices.

    The script is evaluated by the debugger, not put into the page, so the content security policy stays as it is.
    """
    page.evaluate(_axe())
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def html_errors(html: str) -> list[str]:
    """Return what html-validate finds wrong in a whole document: line, rule and message of each."""
    command = ["node", PACKAGES / "html-validate" / "bin" / "html-validate.mjs", "--stdin", "--formatter", "json"]
    result = subprocess.run(command, input=html, capture_output=True, text=True, cwd=ROOT, check=False)
    if result.returncode not in (0, 1) or not result.stdout:
        raise RuntimeError(f"html-validate ended with {result.returncode}: {result.stderr}")
    found = [message for file in json.loads(result.stdout) for message in file["messages"]]
    return [f"line {message['line']}: {message['ruleId']}: {message['message']}" for message in found]


def html_errors_of(texts: dict[str, str]) -> dict[str, list[str]]:
    """Return what html-validate finds wrong in many whole documents, by their names; those without fault are left out."""
    if not texts:
        return {}
    with tempfile.TemporaryDirectory(dir=ROOT / "node_modules") as folder:
        names = {}
        for number, (name, html) in enumerate(texts.items()):
            file = Path(folder) / f"{number}.html"
            file.write_text(html, encoding="utf-8")
            names[str(file)] = name
        command = [
            "node",
            PACKAGES / "html-validate" / "bin" / "html-validate.mjs",
            "--formatter",
            f"json={folder}/said",
            *names,
        ]
        result = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        if result.returncode not in (0, 1):
            raise RuntimeError(f"html-validate ended with {result.returncode}: {result.stderr}")
        # What is said of many pages is longer than a pipe takes before the program ends.
        said = json.loads((Path(folder) / "said").read_text(encoding="utf-8"))
    return {names[file["filePath"]]: _said(file) for file in said if file["messages"]}


def _said(file) -> list[str]:
    return [f"line {message['line']}: {message['ruleId']}: {message['message']}" for message in file["messages"]]
