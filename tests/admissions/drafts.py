"""Applications by link, as far as a test needs them."""

from staffel.admissions.actions.applications import save_draft, start_application, submit
from staffel.admissions.actions.links import application_link, release_link
from staffel.admissions.core import baseline, consents
from tests.municipalities.factories import make_municipality

EVERYTHING = {
    "name": "Anke Beispiel",
    "function": "Stabsstelle",
    "motivation": "Wir wollen anfangen.",
    "baseline": dict.fromkeys(baseline.KEYS, 3),
    "supervisor_name": "Heinz Beispiel",
    "supervisor_email": "heinz@example.org",
}
AGREED = {wording.key for wording in consents.CURRENT}


def make_draft(call, *, email="anke@example.org", municipality=None, partner=None, **values):
    """Return a draft with ``values`` filled in, begun as the page does."""
    municipality = municipality or make_municipality()
    application, _token = start_application(call, email=email, municipality=municipality, partner=partner)
    return save_draft(application, values) if values else application


def make_sent(call, **facts):
    """Return an application that was sent and waits for its release."""
    return submit(make_draft(call, **(EVERYTHING | facts)), agreed=AGREED)


def page_of(application, below=""):
    """Return the address of an application by a new link."""
    return f"/bewerbung/{application_link(application)}/{below}"


def release_page_of(release):
    """Return the address of a question for the release by a new link."""
    return f"/freigabe/{release_link(release)}/"
