"""Read settings from the environment, and know which ones exist.

Every setting is declared once, with its meaning, by the call that reads it; ``docs/operate/settings.md`` is checked
against ``DECLARED``. A wrong value stops the start with a sentence that names the variable, the value and what is allowed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit


class SettingError(Exception):
    """A setting is missing or cannot be read; the message is meant for the operator."""


@dataclass(frozen=True)
class Setting:
    """One declared environment variable: its name, default as text, and meaning in one sentence."""

    name: str
    default: str
    meaning: str


DECLARED: dict[str, Setting] = {}


def text(name: str, default: str, meaning: str) -> str:
    """Return the variable ``name`` as text, or ``default``."""
    DECLARED[name] = Setting(name, default, meaning)
    return os.environ.get(name, default)


def number(name: str, default: int, meaning: str, *, least: int = 0, most: int) -> int:
    """Return the variable ``name`` as a whole number from ``least`` to ``most``. Raises SettingError for anything else."""
    raw = text(name, str(default), meaning)
    if not raw.isascii() or not raw.isdigit() or not least <= int(raw[:9]) <= most:
        raise SettingError(f"{name} must be a whole number from {least} to {most}, got {raw!r}.")
    return int(raw)


def choice(name: str, allowed: tuple[str, ...], default: str, meaning: str) -> str:
    """Return the variable ``name`` if it is one of ``allowed``. Raises SettingError for anything else."""
    raw = text(name, default, meaning)
    if raw not in allowed:
        raise SettingError(f"{name} must be one of {', '.join(allowed)}, got {raw!r}.")
    return raw


def words(name: str, default: str, meaning: str) -> list[str]:
    """Return the comma-separated words of variable ``name`` without surrounding blanks or empty entries."""
    return [word.strip() for word in text(name, default, meaning).split(",") if word.strip()]


def missing(names: Mapping[str, object]) -> list[str]:
    """Return the names whose value is empty, in the order given."""
    return [name for name, value in names.items() if not value]


@dataclass(frozen=True)
class Address:
    """A service address taken apart: scheme, user, password, host, port (0 if none), path without its first slash."""

    scheme: str
    user: str
    password: str
    host: str
    port: int
    path: str


def address(name: str, value: str, schemes: tuple[str, ...]) -> Address:
    """Take ``value`` apart, e.g. ``postgresql://user:secret@host:5432/staffel``.

    Percent signs in user, password and path are decoded. A socket's folder stands behind the path, as everywhere with
    PostgreSQL: ``postgresql://user@/staffel?host=/run/postgresql``. Raises SettingError, without repeating the value (it may
    hold a password), if the scheme is not one of ``schemes`` or the port is no number.
    """
    parts = urlsplit(value)
    if parts.scheme not in schemes:
        raise SettingError(f"{name} must begin with one of {', '.join(f'{s}://' for s in schemes)}.")
    try:
        port = parts.port or 0
    except ValueError as error:
        raise SettingError(f"{name} has a port that is not a number between 0 and 65535.") from error
    return Address(
        parts.scheme,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.hostname or parse_qs(parts.query).get("host", [""])[0],
        port,
        unquote(parts.path.removeprefix("/")),
    )
