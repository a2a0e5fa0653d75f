from django.urls import path

from staffel.reporting.views import places

app_name = "reporting"
urlpatterns = [
    path("kommunen/<str:ags>/", places.municipality, name="municipality"),
    path("kreise/<str:code>/", places.kreis, name="kreis"),
    path("laender/<str:code>/", places.land, name="land"),
]
