"""What happens to people and their roles."""

from django.db import transaction

from staffel.accounts.core.personas import PERSONAS, Persona
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Membership, Organisation, Person


@transaction.atomic
def person_for(email: str, *, name: str, is_example: bool = False) -> Person:
    """Return the person with this service e-mail, whatever its capitals; made with ``name`` if there is none."""
    found = Person.objects.filter(email__iexact=email).first()
    return found or Person.objects.create(email=email.lower(), name=name, is_example=is_example)


def organisation_named(name: str) -> Organisation:
    """Return the organisation called ``name``, the oldest if several are; made if there is none."""
    return Organisation.objects.filter(name=name).order_by("pk").first() or Organisation.objects.create(name=name)


def let_first_office_run_instance(organisation: Organisation, role: Role) -> None:
    """Let the first organisation that gets a coordinator run the instance; a later one changes nothing."""
    if role == Role.COORDINATOR and not Organisation.objects.filter(runs_instance=True).exists():
        Organisation.objects.filter(pk=organisation.pk).update(runs_instance=True)


@transaction.atomic
def make_persona(persona: Persona) -> Person:
    """Return the person of a persona, with the role in its organisation; a second call changes nothing."""
    person = person_for(persona.email, name=persona.name, is_example=True)
    if persona.role:
        organisation = organisation_named(persona.organisation)
        Membership.objects.get_or_create(person=person, organisation=organisation, role=persona.role)
        let_first_office_run_instance(organisation, persona.role)
    return person


@transaction.atomic
def ensure_personas() -> dict[str, Person]:
    """Return the people of all personas by key (``anke``, ``emil`` …); a second call changes nothing."""
    return {persona.key: make_persona(persona) for persona in PERSONAS}
