import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import staffel.base.public_id


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_audit_entries_stay")]

    operations = [
        migrations.CreateModel(
            name="CountedAttempt",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"verbose_name": "Gezählter Versuch", "verbose_name_plural": "Gezählte Versuche"},
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("session_key", models.CharField(max_length=40, unique=True)),
                ("device", models.CharField(max_length=80, verbose_name="Gerät")),
                ("way", models.CharField(max_length=80, verbose_name="Weg")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Angemeldet")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Person",
                    ),
                ),
            ],
            options={"verbose_name": "Anmeldung", "verbose_name_plural": "Anmeldungen"},
        ),
    ]
