from django.urls import path

from staffel.admissions.core.steps import Step
from staffel.admissions.views import apply, calls, release

app_name = "admissions"
urlpatterns = [
    # Public side: calls, applications and releases by link.
    path("ausschreibungen/", calls.call_list, name="calls"),
    path("ausschreibungen/kommunen/", calls.places, name="places"),
    path("ausschreibungen/<str:public_id>/", calls.call, name="call"),
    path("ausschreibungen/<str:public_id>/bewerben/", apply.start, name="apply"),
    path("ausschreibungen/<str:public_id>/link/", apply.link_again, name="link_again"),
    path("bewerbung/<str:token>/", apply.application, name="application"),
    *(path(f"bewerbung/<str:token>/{step}/", apply.step, {"step": step}, name=f"step_{step.name.lower()}") for step in Step),
    path("bewerbung/<str:token>/absenden/", apply.submit, name="submit"),
    path("bewerbung/<str:token>/zurueckziehen/", apply.withdraw, name="withdraw"),
    path("bewerbung/<str:token>/freigabe/", apply.ask_again, name="ask_again"),
    path("bewerbung/<str:token>/zusage/", apply.offer, name="offer_of_application"),
    path("freigabe/<str:token>/", release.release, name="release"),
]
