import hashlib
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.base.rules import RuleBroken
from staffel.municipalities.actions import refresh
from staffel.municipalities.core import register, rules
from staffel.municipalities.core.loading import BadRow
from staffel.municipalities.core.official_file import FileRefused, read_official_file
from staffel.municipalities.queries import places
from staffel.municipalities.queries import register as queries

# What a person still has to say before --apply; everything else is wrong with the file and ends even a dry run.
STILL_OPEN = (rules.SUCCESSOR_NAMED, rules.POPULATION_DAY)


class Command(BaseCommand):
    help = (
        "Compare the register with an official file (GV100AD or GV-ISys XLSX) and say what would change; "
        "with `--apply` take it over."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="GV100AD text or GV-ISys XLSX of the Statistisches Bundesamt")
        parser.add_argument("--apply", action="store_true", help="take the file over; without it nothing is written")
        parser.add_argument("--changes", type=Path, help="CSV old,new,effective_on: who went into whom, and from which day")
        parser.add_argument("--successor", action="append", default=[], metavar="OLD=NEW", help="who went into whom")
        parser.add_argument("--population-on", type=date.fromisoformat, metavar="DAY", help="day of the population figures")
        parser.add_argument("--accept-many", action="store_true", help="accept that more than 5 in 100 municipalities are gone")

    def handle(self, *args, **options):
        on = queries.loaded_on()
        if on is None:
            raise CommandError("Es sind noch keine Kommunen geladen. Bitte laden Sie zuerst: manage.py load_municipalities.")
        try:
            content = options["file"].read_bytes()
            file = read_official_file(content, places.all_land_codes())
            successions = self.successions(options)
        except OSError as error:
            raise CommandError(f"Die Datei {error.filename} lässt sich nicht lesen: {error.strerror}.") from error
        except (FileRefused, BadRow) as error:
            raise CommandError(str(error)) from error
        wishes = {
            "successions": successions,
            "population_on": options["population_on"] or file.population_on,
            "accept_many": options["accept_many"],
        }
        if options["apply"]:
            self.apply(file, hashlib.sha256(content).hexdigest(), wishes)
        else:
            self.preview(file, on, wishes)

    def successions(self, options) -> list[register.Succession]:
        found = []
        if options["changes"]:
            try:
                text = options["changes"].read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise CommandError("Die Datei zu --changes ist kein Text in UTF-8.") from error
            found += register.read_changes(text, options["changes"].name)
        for pair in options["successor"]:
            old, sign, new = pair.partition("=")
            if not (old and sign and new):
                raise CommandError(f"--successor erwartet ALT=NEU mit zwei Schlüsseln, nicht „{pair}“.")
            found.append(register.Succession(old, new))
        return found

    def preview(self, file, on, wishes):
        preview = queries.preview(file, on, wishes["population_on"])
        refusals = register.refusals(preview.change, preview.before, **wishes)
        for rule, values in refusals:
            if rule not in STILL_OPEN:
                raise CommandError(sentence(rule, values))
        self.say(preview.change)
        if not preview.takes_figures:
            self.stdout.write("Einwohnerzahlen und Flächen der Datei sind älter als die geladenen und bleiben weg.")
        for rule, values in refusals:
            self.stdout.write(f"Vor dem Übernehmen: {sentence(rule, values)}")
        self.stdout.write("Nichts ist geändert. Zum Übernehmen wiederholen Sie den Befehl mit --apply.")

    def apply(self, file, digest, wishes):
        try:
            change = refresh.refresh_register(file, digest=digest, **wishes)
        except RuleBroken as refusal:
            raise CommandError(sentence(refusal.rule, refusal.values)) from refusal
        self.say(change)
        self.stdout.write("Übernommen.")

    def say(self, change):
        for line in register.describe(change):
            self.stdout.write(line)


def sentence(rule, values) -> str:
    return f"{rule.sentence % values} ({rule.id})"
