from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from staffel.curriculum.actions.merging import begin_merge, choose, finish_merge
from staffel.curriculum.actions.receiving import receive_package
from staffel.curriculum.core.reader import NotAProgramme
from staffel.curriculum.management.words import refusals_in_words
from staffel.curriculum.queries.merging import merged_of, sides_of

BY = "Befehl merge_package"


class Command(BaseCommand):
    help = "Take in a package of a known publisher and merge it into the draft of its programme."

    def add_arguments(self, parser):
        parser.add_argument("package", type=Path, help="file KEY-VERSION.staffel.zip")
        parser.add_argument("--prefer", choices=["ours", "theirs"], help="decide every conflict this way; else they stay open")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args, package, prefer, dry_run, **options):
        if not package.is_file():
            raise CommandError(f"Die Datei {package} gibt es nicht.")
        with refusals_in_words(), transaction.atomic(), package.open("rb") as stream:
            opened = begin_merge(receive_package(stream, by=BY), by=BY)
            conflicts = merged_of(opened, sides_of(opened)).conflicts
            for conflict in conflicts:
                self.stdout.write(f"{conflict.label}\n  unsere: {_line(conflict.ours)}\n  ihre:   {_line(conflict.theirs)}")
            if prefer and conflicts:
                opened = choose(opened, {conflict.id: {"pick": prefer} for conflict in conflicts}, by=BY)
            self.stdout.write(self._finish(opened, prefer, len(conflicts), dry_run))
            if dry_run:
                transaction.set_rollback(True)
                self.stdout.write("Probelauf: Geändert ist nichts.")

    def _finish(self, opened, prefer, conflicts: int, dry_run: bool) -> str:
        if conflicts and not prefer:
            if dry_run:
                still_open = "Eine Stelle wäre offen." if conflicts == 1 else f"{conflicts} Stellen wären offen."
                return f"{still_open} Entscheiden würden Sie das im Browser oder mit --prefer."
            still_open = "Eine Stelle ist offen." if conflicts == 1 else f"{conflicts} Stellen sind offen."
            return f"{still_open} Bitte entscheiden Sie im Browser oder mit --prefer."
        try:
            draft = finish_merge(opened, by=BY)
        except NotAProgramme as error:
            raise CommandError(f"Zusammen passt es noch nicht:\n{error}") from error
        theirs = f"Version {opened.theirs.number} von {opened.theirs.publisher}"
        return f"Der Entwurf {draft.number} {f'würde {theirs} enthalten' if dry_run else f'enthält jetzt {theirs}'}."


def _line(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:100]}…" if len(plain) > 100 else plain or "–"
