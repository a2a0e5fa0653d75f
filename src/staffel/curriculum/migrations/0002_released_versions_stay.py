"""A released version and all that belongs to it can be neither changed nor deleted, and nothing can be added to it."""

from django.db import migrations

from staffel.base.triggers import forbid

BECAUSE = "a released version never changes"
ALL = ("INSERT", "UPDATE", "DELETE")
OF_VERSION = "EXISTS (SELECT 1 FROM curriculum_version v WHERE v.state = 'released' AND v.id = {row}.version_id)"
OF_MODULE = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_module m ON m.version_id = v.id "
    "WHERE v.state = 'released' AND m.id = {row}.module_id)"
)
OF_UNIT = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_module m ON m.version_id = v.id "
    "JOIN curriculum_unit u ON u.module_id = m.id WHERE v.state = 'released' AND u.id = {row}.unit_id)"
)


def frozen(table, when):
    """Return the operations that freeze a table; a row of a draft cannot be moved into a released version either."""
    return [
        *forbid(table, "released", on=ALL, when=when, because=BECAUSE),
        *forbid(table, "into_released", on=("UPDATE",), when=when.replace("{row}", "NEW"), because=BECAUSE),
    ]


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0001_programmes")]

    operations = [
        *forbid("curriculum_version", "released", when="OLD.state = 'released'", because=BECAUSE),
        *frozen("curriculum_competency", OF_VERSION),
        *frozen("curriculum_module", OF_VERSION),
        *frozen("curriculum_unit", OF_MODULE),
        *frozen("curriculum_unit_competencies", OF_UNIT),
    ]
