"""What happens to people and their roles."""

from django.db import transaction

from staffel.accounts.models import Person


@transaction.atomic
def person_for(email: str, *, name: str, is_example: bool = False) -> Person:
    """Return the person with this service e-mail, whatever its capitals; made with ``name`` if there is none."""
    found = Person.objects.filter(email__iexact=email).first()
    return found or Person.objects.create(email=email.lower(), name=name, is_example=is_example)
