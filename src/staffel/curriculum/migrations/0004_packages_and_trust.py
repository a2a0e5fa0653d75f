"""Files, signatures, publishers, uploads and merges; the bans are lifted while SQLite rebuilds tables, and made anew.

From here on a received version is as fixed as a released one, and so is every file that belongs to either.
"""

from importlib import import_module

import django.db.models.deletion
import staffel.base.public_id
from django.conf import settings
from django.db import migrations, models

from staffel.base.triggers import Forbid, Lift, forbid

BEFORE = [
    operation
    for operation in import_module("staffel.curriculum.migrations.0002_released_versions_stay").Migration.operations
    if isinstance(operation, Forbid)
]
BECAUSE = "a released version never changes"
ALL = ("INSERT", "UPDATE", "DELETE")
FIXED = "v.state IN ('released', 'received')"
OF_VERSION = f"EXISTS (SELECT 1 FROM curriculum_version v WHERE {FIXED} AND v.id = {{row}}.version_id)"
OF_MODULE = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_module m ON m.version_id = v.id "
    f"WHERE {FIXED} AND m.id = {{row}}.module_id)"
)
OF_UNIT = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_module m ON m.version_id = v.id "
    f"JOIN curriculum_unit u ON u.module_id = m.id WHERE {FIXED} AND u.id = {{row}}.unit_id)"
)
OF_BLOB = (
    "EXISTS (SELECT 1 FROM curriculum_version v JOIN curriculum_versionfile f ON f.version_id = v.id "
    f"WHERE {FIXED} AND f.blob_id = {{row}}.blob_id)"
)


def words(ban):
    return ban.table, ban.name, ban.event, ban.when, ban.because


