"""One of everything, and everybody: what the permission matrix is asked on."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from staffel.accounts.actions.letters import post
from staffel.accounts.core.roles import Role
from staffel.accounts.models import Feedback, Person, SignIn
from staffel.admissions.actions.links import application_link, offer_link, release_link
from staffel.admissions.models import Offer, Release
from staffel.base.models import Job
from staffel.cohorts.actions.calendar import renew_feed
from staffel.cohorts.models import Cohort, Trainer
from staffel.curriculum.models import Errand
from tests.accounts.factories import make_organisation, make_person
from tests.admissions.factories import make_application, make_call
from tests.cohorts.factories import make_cohort, make_enrolment
from tests.credentials.factories import make_award, make_finished_cohort
from tests.curriculum.factories import make_version
from tests.curriculum.stage import make_stage
from tests.municipalities.factories import make_dataset, make_land, make_municipality

# Anonymous first; then each persona, and the head of an office that has nothing to do with ours.
EVERYBODY = ("niemand", "anke", "bert", "cora", "dilek", "emil", "fremd", "frauke", "ines", "jonas", "karin")


@dataclass(frozen=True)
class World:
    """The people by name, and what stands for each gap in an address, by the beginning of the address."""

    people: dict[str, Person | None]
    gaps: tuple[tuple[str, dict[str, object]], ...]

    def address(self, route: str) -> str:
        """Return ``route`` with its gaps filled; raises KeyError with the gap that nothing fills."""
        values = {}
        for beginning, found in self.gaps:
            if route.removeprefix("/^").removeprefix("/").startswith(beginning):
                values |= found
        plain = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<\1>", route)
        plain = plain.replace("/^", "/").replace("$", "").replace("\\.", ".")
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(values[gap[1]]), plain)


def make_world() -> World:
    """Return the world: Anke and Bert in a running Staffel that Frauke leads, Cora in none, a call in its selection.

    Anke has an award of an earlier Staffel, an application that is placed, and everything that an account can have.
    """
    now = timezone.now()
    make_dataset()
    brandenburg = make_land()
    brandenburg.organisation = make_organisation("Land Brandenburg")
    brandenburg.save(update_fields=["organisation"])
    town = make_municipality()
    people = {
        "niemand": None,
        "anke": make_person("Anke"),
        "bert": make_person("Bert"),
        "cora": make_person("Cora"),
        "dilek": make_person("Dilek", role=Role.LAND_COORDINATOR, organisation=brandenburg.organisation),
        "emil": make_person("Emil", role=Role.COORDINATOR),
        "fremd": make_person("Fremd", role=Role.COORDINATOR, organisation=make_organisation("Anderes Büro")),
        "frauke": make_person("Frauke"),
        "ines": make_person("Ines", role=Role.SPONSOR, organisation=make_organisation("Ministerium")),
        "jonas": make_person("Jonas", role=Role.EDITOR),
        "karin": make_person("Karin", role=Role.OPERATOR),
    }
    anke = people["anke"]
    version = make_version()
    cohort = make_cohort(version=version, starts=now - timedelta(days=1), state=Cohort.State.RUNNING)
    enrolment = make_enrolment(cohort, anke, town)
    make_enrolment(cohort, people["bert"], town)
    Trainer.objects.create(cohort=cohort, person=people["frauke"])
    award = make_award(make_enrolment(make_finished_cohort(name="Staffel 3", version=version), anke, town))
    call = make_call(
        "Staffel 5", state="closed", cohort=make_cohort("Staffel 5", version=version, starts=now + timedelta(days=60))
    )
    application = make_application(call, municipality=town, person=anke)
    release = Release.objects.create(
        application=application, name="Heinz Beispiel", email="heinz@example.org", expires_at=now + timedelta(days=7)
    )
    later = make_cohort("Staffel 6", version=version, starts=now + timedelta(days=60))
    told = make_call("Staffel 6", state="published", cohort=later)
    offered = make_application(told, 2, state="offered")
    offer = Offer.objects.create(application=offered, call=told, answer_by=now + timedelta(days=7))
    letter = post("test.letter", event="test.letter:1", to=("Anke", "anke@example.org"), subject="Gruß", sentences=["Ja."])
    job = Job.objects.create(
        name="accounts.send_letter", arguments={"letter": letter.public_id}, state=Job.State.DEAD, ended_at=now
    )
    feedback = Feedback.objects.create(kind=Feedback.Kind.OTHER, text="Danke.")
    sign_in = SignIn.objects.create(person=anke, session_key="x" * 32, device="Firefox", way="Code")
    editing = make_stage(people["jonas"])
    own = people["jonas"].memberships.get()
    upload = editing.upload
    errand = Errand.objects.create(membership=own, act=Errand.Act.EXAMINE, thing=upload.public_id, title=upload.name, at=now)
    session = cohort.sessions.get(position=1).public_id
    seat = {"session": session, "enrolment": enrolment.public_id, "ending": "csv"}
    gaps = (
        ("", {"ending": "csv"}),
        ("api/v1/municipalities", {"ags": town.ags}),
        ("api/v1/kreise", {"code": "12060"}),
        ("api/v1/laender", {"code": "12"}),
        ("api/v1/<path", {"rest": "nichts"}),
        ("kommunen", {"key": town.ags}),
        ("kreise", {"key": "12060"}),
        ("laender", {"key": "12"}),
        ("programme", {"key": version.programme.key, "number": version.number, "unit": "einheit-1"}),
        ("programme", {"name": "punkt.png", "competency": "planen", "method": "karten", "kind": "unit-pdf"}),
        ("staffeln", {"public_id": cohort.public_id} | seat),
        ("teilnahme", {"public_id": enrolment.public_id}),
        ("buero/staffeln", {"public_id": cohort.public_id} | seat),
        ("ausschreibungen", {"public_id": call.public_id}),
        ("bewerbung", {"token": application_link(application)}),
        ("freigabe", {"token": release_link(release)}),
        ("zusage", {"token": offer_link(offer)}),
        ("kalender", {"token": renew_feed(people["bert"], by=people["bert"])}),
        ("buero/ausschreibungen", {"public_id": call.public_id}),
        ("buero/bewerbungen", {"public_id": application.public_id, "direction": "hoch"}),
        ("buero/briefe", {"public_id": letter.public_id}),
        ("buero/auftraege", {"number": job.pk}),
        ("buero/texte", {"key": "impressum"}),
        ("buero/programme/versionen", {"public_id": editing.draft.public_id, "unit": "aufbruch", "name": "punkt.png"}),
        ("buero/programme/versionen", {"competency": "planen", "method": "karten"}),
        ("buero/programme/vorgaenge", {"public_id": errand.public_id}),
        ("buero/programme/zusammenfuehrungen", {"public_id": editing.merge.public_id}),
        ("buero/programme/hochladen", {"public_id": editing.upload.public_id}),
        ("buero/programme/schluessel", {"public_id": editing.own_key.public_id}),
        ("buero/programme/herausgeber", {"public_id": editing.their_key.public_id}),
        ("buero/rueckmeldungen", {"public_id": feedback.public_id}),
        ("buero/menschen", {"public_id": people["karin"].public_id, "role": Role.OPERATOR.value}),
        ("buero/urkunden", {"public_id": award.public_id}),
        ("buero/urkunden/vorschau", {"public_id": enrolment.public_id}),
        ("urkunde", {"public_id": award.public_id}),
        ("pruefen", {"code": award.code}),
        ("konto/daten", {"ending": "json"}),
        ("konto/anmeldungen", {"public_id": sign_in.public_id}),
        ("konto/anmeldung", {"pk": 1}),
        ("anmelden/mit", {"provider_id": "oidc"}),
        ("anmelden-als", {"key": "anke"}),
        ("postausgang", {"public_id": letter.public_id}),
    )
    return World(people, gaps)
