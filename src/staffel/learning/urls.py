from django.urls import path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.learning import views

app_name = "learning"
BOARD = "staffeln/<id:public_id>/abschluss/"
urlpatterns = [
    path(BOARD, views.board, name="board"),
    path(f"{BOARD}<id:enrolment>/praesentation/", views.presentation, name="presentation"),
    path(f"{BOARD}<id:enrolment>/praesentation/zuruecknehmen/", views.withdraw, name="withdraw"),
    path("teilnahme/<id:public_id>/", views.checklist, name="checklist"),
]
