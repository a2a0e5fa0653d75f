from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from staffel.accounts.actions.roles import invite as invite_person
from staffel.accounts.actions.roles import remove_role as take_role
from staffel.accounts.core.roles import Role
from staffel.accounts.forms import InviteForm, RemoveRoleForm
from staffel.accounts.permissions import may_manage_people
from staffel.accounts.queries.people import colleagues_visible_to, members_of
from staffel.accounts.views.sign_in import GET_OR_POST
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb


def _crumbs(*further: Crumb) -> list[Crumb]:
    return [Crumb(gettext("Büro"), "/buero/"), Crumb(gettext("Menschen und Rollen"), "/buero/menschen/"), *further]


@guard(may_manage_people)
@reads_only
def people(request):
    # A NUL is an error in PostgreSQL, and in no name.
    words, role = (request.GET.get(name, "").replace("\0", "").strip() for name in ("q", "rolle"))
    organisation = request.user.acting.organisation
    context = {
        "page": members_of(organisation, words=words, role=role, page=request.GET.get("seite", 1)),
        "organisation": organisation.name,
        "words": words,
        "role": role,
        "roles": [(str(one), gettext(one.label)) for one in Role],
        "crumbs": [Crumb(gettext("Büro"), "/buero/"), Crumb(gettext("Menschen und Rollen"))],
    }
    return render(request, "accounts/people.html", context)


@guard(may_manage_people)
@GET_OR_POST
def invite(request):
    form = InviteForm(request.POST or None)
    organisation = request.user.acting.organisation
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        made = invite_person(facts["email"], name=facts["name"], role=facts["role"], organisation=organisation, by=request.user)
        messages.success(request, gettext("%(name)s ist eingeladen.") % {"name": made.person.name})
        return redirect("accounts:people")
    context = {"form": form, "organisation": organisation.name, "crumbs": _crumbs(Crumb(gettext("Einladen")))}
    return render(request, "accounts/invite.html", context)


@guard(may_manage_people, of=colleagues_visible_to)
@GET_OR_POST
def remove_role(request, person, role):
    organisation = request.user.acting.organisation
    if not person.memberships.filter(organisation=organisation, role=role).exists():
        raise Http404
    form = RemoveRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        take_role(person, role=Role(role), organisation=organisation, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("Die Rolle ist entzogen."))
        return redirect("accounts:people")
    context = {
        "form": form,
        "name": person.name,
        "role": gettext(Role(role).label),
        "organisation": organisation.name,
        "crumbs": _crumbs(Crumb(gettext("Rolle entziehen"))),
    }
    return render(request, "accounts/remove_role.html", context)
