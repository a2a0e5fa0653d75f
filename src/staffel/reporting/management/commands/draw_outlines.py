import csv
import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from staffel.reporting.core import outlines


class Command(BaseCommand):
    help = "Draw data/map.json, the map's outlines, from data/outlines.topojson. The same input gives the same file."

    def add_arguments(self, parser):
        parser.add_argument("--source", type=Path, default=settings.DATA / "outlines.topojson", help="TopoJSON file to read")
        parser.add_argument("--target", type=Path, default=settings.DATA / "map.json", help="file to write")
        parser.add_argument("--dry-run", action="store_true", help="say what would be drawn, write nothing")

    def handle(self, *, source, target, dry_run, **options):
        try:
            drawn = outlines.make(json.loads(source.read_text(encoding="utf-8")), read_names())
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"{source} cannot be drawn: {error}. Nothing was changed.") from error
        text = json.dumps(drawn.as_data(), indent=0, sort_keys=True) + "\n"
        verb = "Would write" if dry_run else "Wrote"
        if not dry_run:
            target.write_text(text, encoding="utf-8")
        self.stdout.write(
            f"{verb} {target}: {len(drawn.laender)} Länder, {len(drawn.kreise)} Kreise, {len(text):,} characters."
        )


def read_names() -> dict[str, str]:
    with (settings.DATA / "laender.csv").open(encoding="utf-8") as file:
        laender = {row["land_code"]: row["land_name"] for row in csv.DictReader(file)}
    with (settings.DATA / "kreise.csv").open(encoding="utf-8") as file:
        rows = [
            (row["kreis_code"], row["kreis_name"], row["kreis_type"] in ("Kreisfreie Stadt", "Stadtkreis"))
            for row in csv.DictReader(file)
        ]
    return laender | outlines.kreis_names(rows)
