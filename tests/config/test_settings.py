"""What demo and production are; each start is a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.house import ROOT

PRODUCTION = {
    "STAFFEL_MODE": "production",
    "STAFFEL_SECRET_KEY": "x" * 50,
    "STAFFEL_HOSTS": "staffel.example, www.staffel.example",
    "STAFFEL_DATABASE": "postgresql://staffel:p%40ss@db.example:5433/staffel",
    "STAFFEL_MAIL": "smtp+starttls://staffel:secret@mail.example",
    "STAFFEL_MAIL_FROM": "staffel@staffel.example",
    "STAFFEL_PROVIDER": "Amt für Muster|Musterweg 1|12345 Musterau",
    "STAFFEL_CONTACT": "fragen@staffel.example",
}

PRINT = """
import json, sys
from staffel.config import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""

ROUTES = """
import django; django.setup()
from django.urls import get_resolver
routes = [str(entry.pattern) for group in get_resolver().url_patterns for entry in getattr(group, "url_patterns", [group])]
print({"bausteine/", "anmelden-als/", "anmelden-als/<slug:key>/", "postausgang/"} & set(routes) or "none of them")
"""


def python(code, *arguments, tmp_path, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STAFFEL_", "PORT"))}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=clean
        | {"PYTHONPATH": str(ROOT / "src"), "STAFFEL_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "staffel.config.settings"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def read(*names, tmp_path, **environment):
    result = python(PRINT, *names, tmp_path=tmp_path, **environment)
    assert result.stderr == ""
    return json.loads(result.stdout)


def test_nothing_set_is_a_demo_for_this_machine_only(tmp_path):
    assert read("MODE", "ALLOWED_HOSTS", "BIND", "EMAIL_BACKEND", "DEBUG", tmp_path=tmp_path) == {
        "MODE": "demo",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "BIND": "127.0.0.1",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "DEBUG": False,
    }


def test_the_demo_cannot_be_opened_to_a_network(tmp_path):
    values = read("ALLOWED_HOSTS", "BIND", tmp_path=tmp_path, STAFFEL_HOSTS="staffel.example", STAFFEL_BIND="0.0.0.0")

    assert values == {"ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"], "BIND": "127.0.0.1"}


def test_the_demo_keeps_its_key_over_a_restart(tmp_path):
    first, second = (read("SECRET_KEY", tmp_path=tmp_path)["SECRET_KEY"] for _ in range(2))

    assert first == second
    assert len(first) >= 50
    assert (tmp_path / "demo-secret-key").stat().st_mode & 0o777 == 0o600


def test_secrets_that_were_replaced_still_open(tmp_path):
    values = read("SECRET_KEY_FALLBACKS", tmp_path=tmp_path, **PRODUCTION, STAFFEL_EARLIER_SECRET_KEYS="second, first")

    assert values == {"SECRET_KEY_FALLBACKS": ["second", "first"]}
    assert read("SECRET_KEY_FALLBACKS", tmp_path=tmp_path) == {"SECRET_KEY_FALLBACKS": []}


def test_production_is_strict(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME"]

    assert read(*names, "ALLOWED_HOSTS", "EMAIL_PORT", tmp_path=tmp_path, **PRODUCTION) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SESSION_COOKIE_NAME": "__Host-session",
        "ALLOWED_HOSTS": ["staffel.example", "www.staffel.example"],
        "EMAIL_PORT": 587,
    }


def test_the_database_address_is_read(tmp_path):
    default = read("DATABASES", tmp_path=tmp_path, **PRODUCTION)["DATABASES"]["default"]

    assert {name: default[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "staffel",
        "USER": "staffel",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": 5433,
    }


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"STAFFEL_MODE"}))
def test_production_names_what_is_missing(name, tmp_path):
    result = python(PRINT, tmp_path=tmp_path, **(PRODUCTION | {name: ""}))

    assert result.returncode == 1
    assert result.stderr.splitlines()[-1] == (
        f"staffel.base.env.SettingError: Production needs these settings: {name}. See docs/operate/settings.md."
    )


def test_production_refuses_a_short_key(tmp_path):
    result = python(PRINT, tmp_path=tmp_path, **(PRODUCTION | {"STAFFEL_SECRET_KEY": "short"}))

    assert result.stderr.splitlines()[-1] == (
        "staffel.base.env.SettingError: STAFFEL_SECRET_KEY must have at least 50 characters, got 5."
    )


def test_a_sqlite_address_with_two_slashes_is_refused(tmp_path):
    result = python(PRINT, tmp_path=tmp_path, STAFFEL_DATABASE="sqlite://var/staffel.sqlite3")

    assert result.stderr.splitlines()[-1] == (
        "staffel.base.env.SettingError: STAFFEL_DATABASE names a file from the root on, with three slashes: "
        "sqlite:///folder/file.sqlite3."
    )


def test_a_command_says_a_wrong_setting_in_one_line(tmp_path):
    environment = os.environ | {"STAFFEL_VAR": str(tmp_path), "STAFFEL_MODE": "x"}
    command = [sys.executable, "manage.py", "check"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (result.returncode, result.stderr) == (1, "STAFFEL_MODE must be one of demo, production, got 'x'.\n")


@pytest.mark.parametrize("environment, there", [({}, 4), (PRODUCTION, 0)])
def test_only_the_demo_has_the_gallery_its_people_and_the_outbox(environment, there, tmp_path):
    environment = environment | ({"STAFFEL_DATABASE": f"sqlite://{tmp_path}/db.sqlite3"} if environment else {})
    routes = python(ROUTES, tmp_path=tmp_path, **environment)

    assert (routes.stdout.strip() == "none of them", len(routes.stdout.split(","))) == (not there, there or 1)


def test_only_production_asks_for_a_second_proof(tmp_path):
    assert read("SECOND_PROOF", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", tmp_path=tmp_path, **PRODUCTION) == {
        "SECOND_PROOF": True,
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": False,
    }
    assert read("SECOND_PROOF", tmp_path=tmp_path) == {"SECOND_PROOF": False}


OIDC = {"STAFFEL_OIDC_SERVER": "https://id.example/realm", "STAFFEL_OIDC_CLIENT": "staffel", "STAFFEL_OIDC_SECRET": "x"}


def test_an_identity_provider_may_receive_our_form_and_nothing_else(tmp_path):
    values = read("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY", tmp_path=tmp_path, **PRODUCTION, **OIDC)
    app = values["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]

    assert (app["client_id"], app["settings"]) == ("staffel", {"server_url": "https://id.example/realm"})
    assert values["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'", "https://id.example"]


def test_no_identity_provider_is_the_default(tmp_path):
    values = read("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY", tmp_path=tmp_path, **PRODUCTION)

    assert values["SOCIALACCOUNT_PROVIDERS"] == {}
    assert values["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"] == ["'self'"]


def test_half_an_identity_provider_is_refused(tmp_path):
    result = python(PRINT, tmp_path=tmp_path, STAFFEL_OIDC_SERVER="https://id.example")

    assert result.stderr.splitlines()[-1] == (
        "staffel.base.env.SettingError: STAFFEL_OIDC_SERVER needs STAFFEL_OIDC_CLIENT and STAFFEL_OIDC_SECRET."
    )
