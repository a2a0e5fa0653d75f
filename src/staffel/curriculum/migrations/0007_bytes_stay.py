"""No bytes are added to a file of a fixed version by moving them there, and such a file is not deleted by replacing it."""

from django.db import migrations

from staffel.base.triggers import forbid

BECAUSE = "a released version never changes"
FIXED = "v.state IN ('released', 'received')"
OF_FILES = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_versionfile f ON f.version_id = v.id "
    f"WHERE {FIXED} AND f.blob_id = "
)


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0006_errands")]

    operations = [
        *forbid("curriculum_blobpart", "into_fixed", on=("UPDATE",), when=f"{OF_FILES}NEW.blob_id)", because=BECAUSE),
        *forbid("curriculum_blob", "fixed", on=("DELETE",), when=f"{OF_FILES}{{row}}.id)", because=BECAUSE),
    ]
