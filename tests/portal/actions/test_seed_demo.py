"""The demo on a small register: enough municipalities in four Länder, and the two of the personas."""

from collections import Counter

import pytest
from django.utils import timezone

from staffel.accounts.models import Letter
from staffel.admissions.models import Application, Call, Release
from staffel.admissions.tasks import write_release_asked
from staffel.base.rules import RuleBroken
from staffel.cohorts.models import Attendance, Cohort, Enrolment
from staffel.municipalities.models import Land
from staffel.portal.actions.seed_demo import EBERSWALDE, GREIFSWALD, seed_demo
from staffel.portal.core import rules
from tests.accounts.factories import make_person
from tests.curriculum.factories import make_version
from tests.municipalities.factories import make_dataset, make_kreis, make_land, make_municipality, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    make_dataset()
    make_version(units=10)
    for code, name in (("01", "Schleswig-Holstein"), ("12", "Brandenburg"), ("13", "Mecklenburg-Vorpommern"), ("09", "Bayern")):
        make_land(code, name, iso=f"DE-{code}")
        kreis = make_kreis(f"{code}070", f"Kreis {code}")
        for number in range(20):
            make_municipality(f"{code}070{number:03d}", f"Muster {code} {number}", 3_000 + number, kreis=kreis)
    for number in range(3):
        funded = make_municipality(f"12071{number:03d}", f"Modell {number}", 30_000, kreis=make_kreis("12071", "Modellkreis"))
        make_project(f"MPSC-2019-{number:02d}", municipality=funded)
    make_municipality(EBERSWALDE, "Eberswalde")
    make_municipality(GREIFSWALD, "Greifswald", kreis=make_kreis("13075", "Vorpommern-Greifswald"))


def test_the_demo_has_a_running_cohort_in_its_fifth_morning(register):
    seed_demo()
    cohort = Cohort.objects.get(name="Staffel 4")
    over = cohort.sessions.filter(ends_at__lt=timezone.now()).count()

    assert (cohort.state, cohort.is_example) == ("running", True)
    # A public holiday within the two weeks takes one morning away.
    assert over in (3, 4)
    assert cohort.enrolments.filter(state=Enrolment.State.ACTIVE).count() == 15
    assert Attendance.objects.filter(session__cohort=cohort).values("session").distinct().count() == 3


def test_the_demo_has_an_open_call_with_forty_applications(register):
    seed_demo()
    call = Call.objects.get()

    assert (call.state, call.is_example) == ("open", True)
    assert dict(Counter(call.applications.values_list("state", flat=True))) == {
        "released": 32,
        "submitted": 4,
        "refused": 2,
        "withdrawn": 2,
    }
    assert call.applications.exclude(partner=None).count() == 3
    assert not Application.objects.filter(is_example=False).exists()


def test_the_demo_gives_brandenburg_its_organisation(register):
    seed_demo()

    assert Land.objects.get(code="12").organisation.name == "Land Brandenburg"


def test_heinz_has_a_letter_to_answer(register):
    seed_demo()
    release = Release.objects.get(email="heinz@example.org")
    write_release_asked(release.public_id)

    assert (release.answer, release.application.state) == ("", "submitted")
    assert Letter.objects.filter(to_email="heinz@example.org").count() == 1


def test_a_second_run_changes_nothing(register):
    assert seed_demo() is True
    before = (Cohort.objects.count(), Application.objects.count(), Attendance.objects.count())

    assert seed_demo() is False
    assert (Cohort.objects.count(), Application.objects.count(), Attendance.objects.count()) == before


def test_the_demo_is_refused_beside_real_people(register):
    make_person("Anke", is_example=False)

    with pytest.raises(RuleBroken) as refusal:
        seed_demo()

    assert refusal.value.rule is rules.EMPTY_OF_PEOPLE
    assert not Cohort.objects.exists()


def test_without_a_register_nothing_is_invented():
    assert seed_demo() is False
