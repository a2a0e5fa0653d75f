"""Units are had as a book for who takes part as well, and the templates of their tasks as documents to fill in."""

from django.db import migrations, models

KINDS = [
    ("package", "Übergabepaket"),
    ("folder", "Ordner mit allen Texten"),
    ("handbook", "Handbuch als PDF"),
    ("cc-1.1", "Common Cartridge 1.1"),
    ("cc-1.3", "Common Cartridge 1.3"),
    ("scorm-1.2", "SCORM 1.2"),
    ("qti-2.1", "QTI 2.1"),
    ("qti-3.0", "QTI 3.0"),
    ("unit-pdf", "Mappe für die Leitung als PDF"),
    ("group-pdf", "Heft für Teilnehmende als PDF"),
    ("form-odt", "Vorlage als ODT"),
    ("form-docx", "Vorlage als DOCX"),
    ("unit-odt", "Einheit als ODT"),
    ("unit-docx", "Einheit als DOCX"),
]


class Migration(migrations.Migration):
    dependencies = [("curriculum", "0008_packages_are_kept")]

    operations = [
        migrations.AlterField(
            model_name="download",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=9, verbose_name="Form"),
        ),
    ]
