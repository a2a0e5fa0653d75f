"""Packages and folders are kept as downloads, and bytes know when somebody kept them last: the ban on changing them allows it."""

from django.db import migrations, models

from staffel.base.triggers import changed, forbid, lift

NEVER = {"on": ("UPDATE",), "when": "1 = 1", "because": "the bytes of a file never change"}
KINDS = [
    ("package", "Übergabepaket"),
    ("folder", "Ordner mit allen Texten"),
    ("handbook", "Handbuch als PDF"),
    ("cc-1.1", "Common Cartridge 1.1"),
    ("cc-1.3", "Common Cartridge 1.3"),
    ("scorm-1.2", "SCORM 1.2"),
    ("qti-2.1", "QTI 2.1"),
    ("qti-3.0", "QTI 3.0"),
    ("unit-pdf", "Mappe als PDF"),
    ("unit-odt", "Einheit als ODT"),
    ("unit-docx", "Einheit als DOCX"),
]


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0007_bytes_stay")]

    operations = [
        *lift("curriculum_blob", "stays", **NEVER),
        migrations.AddField(
            model_name="blob",
            name="kept_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="Zuletzt abgelegt am"),
        ),
        *forbid("curriculum_blob", "stays", **(NEVER | {"when": changed("id", "sha256", "size")})),
        migrations.AlterField(
            model_name="download",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=9, verbose_name="Form"),
        ),
    ]
