from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from staffel.accounts.core.personas import BY_KEY, GUESTS, PERSONAS
from staffel.accounts.queries.people import example_people
from staffel.accounts.sign_in import sign_in_example
from staffel.base.guard import public, reads_only


@public("a demo has nobody to protect; production does not have this page")
@never_cache
@reads_only
def examples(request):
    there = example_people()
    context = {
        "personas": [
            (persona.key, persona.name, gettext(persona.word), gettext(persona.can))
            for persona in PERSONAS
            if persona.email in there
        ],
        "guests": [(name, gettext(word), gettext(can), href) for name, word, can, href in GUESTS],
    }
    return render(request, "accounts/examples.html", context)


@public("a demo has nobody to protect; production does not have this page")
@require_POST
def sign_in_as(request, key):
    persona = BY_KEY.get(key)
    person = persona and example_people().get(persona.email)
    if person is None:
        raise Http404
    sign_in_example(request, person)
    return redirect(persona.start)
