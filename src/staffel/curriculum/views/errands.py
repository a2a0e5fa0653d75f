"""How far something long is, and what became of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from staffel.base.guard import guard, reads_only
from staffel.curriculum import permissions
from staffel.curriculum.models import Errand
from staffel.curriculum.pages import errand as words
from staffel.curriculum.pages.room import crumbs_of
from staffel.curriculum.queries.editing import ROOM, errand_path
from staffel.ui.parts import Crumb

SECONDS = 3


@guard(permissions.may_edit_this, of=permissions.errands_visible_to)
@reads_only
def errand(request, errand):
    said = words.said(errand)
    refused = errand.state == Errand.State.REFUSED
    # Asked by the script for its part of the page, and the page is another one now.
    if request.headers.get("HX-Request") and (refused or errand.state == Errand.State.DONE):
        return HttpResponse(headers={"HX-Redirect": errand_path(errand)})
    if errand.state == Errand.State.DONE:
        messages.success(request, said.done)
        return redirect(errand.result)
    heading = said.refused if refused else said.heading
    context = {
        "crumbs": crumbs_of(None, Crumb(heading)),
        "errand": errand,
        "heading": heading,
        "refused": refused,
        "going": words.going(errand),
        "here": errand_path(errand),
        "seconds": SECONDS,
        "back": ROOM,
    }
    return render(request, "curriculum/editing/errand.html", context)
