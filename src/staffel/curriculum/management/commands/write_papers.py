import hashlib
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from staffel.curriculum.core.__main__ import Folder
from staffel.curriculum.core.content import Outline
from staffel.curriculum.core.files import PIECE, digest_of
from staffel.curriculum.core.package.writer import Release, name_of, package_files, write_zip
from staffel.curriculum.core.reader import FromFiles, NotAProgramme, check_programme
from staffel.curriculum.exports.forms import FORMS, Facts, written
from staffel.curriculum.exports.names import file_name
from staffel.curriculum.models import Download

OF_UNIT = [kind for kind, form in FORMS.items() if form.of_unit]


def moment(text: str) -> datetime:
    """Return a moment with its zone. Raises ValueError for any other text."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"a moment has a zone, got {text!r}")
    return found


class Command(BaseCommand):
    help = "Write what can be handed on of a folder of text without a database: package without signature, papers, templates."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the folder that holds programme.yaml")
        parser.add_argument("output", type=Path, help="folder to write KEY-VERSION/ into; files of the same name are replaced")
        parser.add_argument("--released", type=moment, required=True, metavar="MOMENT", help="like 2026-11-25T12:00:00Z")

    def handle(self, *args, folder, output, released, **options):
        if not folder.is_dir():
            raise CommandError(f"Den Ordner {folder} gibt es nicht.")
        files = Folder(folder)
        try:
            outline = check_programme(files)
        except NotAProgramme as error:
            raise CommandError(f"Der Ordner enthält noch Fehler:\n{error}") from error
        target = output / f"{outline.key}-{outline.version}"
        target.mkdir(parents=True, exist_ok=True)
        self.package(target / name_of(outline.key, outline.version), files, outline, Release(released, outline.author))
        source, facts = FromFiles(files), Facts(outline.author, digest_of(files), released)
        self.papers(target, source, facts, "", [Download.Kind.HANDBOOK])
        for unit in outline.units:
            self.papers(target, source, facts, unit, OF_UNIT)

    def package(self, path: Path, files: Folder, outline: Outline, release: Release) -> None:
        with path.open("wb") as stream:
            write_zip(package_files(files, outline, release), stream)
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        self.stdout.write(f"{path.name}: {path.stat().st_size} Bytes, SHA-256 {digest}")

    def papers(self, target: Path, source: FromFiles, facts: Facts, unit: str, kinds: list[str]) -> None:
        outline, made = source.outline, 0
        for kind in kinds:
            if not FORMS[kind].has(source, unit):
                continue
            with (
                written(kind, source, unit, facts) as stream,
                (target / file_name(kind, outline.key, outline.version, unit)).open("wb") as out,
            ):
                while piece := stream.read(PIECE):
                    out.write(piece)
            made += 1
        self.stdout.write(f"{unit or Download.Kind.HANDBOOK.label}: {'1 Datei' if made == 1 else f'{made} Dateien'}")
