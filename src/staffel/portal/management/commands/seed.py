from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from staffel.accounts.actions.people import organisation_named
from staffel.accounts.core.personas import OFFICE
from staffel.base.rules import RuleBroken
from staffel.credentials.actions import reconstruct_pilot_awards
from staffel.portal.actions.seed_demo import seed_demo


class Command(BaseCommand):
    help = "Fill an instance with the public facts that every instance starts with, a demo with invented people as well."

    def add_arguments(self, parser):
        parser.add_argument("--facts-only", action="store_true", help="no invented people, in a demo too")
        parser.add_argument("--if-nobody", action="store_true", help="no invented people where somebody real is, and no error")

    def handle(self, *args, **options):
        call_command("load_municipalities", stdout=self.stdout)
        call_command("load_pilot_cohorts", stdout=self.stdout)
        self.load_programme()
        reconstruct_pilot_awards(by="Befehl seed")
        if settings.DEMO and not options["facts_only"]:
            self.invent(refuse=not options["if_nobody"])

    def load_programme(self):
        folder = settings.ROOT / "programmes" / "smart-city-manager"
        # In production nobody is there yet who could sign; the office of a demo is known before it has people.
        office = organisation_named(OFFICE).name if settings.DEMO else None
        call_command("load_programme", folder, if_missing=True, release=True, organisation=office, stdout=self.stdout)

    def invent(self, *, refuse: bool):
        try:
            filled = seed_demo()
        except RuleBroken as refusal:
            if not refuse:
                return
            raise CommandError(f"{refusal.rule.id}: {refusal.rule.sentence}") from refusal
        if filled:
            self.stdout.write(f"Beispiele: drei Staffeln, eine offene Ausschreibung, Menschen aus „{OFFICE}“ und Kommunen.")
