import pytest

from staffel.accounts.core.roles import Role
from staffel.admissions import permissions
from staffel.cohorts.models import Trainer
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.admissions.factories import make_application, make_call
from tests.cohorts.factories import make_enrolment
from tests.municipalities.factories import make_kreis, make_land, make_municipality

pytestmark = pytest.mark.django_db


def make_dilek(land):
    """Return Dilek, who coordinates ``land``."""
    ministry = make_organisation(f"Ministerium {land.name}")
    land.organisation = ministry
    land.save()
    return make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=ministry)


def titles(person):
    return [call.title for call in permissions.calls_visible_to(person).order_by("pk")]


def names(person):
    return [row.name for row in permissions.applications_visible_to(person).order_by("pk")]


def nobody_of_the_office():
    """Everybody who may see nothing here, whatever they do elsewhere."""
    call = make_call("Ihre Staffel")
    make_application(call, 77)
    frauke, anke = make_person("Frauke"), make_person("Anke")
    Trainer.objects.create(cohort=call.cohort, person=frauke)
    make_enrolment(call.cohort, anke)
    others = [make_person(f"Rolle {role}", role=role) for role in (Role.SPONSOR, Role.EDITOR, Role.OPERATOR)]
    return [frauke, anke, make_person("Cora"), *others]


def test_the_office_sees_its_own_calls_and_their_applications_but_no_drafts():
    call, draft = make_call(), make_call("Entwurf", state="draft")
    make_application(call, 1)
    make_application(call, 2, state="draft")
    stranger = make_person("Cora", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))

    assert (titles(make_emil()), names(make_emil())) == (["Staffel 4", "Entwurf"], ["Beispiel 1"])
    assert (titles(stranger), names(stranger)) == ([], [])
    assert permissions.may_manage_call(make_emil(), draft) is True
    assert permissions.may_manage_call(stranger, draft) is False


def test_a_land_reads_what_concerns_it():
    saxony, brandenburg = make_land("14", "Sachsen"), make_land()
    dilek = make_dilek(saxony)
    zwickau = make_municipality("14524330", "Zwickau", kreis=make_kreis("14524", "Zwickau", land=saxony))
    make_call("Entwurf", state="draft")
    everywhere, here, elsewhere = make_call(), make_call("Sachsen"), make_call("Brandenburg")
    here.laender.add(saxony)
    elsewhere.laender.add(brandenburg)
    own = make_application(everywhere, 1, municipality=zwickau)
    make_application(everywhere, 2)
    make_application(everywhere, 3, partner=zwickau)

    assert titles(dilek) == ["Staffel 4", "Sachsen"]
    assert names(dilek) == ["Beispiel 1", "Beispiel 3"]
    assert permissions.may_see_call(dilek, everywhere) is True
    assert permissions.may_manage_call(dilek, everywhere) is False
    assert permissions.may_decide_application(dilek, own) is False
    assert permissions.may_open_calls(dilek) is False


def test_nobody_else_sees_calls_or_applications_in_the_office():
    for person in nobody_of_the_office():
        assert (titles(person), names(person), permissions.may_see_calls(person)) == ([], [], False)


def test_list_and_row_agree_for_the_office():
    emil, call = make_emil(), make_call()
    application = make_application(call)

    assert (permissions.may_see_call(emil, call), permissions.may_see_application(emil, application)) == (True, True)
    assert permissions.may_decide_application(emil, application) is True
