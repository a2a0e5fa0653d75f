from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.accounts.models import Organisation
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions import loading as actions
from staffel.curriculum.core import rules
from staffel.curriculum.core.__main__ import read_folder
from staffel.curriculum.core.programme import digest
from staffel.curriculum.core.reading import NotAProgramme, read_programme

WORDS = {actions.NEW: "aufgenommen", actions.REPLACED: "als Entwurf erneuert", actions.UNCHANGED: "unverändert"}


class Command(BaseCommand):
    help = "Load a programme from a folder of text; the same content a second time changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the folder that holds programme.yaml")
        parser.add_argument("--dry-run", action="store_true", help="only check the folder, write nothing")
        parser.add_argument(
            "--if-missing", action="store_true", help="keep a release of the same number with other content, and no error"
        )
        parser.add_argument("--organisation", metavar="NAME", help="who owns the programme; must exist")

    def handle(self, *args, **options):
        folder = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"Den Ordner {folder} gibt es nicht.")
        try:
            content = read_programme(read_folder(folder))
        except NotAProgramme as error:
            raise CommandError(f"Der Ordner enthält noch Fehler:\n{error}") from error
        name = f"{content.title} {content.version}"
        if options["dry_run"]:
            self.stdout.write(f"{name}: in Ordnung, nichts geschrieben. Prüfsumme {digest(content)}")
            return
        try:
            loaded = actions.load_programme(content, by="Befehl load_programme", organisation=self.organisation(options))
        except RuleBroken as refusal:
            sentence = f"{refusal.rule.id}: {refusal.rule.sentence % refusal.values}"
            if options["if_missing"] and refusal.rule == rules.RELEASED_STAYS:
                self.stdout.write(f"{name}: nicht aufgenommen. {sentence}")
                return
            raise CommandError(sentence) from refusal
        self.stdout.write(
            f"{name}: {WORDS[loaded.outcome]}, {len(content.modules)} Module, {len(content.units)} Einheiten, "
            f"{loaded.version.get_state_display()}."
        )

    def organisation(self, options):
        if options["organisation"] is None:
            return None
        found = Organisation.objects.filter(name=options["organisation"]).order_by("pk").first()
        if found is None:
            raise CommandError(f"Eine Organisation mit dem Namen „{options['organisation']}“ gibt es nicht.")
        return found
