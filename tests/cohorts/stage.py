"""Everybody around one running cohort: who knocks at its doors in the tests of views and permissions."""

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from staffel.accounts.core.roles import Role
from staffel.cohorts.models import Cohort, Enrolment, Session
from tests.accounts.factories import make_emil, make_organisation, make_person
from tests.cohorts.factories import make_cohort, make_enrolment, make_trainer
from tests.municipalities.factories import make_land, make_municipality

PERSONAS = ("Emil", "Fremdes Büro", "Dilek", "Frauke", "Anke", "Bert", "Cora")


@dataclass
class Stage:
    """A cohort whose first session was yesterday and whose second is today, with Anke and Bert in it."""

    cohort: Cohort
    first: Session
    second: Session
    anke: Enrolment
    bert: Enrolment

    @property
    def path(self) -> str:
        """The address of the cohort."""
        return f"/staffeln/{self.cohort.public_id}/"

    @property
    def office(self) -> str:
        """The address of its page in the office."""
        return f"/buero/staffeln/{self.cohort.public_id}/"


def set_up(**facts) -> Stage:
    """Return the stage. Dilek coordinates Brandenburg, where Anke is from; Bert is from Sachsen. Bert left nothing."""
    brandenburg, sachsen = make_land(), make_land("14", "Sachsen")
    brandenburg.organisation = make_organisation("Land Brandenburg")
    brandenburg.save()
    sachsen.organisation = make_organisation("Land Sachsen")
    sachsen.save()
    make_emil()
    make_person("Fremd", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro"))
    make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=brandenburg.organisation)
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    cohort = make_cohort(starts=noon - timedelta(days=1), state="running", **facts)
    make_trainer(cohort)
    make_person("Cora")
    anke = make_enrolment(cohort, make_person("Anke"), make_municipality("12060052", "Eberswalde"))
    bert = make_enrolment(cohort, make_person("Bert"), make_municipality("14612000", "Dresden"))
    first, second = cohort.sessions.order_by("position")
    # The second session is today's, and not over at whatever hour the tests run.
    lately = (timezone.localtime() - timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    second.starts_at = max(noon, lately)
    second.ends_at = second.starts_at + timedelta(minutes=240)
    second.save()
    return Stage(cohort, first, second, anke, bert)


def client_of(persona: str) -> Client:
    """Return a browser in which a persona is signed in."""
    name = "Fremd" if persona == "Fremdes Büro" else persona
    client = Client()
    client.force_login(make_person(name), backend="django.contrib.auth.backends.ModelBackend")
    return client
