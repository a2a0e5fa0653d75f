"""Rules of roles that no page leads to."""

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection

from staffel.accounts.actions.people import organisation_named
from staffel.accounts.actions.roles import invite, remove_role
from staffel.accounts.core import rules
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Membership, Organisation
from staffel.base.rules import RuleBroken
from tests.accounts.factories import make_emil, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role, reason, rule", [
    (Role.COORDINATOR, " ", rules.REASON_GIVEN),
    (Role.EDITOR, "Wechsel", rules.OWN_ROLE),
    (Role.COORDINATOR, "Wechsel", rules.COORDINATOR_STAYS),
])  # fmt: skip
def test_remove_role_refuses(role, reason, rule):
    emil = make_emil()

    with pytest.raises(RuleBroken) as refusal:
        remove_role(emil, role=role, organisation=make_organisation(), by=emil, reason=reason)

    assert refusal.value.rule is rule
    assert emil.memberships.count() == 1


def test_the_coordination_of_another_organisation_does_not_count():
    emil = make_emil()
    make_person("Jonas", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))

    with pytest.raises(RuleBroken) as refusal:
        remove_role(emil, role=Role.COORDINATOR, organisation=make_organisation(), by=emil, reason="Wechsel")

    assert refusal.value.rule is rules.COORDINATOR_STAYS


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="the database of tests lies in the memory of one connection")
def test_one_coordination_stays_when_two_remove_each_other():
    office = make_organisation()
    pair = [make_emil(), make_person("Jonas", role=Role.COORDINATOR)]
    start, refused = Barrier(2), []

    def remove(person, by):
        start.wait()
        try:
            remove_role(person, role=Role.COORDINATOR, organisation=office, by=by, reason="Streit")
        except RuleBroken as refusal:
            refused.append(refusal.rule)
        finally:
            connection.close()

    threads = [Thread(target=remove, args=ends) for ends in (pair, reversed(pair))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == [rules.COORDINATOR_STAYS]
    assert Membership.objects.filter(role=Role.COORDINATOR).count() == 1


def test_the_first_office_runs_the_instance_and_no_later_one():
    for name in ("Erstes Büro", "Zweites Büro"):
        invite("emil@example.org", name="Emil", role=Role.COORDINATOR, organisation=organisation_named(name), by="Betrieb")

    assert list(Organisation.objects.filter(runs_instance=True).values_list("name", flat=True)) == ["Erstes Büro"]


def test_a_land_does_not_run_the_instance():
    land = organisation_named("Land Brandenburg")
    invite("dilek@example.org", name="Dilek", role=Role.LAND_COORDINATOR, organisation=land, by="Betrieb")

    assert not Organisation.objects.filter(runs_instance=True).exists()


def test_the_database_refuses_a_second_organisation_that_runs_the_instance():
    make_organisation()

    with pytest.raises(IntegrityError, match=r"runs_instance|runs_the_instance"):
        Organisation.objects.create(name="Zweites Büro", runs_instance=True)
