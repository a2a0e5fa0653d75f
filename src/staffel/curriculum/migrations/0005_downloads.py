"""Released versions in the form of other systems and on paper, made once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curriculum", "0004_packages_and_trust"),
    ]

    operations = [
        migrations.CreateModel(
            name="Download",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handbook", "Handbuch als PDF"),
                            ("cc-1.1", "Common Cartridge 1.1"),
                            ("cc-1.3", "Common Cartridge 1.3"),
                            ("scorm-1.2", "SCORM 1.2"),
                            ("qti-2.1", "QTI 2.1"),
                            ("qti-3.0", "QTI 3.0"),
                            ("unit-pdf", "Mappe als PDF"),
                            ("unit-odt", "Einheit als ODT"),
                            ("unit-docx", "Einheit als DOCX"),
                        ],
                        max_length=9,
                        verbose_name="Form",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=60, verbose_name="Einheit")),
                ("made_at", models.DateTimeField(verbose_name="Erzeugt am")),
                ("losses", models.JSONField(default=list, verbose_name="Was nicht mitgeht")),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="curriculum.blob",
                        verbose_name="Inhalt",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="downloads",
                        to="curriculum.version",
                        verbose_name="Version",
                    ),
                ),
            ],
            options={
                "verbose_name": "Download",
                "verbose_name_plural": "Downloads",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "kind", "unit"),
                        name="curriculum_download_once",
                        violation_error_message="Diesen Download gibt es schon.",
                    )
                ],
            },
        ),
    ]
