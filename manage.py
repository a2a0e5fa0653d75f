#!/usr/bin/env python
"""Run a Django command on this checkout: ``python manage.py COMMAND``."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "staffel.config.settings")
    from django.core.management import execute_from_command_line

    from staffel.base.env import SettingError

    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(str(error))
