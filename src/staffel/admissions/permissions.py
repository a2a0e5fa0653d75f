"""Who may see and do what with calls and applications.

The programme office acts on its own calls. A Land reads what concerns it: calls that admit its municipalities, and the
applications of these. Nobody else sees an application here: applicants and supervisors come by their links.
"""

from django.db.models import Q

from staffel.accounts.core.roles import Role
from staffel.accounts.models import Person
from staffel.admissions.models import Application, Call
from staffel.municipalities.models import Land

NOTHING = Q(pk__in=())


def calls_visible_to(person: Person):
    """Return the calls that ``person`` may see, with their cohorts."""
    return Call.objects.filter(visible_calls(person)).select_related("cohort")


def visible_calls(person: Person) -> Q:
    """Return which calls ``person`` may see."""
    if person.has_role(Role.COORDINATOR):
        return Q(organisation=person.acting.organisation_id)
    if person.has_role(Role.LAND_COORDINATOR):
        own = Land.objects.filter(organisation=person.acting.organisation_id)
        restricted = Call.laender.through.objects.values("call")
        admits = Call.laender.through.objects.filter(land__in=own).values("call")
        return ~Q(state=Call.State.DRAFT) & (Q(pk__in=admits) | ~Q(pk__in=restricted))
    return NOTHING


def applications_visible_to(person: Person):
    """Return the applications that ``person`` may see, with municipality and call; drafts belong to the applicant alone."""
    return Application.objects.filter(visible_to(person)).select_related("call", "municipality", "partner")


def visible_to(person: Person) -> Q:
    """Return which applications ``person`` may see: the office those of its calls, a Land those of its municipalities."""
    sent = ~Q(state=Application.State.DRAFT)
    if person.has_role(Role.COORDINATOR):
        return sent & Q(call__organisation=person.acting.organisation_id)
    if person.has_role(Role.LAND_COORDINATOR):
        own = Q(municipality__land__organisation=person.acting.organisation_id)
        return sent & (own | Q(partner__land__organisation=person.acting.organisation_id))
    return NOTHING


def may_see_calls(person: Person) -> bool:
    """The office and the Länder."""
    return person.has_role(Role.COORDINATOR, Role.LAND_COORDINATOR)


def may_see_call(person: Person, call: Call) -> bool:
    """Whoever it is visible to."""
    return may_see_calls(person)


def may_open_calls(person: Person) -> bool:
    """The programme office alone."""
    return person.has_role(Role.COORDINATOR)


def may_manage_call(person: Person, call: Call) -> bool:
    """The programme office whose call it is."""
    return person.has_role(Role.COORDINATOR) and call.organisation_id == person.acting.organisation_id


def may_see_application(person: Person, application: Application) -> bool:
    """Whoever it is visible to."""
    return may_see_calls(person)


def may_decide_application(person: Person, application: Application) -> bool:
    """The programme office whose call it is."""
    return may_manage_call(person, application.call)
