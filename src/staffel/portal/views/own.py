from django.shortcuts import redirect, render

from staffel.base.guard import guard, reads_only
from staffel.portal.permissions import may_enter_office, may_have_own_page
from staffel.portal.queries.own import own_page


@guard(may_have_own_page)
@reads_only
def own(request):
    return render(request, "portal/own.html", {"page": own_page(request.user)})


@guard(may_have_own_page)
@reads_only
def entrance(request):
    """Where sign-in leads: to the work of the role, else to one's own affairs."""
    return redirect("/buero/" if may_enter_office(request.user) else "/mein-bereich/")
