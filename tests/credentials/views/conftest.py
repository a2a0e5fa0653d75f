from dataclasses import dataclass

import pytest
from django.test import Client

from staffel.accounts.core.roles import Role
from staffel.cohorts.models import Trainer
from staffel.credentials.models import Award
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.credentials.factories import make_award, make_finished_cohort, make_finisher
from tests.municipalities.factories import make_land, make_municipality


@dataclass
class Stage:
    """A finished Staffel: Anke has her award, Bert waits for his, Frauke led it, Cora and a second office are strangers."""

    cohort: object
    award: Award
    bert: object

    def addresses(self):
        home = f"/buero/staffeln/{self.cohort.public_id}/zertifikate/"
        return {
            "awards": home,
            "issue": f"{home}ausstellen/",
            "preview": f"/buero/urkunden/vorschau/{self.bert.public_id}.pdf",
            "revoke": f"/buero/urkunden/{self.award.code}/widerrufen/",
            "paper": f"/urkunde/{self.award.code}.pdf",
        }


@pytest.fixture
def stage(db):
    land = make_land("12")
    land.organisation = make_organisation("Land Brandenburg")
    land.save()
    eberswalde = make_municipality()
    cohort = make_finished_cohort()
    make_emil()
    make_person("Zweitbüro", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))
    make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=land.organisation)
    make_person("Gül", role=Role.SPONSOR)
    Trainer.objects.create(cohort=cohort, person=make_person("Frauke"))
    make_person("Cora")
    award = make_award(make_finisher(cohort, "Anke", eberswalde))
    return Stage(cohort, award, make_finisher(cohort, "Bert", make_municipality("12060020", "Bernau bei Berlin")))


@pytest.fixture
def signed_in():
    def sign_in(name):
        browser = Client()
        if name:
            browser.force_login(make_person(name))
        return browser

    return sign_in
