from django.urls import path, re_path

from staffel.reporting.views import places
from staffel.reporting.views.map_page import map_page

app_name = "reporting"
urlpatterns = [
    path("karte/", map_page, name="map"),
    # Only what can be a key: a NUL in an address is an error in PostgreSQL.
    re_path(r"^kommunen/(?P<key>[0-9]{8})/$", places.municipality, name="municipality"),
    re_path(r"^kreise/(?P<key>[0-9]{5})/$", places.kreis, name="kreis"),
    re_path(r"^laender/(?P<key>[0-9]{2})/$", places.land, name="land"),
]
