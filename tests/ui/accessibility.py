"""What a machine can see of accessibility: axe in a browser, html-validate on the text. Needs npm's packages."""

import json
import subprocess
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
