from django.urls import path

from staffel.reporting.views import places
from staffel.reporting.views.map_page import map_page

app_name = "reporting"
urlpatterns = [
    path("karte/", map_page, name="map"),
    path("kommunen/<str:key>/", places.municipality, name="municipality"),
    path("kreise/<str:key>/", places.kreis, name="kreis"),
    path("laender/<str:key>/", places.land, name="land"),
]
