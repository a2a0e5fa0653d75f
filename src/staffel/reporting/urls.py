from django.urls import path, re_path

from staffel.reporting.views import figures, places
from staffel.reporting.views.map_page import map_page

app_name = "reporting"
urlpatterns = [
    path("karte/", map_page, name="map"),
    path("zahlen/", figures.public_figures, name="figures"),
    re_path(r"^zahlen/export\.(?P<ending>csv|xlsx|json)$", figures.public_export, name="figures_export"),
    path("buero/zahlen/", figures.office_figures, name="office_figures"),
    re_path(r"^buero/zahlen/export\.(?P<ending>csv|xlsx|json)$", figures.office_export, name="office_figures_export"),
    # Only what can be a key: a NUL in an address is an error in PostgreSQL.
    re_path(r"^kommunen/(?P<key>[0-9]{8})/$", places.municipality, name="municipality"),
    re_path(r"^kreise/(?P<key>[0-9]{5})/$", places.kreis, name="kreis"),
    re_path(r"^laender/(?P<key>[0-9]{2})/$", places.land, name="land"),
]
