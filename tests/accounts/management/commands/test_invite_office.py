"""The first person of a new instance."""

import pytest
from django.core.management import CommandError, call_command

from staffel.accounts.models import AuditEntry, Letter, Membership, Organisation, Person

pytestmark = pytest.mark.django_db


def test_the_first_person_coordinates_the_office(capsys):
    call_command("invite_office", "emil@example.org", name="Emil Beispiel")

    person = Person.objects.get()
    assert (person.name, person.email, person.is_example) == ("Emil Beispiel", "emil@example.org", False)
    assert (person.acting.role, person.acting.organisation.name) == ("coordinator", "Programmbüro")
    assert Letter.objects.get().to_email == "emil@example.org"
    assert AuditEntry.objects.get().payload["who"] == "Betrieb"
    assert capsys.readouterr().out == (
        "Invited emil@example.org as coordinator of Programmbüro. The letter goes out with the worker.\n"
    )


def test_a_land_is_invited_by_name():
    call_command("invite_office", "dilek@example.org", organisation="Land Brandenburg", role="land_coordinator")

    assert [(one.person.name, one.role, one.organisation.name) for one in Membership.objects.all()] == [
        ("dilek", "land_coordinator", "Land Brandenburg")
    ]


def test_a_second_call_is_refused_by_rule_and_changes_nothing():
    call_command("invite_office", "emil@example.org")

    with pytest.raises(CommandError, match="ACC-02: Diese Person hat die Rolle hier schon"):
        call_command("invite_office", "emil@example.org")

    assert (Membership.objects.count(), Letter.objects.count()) == (1, 1)


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="'emil' is not an e-mail address"):
        call_command("invite_office", "emil")

    assert (Person.objects.count(), Organisation.objects.count()) == (0, 0)
