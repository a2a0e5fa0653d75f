from django.shortcuts import redirect, render

from staffel.base.guard import guard, reads_only
from staffel.portal.navigation import START_OF_ROLES
from staffel.portal.permissions import may_have_own_page
from staffel.portal.queries.own import own_page


@guard(may_have_own_page)
@reads_only
def own(request):
    """Whoever acts in a role begins with the work of that role."""
    acting = request.user.acting
    if acting and acting.role in START_OF_ROLES:
        return redirect(START_OF_ROLES[acting.role])
    return render(request, "portal/own.html", {"page": own_page(request.user)})
