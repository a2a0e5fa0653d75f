import hashlib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from staffel.cohorts.actions import pilot as actions
from staffel.cohorts.core import loading
from staffel.municipalities.core.loading import BadRow
from staffel.municipalities.queries import places


class Command(BaseCommand):
    help = "Load the three published Staffeln of the pilot from `data/`; without a change in the table it does nothing."

    def handle(self, *args, **options):
        content = (settings.DATA / loading.FILE).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if places.digests().get(actions.DATASET) == digest:
            self.stdout.write("Staffeln der Pilotphase: unverändert.")
            return
        known = places.all_ags()
        if not known:
            raise CommandError("Es sind noch keine Kommunen geladen. Bitte laden Sie zuerst: manage.py load_municipalities.")
        try:
            cohorts = loading.read_pilot_cohorts(content.decode("utf-8"), known)
        except BadRow as error:
            raise CommandError(str(error)) from error
        for report in actions.load_pilot_cohorts(cohorts, digest):
            self.stdout.write(report.sentence)
