from django.core.management.base import BaseCommand, CommandError

from staffel.accounts.models import Organisation
from staffel.curriculum.actions import keys
from staffel.curriculum.core.package.signing import to_pem
from staffel.curriculum.management.words import organisation_called, refusals_in_words
from staffel.curriculum.queries.trust import own_keys

BY = "Befehl signing_key"


class Command(BaseCommand):
    help = "Show the public key with which this instance signs, made if there is none; or change or revoke it."

    def add_arguments(self, parser):
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument("--show", action="store_true", help="only show it, make none")
        acts.add_argument("--rotate", action="store_true", help="make a new one; the old one signs that it follows")
        acts.add_argument("--revoke", metavar="REASON", help="end it at once, because others may have it")
        parser.add_argument("--organisation", metavar="NAME", help="whose key; without it the one that runs the instance")

    def handle(self, *args, show, rotate, revoke, **options):
        organisation = organisation_called(options["organisation"]) or Organisation.objects.filter(runs_instance=True).first()
        if organisation is None:
            raise CommandError("Noch betreibt keine Organisation diese Instanz. Bitte nennen Sie eine mit --organisation.")
        with refusals_in_words():
            if rotate:
                key = keys.rotate_key(organisation, by=BY)
            elif revoke is not None:
                key = keys.revoke_key(organisation, reason=revoke, by=BY)
                self.stdout.write(f"Der Schlüssel {key.fingerprint} ist gesperrt. Bitte sagen Sie es allen, die ihm vertrauen.")
                return
            else:
                key = own_keys(organisation).active if show else keys.key_of(organisation, by=BY)
        if key is None:
            self.stdout.write(f"„{organisation}“ hat noch keinen Signaturschlüssel.")
            return
        self.stdout.write(f"{organisation}\nFingerabdruck {key.fingerprint}")
        self.stdout.write(to_pem(bytes.fromhex(key.public_key)).decode(), ending="")
