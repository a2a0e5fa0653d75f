"""The reference pages of ``docs/``, written from what the program really has.

``PAGES`` maps a path below ``docs/`` to the function that returns its text; ``manage.py write_docs`` writes them, and a test
compares. Texts in the pages are English except for the sentences that people see.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from django.apps import apps
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from staffel.base import env
from staffel.base.guard import door_of
from staffel.base.rules import Rule

GENERATED = "<!-- Written by `make docs`; change the code, not this page. -->\n\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(row) for row in rows)]
    return "".join(f"| {line} |\n" for line in lines)


def settings_page() -> str:
    """Return every environment variable with default and meaning."""
    # A folder of this machine is no default to write down.
    shown = {setting.name: f"`{setting.default}`" if setting.default else "–" for setting in env.DECLARED.values()}
    shown["STAFFEL_VAR"] = "`var/` in the checkout"
    rows = [(f"`{entry.name}`", shown[entry.name], entry.meaning) for _, entry in sorted(env.DECLARED.items())]
    return f"{GENERATED}# Settings\n\n{_SETTINGS_INTRO}\n\n{table(('variable', 'default', 'meaning'), rows)}"


_SETTINGS_INTRO = (
    "With nothing set, Staffel is a demo on 127.0.0.1. `STAFFEL_MODE=production` demands a key, hosts, a database, "
    "a mail server, a sender, a provider and a contact, and names what is missing."
)


def commands_page() -> str:
    """Return every management command of ours with its help text."""
    rows = []
    for name, app in sorted(get_commands().items()):
        if str(app).startswith("staffel."):
            rows.append((f"`{name}`", load_command_class(app, name).help))
    return (
        f"{GENERATED}# Commands\n\nRun each as `.venv/bin/python manage.py NAME`.\n\n{table(('command', 'what it does'), rows)}"
    )


def doors() -> Iterator[tuple[str, str, object]]:
    """Yield route, full name and view of every URL, in the order in which they are tried."""

    def walk(patterns, route, namespace):
        for entry in patterns:
            here = route + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry.url_patterns, here, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
            elif isinstance(entry, URLPattern):
                yield here, f"{namespace}{entry.name}", entry.callback

    yield from walk(get_resolver().url_patterns, "/", "")


def urls_page() -> str:
    """Return every URL with its name and its door: who may come in, and why."""
    rows = [(f"`{route}`", f"`{name}`", door_of(view) or "–") for route, name, view in doors()]
    intro = "Who may do what: each address with its guard, or the reason why it is public."
    return f"{GENERATED}# Addresses and doors\n\n{intro}\n\n{table(('address', 'name', 'door'), rows)}"


def rules() -> list[Rule]:
    """Return all rules of all cores, by id."""
    found = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("staffel."):
            continue
        for module in _core_modules(app.name):
            found |= {value.id: value for value in vars(module).values() if isinstance(value, Rule)}
    return [found[key] for key in sorted(found)]


def _core_modules(context: str) -> Iterator[object]:
    try:
        core = importlib.import_module(f"{context}.core")
    except ModuleNotFoundError:
        return
    yield from (importlib.import_module(f"{core.__name__}.{entry.name}") for entry in pkgutil.iter_modules(core.__path__))


def rules_page() -> str:
    """Return every rule with its sentence and source."""
    rows = [(rule.id, rule.sentence, rule.source) for rule in rules()]
    intro = "A refusal names its rule. Sentences stand here as people read them; names in `%(…)s` are filled in."
    return f"{GENERATED}# Rules\n\n{intro}\n\n{table(('id', 'sentence', 'source'), rows)}"


PAGES = {
    "operate/settings.md": settings_page,
    "operate/commands.md": commands_page,
    "develop/urls.md": urls_page,
    "develop/rules.md": rules_page,
}
