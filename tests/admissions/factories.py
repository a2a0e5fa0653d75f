"""Calls and applications for tests."""

from datetime import timedelta

from django.utils import timezone

from staffel.admissions.models import Application, Call, Decision, Offer
from tests.accounts.factories import make_organisation
from tests.cohorts.factories import make_cohort
from tests.municipalities.factories import make_municipality


def make_call(title="Staffel 4", *, state=Call.State.OPEN, cohort=None, **facts):
    """Return a call that opened a week ago and closes in three weeks, for a cohort of its own with 15 places."""
    now = timezone.now()
    defaults = {"text": "Wer mitmachen kann.", "opens_at": now - timedelta(days=7), "closes_at": now + timedelta(days=21)}
    if state in (Call.State.PUBLISHED, Call.State.ENDED):
        defaults["published_at"] = now
    cohort = cohort or make_cohort(title, starts=now + timedelta(days=60), places=facts.pop("places", 15))
    return Call.objects.create(title=title, state=state, cohort=cohort, organisation=make_organisation(), **(defaults | facts))


def make_application(call, number=1, *, state=Application.State.RELEASED, municipality=None, **facts):
    """Return an application of the ``number``-th example person from a municipality of its own."""
    defaults = {
        "name": f"Beispiel {number}",
        "email": f"beispiel-{number}@example.org",
        "supervisor_name": "Heinz Beispiel",
        "supervisor_email": "heinz@example.org",
        "motivation": "Wir wollen anfangen.",
    }
    if state != Application.State.DRAFT:
        defaults["submitted_at"] = timezone.now()
    municipality = municipality or make_municipality(
        ags=f"1206{number:04d}", name=f"Musterstadt {number}", population=8_000 + number
    )
    return Application.objects.create(call=call, state=state, municipality=municipality, **(defaults | facts))


def make_offer(application, **facts):
    """Return an offer for ``application`` that can be answered for a week."""
    defaults = {"call": application.call, "answer_by": timezone.now() + timedelta(days=7)}
    return Offer.objects.create(application=application, **(defaults | facts))


def make_decision(application, kind=Decision.Kind.PLACE, **facts):
    """Return the decision on ``application``."""
    defaults = {"call": application.call, "reason": "Weil es passt."}
    return Decision.objects.create(application=application, kind=kind, **(defaults | facts))
