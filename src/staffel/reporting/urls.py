from django.urls import path

from staffel.reporting.views import places
from staffel.reporting.views.map_page import map_page

app_name = "reporting"
urlpatterns = [
    path("karte/", map_page, name="map"),
    path("kommunen/<str:ags>/", places.municipality, name="municipality"),
    path("kreise/<str:code>/", places.kreis, name="kreis"),
    path("laender/<str:code>/", places.land, name="land"),
]
