from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from staffel.admissions.actions import offers as actions
from staffel.admissions.actions.placing import OFFER_LINK
from staffel.admissions.forms.decide import DeclineForm
from staffel.admissions.models import Offer
from staffel.admissions.queries.offers import offer_facts, offers
from staffel.base.guard import guard_link, reads_only

BY_LINK = "Bewerbung, über den Link"


@guard_link(OFFER_LINK, of=offers)
@reads_only
def offer_page(request, offer, token):
    context = {"facts": offer_facts(offer), "path": f"/zusage/{token}/"}
    return render(request, "admissions/offers/offer.html", context)


@guard_link(OFFER_LINK, of=offers)
@require_POST
def offer_accept(request, offer, token):
    actions.accept_offer(offer, by=BY_LINK)
    return redirect("admissions:offer", token)


@guard_link(OFFER_LINK, of=offers)
@require_http_methods(["GET", "HEAD", "POST"])
def offer_decline(request, offer, token):
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.decline_offer(offer, reason=form.cleaned_data["reason"], by=BY_LINK)
        return redirect("admissions:offer", token)
    if offer.state != Offer.State.OPEN:
        return redirect("admissions:offer", token)
    context = {"facts": offer_facts(offer), "form": form, "path": f"/zusage/{token}/", "title": _("Platz ablehnen")}
    return render(request, "admissions/offers/decline.html", context)
