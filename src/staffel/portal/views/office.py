from django.shortcuts import render

from staffel.accounts.core.roles import Role
from staffel.base.guard import guard, reads_only
from staffel.portal.navigation import office_rooms
from staffel.portal.permissions import may_enter_office
from staffel.portal.queries.office import office_page


@guard(may_enter_office)
@reads_only
def office(request):
    person = request.user
    runs = person.has_role(Role.OPERATOR)
    page = office_page(person, acts=person.has_role(Role.COORDINATOR), runs=runs)
    rooms = office_rooms(person.acting.role, runs_instance=person.acting.organisation.runs_instance)
    return render(request, "portal/office.html", {"page": page, "rooms": rooms, "runs": runs})