def frozen(table, when):
    """Return the operations that freeze a table; a row of a draft cannot be moved into a fixed version either."""
    return [
        *forbid(table, "fixed", on=ALL, when=when, because=BECAUSE),
        *forbid(table, "into_fixed", on=("UPDATE",), when=when.replace("{row}", "NEW"), because=BECAUSE),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_letters_found_quickly"),
        ("curriculum", "0003_versions_keep_their_title"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(Lift(*words(ban)) for ban in BEFORE),
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="Prüfsumme")),
                ("size", models.PositiveBigIntegerField(verbose_name="Bytes")),
            ],
            options={
                "verbose_name": "Dateiinhalt",
                "verbose_name_plural": "Dateiinhalte",
            },
        ),
        migrations.CreateModel(
            name="BlobPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="Nummer")),
                ("content", models.BinaryField(verbose_name="Bytes")),
            ],
            options={
                "verbose_name": "Teil eines Dateiinhalts",
                "verbose_name_plural": "Teile von Dateiinhalten",
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("draft_digest", models.CharField(max_length=64, verbose_name="Prüfsumme des Entwurfs")),
                ("choices", models.JSONField(default=dict, verbose_name="Entscheidungen")),
            ],
            options={
                "verbose_name": "Zusammenführung",
                "verbose_name_plural": "Zusammenführungen",
            },
        ),
        migrations.CreateModel(
            name="Publisher",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Name")),
                ("note", models.TextField(blank=True, verbose_name="Woher wir den Schlüssel kennen")),
            ],
            options={
                "verbose_name": "Herausgeber",
                "verbose_name_plural": "Herausgeber",
            },
        ),
        migrations.CreateModel(
            name="PublisherKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="Fingerabdruck")),
                ("public_key", models.CharField(max_length=64, verbose_name="Öffentlicher Schlüssel")),
                (
                    "state",
                    models.CharField(
                        choices=[("trusted", "vertraut"), ("retired", "abgelöst"), ("revoked", "gesperrt")],
                        default="trusted",
                        max_length=8,
                        verbose_name="Zustand",
                    ),
                ),
                ("trusted_at", models.DateTimeField(verbose_name="Vertraut seit")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Beendet am")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Grund")),
            ],
            options={
                "verbose_name": "Schlüssel eines Herausgebers",
                "verbose_name_plural": "Schlüssel von Herausgebern",
            },
        ),
        migrations.CreateModel(
            name="SigningKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="Fingerabdruck")),
                ("public_key", models.CharField(max_length=64, verbose_name="Öffentlicher Schlüssel")),
                ("secret", models.TextField(verbose_name="Privater Schlüssel, verschlossen")),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "in Gebrauch"), ("retired", "abgelöst"), ("revoked", "gesperrt")],
                        default="active",
                        max_length=8,
                        verbose_name="Zustand",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="Erzeugt am")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="Beendet am")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="Grund")),
                ("statement", models.TextField(blank=True, verbose_name="Erklärung des Vorgängers")),
            ],
            options={
                "verbose_name": "Signaturschlüssel",
                "verbose_name_plural": "Signaturschlüssel",
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=staffel.base.public_id.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("at", models.DateTimeField(verbose_name="Hochgeladen am")),
                ("name", models.CharField(max_length=200, verbose_name="Dateiname")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("folder", "Ordner als ZIP-Datei"),
                            ("package", "Übergabepaket"),
                            ("cartridge", "Common Cartridge"),
                            ("qti", "QTI"),
                        ],
                        max_length=9,
                        verbose_name="Art",
                    ),
                ),
                ("report", models.JSONField(verbose_name="Befund")),
            ],
            options={
                "verbose_name": "hochgeladene Datei",
                "verbose_name_plural": "hochgeladene Dateien",
            },
        ),
        migrations.CreateModel(
            name="VersionFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300, verbose_name="Pfad")),
            ],
            options={
                "verbose_name": "Datei einer Version",
                "verbose_name_plural": "Dateien von Versionen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="version",
            name="curriculum_version_once",
        ),
        migrations.RemoveConstraint(
            model_name="version",
            name="curriculum_released_has_day",
        ),
        migrations.AddField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[("session", "gemeinsam"), ("self-study", "Selbststudium")],
                default="session",
                max_length=10,
                verbose_name="Art",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="manifest_digest",
            field=models.CharField(blank=True, max_length=64, verbose_name="Prüfsumme des Pakets"),
        ),
        migrations.AddField(
            model_name="version",
            name="released_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Freigegeben um"),
        ),
        migrations.AddField(
            model_name="version",
            name="signed_with",
            field=models.CharField(blank=True, max_length=64, verbose_name="Signiert mit"),
        ),
        migrations.AddField(
            model_name="version",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Zur Prüfung gegeben von",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="upstream",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adaptations",
                to="curriculum.version",
                verbose_name="Beruht auf",
            ),
        ),
        migrations.AlterField(
            model_name="version",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Entwurf"),
                    ("review", "in Prüfung"),
                    ("released", "freigegeben"),
                    ("received", "übernommen"),
                    ("arriving", "wird übernommen"),
                ],
                default="draft",
                max_length=8,
                verbose_name="Zustand",
            ),
        ),
        migrations.AddField(
            model_name="blobpart",
            name="blob",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="curriculum.blob"),
        ),
        migrations.AddField(
            model_name="merge",
            name="base",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curriculum.version",
                verbose_name="Gemeinsame Grundlage",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="draft",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="merge",
                to="curriculum.version",
                verbose_name="Entwurf",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="theirs",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="curriculum.version",
                verbose_name="Übernommene Version",
            ),
        ),
        migrations.AddField(
            model_name="version",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="curriculum.publisher",
                verbose_name="Herausgeber",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("publisher__isnull", True)),
                fields=("programme", "number"),
                name="curriculum_version_once",
                violation_error_message="Diese Version gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("publisher__isnull", False)),
                fields=("programme", "publisher", "number"),
                name="curriculum_received_once",
                violation_error_message="Diese Version dieses Herausgebers gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["draft", "review"])),
                fields=("programme",),
                name="curriculum_one_draft",
                violation_error_message="Ein Programm hat höchstens einen Entwurf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["released", "received"]), _negated=True),
                    ("released_on__isnull", False),
                    _connector="OR",
                ),
                name="curriculum_released_has_day",
                violation_error_message="Zu einer freigegebenen Version gehört der Tag der Freigabe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("publisher__isnull", False), ("state__in", ["received", "arriving"])),
                    models.Q(models.Q(("state__in", ["received", "arriving"]), _negated=True), ("publisher__isnull", True)),
                    _connector="OR",
                ),
                name="curriculum_received_has_publisher",
                violation_error_message="Eine übernommene Version hat einen Herausgeber, eine eigene keinen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "review"), ("submitted_by__isnull", True), _connector="OR"),
                name="curriculum_submitter_only_in_review",
                violation_error_message="Wer eine Version zur Prüfung gab, steht nur während der Prüfung dabei.",
            ),
        ),
        migrations.AddField(
            model_name="publisherkey",
            name="publisher",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="keys",
                to="curriculum.publisher",
                verbose_name="Herausgeber",
            ),
        ),
        migrations.AddField(
            model_name="signingkey",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signing_keys",
                to="accounts.organisation",
                verbose_name="Organisation",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="blob",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="curriculum.blob", verbose_name="Inhalt"
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Hochgeladen von",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.organisation",
                verbose_name="Organisation",
            ),
        ),
        migrations.AddField(
            model_name="versionfile",
            name="blob",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="curriculum.blob", verbose_name="Inhalt"
            ),
        ),
        migrations.AddField(
            model_name="versionfile",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="curriculum.version",
                verbose_name="Version",
            ),
        ),
        migrations.AddConstraint(
            model_name="blobpart",
            constraint=models.UniqueConstraint(
                fields=("blob", "number"),
                name="curriculum_blob_part_once",
                violation_error_message="Diesen Teil gibt es schon.",
            ),
        ),
        migrations.AddConstraint(
            model_name="publisherkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "trusted")),
                    models.Q(models.Q(("state", "trusted"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="curriculum_publisher_key_ended_has_time",
                violation_error_message="Zu einem beendeten Schlüssel gehört der Zeitpunkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "active")),
                fields=("organisation",),
                name="curriculum_one_active_key",
                violation_error_message="Eine Organisation hat höchstens einen Schlüssel in Gebrauch.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signingkey",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("state", "active")),
                    models.Q(models.Q(("state", "active"), _negated=True), ("ended_at__isnull", False)),
                    _connector="OR",
                ),
                name="curriculum_signing_key_ended_has_time",
                violation_error_message="Zu einem beendeten Schlüssel gehört der Zeitpunkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="versionfile",
            constraint=models.UniqueConstraint(
                fields=("version", "path"),
                name="curriculum_file_once",
                violation_error_message="Diese Datei gibt es in der Version schon.",
            ),
        ),
        *forbid("curriculum_version", "fixed", when="OLD.state IN ('released', 'received')", because=BECAUSE),
        *frozen("curriculum_competency", OF_VERSION),
        *frozen("curriculum_module", OF_VERSION),
        *frozen("curriculum_unit", OF_MODULE),
        *frozen("curriculum_unit_competencies", OF_UNIT),
        *frozen("curriculum_versionfile", OF_VERSION),
        *forbid("curriculum_blobpart", "fixed", on=ALL, when=OF_BLOB, because=BECAUSE),
        *forbid("curriculum_blob", "stays", on=("UPDATE",), when="1 = 1", because="the bytes of a file never change"),
    ]
