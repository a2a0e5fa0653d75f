"""A version keeps the title and the summary that its programme had; all bans are lifted while SQLite rebuilds the table."""

from importlib import import_module

from django.db import migrations, models

from staffel.base.triggers import Forbid, Lift

BANS = [
    operation
    for operation in import_module("staffel.curriculum.migrations.0002_released_versions_stay").Migration.operations
    if isinstance(operation, Forbid)
]


def words(ban):
    return ban.table, ban.name, ban.event, ban.when, ban.because


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0002_released_versions_stay")]

    operations = [
        *(Lift(*words(ban)) for ban in BANS),
        migrations.AddField(
            "version", "title", models.CharField("Titel", max_length=200, blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "version", "summary", models.TextField("Worum es geht", blank=True, default=""), preserve_default=False
        ),
        *(Forbid(*words(ban)) for ban in BANS),
    ]
