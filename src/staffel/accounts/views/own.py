from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from staffel.accounts.actions.roles import note_role_switch
from staffel.accounts.actions.sign_ins import end_all_sign_ins, end_sign_in
from staffel.accounts.core.roles import Role
from staffel.accounts.forms import RoleForm
from staffel.accounts.middleware import CHOSEN_ROLE
from staffel.accounts.models import OWN_AFFAIRS
from staffel.accounts.permissions import may_end_sign_in, signed_in
from staffel.accounts.queries.people import own_sign_ins, proofs_of, sign_ins_of
from staffel.accounts.views.sign_in import GET_OR_POST
from staffel.base.guard import guard, reads_only
from staffel.ui.parts import Crumb, Fact


@guard(signed_in)
@reads_only
def account(request):
    person = request.user
    context = {
        "facts": [Fact(gettext("Name"), person.name), Fact(gettext("Dienstliche E-Mail-Adresse"), person.email)],
        "roles": [(gettext(Role(one.role).label), one.organisation.name, one.since) for one in person.held],
        "browsers": len(sign_ins_of(person, current_key=request.session.session_key)),
        "proofs": proofs_of(person),
    }
    return render(request, "accounts/account.html", context)


@guard(signed_in)
@reads_only
def sign_ins(request):
    context = {
        "rows": sign_ins_of(request.user, current_key=request.session.session_key),
        "crumbs": [Crumb(gettext("Mein Konto"), "/konto/"), Crumb(gettext("Anmeldungen"))],
    }
    return render(request, "accounts/sign_ins.html", context)


@guard(may_end_sign_in, of=own_sign_ins)
@require_POST
def end_one(request, sign_in):
    current = sign_in.session_key == request.session.session_key
    end_sign_in(sign_in, by=request.user)
    if current:
        logout(request)
        return redirect("accounts:sign_in")
    messages.success(request, gettext("Dort sind Sie jetzt abgemeldet."))
    return redirect("accounts:sign_ins")


@guard(signed_in)
@require_POST
def end_all(request):
    end_all_sign_ins(request.user, by=request.user)
    logout(request)
    messages.success(request, gettext("Sie sind überall abgemeldet, auch hier."))
    return redirect("accounts:sign_in")


@guard(signed_in)
@GET_OR_POST
def role(request):
    person = request.user
    usable = {one.pk: one for one in person.held if person.proven or not Role(one.role).sees_people}
    choices = [(pk, gettext("als %(role)s, %(organisation)s") % _words(one)) for pk, one in usable.items()]
    choices.append((OWN_AFFAIRS, gettext("für mich selbst, in eigenen Angelegenheiten")))
    form = RoleForm(
        request.POST or None, choices=choices, initial={"membership": person.acting.pk if person.acting else OWN_AFFAIRS}
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["membership"]
        if chosen != (person.acting.pk if person.acting else OWN_AFFAIRS):
            note_role_switch(person, before=person.acting, after=usable.get(chosen))
            request.session[CHOSEN_ROLE] = chosen
        return redirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "crumbs": [Crumb(gettext("Mein Konto"), "/konto/"), Crumb(gettext("Rolle"))]}
    return render(request, "accounts/role.html", context)


def _words(membership) -> dict:
    return {"role": gettext(Role(membership.role).label), "organisation": membership.organisation.name}
