"""What takes too long for a page is a row, with how far it is."""

import django.db.models.deletion
import staffel.base.public_id
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_letters_found_quickly"),
        ("curriculum", "0005_downloads"),
    ]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unknown", "wird geprüft"),
                    ("folder", "Ordner als ZIP-Datei"),
                    ("package", "Übergabepaket"),
                    ("cartridge", "Common Cartridge"),
                    ("qti", "QTI"),
                ],
                max_length=9,
                verbose_name="Art",
            ),
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("examine", "Datei prüfen"),
                            ("receive", "Paket übernehmen"),
                            ("take-over", "Als Entwurf übernehmen"),
                            ("adopt", "Entwurf anlegen"),
                            ("release", "Version freigeben"),
                            ("merge", "Zusammenführung abschließen"),
                        ],
                        max_length=9,
                        verbose_name="Vorgang",
                    ),
                ),
                ("thing", models.CharField(max_length=12, verbose_name="Woran")),
                ("title", models.CharField(max_length=300, verbose_name="Titel")),
                ("values", models.JSONField(default=dict, verbose_name="Eingaben")),
                ("at", models.DateTimeField(verbose_name="Begonnen am")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "wartet"), ("running", "läuft"), ("done", "fertig"), ("refused", "nicht möglich")],
                        default="waiting",
                        max_length=7,
                        verbose_name="Zustand",
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("check", "Dateien werden geprüft"),
                            ("read", "Einheiten werden gelesen"),
                            ("keep", "Dateien werden abgelegt"),
                            ("write", "Das Ergebnis wird eingetragen"),
                        ],
                        max_length=5,
                        verbose_name="Schritt",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="Erledigt")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="Insgesamt")),
                ("sentences", models.JSONField(default=list, verbose_name="Gründe")),
                ("result", models.CharField(blank=True, max_length=200, verbose_name="Ergebnis")),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.membership",
                        verbose_name="Begonnen von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Vorgang",
                "verbose_name_plural": "Vorgänge",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("act", "thing"),
                        name="curriculum_errand_once",
                        violation_error_message="Dieser Vorgang läuft schon.",
                    )
                ],
            },
        ),
    ]
