from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from staffel.accounts.actions.people import organisation_named
from staffel.accounts.actions.roles import invite
from staffel.accounts.core.personas import OFFICE
from staffel.accounts.core.roles import Role
from staffel.base.rules import RuleBroken


class Command(BaseCommand):
    help = (
        "Invite a person by e-mail into an office: the first one of a new instance, or one of a Land (--role land_coordinator)."
    )

    def add_arguments(self, parser):
        parser.add_argument("mail", help="service e-mail of the person")
        parser.add_argument("--name", default="", help="name of the person; by default what stands before the @")
        parser.add_argument("--organisation", default=OFFICE, help="organisation, made if it does not exist")
        parser.add_argument("--role", default=str(Role.COORDINATOR), choices=[str(role) for role in Role])

    def handle(self, *args, mail, name, organisation, role, **options):
        try:
            validate_email(mail)
            with transaction.atomic():
                invite(
                    mail,
                    name=name or mail.partition("@")[0],
                    role=Role(role),
                    organisation=organisation_named(organisation),
                    by="Betrieb",
                )
        except ValidationError as error:
            raise CommandError(f"{mail!r} is not an e-mail address.") from error
        except RuleBroken as refusal:
            raise CommandError(f"{refusal.rule.id}: {refusal.rule.sentence}") from refusal
        self.stdout.write(f"Invited {mail} as {role} of {organisation}. The letter goes out with the worker.")
