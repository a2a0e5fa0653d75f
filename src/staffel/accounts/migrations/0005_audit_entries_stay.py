from django.db import migrations

from staffel.base.triggers import changed, forbid

NEVER = changed("public_id", "at", "action", "thing_type", "thing_id", "digest")
SEALED = changed("position", "previous", "chained")
# What is personal may be blanked, and nothing else may be put in its place.
OTHER_WORDS = (
    "((NEW.payload IS NOT NULL AND {payload}) OR (NEW.salt <> '' AND {salt}) OR (NEW.actor_id <> '' AND {actor}))"
).format(payload=changed("payload"), salt=changed("salt"), actor=changed("actor_id"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_texts_feedback_and_reports")]

    operations = [
        *forbid(
            "accounts_auditentry",
            "stays",
            on=("UPDATE",),
            when=f"{NEVER} OR {OTHER_WORDS} OR (OLD.position IS NOT NULL AND {SEALED})",
            because="an audit entry never changes, it can only be blanked",
        ),
        *forbid("accounts_auditentry", "stays", on=("DELETE",), when="1 = 1", because="an audit entry is never deleted"),
    ]
