from django.conf import settings
from django.core.management.base import BaseCommand

from staffel.portal.reference import PAGES


class Command(BaseCommand):
    help = "Write the reference pages of docs/ from the settings, commands, addresses and rules that exist."

    def handle(self, *args, **options):
        for name, text in PAGES.items():
            path = settings.ROOT / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(), encoding="utf-8")
            self.stdout.write(f"docs/{name}")
