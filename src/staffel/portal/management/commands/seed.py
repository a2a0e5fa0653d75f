from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Fill an instance with the public facts that every instance starts with; a second run changes nothing."

    def handle(self, *args, **options):
        call_command("load_municipalities", stdout=self.stdout)
        call_command("load_pilot_cohorts", stdout=self.stdout)
