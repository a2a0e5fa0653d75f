"""The people of every test. Anke applies, Bert is her colleague, Cora is the stranger, Dilek coordinates a Land, Emil runs
the programme office, Frauke teaches, Gül verifies without an account, Heinz is the supervisor."""

from staffel.accounts.actions.letters import post
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Membership, Organisation, Person
from staffel.base.public_id import new_public_id


def make_organisation(name="Programmbüro"):
    """Return the organisation ``name``, made if it is not there; the Programmbüro runs the instance."""
    return Organisation.objects.get_or_create(name=name, defaults={"runs_instance": name == "Programmbüro"})[0]


def make_person(name="Anke", *, role=None, organisation=None, **facts):
    """Return the person ``name``, made if they are not there; with ``role`` a member of ``organisation``."""
    defaults = {"name": f"{name} Beispiel"} | facts
    person = Person.objects.get_or_create(email=f"{name.lower()}@example.org", defaults=defaults)[0]
    if role:
        Membership.objects.get_or_create(person=person, organisation=organisation or make_organisation(), role=role)
    return person


def make_emil():
    """Return Emil, who runs the programme office."""
    return make_person("Emil", role=Role.COORDINATOR)


def make_letter(subject="Bitte um Freigabe", *, to="heinz@example.org", name="Heinz Beispiel", event="", **facts):
    """Return a letter that waits, None if its ``event`` was told before; without ``event`` every letter is another one."""
    defaults = {"kind": "test.asked", "sentences": ["Bitte antworten Sie bis Freitag."]} | facts
    return post(event=event or f"test.asked:{new_public_id()}", to=(name, to), subject=subject, **defaults)
