from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.base.rules import RuleBroken
from staffel.curriculum.actions import loading
from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.actions.release import release_by_command
from staffel.curriculum.core import rules
from staffel.curriculum.core.__main__ import Folder, counted
from staffel.curriculum.core.reader import NotAProgramme
from staffel.curriculum.management.words import organisation_called, refusals_in_words, sentence_of

WORDS = {loading.NEW: "aufgenommen", loading.REPLACED: "als Entwurf erneuert", loading.UNCHANGED: "unverändert"}
BY = "Befehl load_programme"


class Command(BaseCommand):
    help = "Load a programme from a folder of text as a draft; the same content a second time changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the folder that holds programme.yaml")
        parser.add_argument("--dry-run", action="store_true", help="only check the folder, write nothing")
        parser.add_argument(
            "--if-missing", action="store_true", help="keep a release of the same number with other content, and no error"
        )
        parser.add_argument("--organisation", metavar="NAME", help="who owns the programme; must exist")
        parser.add_argument("--release", action="store_true", help="release it as well, without a second pair of eyes")

    def handle(self, *args, folder, dry_run, if_missing, release, **options):
        if not folder.is_dir():
            raise CommandError(f"Den Ordner {folder} gibt es nicht.")
        try:
            with Gathered(Folder(folder)) as gathered:
                outline = gathered.outline
                name = f"{outline.title} {outline.version}"
                if dry_run:
                    self.stdout.write(f"{name}: in Ordnung, nichts geschrieben. Prüfsumme {gathered.digest}")
                    return
                loaded = loading.load_gathered(gathered, by=BY, organisation=organisation_called(options["organisation"]))
        except NotAProgramme as error:
            raise CommandError(f"Der Ordner enthält noch Fehler:\n{error}") from error
        except RuleBroken as refusal:
            if if_missing and refusal.rule == rules.RELEASED_STAYS:
                self.stdout.write(f"{name}: nicht aufgenommen. {sentence_of(refusal)}")
                return
            raise CommandError(sentence_of(refusal)) from refusal
        version = loaded.version
        if release and not version.is_released:
            with refusals_in_words():
                version = release_by_command(version, by=BY)
        self.stdout.write(
            f"{name}: {WORDS[loaded.outcome]}, {counted(len(outline.modules), 'Modul', 'Module')}, "
            f"{counted(len(outline.units), 'Einheit', 'Einheiten')}, {version.get_state_display()}."
        )
